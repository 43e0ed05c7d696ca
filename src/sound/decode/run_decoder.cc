// The helper process: takes its place, closes the sandbox behind it, and only then looks at the file.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "sound/decode/byte_source.h"
#include "sound/decode/decode_audio.h"
#include "sound/decode/decoder.h"
#include "sound/decode/frames.h"
#include "sound/decode/helper_process.h"
#include "sound/decode/sample_sink.h"
#include "sound/decode/sandbox.h"

namespace peregrine::sound {
namespace {

enum ExitStatus { kDone = 0, kReaderGone = 1, kWrongUse = 2, kNoSandbox = 3 };

// Gathers samples to frames of the largest size.
class PipeSink final : public SampleSink {
 public:
  PipeSink() { samples_.reserve(kMaxFrameSamples); }

  bool take(std::span<const float> samples) override {
    while (!samples.empty()) {
      const std::size_t count = std::min(samples.size(), kMaxFrameSamples - samples_.size());
      samples_.insert(samples_.end(), samples.begin(), samples.begin() + static_cast<std::ptrdiff_t>(count));
      samples = samples.subspan(count);
      if (samples_.size() == kMaxFrameSamples && !flush()) return false;
    }
    return true;
  }

  bool flush() {
    if (samples_.empty()) return true;
    const bool written = write_frame(kPipeFd, FrameKind::kSamples, std::as_bytes(std::span(samples_)));
    samples_.clear();
    return written;
  }

 private:
  std::vector<float> samples_;
};

bool report(const Status& status, PipeSink& sink) {
  if (!sink.flush()) return false;
  if (status) return write_frame(kPipeFd, FrameKind::kEnd, {});
  const std::string_view text = std::string_view(status.error().message).substr(0, kMaxErrorBytes);
  return write_frame(kPipeFd, FrameKind::kError, std::as_bytes(std::span(text)));
}

int decode_file(std::uint64_t cpu_seconds) {
  struct stat info{};
  if (::fstat(kFileFd, &info) != 0 || !end_with_owner()) return kWrongUse;
  prepare_ffmpeg();
  if (const Status entered = enter_sandbox({.cpu_seconds = cpu_seconds}); !entered) {
    std::fprintf(stderr, "audio decoder: %s\n", entered.error().text().c_str());
    return kNoSandbox;
  }
  if (!write_frame(kPipeFd, FrameKind::kHello, {})) return kReaderGone;
  const FileBytes bytes(kFileFd, static_cast<std::uint64_t>(info.st_size));
  PipeSink sink;
  return report(decode_audio(bytes, sink), sink) ? kDone : kReaderGone;
}

}  // namespace

int run_decoder(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  std::uint64_t cpu_seconds = 0;
  if (!arguments.empty()) {
    const std::string_view last = arguments.back();
    std::from_chars(last.data(), last.data() + last.size(), cpu_seconds);
  }
  if (cpu_seconds == 0) {
    std::fputs("this is a part of the program that it starts by itself\n", stderr);
    return kWrongUse;
  }
  // What libraries would do on the way out is not allowed any more.
  std::_Exit(decode_file(cpu_seconds));
}

}  // namespace peregrine::sound
