#include "api/admin/gate.h"

#include <fmt/format.h>

#include <utility>

#include "api/door/host.h"
#include "api/json/document.h"
#include "api/json/path.h"
#include "api/json/schema.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

// By reference: the endpoint lives in the router.
Task<unsigned> guarded(Exchange& exchange, const Endpoint& endpoint) {
  std::optional<ApiError> refusal = refuse_foreign(exchange.request());
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  co_return co_await endpoint(exchange);
}

}  // namespace

std::optional<ApiError> refuse_foreign(const http::Request& request) {
  const std::string_view origin = request.headers.get("origin");
  if (!origin.empty() && !same_host(origin, request.headers.get("host"))) {
    return make_error(ErrorKind::kOriginNotAllowed);
  }
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads || says_json(request)) return std::nullopt;
  return make_error(ErrorKind::kInvalidRequest, "the Content-Type of the request must be application/json");
}

ApiError admin_error(const Error& cause, Exchange& exchange) {
  switch (cause.code) {
    case ErrorCode::kNotFound:
      return make_error(ErrorKind::kNotFound, cause.message);
    case ErrorCode::kUnsupported:
      return make_error(ErrorKind::kConflict, cause.message);
    default:
      return explain(exchange, cause);
  }
}

Status check_no_body(std::string_view body) {
  if (body.empty()) return {};
  PEREGRINE_ASSIGN(const Json document, parse_document(body));
  struct Nothing {};
  Nothing nothing;
  return read_object<Nothing>(document, Path(), {}, nothing);
}

void add_admin_route(http::Router& router, const Services& services, std::string method,
                     const std::string& path, Endpoint endpoint) {
  const std::string full = "/admin/v1" + path;
  const Endpoint behind = [endpoint = std::move(endpoint)](Exchange& exchange) {
    return guarded(exchange, endpoint);
  };
  router.add(std::move(method), full, measured(services, full, behind));
}

void add_admin_route(http::Router& router, const Services& services, std::string method,
                     const std::string& path, AdminWork work) {
  const Endpoint endpoint = [services, work](Exchange& exchange) {
    return answer_from(exchange, services, work);
  };
  add_admin_route(router, services, std::move(method), path, endpoint);
}

void add_admin_routes(http::Router& router, const Services& services) {
  add_admin_model_routes(router, services);
  add_admin_pull_routes(router, services);
  add_admin_key_routes(router, services);
  add_admin_live_routes(router, services);
}

}  // namespace peregrine::api
