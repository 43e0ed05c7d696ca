#include "sound/decode/decoder.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "base/file_descriptor.h"
#include "base/log.h"
#include "base/utf8.h"
#include "sound/decode/frames.h"
#include "sound/decode/helper_process.h"

namespace peregrine::sound {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kThisProgram = "/proc/self/exe";
// Processor time for a file: decoding is hundreds of times faster than listening.
constexpr std::int64_t kBaseCpuSeconds = 60;
constexpr std::int64_t kSlowestSpeed = 20;

std::uint64_t samples_in(std::chrono::milliseconds duration) {
  constexpr std::uint64_t kPerMillisecond = kSampleRate / 1000;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0)) * kPerMillisecond;
}

// What a helper says is shown to clients, but it may not be our code any more that says it.
std::string client_text(std::span<const std::byte> payload) {
  std::string text = base::utf8_sanitize({reinterpret_cast<const char*>(payload.data()), payload.size()});
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; });
  if (text.empty()) text = "could not be decoded";
  return text;
}

// Within [-1, 1]: mixing and filters overshoot, and what is no number is no sound.
float as_sample(float value) {
  if (std::isnan(value)) return 0.0F;
  return std::clamp(value, -1.0F, 1.0F);
}

class DecodedAudio final : public AudioSource {
 public:
  DecodedAudio(HelperProcess helper, base::FileDescriptor cancel_event, const DecodeOptions& options)
      : helper_(std::move(helper)),
        cancel_event_(std::move(cancel_event)),
        max_samples_(samples_in(options.max_duration)),
        min_samples_(samples_in(options.min_duration)),
        options_(options) {}

  Result<std::size_t> read(std::span<float> out) override {
    const base::LogScope scope(options_.log_id);
    Result<std::size_t> filled = fill(out);
    if (!filled) {
      if (!error_) error_ = filled.error();
      helper_.end();
    }
    return filled;
  }

  void cancel() override {
    cancelled_.store(true, std::memory_order_release);
    const std::uint64_t one = 1;
    // It can fail only when the event is raised already.
    [[maybe_unused]] const ssize_t written = ::write(cancel_event_.get(), &one, sizeof(one));
  }

 private:
  Result<std::size_t> fill(std::span<float> out);
  Status take(const Frame& frame);
  Status take_end();
  Status receive(Clock::time_point deadline);
  tl::unexpected<Error> helper_ended();

  HelperProcess helper_;
  base::FileDescriptor cancel_event_;
  std::atomic<bool> cancelled_{false};
  const std::uint64_t max_samples_;
  const std::uint64_t min_samples_;
  const DecodeOptions options_;
  FrameReader frames_;
  std::span<const std::byte> samples_;  // of the current frame that are not yet read
  std::uint64_t received_ = 0;          // samples
  Clock::duration waited_{0};           // for the helper
  bool greeted_ = false;
  bool ended_ = false;
  std::optional<Error> error_;
};

// What the client is told of a helper that broke on the file, and what the operator is told.
tl::unexpected<Error> helper_failed(const std::string& how) {
  base::log(base::LogLevel::kWarning, "audio decoder: {}", how);
  return fail(ErrorCode::kInvalidArgument, "could not be decoded: the decoder failed on it");
}

tl::unexpected<Error> too_slow(std::string_view how) {
  base::log(base::LogLevel::kWarning, "audio decoder: {}", how);
  return fail(ErrorCode::kInvalidArgument, "could not be decoded: it takes too long");
}

tl::unexpected<Error> cancelled() {
  return fail(ErrorCode::kCancelled, "the sound is no longer wanted");
}

Result<std::size_t> DecodedAudio::fill(std::span<float> out) {
  if (error_) return tl::unexpected<Error>(*error_);
  std::size_t filled = 0;
  Clock::time_point deadline = Clock::now() + options_.stall_timeout;
  for (;;) {
    if (cancelled_.load(std::memory_order_acquire)) return cancelled();
    const std::size_t count = std::min(out.size() - filled, samples_.size() / sizeof(float));
    for (std::size_t i = 0; i < count; ++i) {
      float value;
      std::memcpy(&value, samples_.data() + i * sizeof(float), sizeof(float));
      out[filled + i] = as_sample(value);
    }
    filled += count;
    samples_ = samples_.subspan(count * sizeof(float));
    if (filled == out.size() || ended_) return filled;
    const Result<std::optional<Frame>> frame = frames_.next();
    if (!frame) return helper_failed(frame.error().message);
    if (*frame) {
      PEREGRINE_TRY(take(**frame));
      if ((*frame)->kind == FrameKind::kSamples) deadline = Clock::now() + options_.stall_timeout;
    } else {
      PEREGRINE_TRY(receive(deadline));
    }
  }
}

