// How a pull looks: a bar that moves on a terminal, a line now and then elsewhere. Something new is shown
// within two seconds, whatever goes on.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

#include "service/catalogue/pull.h"
#include "service/catalogue/rate_meter.h"

namespace peregrine::app {

// "12.1 GB": decimal units, as hubs and disks have them.
std::string shown_bytes(double bytes);

// One line about `progress`.
std::string progress_line(const service::PullProgress& progress, double bytes_per_second);
// The same behind a bar, at most `width` columns wide.
std::string progress_bar(const service::PullProgress& progress, double bytes_per_second, std::size_t width);

class PullDisplay {
 public:
  // A terminal that can move its cursor gets the bar.
  explicit PullDisplay(std::FILE* out);
  PullDisplay(const PullDisplay&) = delete;
  PullDisplay& operator=(const PullDisplay&) = delete;
  // Leaves the cursor on a fresh line.
  ~PullDisplay();

  void show(const service::PullProgress& progress);

 private:
  void show_line(const service::PullProgress& progress);
  void say(std::string_view sentence);

  std::FILE* out_;
  bool terminal_;
  bool bar_shown_ = false;
  service::RateMeter rate_;
  std::optional<service::RateMeter::Clock::time_point> shown_at_;
  std::pair<hub::Stage, std::size_t> shown_what_{hub::Stage::kAsking, 0};
};

}  // namespace peregrine::app
