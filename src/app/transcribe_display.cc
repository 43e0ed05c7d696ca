#include "app/transcribe_display.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace peregrine::app {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr double kMaxShown = 359999.0;
constexpr std::size_t kBarColumns = 24;
constexpr std::size_t kDefaultColumns = 80;

std::size_t columns_of(std::FILE* out) {
  winsize size{};
  return ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kDefaultColumns;
}

bool is_terminal(std::FILE* out) {
  const char* term = std::getenv("TERM");
  return ::isatty(::fileno(out)) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace

std::string shown_duration(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::clamp(seconds, 0.0, kMaxShown)));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

std::string transcribe_bar(const TranscribeProgress& progress, double passed, std::size_t width) {
  const double speed = passed > 0 ? progress.seconds / passed : 0;
  std::string line;
  if (progress.total > 0) {
    const double share = std::clamp(progress.seconds / progress.total, 0.0, 1.0);
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(kBarColumns));
    line = fmt::format("[{}{}] {} of {}", std::string(filled, '#'), std::string(kBarColumns - filled, '.'),
                       shown_duration(progress.seconds), shown_duration(progress.total));
  } else {
    line = fmt::format("{} of sound", shown_duration(progress.seconds));
  }
  line += fmt::format(", {:.1f} times real time, {} of {} files", speed, progress.done, progress.files);
  if (line.size() > width) line.resize(width);
  return line;
}

std::string shown_total(const TranscribeProgress& progress, double seconds) {
  std::string text = fmt::format("{} file{}, {} of sound in {:.1f} s", progress.files,
                                 progress.files == 1 ? "" : "s", shown_duration(progress.seconds), seconds);
  if (progress.seconds > 0 && seconds > 0) {
    text += fmt::format(": {:.1f} times real time (factor {:.3f})", progress.seconds / seconds,
                        seconds / progress.seconds);
  }
  return text;
}

TranscribeDisplay::TranscribeDisplay(std::FILE* out) : out_(out), terminal_(is_terminal(out)) {}

void TranscribeDisplay::show(const TranscribeProgress& progress) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (shown_at_ && now - *shown_at_ < kInterval) return;
  shown_at_ = now;
  const std::chrono::duration<double> passed = now - begun_;
  const std::size_t columns = columns_of(out_);
  fmt::print(out_, "\r{}\x1b[K",
             transcribe_bar(progress, passed.count(), columns > 1 ? columns - 1 : columns));
  std::fflush(out_);
  shown_ = true;
}

void TranscribeDisplay::clear() {
  if (!shown_) return;
  fmt::print(out_, "\r\x1b[K");
  std::fflush(out_);
  shown_ = false;
  shown_at_.reset();
}

void TranscribeDisplay::close(const TranscribeProgress& progress, double seconds) {
  clear();
  fmt::print(out_, "{}\n", shown_total(progress, seconds));
}

}  // namespace peregrine::app
