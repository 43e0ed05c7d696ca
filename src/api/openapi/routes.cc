#include "api/openapi/routes.h"

#include <string>
#include <string_view>
#include <utility>

#include "api/door/door.h"
#include "api/openapi/embedded.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

Task<unsigned> respond_text(Exchange& exchange, std::string_view type, std::string_view text) {
  http::Response response;
  response.headers.set("content-type", std::string(type));
  response.body = text;
  co_await exchange.respond(std::move(response));
  co_return 200;
}

}  // namespace

void add_openapi_routes(http::Router& router, const Services& services) {
  const auto add = [&](const std::string& path, std::string_view type, std::string_view text) {
    router.add("GET", path, measured(services, path, [type, text](Exchange& exchange) {
                 return respond_text(exchange, type, text);
               }));
  };
  add("/openapi.json", "application/json", kOpenapiJson);
  add("/openapi.yaml", "application/yaml", kOpenapiYaml);
}

}  // namespace peregrine::api
