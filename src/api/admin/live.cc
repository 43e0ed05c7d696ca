// /admin/v1/live, and the same as it changes.
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "api/admin/gate.h"
#include "api/admin/wire.h"
#include "api/entry/entry.h"
#include "http/sse.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

// Nothing came from the board for so long: it is the connection that is looked after.
constexpr std::chrono::seconds kPatience{15};

std::string live_now(const Services& services) {
  const service::RunningRequests* running =
      services.metering != nullptr ? services.metering->running().get() : nullptr;
  return render_live(services.admin->board.latest(), running, services.admin->library.budget());
}

Body show_live(Exchange&, const Services& services) {
  return live_now(services);
}

Task<unsigned> follow_live(Exchange& exchange, const Services& services) {
  std::optional<ApiError> refusal = refuse_unready(services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  const std::shared_ptr<http::Signal> signal = exchange.make_signal();
  const auto listening = services.admin->board.listen([signal] { signal->notify(); });
  if (!listening) {
    co_return co_await respond_error(
        exchange, make_error(ErrorKind::kUnavailable, "too many watch the server already"));
  }
  http::Headers headers = event_stream_headers();
  const bool begun = co_await exchange.begin_stream(200, std::move(headers));
  if (!begun) co_return kClientGone;
  std::string out = http::sse_event(live_now(services));
  const std::string comment = http::sse_comment();
  for (;;) {
    const bool written = co_await exchange.write(out);
    if (!written) co_return kClientGone;
    const bool changed = co_await exchange.wait_for(*signal, kPatience);
    if (exchange.disconnected()) co_return kClientGone;
    if (services.readiness == Readiness::kDraining) break;  // nobody waits for those who only watch
    out = changed ? http::sse_event(live_now(services)) : comment;
  }
  co_await exchange.end_stream();
  co_return 200;
}

}  // namespace

void add_admin_live_routes(http::Router& router, const Services& services) {
  add_admin_route(router, services, "GET", "/live", show_live);
  const Endpoint follow = [services](Exchange& exchange) { return follow_live(exchange, services); };
  add_admin_route(router, services, "GET", "/live/events", follow);
}

}  // namespace peregrine::api
