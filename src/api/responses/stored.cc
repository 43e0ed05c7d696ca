#include "api/responses/stored.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "api/door/door.h"
#include "api/json/path.h"
#include "api/json/writer.h"
#include "api/responses/render.h"
#include "base/ids.h"
#include "base/log.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;
using store::StoredItem;
using store::StoredResponse;

constexpr std::size_t kOwnerDigits = 16;
constexpr std::size_t kDefaultPage = 20;
constexpr std::size_t kMaxPage = 100;

using Found = tl::expected<StoredResponse, ApiError>;
using Body = tl::expected<std::string, ApiError>;

ApiError not_found(std::string_view id) {
  return make_error(ErrorKind::kNotFound, fmt::format("Response with id '{}' not found.", clip(id)));
}

ApiError broken(const Error& cause, std::string_view request_id) {
  base::log_about(request_id, base::LogLevel::kError, "api: {}", cause.text());
  return to_api_error(cause);
}

// One that is neither finished nor running may have been finished since it was read: the second look tells.
Found find(const Services& services, std::string_view id, std::string_view owner,
           std::string_view request_id) {
  constexpr int kLooks = 2;
  for (int look = 1;; ++look) {
    auto found = services.responses->find(id, owner);
    if (!found) return tl::unexpected(broken(found.error(), request_id));
    if (!*found) return tl::unexpected(not_found(id));
    if ((*found)->finished || services.responses->running(id)) return std::move(**found);
    if (look < kLooks) continue;
    (*found)->body = render_interrupted((*found)->body);
    return std::move(**found);
  }
}

Task<unsigned> respond(Exchange& exchange, Body body) {
  if (!body) co_return co_await respond_error(exchange, std::move(body.error()));
  co_return co_await respond_json(exchange, std::move(*body));
}

Task<unsigned> show(Exchange& exchange, const Services& services) {
  const auto work = [&]() -> Body {
    const std::string_view stream = exchange.request().query_value("stream");
    if (!stream.empty() && stream != "false") {
      return tl::unexpected(make_error(ErrorKind::kInvalidRequest,
                                       "`stream` is not supported by this server for stored responses",
                                       "stream"));
    }
    return find(services, exchange.param("id"), owner_of(exchange), request_id(exchange))
        .map([](StoredResponse&& response) { return std::move(response.body); });
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

Task<unsigned> remove(Exchange& exchange, const Services& services) {
  const auto work = [&]() -> Body {
    const std::string_view id = exchange.param("id");
    const auto removed = services.responses->remove(id, owner_of(exchange));
    if (!removed) return tl::unexpected(broken(removed.error(), request_id(exchange)));
    if (!*removed) return tl::unexpected(not_found(id));
    std::string out;
    JsonWriter json(out);
    json.begin_object().key("id").string(id);
    json.key("object").string("response").key("deleted").boolean(true).end_object();
    return out;
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

// Answers when the response has ended, with what it came to.
Task<unsigned> cancel(Exchange& exchange, const Services& services) {
  const std::string owner = owner_of(exchange);
  const std::unique_ptr<service::Cancellation> cancellation =
      services.responses->cancel(exchange.param("id"), owner);
  if (cancellation) {
    const std::shared_ptr<http::Signal> signal = exchange.make_signal();
    cancellation->on_ready([signal] { signal->notify(); });
    while (!cancellation->poll()) {
      co_await exchange.wait(*signal);
      if (exchange.disconnected()) co_return kClientGone;
    }
    std::string body = *cancellation->poll();
    if (!body.empty()) co_return co_await respond_json(exchange, std::move(body));
  }
  const auto work = [&] { return find(services, exchange.param("id"), owner, request_id(exchange)); };
  Found found = co_await exchange.offload(work);
  ApiError error =
      found ? make_error(ErrorKind::kInvalidRequest,
                         fmt::format("Response '{}' is not in progress: it cannot be cancelled.", found->id))
            : std::move(found.error());
  co_return co_await respond_error(exchange, std::move(error));
}

// What a list's query asks for.
struct Page {
  std::size_t limit = kDefaultPage;
  bool descending = true;
  std::string_view after;
};

tl::expected<Page, ApiError> read_page(const http::Request& request) {
  Page page;
  page.after = request.query_value("after");
  if (const std::string_view limit = request.query_value("limit"); !limit.empty()) {
    const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), page.limit);
    if (error != std::errc() || end != limit.data() + limit.size() || page.limit < 1 ||
        page.limit > kMaxPage) {
      return tl::unexpected(
          make_error(ErrorKind::kInvalidRequest,
                     fmt::format("'limit' : value must be an integer from 1 to {}", kMaxPage), "limit"));
    }
  }
  if (const std::string_view order = request.query_value("order"); !order.empty()) {
    page.descending = order == "desc";
    if (!page.descending && order != "asc") {
      return tl::unexpected(
          make_error(ErrorKind::kInvalidRequest, "'order' : value must be one of [asc, desc]", "order"));
    }
  }
  return page;
}

Body render_page(std::vector<StoredItem> items, const Page& page) {
  if (page.descending) std::reverse(items.begin(), items.end());
  auto first = items.cbegin();
  if (!page.after.empty()) {
    first = std::find_if(first, items.cend(), [&](const StoredItem& item) { return item.id == page.after; });
    if (first == items.cend()) {
      return tl::unexpected(make_error(ErrorKind::kInvalidRequest,
                                       fmt::format("Item with id '{}' not found.", clip(page.after)),
                                       "after"));
    }
    ++first;
  }
  const auto count = std::min<std::ptrdiff_t>(items.cend() - first, static_cast<std::ptrdiff_t>(page.limit));
  const auto last = first + count;
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("object").string("list");
  json.key("data").begin_array();
  for (auto item = first; item != last; ++item) json.raw(item->body);
  json.end_array();
  json.key("first_id");
  count > 0 ? json.string(first->id) : json.null();
  json.key("last_id");
  count > 0 ? json.string((last - 1)->id) : json.null();
  json.key("has_more").boolean(last != items.cend());
  json.end_object();
  return out;
}

Task<unsigned> list_input(Exchange& exchange, const Services& services) {
  const auto work = [&]() -> Body {
    const auto page = read_page(exchange.request());
    if (!page) return tl::unexpected(page.error());
    Found found = find(services, exchange.param("id"), owner_of(exchange), request_id(exchange));
    if (!found) return tl::unexpected(std::move(found.error()));
    return render_page(std::move(found->input), *page);
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

using ResponseEndpoint = Task<unsigned> (*)(Exchange&, const Services&);

Endpoint with(const Services& services, ResponseEndpoint endpoint) {
  return [services, endpoint](Exchange& exchange) { return endpoint(exchange, services); };
}

}  // namespace

std::string owner_of(Exchange& exchange) {
  return caller_of(exchange)->digest.substr(0, kOwnerDigits);
}

void add_stored_response_routes(http::Router& router, const Services& services) {
  add_api_route(router, services, "GET", "/responses/{id}", with(services, show));
  add_api_route(router, services, "DELETE", "/responses/{id}", with(services, remove));
  add_api_route(router, services, "POST", "/responses/{id}/cancel", with(services, cancel));
  add_api_route(router, services, "GET", "/responses/{id}/input_items", with(services, list_input));
}

}  // namespace peregrine::api
