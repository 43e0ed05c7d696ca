#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/commands.h"
#include "app/synthetic/layout.h"
#include "app/synthetic/model_file.h"
#include "app/synthetic/whisper_model.h"
#include "base/memory_budget.h"

namespace peregrine::app {
namespace {

using Clock = std::chrono::steady_clock;

// A bar on a terminal, nothing elsewhere.
class ProgressBar {
 public:
  ProgressBar() : terminal_(::isatty(STDERR_FILENO) != 0) {}

  void show(std::uint64_t done, std::uint64_t total) {
    if (!terminal_) return;
    const auto percent = static_cast<unsigned>(static_cast<double>(done) / static_cast<double>(total) * 100);
    if (percent == shown_) return;
    shown_ = percent;
    constexpr unsigned kColumns = 40;
    fmt::print(stderr, "\r[{:<{}}] {:3} % of {}", std::string(percent * kColumns / 100, '#'), kColumns,
               percent, base::format_bytes(total));
    std::fflush(stderr);
  }
  void clear() {
    if (terminal_ && shown_ != kNothing) fmt::print(stderr, "\r\x1b[K");
  }

 private:
  static constexpr unsigned kNothing = 101;
  bool terminal_;
  unsigned shown_ = kNothing;
};

template <class Spec>
int write(const Result<Spec>& spec, std::string_view type, const MakeModelOptions& options) {
  if (!spec) return report(spec.error());
  const std::vector<synthetic::PlannedTensor> tensors = synthetic::plan_tensors(*spec);
  const auto started = Clock::now();
  ProgressBar bar;
  const Status written = synthetic::write_model(
      *spec, options.out, [&bar](std::uint64_t done, std::uint64_t total) { bar.show(done, total); });
  bar.clear();
  if (!written) return report(written.error());
  const std::chrono::duration<double> took = Clock::now() - started;
  fmt::print(stderr, "{}, {}: {:.2f} million parameters, {} in {:.1f} s: {}\n", spec->name, type,
             static_cast<double>(synthetic::total_elements(tensors)) / 1e6,
             base::format_bytes(synthetic::total_bytes(tensors)), took.count(), options.out.string());
  return 0;
}

}  // namespace

int make_model(const MakeModelOptions& options) {
  if (synthetic::is_whisper_preset(options.request.preset)) {
    const auto spec = synthetic::resolve_whisper(options.request);
    return write(spec, spec ? tensor::traits(spec->type).name : "", options);
  }
  const auto spec = synthetic::resolve(options.request);
  return write(spec, spec ? spec->mix->name : "", options);
}

}  // namespace peregrine::app
