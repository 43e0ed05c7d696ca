// /admin/v1/pulls.
#include <fmt/format.h>

#include <optional>
#include <string_view>
#include <utility>

#include "api/admin/gate.h"
#include "api/admin/wire.h"

namespace peregrine::api {
namespace {

using http::Exchange;

constexpr std::string_view kNoun = "Pull";

Body list_pulls(Exchange&, const Services& services) {
  const service::Pulls* pulls = services.admin->pulls;
  return render_pulls(pulls != nullptr ? pulls->list() : std::vector<service::PullRecord>(),
                      pulls != nullptr);
}

Body show_pull(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("id");
  const auto pull = services.admin->pulls != nullptr ? services.admin->pulls->find(id) : std::nullopt;
  if (!pull) return tl::unexpected(not_found(kNoun, id));
  return render_pull(*pull);
}

Body order_pull(Exchange& exchange, const Services& services) {
  if (services.admin->pulls == nullptr) return tl::unexpected(make_error(ErrorKind::kPullsNotAllowed));
  auto order = parse_pull_order(exchange.request().body);
  if (!order) return tl::unexpected(admin_error(order.error(), exchange));
  const auto pull = services.admin->pulls->order(std::move(*order));
  if (pull) return render_pull(*pull);
  Error error = pull.error();
  if (error.code == ErrorCode::kInvalidArgument) {
    error.message = fmt::format("'{}' : {}", error.where, error.message);
  }
  return tl::unexpected(admin_error(error, exchange));
}

Body cancel_pull(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("id");
  const auto pull = services.admin->pulls != nullptr ? services.admin->pulls->cancel(id) : std::nullopt;
  if (!pull) return tl::unexpected(not_found(kNoun, id));
  return render_pull(*pull);
}

}  // namespace

void add_admin_pull_routes(http::Router& router, const Services& services) {
  add_admin_route(router, services, "GET", "/pulls", list_pulls);
  add_admin_route(router, services, "POST", "/pulls", order_pull);
  add_admin_route(router, services, "GET", "/pulls/{id}", show_pull);
  add_admin_route(router, services, "DELETE", "/pulls/{id}", cancel_pull);
}

}  // namespace peregrine::api
