#include "api/door/measure.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace peregrine::api {

std::string method_label(std::string_view method) {
  constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                        "PATCH", "DELETE", "OPTIONS"};
  const bool known = std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
  return known ? std::string(method) : "other";
}

void count_request(base::Metrics& metrics, std::string_view route, std::string_view method, unsigned status) {
  metrics
      .counter("peregrine_http_requests_total", "Requests answered, by route, method and status.",
               {{"route", std::string(route)},
                {"method", method_label(method)},
                {"status", std::to_string(status)}})
      .Increment();
}

void time_request(base::Metrics& metrics, std::string_view route,
                  std::chrono::steady_clock::duration duration) {
  static const std::vector<double> kBounds = {0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1,
                                              2.5,   5,     10,    30,  60,   300};
  metrics
      .histogram("peregrine_http_request_duration_seconds",
                 "From the end of the request's body to the end of its answer; with the body where a route "
                 "streams it.",
                 {{"route", std::string(route)}}, kBounds)
      .Observe(std::chrono::duration<double>(duration).count());
}

}  // namespace peregrine::api
