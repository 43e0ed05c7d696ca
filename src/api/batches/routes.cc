#include "api/batches/batches.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "api/batches/wire.h"
#include "api/door/door.h"
#include "api/door/scope.h"
#include "api/entry/stored.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

constexpr std::string_view kNoun = "Batch";

Body create_now(Exchange& exchange, service::Batches& batches) {
  auto parsed = parse_batch_body(exchange.request().body);
  if (!parsed) return tl::unexpected(to_api_error(parsed.error()));
  service::BatchOrder order;
  order.key = caller_of(exchange);
  const std::string_view url = *batch_url(parsed->endpoint);
  if (!permits(order.key->scope, "POST", url)) {
    return tl::unexpected(make_error(ErrorKind::kNotPermitted, fmt::format("POST {}", url)));
  }
  order.input_file_id = std::move(parsed->input_file_id);
  order.endpoint = std::move(parsed->endpoint);
  order.completion_window = std::move(parsed->completion_window);
  order.metadata = std::move(parsed->metadata);
  return explained(exchange, batches.create(order)).map(render_batch);
}

Task<unsigned> create(Exchange& exchange, const Services& services, service::Batches& batches) {
  const auto work = [&] { return create_now(exchange, batches); };
  co_return co_await answer_order(exchange, services, work);
}

Body list(Exchange& exchange, service::Batches& batches) {
  auto query = parse_batch_query(exchange.request());
  if (!query) return tl::unexpected(std::move(query.error()));
  query->organisation = organisation_of(exchange);
  return explained(exchange, batches.list(*query)).map(render_batch_page);
}

Body show(Exchange& exchange, service::Batches& batches) {
  const std::string_view id = exchange.param("id");
  return found(exchange, batches.find(id, organisation_of(exchange)), kNoun, id).map(render_batch);
}

// A body says nothing that matters: clients send none, or an empty object.
Body cancel(Exchange& exchange, service::Batches& batches) {
  const std::string_view id = exchange.param("id");
  return found(exchange, batches.cancel(id, organisation_of(exchange)), kNoun, id).map(render_batch);
}

}  // namespace

void add_batch_routes(http::Router& router, const Services& services, service::Batches& batches) {
  add_api_route(router, services, "POST", "/batches",
                [services, &batches](Exchange& exchange) { return create(exchange, services, batches); });
  add_api_route(router, services, "GET", "/batches", stored_endpoint(batches, list));
  add_api_route(router, services, "GET", "/batches/{id}", stored_endpoint(batches, show));
  add_api_route(router, services, "POST", "/batches/{id}/cancel", stored_endpoint(batches, cancel));
}

}  // namespace peregrine::api
