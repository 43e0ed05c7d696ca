#include "api/batches/batches.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "api/batches/wire.h"
#include "api/door/door.h"
#include "api/door/scope.h"
#include "api/entry/entry.h"
#include "api/json/path.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;
using Body = tl::expected<std::string, ApiError>;

ApiError not_found(std::string_view id) {
  return make_error(ErrorKind::kNotFound, fmt::format("Batch with id '{}' not found.", clip(id)));
}

ApiError explain(const Error& cause, std::string_view request_id) {
  ApiError shown = to_api_error(cause);
  log_internal(shown, cause, request_id);
  return shown;
}

Task<unsigned> respond(Exchange& exchange, Body body) {
  if (!body) co_return co_await respond_error(exchange, std::move(body.error()));
  co_return co_await respond_json(exchange, std::move(*body));
}

Task<unsigned> create(Exchange& exchange, const Services& services, service::Batches& batches) {
  std::optional<ApiError> refusal = refuse_at_once(exchange, services);
  if (refusal) co_return co_await respond_error(exchange, std::move(*refusal));
  const auto work = [&]() -> Body {
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
    const auto batch = batches.create(order);
    if (!batch) return tl::unexpected(explain(batch.error(), request_id(exchange)));
    return render_batch(*batch);
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

Task<unsigned> list(Exchange& exchange, service::Batches& batches) {
  const auto work = [&]() -> Body {
    auto query = parse_batch_query(exchange.request());
    if (!query) return tl::unexpected(std::move(query.error()));
    query->organisation = caller_of(exchange)->organisation;
    const auto page = batches.list(*query);
    if (!page) return tl::unexpected(explain(page.error(), request_id(exchange)));
    return render_batch_page(*page);
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

Body render_found(const Result<std::optional<store::StoredBatch>>& found, std::string_view id,
                  std::string_view request_id) {
  if (!found) return tl::unexpected(explain(found.error(), request_id));
  if (!*found) return tl::unexpected(not_found(id));
  return render_batch(**found);
}

Task<unsigned> show(Exchange& exchange, service::Batches& batches) {
  const auto work = [&]() -> Body {
    const std::string_view id = exchange.param("id");
    return render_found(batches.find(id, caller_of(exchange)->organisation), id, request_id(exchange));
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

// A body says nothing that matters: clients send none, or an empty object.
Task<unsigned> cancel(Exchange& exchange, service::Batches& batches) {
  const auto work = [&]() -> Body {
    const std::string_view id = exchange.param("id");
    return render_found(batches.cancel(id, caller_of(exchange)->organisation), id, request_id(exchange));
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

}  // namespace

void add_batch_routes(http::Router& router, const Services& services, service::Batches& batches) {
  const auto with = [&batches](Task<unsigned> (*endpoint)(Exchange&, service::Batches&)) {
    return [&batches, endpoint](Exchange& exchange) { return endpoint(exchange, batches); };
  };
  add_api_route(router, services, "POST", "/batches",
                [services, &batches](Exchange& exchange) { return create(exchange, services, batches); });
  add_api_route(router, services, "GET", "/batches", with(list));
  add_api_route(router, services, "GET", "/batches/{id}", with(show));
  add_api_route(router, services, "POST", "/batches/{id}/cancel", with(cancel));
}

}  // namespace peregrine::api
