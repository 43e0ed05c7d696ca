// What stands in front of every route: the request's id, the headers common to all answers, the Host rule,
// CORS, bearer keys and their scopes; and the wrapper that measures a route.
//
// The door decides before a body is read. It fails closed: a path that is not listed as open needs a key, and
// one that is no known part of the API a key without restrictions.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "api/api.h"
#include "api/errors/errors.h"
#include "http/exchange.h"

namespace peregrine::api {

http::Middleware door_middleware(const Services& services, const Options& options);
http::ErrorRenderer door_error_renderer(const Services& services);

// The key of an Authorization header with the Bearer scheme, or nothing.
std::string_view bearer_key(std::string_view authorization);

// The key that the request came with; for routes behind the door, not for open paths.
std::shared_ptr<const service::ApiKey> caller_of(http::Exchange& exchange);

// The body says that it is JSON, which no web page can have said to another origin unasked.
bool says_json(const http::Request& request);

// The body counts as JSON. A missing type does, and so does a form's, which is what `curl -d` sends when
// nobody tells it otherwise. Not so from a web page: a page may send these types anywhere unasked.
bool has_json_body(const http::Request& request);

// The id that the door gave to the request; also its x-request-id.
std::string request_id(http::Exchange& exchange);

// Answers, and returns the status that it answered.
http::Task<unsigned> respond_json(http::Exchange& exchange, std::string body, unsigned status = 200);
http::Task<unsigned> respond_error(http::Exchange& exchange, ApiError error);

// What a route does: answers the exchange and returns the status, 499 when the client was gone.
using Endpoint = std::function<http::Task<unsigned>(http::Exchange&)>;

inline constexpr unsigned kClientGone = 499;

// Counts and times `endpoint` under the name `route`, and answers 500 for what it throws.
http::Handler measured(const Services& services, std::string route, Endpoint endpoint);

// Adds the route under /openai/v1 and under its alias /v1.
void add_api_route(http::Router& router, const Services& services, std::string method,
                   const std::string& path, Endpoint endpoint, http::RouteOptions options = {});

}  // namespace peregrine::api
