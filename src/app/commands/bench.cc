#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include "app/bench/machine.h"
#include "app/bench/report.h"
#include "app/commands/commands.h"
#include "base/log.h"
#include "gguf/printable.h"
#include "kernels/table.h"

namespace peregrine::app {
namespace {

using bench::Cell;

// What is measured when no cell is asked for: reading a prompt, batches of streams, a long context.
constexpr Cell kCells[] = {{.prompt = 512, .generate = 64, .streams = 1},
                           {.prompt = 64, .generate = 64, .streams = 1},
                           {.prompt = 64, .generate = 64, .streams = 8},
                           {.prompt = 64, .generate = 64, .streams = 16},
                           {.prompt = 4096, .generate = 64, .streams = 1}};
constexpr std::uint32_t kWarmPrompt = 512;

// Tells what is being measured, once that has taken long enough for somebody to wonder.
class Progress {
 public:
  explicit Progress(std::size_t cells) : cells_(cells) {}

  void next_cell() { ++cell_; }
  void tell(const Cell& cell, std::uint32_t time, std::uint32_t times) {
    if (Clock::now() - begun_ < kPatience) return;
    fmt::print(stderr, "{}cell {} of {}, {} of {}: prompt {}, generate {}, {} stream{}{}",
               terminal_ ? "\r\x1b[K" : "", cell_, cells_, time + 1, times, cell.prompt, cell.generate,
               cell.streams, cell.streams == 1 ? "" : "s", terminal_ ? "" : "\n");
    std::fflush(stderr);
    told_ = true;
  }
  void clear() {
    if (terminal_ && told_) fmt::print(stderr, "\r\x1b[K");
    std::fflush(stderr);
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kPatience{2};
  const bool terminal_ = ::isatty(STDERR_FILENO) != 0;
  const Clock::time_point begun_ = Clock::now();
  const std::size_t cells_;
  std::size_t cell_ = 0;
  bool told_ = false;
};

std::vector<Cell> chosen_cells(const BenchOptions& options, const model::ModelInfo& info) {
  std::vector<Cell> cells;
  if (options.json || options.prompt || options.generate || options.streams) {
    const Cell unset;
    cells.push_back({.prompt = options.prompt.value_or(unset.prompt),
                     .generate = options.generate.value_or(unset.generate),
                     .streams = options.streams.value_or(unset.streams)});
  } else {
    for (const Cell& cell : kCells) {
      if (bench::check(cell, info)) cells.push_back(cell);
    }
    if (cells.empty()) cells.push_back(kCells[1]);  // measuring it says what does not fit
  }
  for (Cell& cell : cells) cell.kv_type = options.kv_type;
  return cells;
}

// Brings the weights into memory.
Status warm_up(const model::Model& model, const Cell& first, base::MemoryBudget& budget, base::Rng& rng) {
  const Cell cell{
      .prompt = std::min(first.prompt, kWarmPrompt), .generate = 1, .streams = 1, .kv_type = first.kv_type};
  return bench::measure(model, cell, 1, budget, rng, [](std::uint32_t) {}).map([](const auto&) {});
}

std::string model_name(const model::ModelInfo& info, const std::filesystem::path& path) {
  return gguf::printable(info.name.empty() ? path.stem().string() : info.name, gguf::PrintStyle::kLine);
}

Status run(const BenchOptions& options) {
  PEREGRINE_ASSIGN(const auto path, model_file(options.model, models_folder({})));
  PEREGRINE_ASSIGN(const gguf::File file, gguf::File::open(path));
  base::MemoryBudget budget(base::usable_memory_bytes());
  const auto pool = backend::make_cpu_pool(options.threads);
  const auto backend =
      backend::make_cpu_backend({.threads = options.threads, .pool = pool, .isa = {}}, budget);
  PEREGRINE_ASSIGN(const auto model, model::load_model(file, *backend, model::Weights::kReserved));
  PEREGRINE_TRY(backend->read_weights({.prepare = base::page_in, .release = base::page_out}));
  const model::ModelInfo& info = model->info();
  PEREGRINE_ASSIGN(const bench::Work work, bench::Work::of(file, info, options.kv_type));
  const std::vector<Cell> cells = chosen_cells(options, info);
  PEREGRINE_TRY(bench::check(cells.front(), info));
  base::Rng rng(1);  // the same prompts in every process
  PEREGRINE_TRY(warm_up(*model, cells.front(), budget, rng));
  PEREGRINE_ASSIGN(const bench::Peaks peaks, bench::probe_peaks(*pool, budget));
  const bench::Subject subject{.model = model_name(info, path),
                               .parameters = info.n_parameters,
                               .file_bytes = file.file_bytes(),
                               .cpu = bench::cpu_model(),
                               .cores = std::thread::hardware_concurrency(),
                               .threads = pool->size(),
                               .isa = kernels::kernels().isa,
                               .peaks = peaks};
  if (!options.json) fmt::print("{}", bench::render_heading(subject));
  Progress progress(cells.size());
  for (const Cell& cell : cells) {
    std::fflush(stdout);
    progress.next_cell();
    const auto seconds = bench::measure(*model, cell, options.repeat, budget, rng, [&](std::uint32_t time) {
      progress.tell(cell, time, options.repeat);
    });
    progress.clear();
    if (!seconds) return tl::unexpected(seconds.error());
    const bench::CellResult result = bench::evaluate(cell, *seconds, work, peaks);
    fmt::print("{}", options.json ? bench::render_json(subject, result) : bench::render_row(result));
  }
  return {};
}

}  // namespace

int benchmark(const BenchOptions& options) {
  base::set_log_level(base::LogLevel::kWarning);
  const Status status = run(options);
  return status ? 0 : report(status.error(), options.model);
}

}  // namespace peregrine::app
