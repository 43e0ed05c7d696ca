#include "http/server_core.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/log.h"
#include "http/response_head.h"

namespace peregrine::http {

using base::LogLevel;

ServerCore::ServerCore(const Options& options, Router routes, ErrorRenderer renderer, Middleware hook,
                       Observer watcher)
    : limits(options.limits),
      router(std::move(routes)),
      before(std::move(hook)),
      observer(std::move(watcher)),
      bodies(options.limits.max_buffered_body_bytes),
      workers(std::max(options.worker_threads, 1u)),
      renderer_(std::move(renderer)) {}

Response ServerCore::render_error(ProtocolError error, std::string_view detail,
                                  const Request* request) const {
  if (renderer_) {
    try {
      return renderer_(error, detail, request);
    } catch (const std::exception& failure) {
      base::log(LogLevel::kError, "http: rendering an error answer threw: {}", failure.what());
    }
  }
  Response response;
  response.status = status_of(error);
  response.headers.set("content-type", "text/plain; charset=utf-8");
  response.body.append(detail).append("\n");
  return response;
}

void ServerCore::leave(std::atomic<std::size_t>& count) {
  // The flag is read after the count went down, and the waiter raises it before it reads the count.
  if (count.fetch_sub(1) != 1 || !draining) return;
  const std::lock_guard lock(mutex_);
  none_left_.notify_all();
}

bool ServerCore::wait_for_none(const std::atomic<std::size_t>& count, std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return none_left_.wait_for(lock, limit, [&count] { return count == 0; });
}

void IoThread::start() {
  thread_ = std::thread([this] {
    for (;;) {
      try {
        context.run();
        return;
      } catch (const std::exception& error) {
        base::log(LogLevel::kError, "http: an exception reached the io thread: {}", error.what());
      }
    }
  });
}

void IoThread::stop_and_join() {
  context.stop();
  if (thread_.joinable()) thread_.join();
}

const std::string& IoThread::date() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::int64_t second = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  if (second != date_second_) {
    date_second_ = second;
    date_ = http_date(second);
  }
  return date_;
}

}  // namespace peregrine::http
