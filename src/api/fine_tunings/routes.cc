#include "api/fine_tunings/routes.h"

#include <optional>
#include <string_view>
#include <utility>

#include "api/door/door.h"
#include "api/entry/stored.h"
#include "api/fine_tunings/wire.h"
#include "api/json/path.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

constexpr std::string_view kNoun = "Fine tuning";

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
  if (auto closed = refuse_base(services, *key, order->base_model)) return tl::unexpected(std::move(*closed));
  const auto created = services.tuned->create(*order);
  if (created) return render_fine_tuning(*created);
  if (created.error().code != ErrorCode::kNotFound) {
    return tl::unexpected(explain(exchange, created.error()));
  }
  ApiError refusal = not_found("File", order->input_file_id);
  refusal.param = "input_file_id";
  return tl::unexpected(std::move(refusal));
}

Task<unsigned> create(Exchange& exchange, const Services& services) {
  const auto work = [&] { return create_now(exchange, services); };
  co_return co_await answer_order(exchange, services, work);
}

Body list(Exchange& exchange, service::TunedModels& tuned) {
  return explained(exchange, tuned.list(organisation_of(exchange))).map(render_fine_tunings);
}

Body show(Exchange& exchange, service::TunedModels& tuned) {
  const std::string_view id = exchange.param("id");
  return found(exchange, tuned.find(id, organisation_of(exchange)), kNoun, id).map(render_fine_tuning);
}

Body remove(Exchange& exchange, service::TunedModels& tuned) {
  const std::string_view id = exchange.param("id");
  return removed(exchange, tuned.remove(id, organisation_of(exchange)), kNoun, "fine_tuning", id);
}

}  // namespace

void add_fine_tuning_routes(http::Router& router, const Services& services) {
  service::TunedModels& tuned = *services.tuned;
  add_api_route(router, services, "POST", "/fine_tunings",
                [services](Exchange& exchange) { return create(exchange, services); });
  add_api_route(router, services, "GET", "/fine_tunings", stored_endpoint(tuned, list));
  add_api_route(router, services, "GET", "/fine_tunings/{id}", stored_endpoint(tuned, show));
  add_api_route(router, services, "DELETE", "/fine_tunings/{id}", stored_endpoint(tuned, remove));
}

}  // namespace peregrine::api
