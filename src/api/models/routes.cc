#include "api/models/routes.h"

#include <algorithm>
#include <string>
#include <utility>

#include "api/door/door.h"
#include "api/entry/listing.h"
#include "api/entry/stored.h"
#include "api/json/path.h"
#include "api/models/wire.h"

namespace peregrine::api {
namespace {

using http::Exchange;

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

tl::expected<service::ModelStatus, ApiError> model_of(Exchange& exchange, const Services& services,
                                                      std::string_view id) {
  auto models = explained(exchange, models_of(services, *caller_of(exchange)));
  if (!models) return tl::unexpected(std::move(models.error()));
  auto model = find_model(*models, id);
  if (!model) return tl::unexpected(make_error(ErrorKind::kModelNotFound, clip(id)));
  return std::move(*model);
}

Body list_models(Exchange& exchange, const Services& services) {
  return explained(exchange, models_of(services, *caller_of(exchange))).map(render_model_list);
}

Body show_model(Exchange& exchange, const Services& services) {
  return model_of(exchange, services, exchange.param("model")).map(render_model);
}

Body delete_model(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("model");
  const auto model = model_of(exchange, services, id);
  if (!model) return tl::unexpected(model.error());
  if (model->owner.empty()) return tl::unexpected(make_error(ErrorKind::kModelNotDeletable, model->id));
  ApiError not_there = make_error(ErrorKind::kModelNotFound, clip(model->id));
  const std::string organisation = organisation_of(exchange);
  const auto adapter = services.tuned->find_model(model->id, organisation);
  if (!adapter) return tl::unexpected(explain(exchange, adapter.error()));
  if (!*adapter) return tl::unexpected(std::move(not_there));
  const auto gone = services.tuned->remove((*adapter)->id, organisation);
  if (!gone) return tl::unexpected(explain(exchange, gone.error()));
  if (!*gone) return tl::unexpected(std::move(not_there));
  return render_deleted("model", (*adapter)->fine_tuned_model);
}

// Some wait for a disk.
Endpoint with(const Services& services, StoredWork<const Services> work) {
  return [services, work](Exchange& exchange) { return answer_from(exchange, services, work); };
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
