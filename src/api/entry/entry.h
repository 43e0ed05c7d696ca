// What the routes that give work to a model have in common before the work begins: what is refused at once,
// and the wait for a model that is not there yet.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "api/api.h"
#include "api/errors/errors.h"
#include "base/result.h"
#include "http/exchange.h"

namespace peregrine::api {

// Events that are ready together go out in one write, up to this many bytes.
inline constexpr std::size_t kMaxWriteBytes = 64 * 1024;

// Whether the server serves at all.
std::optional<ApiError> refuse_unready(const Services& services);

// Before anything is read: whether the request can be served at all.
std::optional<ApiError> refuse_at_once(const http::Exchange& exchange, const Services& services);

// Logs what the client is not told.
void log_internal(const ApiError& shown, const Error& cause, std::string_view request_id);

// Of a stream of server-sent events.
http::Headers event_stream_headers();

// `job` has begun: if its model is being loaded (`job->waits()`), resumes when `job->wait` is over and then
// has `go_on` start it. False: the client went away meanwhile.
template <class Job>
http::Task<bool> start_when_loaded(http::Exchange& exchange, tl::expected<Job, ApiError>& job,
                                   const std::function<tl::expected<Job, ApiError>(Job)>& go_on) {
  if (!job || !job->waits()) co_return true;
  // No worker waits for the model: others have work for them.
  const std::shared_ptr<http::Signal> loaded = exchange.make_signal();
  job->wait->on_ready([loaded] { loaded->notify(); });
  co_await exchange.wait(*loaded);
  if (exchange.disconnected()) co_return false;
  const auto start = [&] { return go_on(std::move(*job)); };
  job = co_await exchange.offload(start);
  co_return true;
}

}  // namespace peregrine::api
