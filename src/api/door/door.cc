#include "api/door/door.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <utility>

#include "api/door/host.h"
#include "api/door/measure.h"
#include "api/door/request_log.h"
#include "api/door/scope.h"
#include "api/json/path.h"
#include "api/page/assets.h"
#include "base/ids.h"
#include "base/log.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Headers;
using http::Request;
using http::Response;
using http::Task;

// Nothing there tells of prompts, answers or keys; nor do the parts of the page.
constexpr std::array<std::string_view, 6> kOpenPaths = {"/",        "/health",       "/ready",
                                                        "/metrics", "/openapi.json", "/openapi.yaml"};

bool is_open(std::string_view path) {
  return std::find(kOpenPaths.begin(), kOpenPaths.end(), path) != kOpenPaths.end() ||
         find_page_asset(path) != nullptr;
}

constexpr std::string_view kExposedHeaders =
    "x-request-id, retry-after, x-ratelimit-limit-requests, x-ratelimit-limit-tokens, "
    "x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens, x-ratelimit-reset-requests, "
    "x-ratelimit-reset-tokens";
// For a preflight that does not say what it wants to send.
constexpr std::string_view kUsualHeaders = "authorization, content-type";

void set_common_headers(Headers& headers) {
  headers.set("x-request-id", base::type_id("req"));
  headers.set("cache-control", "private, max-age=0, no-store, no-cache, must-revalidate");
  headers.set("vary", "Origin");
}

// Of a key, whatever the model; what a model has left is told by the routes that use one.
void set_rate_limit_headers(Headers& headers, const Options& options, const service::Limits& limits) {
  using service::LimitKind;
  const auto told = [&](LimitKind kind, std::int64_t ceiling) {
    return std::to_string(limits[kind].value_or(ceiling));
  };
  const std::string requests = told(LimitKind::kRequestsPerDay, options.requests_per_day);
  const std::string tokens = told(LimitKind::kTokensPerMinute, options.tokens_per_minute);
  headers.set("x-ratelimit-limit-requests", requests);
  headers.set("x-ratelimit-limit-tokens", tokens);
  headers.set("x-ratelimit-remaining-requests", requests);
  headers.set("x-ratelimit-remaining-tokens", tokens);
  headers.set("x-ratelimit-reset-requests", "0s");
  headers.set("x-ratelimit-reset-tokens", "0s");
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

Response preflight_response(const Request& request) {
  Response response;
  response.status = 204;
  const std::string_view wanted = request.headers.get("access-control-request-headers");
  response.headers.set("access-control-allow-methods", "GET, POST, DELETE, OPTIONS");
  response.headers.set("access-control-allow-headers", std::string(wanted.empty() ? kUsualHeaders : wanted));
  response.headers.set("access-control-max-age", "600");
  return response;
}

class Door {
 public:
  Door(const Services& services, Options options) : services_(services), options_(std::move(options)) {}

  // True: the request may go on.
  Task<bool> pass(Exchange& exchange) const {
    const Request& request = exchange.request();
    Headers& headers = exchange.response_headers();
    set_common_headers(headers);
    exchange.set_log_id(request_id(exchange));
    const std::shared_ptr<RequestFacts> facts = facts_of(exchange);
    if (request.headers.contains("host") &&
        !host_allowed(request.headers.get("host"), options_.allowed_hosts)) {
      ApiError error = make_error(ErrorKind::kHostNotAllowed, clip(host_name(request.headers.get("host"))));
      co_return co_await refuse(exchange, std::move(error));
    }
    const std::string_view origin = request.headers.get("origin");
    if (!origin.empty() && contains(options_.allowed_origins, origin)) {
      headers.set("access-control-allow-origin", std::string(origin));
      headers.set("access-control-expose-headers", std::string(kExposedHeaders));
      if (request.method == "OPTIONS") {
        facts->route = kDoorRoute;
        count_request(services_.metrics, kDoorRoute, request.method, 204);
        Response response = preflight_response(request);
        co_await exchange.respond(std::move(response));
        co_return false;
      }
    }
    if (is_open(request.path)) co_return true;
    std::shared_ptr<const service::ApiKey> key =
        services_.keys.find(bearer_key(request.headers.get("authorization")), service::Metering::unix_now());
    if (!key) {
      ApiError error = make_error(ErrorKind::kInvalidApiKey);
      co_return co_await refuse(exchange, std::move(error));
    }
    if (!permits(key->scope, request.method, request.path)) {
      ApiError error = make_error(ErrorKind::kNotPermitted,
                                  fmt::format("{} {}", clip(request.method), clip(request.path)));
      co_return co_await refuse(exchange, std::move(error));
    }
    service::Limits limits;
    if (services_.metering != nullptr) limits = services_.metering->limits_of(*key);
    set_rate_limit_headers(headers, options_, limits);
    facts->key = std::move(key);
    co_return true;
  }

 private:
  Task<bool> refuse(Exchange& exchange, ApiError error) const {
    facts_of(exchange)->route = kDoorRoute;
    count_request(services_.metrics, kDoorRoute, exchange.request().method, error_row(error.kind).status);
    Response response = error_response(error);
    co_await exchange.respond(std::move(response));
    co_return false;
  }

  const Services services_;
  const Options options_;
};

ApiError to_api_error(http::ProtocolError error, std::string_view detail, const Request* request) {
  if (request == nullptr) return make_error(kind_of(error), detail);
  const std::string line = fmt::format("{} {}", clip(request->method), clip(request->path));
  if (error == http::ProtocolError::kNotFound) return make_error(ErrorKind::kUnknownUrl, line);
  if (error == http::ProtocolError::kMethodNotAllowed) {
    return make_error(ErrorKind::kMethodNotAllowed, fmt::format("{}. {}", line, detail));
  }
  return make_error(kind_of(error), detail);
}

}  // namespace

