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

Task<unsigned> list_models(Exchange& exchange, const Services& services) {
  return respond_json(exchange, render_model_list(services.models()));
}

Task<unsigned> show_model(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("model");
  const std::optional<ModelCard> card = find_model(services.models(), id);
  if (!card) return respond_error(exchange, make_error(ErrorKind::kModelNotFound, clip(id)));
  return respond_json(exchange, render_model(*card));
}

Task<unsigned> delete_model(Exchange& exchange, const Services& services) {
  const std::string_view id = exchange.param("model");
  const std::optional<ModelCard> card = find_model(services.models(), id);
  if (!card) return respond_error(exchange, make_error(ErrorKind::kModelNotFound, clip(id)));
  return respond_error(exchange, make_error(ErrorKind::kModelNotDeletable, card->id));
}

using ModelEndpoint = Task<unsigned> (*)(Exchange&, const Services&);

// Until loading has ended there is nothing to look at.
Endpoint when_loaded(const Services& services, ModelEndpoint endpoint) {
  return [services, endpoint](Exchange& exchange) {
    if (services.readiness == Readiness::kLoading) {
      return respond_error(exchange, make_error(ErrorKind::kUnavailable, "models are still being loaded"));
    }
    return endpoint(exchange, services);
  };
}

}  // namespace

std::optional<ModelCard> find_model(const std::vector<ModelCard>& cards, std::string_view id) {
  const auto found = std::find_if(cards.begin(), cards.end(), [id](const ModelCard& card) {
    return http::equal_ignoring_case(card.id, id);
  });
  if (found == cards.end()) return std::nullopt;
  return *found;
}

void add_model_routes(http::Router& router, const Services& services) {
  add_api_route(router, services, "GET", "/models", when_loaded(services, list_models));
  add_api_route(router, services, "GET", "/models/{model...}", when_loaded(services, show_model));
  add_api_route(router, services, "DELETE", "/models/{model...}", when_loaded(services, delete_model));
}

}  // namespace peregrine::api
