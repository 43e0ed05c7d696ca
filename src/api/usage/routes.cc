#include "api/usage/routes.h"

#include <fmt/format.h>

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "api/door/door.h"
#include "api/errors/errors.h"
#include "api/usage/wire.h"
#include "base/log.h"
#include "service/usage/days.h"
#include "service/usage/query.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

tl::expected<std::string, ApiError> usage_body(const http::Request& request, service::UsageLedger& ledger,
                                               std::string_view id) {
  const auto query = parse_usage_query(request.query, service::day_of(service::Metering::unix_now()));
  if (!query) return tl::unexpected(to_api_error(query.error()));
  const auto rows = ledger.sum(*query);
  if (rows) return render_usage(*query, *rows);
  if (rows.error().code == ErrorCode::kResourceExhausted && rows.error().where.empty()) {
    return tl::unexpected(
        make_error(ErrorKind::kInvalidRequest,
                   fmt::format("'by' : there are more than {} rows: ask for fewer days, or tell less apart",
                               service::kMaxUsageRows),
                   "by"));
  }
  base::log_about(id, base::LogLevel::kError, "api: {}", rows.error().text());
  return tl::unexpected(make_error(ErrorKind::kInternal));
}

Task<unsigned> show_usage(Exchange& exchange, const Services& services) {
  if (services.usage == nullptr) {
    ApiError error = make_error(ErrorKind::kNotImplemented, "this server keeps no ledger of usage");
    co_return co_await respond_error(exchange, std::move(error));
  }
  const std::string id = request_id(exchange);
  const auto work = [&] { return usage_body(exchange.request(), *services.usage, id); };
  auto body = co_await exchange.offload(work);
  if (!body) co_return co_await respond_error(exchange, std::move(body.error()));
  co_return co_await respond_json(exchange, std::move(*body));
}

}  // namespace

void add_usage_routes(http::Router& router, const Services& services) {
  add_api_route(router, services, "GET", "/usage",
                [services](Exchange& exchange) { return show_usage(exchange, services); });
}

}  // namespace peregrine::api
