#include "api/health/routes.h"

#include <utility>

#include "api/door/door.h"
#include "api/json/writer.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

std::string status_body(std::string_view status) {
  std::string out;
  JsonWriter(out).begin_object().key("status").string(status).end_object();
  return out;
}

std::string ready_body(std::string_view status, const std::vector<service::ModelStatus>& models) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("status").string(status).key("models").begin_array();
  for (const service::ModelStatus& model : models) {
    json.begin_object();
    json.key("id").string(model.id).key("state").string(service::model_state_name(model.state));
    json.key("kind").string(model.listens ? "speech" : "text");
    if (model.state == service::ModelState::kLoading) json.key("progress").number(model.progress);
    if (model.state == service::ModelState::kFailed) json.key("error").string(model.error);
    json.end_object();
  }
  json.end_array().end_object();
  return out;
}

std::string_view readiness_name(Readiness readiness) {
  switch (readiness) {
    case Readiness::kLoading:
      return "loading";
    case Readiness::kReady:
      return "ready";
    case Readiness::kDraining:
      return "draining";
  }
  return "loading";
}

Task<unsigned> show_readiness(Exchange& exchange, const Services& services) {
  const auto models = co_await exchange.offload(services.models);
  const Readiness now = services.readiness;
  std::string body = ready_body(readiness_name(now), models);
  co_return co_await respond_json(exchange, std::move(body), now == Readiness::kReady ? 200 : 503);
}

Task<unsigned> show_metrics(Exchange& exchange, base::Metrics& metrics) {
  const auto render = [&metrics] { return metrics.render(); };
  http::Response response;
  response.headers.set("content-type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = co_await exchange.offload(render);
  co_await exchange.respond(std::move(response));
  co_return 200;
}

}  // namespace

void add_health_routes(http::Router& router, const Services& services) {
  const auto add = [&](const std::string& path, Endpoint endpoint) {
    router.add("GET", path, measured(services, path, std::move(endpoint)));
  };
  add("/health", [](Exchange& exchange) { return respond_json(exchange, status_body("ok")); });
  add("/ready", [services](Exchange& exchange) { return show_readiness(exchange, services); });
  add("/metrics",
      [&metrics = services.metrics](Exchange& exchange) { return show_metrics(exchange, metrics); });
}

}  // namespace peregrine::api