Status DecodedAudio::take(const Frame& frame) {
  if ((frame.kind == FrameKind::kHello) == greeted_) return helper_failed("it does not keep to the protocol");
  switch (frame.kind) {
    case FrameKind::kHello:
      greeted_ = true;
      return {};
    case FrameKind::kSamples:
      received_ += frame.payload.size() / sizeof(float);
      if (received_ > max_samples_) {
        return fail(
            ErrorCode::kInvalidArgument,
            fmt::format("the sound is longer than the limit of {} seconds", options_.max_duration.count()));
      }
      samples_ = frame.payload;
      return {};
    case FrameKind::kEnd:
      return take_end();
    case FrameKind::kError:
      return fail(ErrorCode::kInvalidArgument, client_text(frame.payload));
  }
  return {};
}

Status DecodedAudio::take_end() {
  ended_ = true;
  helper_.end();
  if (received_ >= min_samples_) return {};
  constexpr double kMillisecond = 0.001;
  return fail(ErrorCode::kInvalidArgument,
              fmt::format("Audio file is too short. Minimum audio length is {} seconds.",
                          static_cast<double>(options_.min_duration.count()) * kMillisecond));
}

// Waits for bytes from the helper and hands them to frames_.
Status DecodedAudio::receive(Clock::time_point deadline) {
  const Clock::time_point begun = Clock::now();
  // One that keeps within the timeout by a sample now and then may not be slower than listening.
  const auto earned = std::chrono::seconds(received_ / kSampleRate);
  deadline = std::min(deadline, begun + options_.stall_timeout + earned - waited_);
  std::array<pollfd, 2> events{pollfd{helper_.output(), POLLIN, 0}, pollfd{cancel_event_.get(), POLLIN, 0}};
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - begun).count();
  const auto timeout = std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max());
  const int ready = ::poll(events.data(), events.size(), static_cast<int>(timeout));
  waited_ += Clock::now() - begun;
  if (ready < 0 && errno == EINTR) return {};
  if (ready < 0) return fail(ErrorCode::kIo, std::string("poll: ") + std::strerror(errno));
  if (ready == 0) return too_slow("too long without a sound");
  if (events[1].revents != 0) return cancelled();
  const std::span<std::byte> room = frames_.room();
  const ssize_t got = ::read(helper_.output(), room.data(), room.size());
  if (got < 0 && errno == EINTR) return {};
  if (got < 0) return fail(ErrorCode::kIo, std::string("read: ") + std::strerror(errno));
  if (got == 0) return helper_ended();
  frames_.filled(static_cast<std::size_t>(got));
  return {};
}

// The pipe ended and nothing said why.
tl::unexpected<Error> DecodedAudio::helper_ended() {
  const int status = helper_.end();
  const std::string how = WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                                              : fmt::format("exit status {}", WEXITSTATUS(status));
  if (!greeted_) return fail(ErrorCode::kIo, "the audio decoder cannot be started: it ended with " + how);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return too_slow("it used up its processor time");
  return helper_failed("it ended with " + how);
}

Result<base::FileDescriptor> checked_file(base::FileDescriptor file, std::uint64_t max_bytes) {
  struct stat info{};
  if (::fstat(file.get(), &info) != 0)
    return fail(ErrorCode::kIo, std::string("fstat: ") + std::strerror(errno));
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::kInvalidArgument, "the sound is not in a regular file");
  if (info.st_size <= 0) return fail(ErrorCode::kInvalidArgument, "the file is empty");
  if (static_cast<std::uint64_t>(info.st_size) > max_bytes) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("the file has {} bytes, the limit is {}", info.st_size, max_bytes));
  }
  return file;
}

}  // namespace

Result<std::unique_ptr<AudioSource>> open_audio(int file, const DecodeOptions& options) {
  PEREGRINE_ASSIGN(base::FileDescriptor checked,
                   checked_file(base::FileDescriptor(file), options.max_file_bytes));
  base::FileDescriptor cancel_event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!cancel_event) return fail(ErrorCode::kIo, std::string("eventfd: ") + std::strerror(errno));
  std::vector<std::string> command = options.command;
  if (command.empty()) command = {kThisProgram, kDecoderArgument};
  const std::int64_t cpu_seconds =
      kBaseCpuSeconds + std::max<std::int64_t>(options.max_duration.count(), 0) / kSlowestSpeed;
  PEREGRINE_ASSIGN(HelperProcess helper,
                   HelperProcess::start(command, {std::to_string(cpu_seconds)}, std::move(checked)));
  return std::make_unique<DecodedAudio>(std::move(helper), std::move(cancel_event), options);
}

}  // namespace peregrine::sound
