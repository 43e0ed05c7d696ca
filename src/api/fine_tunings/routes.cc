#include "api/fine_tunings/routes.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/fine_tunings/wire.h"
#include "api/json/path.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;
using Body = tl::expected<std::string, ApiError>;

ApiError not_found(std::string_view id) {
  return make_error(ErrorKind::kNotFound, fmt::format("Fine tuning with id '{}' not found.", clip(id)));
}

ApiError explain(const Error& cause, std::string_view request_id) {
  ApiError shown = to_api_error(cause);
  log_internal(shown, cause, request_id);
  return shown;
}

// A key that may not use a model may not make another one of it.
std::optional<ApiError> refuse_base(const Services& services, const service::ApiKey& key,
                                    const std::string& base) {
  std::optional<std::string> id = base;
  if (services.resolve_model) id = services.resolve_model(base);
  if (!id || key.scope.allows_model(*id)) return std::nullopt;
  return make_error(ErrorKind::kModelNotPermitted, clip(*id));
}

Body create_now(Exchange& exchange, const Services& services) {
  auto order = parse_fine_tuning(exchange.request().body);
  if (!order) return tl::unexpected(to_api_error(order.error()));
  const auto key = caller_of(exchange);
  order->organisation = key->organisation;
  if (auto refusal = refuse_base(services, *key, order->base_model))
    return tl::unexpected(std::move(*refusal));
  const auto created = services.tuned->create(*order);
  if (created) return render_fine_tuning(*created);
  if (created.error().code == ErrorCode::kNotFound) {
    return tl::unexpected(make_error(ErrorKind::kNotFound,
                                     fmt::format("File with id '{}' not found.", clip(order->input_file_id)),
                                     "input_file_id"));
  }
  return tl::unexpected(explain(created.error(), request_id(exchange)));
}

Body list_now(Exchange& exchange, const Services& services) {
  const auto adapters = services.tuned->list(caller_of(exchange)->organisation);
  if (!adapters) return tl::unexpected(explain(adapters.error(), request_id(exchange)));
  return render_fine_tunings(*adapters);
}

Body show_now(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("id");
  const auto adapter = services.tuned->find(id, caller_of(exchange)->organisation);
  if (!adapter) return tl::unexpected(explain(adapter.error(), request_id(exchange)));
  if (!*adapter) return tl::unexpected(not_found(id));
  return render_fine_tuning(**adapter);
}

Body remove_now(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("id");
  const auto removed = services.tuned->remove(id, caller_of(exchange)->organisation);
  if (!removed) return tl::unexpected(explain(removed.error(), request_id(exchange)));
  if (!*removed) return tl::unexpected(not_found(id));
  return render_deleted_fine_tuning(id);
}

using Work = Body (*)(Exchange&, const Services&);

// Every one waits for a disk.
Task<unsigned> answer(Exchange& exchange, const Services& services, Work work) {
  Body body = co_await exchange.offload([&] { return work(exchange, services); });
  if (!body) co_return co_await respond_error(exchange, std::move(body.error()));
  co_return co_await respond_json(exchange, std::move(*body));
}

Task<unsigned> create(Exchange& exchange, const Services& services, Work work) {
  std::optional<ApiError> refusal = refuse_at_once(exchange, services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  co_return co_await answer(exchange, services, work);
}

}  // namespace

void add_fine_tuning_routes(http::Router& router, const Services& services) {
  const auto with = [&services](Work work) -> Endpoint {
    return [services, work](Exchange& exchange) { return answer(exchange, services, work); };
  };
  add_api_route(router, services, "POST", "/fine_tunings",
                [services](Exchange& exchange) { return create(exchange, services, create_now); });
  add_api_route(router, services, "GET", "/fine_tunings", with(list_now));
  add_api_route(router, services, "GET", "/fine_tunings/{id}", with(show_now));
  add_api_route(router, services, "DELETE", "/fine_tunings/{id}", with(remove_now));
}

}  // namespace peregrine::api
