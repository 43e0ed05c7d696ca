#include "api/models/routes.h"

#include <algorithm>
#include <utility>

#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/json/path.h"
#include "api/models/wire.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

using Models = Result<std::vector<service::ModelStatus>>;

// The models that the caller's organisation has made, each as its base is.
Status add_tuned(const Services& services, std::string_view organisation,
                 std::vector<service::ModelStatus>& models) {
  if (services.tuned == nullptr) return {};
  PEREGRINE_ASSIGN(const auto adapters, services.tuned->list(organisation));
  for (const store::StoredAdapter& adapter : adapters) {
    auto card = find_model(models, adapter.base_model);
    if (!card) continue;  // its base is gone
    card->id = adapter.fine_tuned_model;
    card->created = adapter.created_at;
    card->owner = adapter.organisation;
    models.push_back(std::move(*card));
  }
  return {};
}

// What the caller's key may use: the others are not there for it.
Models models_of(const Services& services, const service::ApiKey& key) {
  std::vector<service::ModelStatus> models = services.models();
  PEREGRINE_TRY(add_tuned(services, key.organisation, models));
  std::erase_if(models, [&](const service::ModelStatus& model) { return !key.scope.allows_model(model.id); });
  return models;
}

ApiError explain(const Error& cause, std::string_view request_id) {
  ApiError shown = to_api_error(cause);
  log_internal(shown, cause, request_id);
  return shown;
}

Task<unsigned> list_models(Exchange& exchange, const Services& services) {
  const auto key = caller_of(exchange);
  const Models models = co_await exchange.offload([&] { return models_of(services, *key); });
  if (!models) co_return co_await respond_error(exchange, explain(models.error(), request_id(exchange)));
  co_return co_await respond_json(exchange, render_model_list(*models));
}

Task<unsigned> show_model(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("model");
  const auto key = caller_of(exchange);
  const Models models = co_await exchange.offload([&] { return models_of(services, *key); });
  if (!models) co_return co_await respond_error(exchange, explain(models.error(), request_id(exchange)));
  const auto model = find_model(*models, id);
  if (!model) co_return co_await respond_error(exchange, make_error(ErrorKind::kModelNotFound, clip(id)));
  co_return co_await respond_json(exchange, render_model(*model));
}

using Body = tl::expected<std::string, ApiError>;

Body delete_tuned(const Services& services, const service::ApiKey& key, std::string_view id,
                  std::string_view request_id) {
  const auto adapter = services.tuned->find_model(id, key.organisation);
  if (!adapter) return tl::unexpected(explain(adapter.error(), request_id));
  if (!*adapter) return tl::unexpected(make_error(ErrorKind::kModelNotFound, clip(id)));
  const auto removed = services.tuned->remove((*adapter)->id, key.organisation);
  if (!removed) return tl::unexpected(explain(removed.error(), request_id));
  if (!*removed) return tl::unexpected(make_error(ErrorKind::kModelNotFound, clip(id)));
  return render_deleted_model((*adapter)->fine_tuned_model);
}

Task<unsigned> delete_model(Exchange& exchange, const Services& services) {
  const std::string id(exchange.param("model"));
  const auto key = caller_of(exchange);
  const auto work = [&]() -> Body {
    const Models models = models_of(services, *key);
    if (!models) return tl::unexpected(explain(models.error(), request_id(exchange)));
    const auto model = find_model(*models, id);
    if (!model) return tl::unexpected(make_error(ErrorKind::kModelNotFound, clip(id)));
    if (model->owner.empty()) return tl::unexpected(make_error(ErrorKind::kModelNotDeletable, model->id));
    return delete_tuned(services, *key, model->id, request_id(exchange));
  };
  Body body = co_await exchange.offload(work);
  if (!body) co_return co_await respond_error(exchange, std::move(body.error()));
  co_return co_await respond_json(exchange, std::move(*body));
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
