#include "app/pull_display.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace peregrine::app {
namespace {

using hub::Stage;
using std::chrono::duration;
using std::chrono::milliseconds;

// Requests for names and sizes report about once a second, so that this keeps below two.
constexpr milliseconds kLineInterval{950};
constexpr std::size_t kBarColumns = 24;
constexpr std::size_t kDefaultColumns = 80;

double share(const service::PullProgress& progress) {
  if (progress.total == 0) return 0;
  return static_cast<double>(progress.done) / static_cast<double>(progress.total);
}

std::string shown_time(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::min(seconds, 359999.0)));
  const std::uint64_t hours = whole / 3600;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string file_of(const service::PullProgress& progress) {
  if (progress.file_count < 2) return std::string(progress.file);
  return fmt::format("{} ({} of {})", progress.file, progress.file_number, progress.file_count);
}

// "41.2 % of 12.1 GB, 38.2 MB/s, 3:12 left".
std::string amounts(const service::PullProgress& progress, double rate) {
  std::string text =
      fmt::format("{:5.1f} % of {}", 100 * share(progress), shown_bytes(static_cast<double>(progress.total)));
  if (rate <= 0) return text;
  text += fmt::format(", {}/s", shown_bytes(rate));
  if (progress.stage == Stage::kDownloading) {
    text += fmt::format(", {} left", shown_time(static_cast<double>(progress.total - progress.done) / rate));
  }
  return text;
}

bool can_move_cursor(std::FILE* out) {
  const char* term = std::getenv("TERM");
  return ::isatty(::fileno(out)) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

std::size_t columns_of(std::FILE* out) {
  winsize size{};
  return ::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kDefaultColumns;
}

}  // namespace

std::string shown_bytes(double bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 999.95 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} {}", bytes, kUnits[unit]);
}

std::string progress_line(const service::PullProgress& progress, double bytes_per_second) {
  switch (progress.stage) {
    case Stage::kAsking:
      return "asking what there is";
    case Stage::kWaiting:
      return fmt::format("trying again soon: {}", progress.note);
    case Stage::kDownloading:
      return fmt::format("{}: {}", file_of(progress), amounts(progress, bytes_per_second));
    case Stage::kChecking:
      return fmt::format("checking {}: {}", file_of(progress), amounts(progress, bytes_per_second));
  }
  return {};
}

std::string progress_bar(const service::PullProgress& progress, double bytes_per_second, std::size_t width) {
  std::string line = progress_line(progress, bytes_per_second);
  if (progress.total > 0) {
    const auto filled = static_cast<std::size_t>(share(progress) * static_cast<double>(kBarColumns));
    const std::string bar = std::string(filled, '#') + std::string(kBarColumns - filled, '.');
    line = progress.stage == Stage::kWaiting
               ? fmt::format("[{}] {}", bar, line)
               : fmt::format("[{}] {}, {}{}", bar, amounts(progress, bytes_per_second),
                             progress.stage == Stage::kChecking ? "checking " : "", file_of(progress));
  }
  if (line.size() > width) line.resize(width);
  return line;
}

PullDisplay::PullDisplay(std::FILE* out) : out_(out), terminal_(can_move_cursor(out)) {}

PullDisplay::~PullDisplay() {
  if (bar_shown_) fmt::print(out_, "\n");
}

void PullDisplay::show(const service::PullProgress& progress) {
  rate_.add(progress.done, service::RateMeter::Clock::now());
  if (!progress.note.empty() && progress.stage != Stage::kWaiting) say(progress.note);
  if (!terminal_) return show_line(progress);
  const std::size_t columns = columns_of(out_);
  fmt::print(out_, "\r{}\x1b[K",
             progress_bar(progress, rate_.bytes_per_second(), columns > 1 ? columns - 1 : columns));
  std::fflush(out_);
  bar_shown_ = true;
}

void PullDisplay::show_line(const service::PullProgress& progress) {
  const auto now = service::RateMeter::Clock::now();
  const std::pair what(progress.stage, progress.file_number);
  if (shown_at_ && what == shown_what_ && now - *shown_at_ < kLineInterval) return;
  shown_at_ = now;
  shown_what_ = what;
  fmt::print(out_, "{}\n", progress_line(progress, rate_.bytes_per_second()));
  std::fflush(out_);
}

void PullDisplay::say(std::string_view sentence) {
  if (bar_shown_) fmt::print(out_, "\r\x1b[K");
  bar_shown_ = false;
  fmt::print(out_, "{}\n", sentence);
  std::fflush(out_);
}

}  // namespace peregrine::app
