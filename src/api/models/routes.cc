#include "api/models/routes.h"

#include <algorithm>
#include <utility>

#include "api/door/door.h"
#include "api/json/path.h"
#include "api/models/wire.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

// What the caller's key may use: the others are not there for it.
std::vector<service::ModelStatus> permitted(std::vector<service::ModelStatus> models,
                                            const service::KeyScope& scope) {
  std::erase_if(models, [&](const service::ModelStatus& model) { return !scope.allows_model(model.id); });
  return models;
}

Task<unsigned> list_models(Exchange& exchange, const Services& services) {
  auto models = co_await exchange.offload(services.models);
  models = permitted(std::move(models), caller_of(exchange)->scope);
  co_return co_await respond_json(exchange, render_model_list(models));
}

Task<unsigned> show_model(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("model");
  auto models = co_await exchange.offload(services.models);
  models = permitted(std::move(models), caller_of(exchange)->scope);
  const auto model = find_model(models, id);
  if (!model) co_return co_await respond_error(exchange, make_error(ErrorKind::kModelNotFound, clip(id)));
  co_return co_await respond_json(exchange, render_model(*model));
}

Task<unsigned> delete_model(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("model");
  auto models = co_await exchange.offload(services.models);
  models = permitted(std::move(models), caller_of(exchange)->scope);
  const auto model = find_model(models, id);
  if (!model) co_return co_await respond_error(exchange, make_error(ErrorKind::kModelNotFound, clip(id)));
  co_return co_await respond_error(exchange, make_error(ErrorKind::kModelNotDeletable, model->id));
}

using ModelEndpoint = Task<unsigned> (*)(Exchange&, const Services&);

Endpoint with(const Services& services, ModelEndpoint endpoint) {
  return [services, endpoint](Exchange& exchange) { return endpoint(exchange, services); };
}

}  // namespace

std::optional<service::ModelStatus> find_model(const std::vector<service::ModelStatus>& cards,
                                               std::string_view id) {
  const auto found = std::find_if(cards.begin(), cards.end(), [id](const service::ModelStatus& card) {
    return http::equal_ignoring_case(card.id, id);
  });
  if (found == cards.end()) return std::nullopt;
  return *found;
}

void add_model_routes(http::Router& router, const Services& services) {
  add_api_route(router, services, "GET", "/models", with(services, list_models));
  add_api_route(router, services, "GET", "/models/{model...}", with(services, show_model));
  add_api_route(router, services, "DELETE", "/models/{model...}", with(services, delete_model));
}

}  // namespace peregrine::api
