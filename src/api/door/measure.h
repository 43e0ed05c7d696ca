// Requests by route, method and status, and how long they took, as metrics.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/metrics.h"

namespace peregrine::api {

// A known method, or "other": clients may send any token.
std::string method_label(std::string_view method);

// `route` is a pattern or one of a few fixed words, never a path as sent: each makes a time series.
void count_request(base::Metrics& metrics, std::string_view route, std::string_view method, unsigned status);
void time_request(base::Metrics& metrics, std::string_view route,
                  std::chrono::steady_clock::duration duration);

}  // namespace peregrine::api
