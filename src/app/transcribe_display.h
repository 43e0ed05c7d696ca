// How `transcribe` shows that it goes on: a bar over the time of the sound, and how much faster than real
// time that is. On a terminal; elsewhere only the end is told.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>

namespace peregrine::app {

struct TranscribeProgress {
  double seconds = 0;  // of sound, of all files together
  double total = 0;    // that there is; 0 while it is not known
  std::size_t done = 0;
  std::size_t files = 0;
};

// "1:02:03", "2:03".
std::string shown_duration(double seconds);
// "[######....] 2:03 of 1:02:03, 12.3 times real time, 1 of 3 files", at most `width` columns wide; without
// the bar while the total is not known. `passed` in seconds.
std::string transcribe_bar(const TranscribeProgress& progress, double passed, std::size_t width);
// The end: "3 files, 1:02:03 of sound in 2:03: 30.3 times real time (factor 0.033)".
std::string shown_total(const TranscribeProgress& progress, double seconds);

class TranscribeDisplay {
 public:
  explicit TranscribeDisplay(std::FILE* out);
  TranscribeDisplay(const TranscribeDisplay&) = delete;
  TranscribeDisplay& operator=(const TranscribeDisplay&) = delete;
  ~TranscribeDisplay() { clear(); }

  bool terminal() const { return terminal_; }
  void show(const TranscribeProgress& progress);
  // Before other text goes to the terminal.
  void clear();
  void close(const TranscribeProgress& progress, double seconds);

 private:
  using Clock = std::chrono::steady_clock;

  std::FILE* out_;
  bool terminal_;
  bool shown_ = false;
  const Clock::time_point begun_ = Clock::now();
  std::optional<Clock::time_point> shown_at_;
};

}  // namespace peregrine::app