http::Middleware door_middleware(const Services& services, const Options& options) {
  const auto door = std::make_shared<const Door>(services, options);
  return [door](Exchange& exchange) { return door->pass(exchange); };
}

http::ErrorRenderer door_error_renderer(const Services& services) {
  return [services](http::ProtocolError error, std::string_view detail, const Request* request) {
    const ApiError api_error = to_api_error(error, detail, request);
    Response response = error_response(api_error);
    // Nothing passed the door when the request was never understood.
    if (request == nullptr) set_common_headers(response.headers);
    count_request(services.metrics, kNoRoute, request == nullptr ? "" : request->method, response.status);
    return response;
  };
}

std::string_view bearer_key(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer";
  if (!http::equal_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return {};
  std::string_view key = authorization.substr(kScheme.size());
  const std::size_t start = key.find_first_not_of(' ');
  if (start == 0 || start == std::string_view::npos) return {};
  return key.substr(start);
}

namespace {

// Without parameters.
std::string_view media_type(const Request& request) {
  std::string_view type = request.headers.get("content-type");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  return type;
}

}  // namespace

bool says_json(const Request& request) {
  return http::equal_ignoring_case(media_type(request), "application/json");
}

bool has_json_body(const Request& request) {
  if (says_json(request)) return true;
  const std::string_view type = media_type(request);
  const bool untyped = type.empty() || http::equal_ignoring_case(type, "application/x-www-form-urlencoded");
  return untyped && !request.headers.contains("origin");
}

std::shared_ptr<const service::ApiKey> caller_of(Exchange& exchange) {
  return facts_of(exchange)->key;
}

std::string request_id(Exchange& exchange) {
  return std::string(exchange.response_headers().get("x-request-id"));
}

Task<unsigned> respond_json(Exchange& exchange, std::string body, unsigned status) {
  Response response;
  response.status = status;
  response.headers.set("content-type", "application/json");
  response.body = std::move(body);
  co_await exchange.respond(std::move(response));
  co_return status;
}

Task<unsigned> respond_error(Exchange& exchange, ApiError error) {
  Response response = error_response(error);
  const unsigned status = response.status;
  co_await exchange.respond(std::move(response));
  co_return status;
}

http::Handler measured(const Services& services, std::string route, Endpoint endpoint) {
  return [&metrics = services.metrics, route = std::move(route),
          endpoint = std::move(endpoint)](Exchange& exchange) -> Task<void> {
    const auto begin = std::chrono::steady_clock::now();
    const std::shared_ptr<RequestFacts> facts = facts_of(exchange);
    facts->route = route;
    unsigned status = 500;
    std::string thrown;
    try {
      status = co_await endpoint(exchange);
    } catch (const std::exception& error) {
      thrown = error.what();
      if (thrown.empty()) thrown = "an exception without text";
    }
    if (!thrown.empty()) {
      base::log_about(exchange.log_id(), base::LogLevel::kError, "api: {} threw: {}", route, thrown);
      ApiError error = make_error(ErrorKind::kInternal);
      if (!exchange.responded()) co_await respond_error(exchange, std::move(error));
    }
    facts->status = status;
    count_request(metrics, route, exchange.request().method, status);
    time_request(metrics, route, std::chrono::steady_clock::now() - begin);
  };
}

void add_api_route(http::Router& router, const Services& services, std::string method,
                   const std::string& path, Endpoint endpoint, http::RouteOptions options) {
  const std::string full = "/openai/v1" + path;
  const http::Handler handler = measured(services, full, std::move(endpoint));
  router.add(method, full, handler, options);
  router.add(std::move(method), "/v1" + path, handler, options);
}

}  // namespace peregrine::api
