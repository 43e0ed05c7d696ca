#include "api/entry/entry.h"

#include "api/door/door.h"
#include "base/log.h"

namespace peregrine::api {

std::optional<ApiError> refuse_unready(const Services& services) {
  if (services.readiness != Readiness::kDraining) return std::nullopt;
  return make_error(ErrorKind::kUnavailable, "the server is shutting down");
}

std::optional<ApiError> refuse_at_once(const http::Exchange& exchange, const Services& services) {
  if (auto refusal = refuse_unready(services)) return refusal;
  if (!has_json_body(exchange.request())) {
    return make_error(ErrorKind::kInvalidRequest, "the Content-Type of the request must be application/json");
  }
  return std::nullopt;
}

void log_internal(const ApiError& shown, const Error& cause, std::string_view request_id) {
  if (shown.kind != ErrorKind::kInternal) return;
  base::log_about(request_id, base::LogLevel::kError, "api: no answer: {}", cause.text());
}

http::Headers event_stream_headers() {
  http::Headers headers;
  headers.set("content-type", "text/event-stream");
  headers.set("cache-control", "no-cache");
  headers.set("x-accel-buffering", "no");
  return headers;
}

}  // namespace peregrine::api
