// /admin/v1/keys.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "api/admin/gate.h"
#include "api/admin/wire.h"
#include "base/log.h"
#include "service/metering/metering.h"

namespace peregrine::api {
namespace {

using http::Exchange;

std::optional<ApiError> refuse_without_store(const Services& services) {
  if (services.admin->keys != nullptr && services.admin->keys->keeps()) return std::nullopt;
  return make_error(ErrorKind::kNotImplemented,
                    "this server keeps nothing, and so no keys but those of its configuration");
}

Body list_keys(Exchange& exchange, const Services& services) {
  if (services.admin->keys == nullptr) return render_keys({}, 0);
  const auto keys = services.admin->keys->list();
  if (!keys) return tl::unexpected(admin_error(keys.error(), exchange));
  return render_keys(*keys, service::Metering::unix_now());
}

// What the registry calls otherwise.
std::string_view field_of(std::string_view where) {
  if (where == "org") return "organisation";
  if (where == "expires") return "expires_at";
  return where;
}

Body create_key(Exchange& exchange, const Services& services) {
  if (auto refusal = refuse_without_store(services)) return tl::unexpected(std::move(*refusal));
  const auto order = parse_key_order(exchange.request().body);
  if (!order) return tl::unexpected(admin_error(order.error(), exchange));
  const std::int64_t now = service::Metering::unix_now();
  const auto issued = services.admin->keys->issue(*order, now);
  if (issued) {
    base::log_about(exchange.log_id(), base::LogLevel::kInfo, "keys: {} was made", issued->key.id);
    return render_issued_key(*issued, now);
  }
  Error error = issued.error();
  if (error.code == ErrorCode::kInvalidArgument) {
    error.where = field_of(error.where);
    error.message = fmt::format("'{}' : {}", error.where, error.message);
  }
  return tl::unexpected(admin_error(error, exchange));
}

// By its id alone: a name that is a little off must not shut out another.
Body revoke_key(Exchange& exchange, const Services& services) {
  if (auto refusal = refuse_without_store(services)) return tl::unexpected(std::move(*refusal));
  const std::string_view id = exchange.param("id");
  const auto keys = services.admin->keys->list();
  if (!keys) return tl::unexpected(admin_error(keys.error(), exchange));
  const auto found = std::ranges::find(*keys, id, &service::ApiKey::id);
  if (found == keys->end()) return tl::unexpected(not_found("Key", id));
  const std::int64_t now = service::Metering::unix_now();
  if (found->revoked_at) return render_key(*found, now);
  const auto revoked = services.admin->keys->revoke(id, now);
  if (!revoked) return tl::unexpected(admin_error(revoked.error(), exchange));
  base::log_about(exchange.log_id(), base::LogLevel::kInfo, "keys: {} was revoked", revoked->id);
  return render_key(*revoked, now);
}

}  // namespace

void add_admin_key_routes(http::Router& router, const Services& services) {
  add_admin_route(router, services, "GET", "/keys", list_keys);
  add_admin_route(router, services, "POST", "/keys", create_key);
  add_admin_route(router, services, "DELETE", "/keys/{id}", revoke_key);
}

}  // namespace peregrine::api
