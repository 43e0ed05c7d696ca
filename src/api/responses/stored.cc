#include "api/responses/stored.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "api/door/door.h"
#include "api/entry/listing.h"
#include "api/entry/stored.h"
#include "api/json/path.h"
#include "api/json/writer.h"
#include "api/responses/render.h"

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

constexpr std::string_view kNoun = "Response";

// One that is neither finished nor running may have been finished since it was read: the second look tells.
Found find(Exchange& exchange, service::Responses& responses) {
  constexpr int kLooks = 2;
  const std::string_view id = exchange.param("id");
  for (int look = 1;; ++look) {
    Found response = found(exchange, responses.find(id, owner_of(exchange)), kNoun, id);
    if (!response || response->finished || responses.running(id)) return response;
    if (look < kLooks) continue;
    response->body = render_interrupted(response->body);
    return response;
  }
}

Body show(Exchange& exchange, service::Responses& responses) {
  const std::string_view stream = exchange.request().query_value("stream");
  if (!stream.empty() && stream != "false") {
    return tl::unexpected(make_error(ErrorKind::kInvalidRequest,
                                     "`stream` is not supported by this server for stored responses",
                                     "stream"));
  }
  return find(exchange, responses).map([](StoredResponse&& response) { return std::move(response.body); });
}

Body remove(Exchange& exchange, service::Responses& responses) {
  const std::string_view id = exchange.param("id");
  return removed(exchange, responses.remove(id, owner_of(exchange)), kNoun, "response", id);
}

// Answers when the response has ended, with what it came to.
Task<unsigned> cancel(Exchange& exchange, service::Responses& responses) {
  const std::unique_ptr<service::Cancellation> cancellation =
      responses.cancel(exchange.param("id"), owner_of(exchange));
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
  const auto work = [&] { return find(exchange, responses); };
  Found ended = co_await exchange.offload(work);
  ApiError error =
      ended ? make_error(ErrorKind::kInvalidRequest,
                         fmt::format("Response '{}' is not in progress: it cannot be cancelled.", ended->id))
            : std::move(ended.error());
  co_return co_await respond_error(exchange, std::move(error));
}

// What a list's query asks for.
struct Page {
  std::size_t limit;
  bool descending;
  std::string_view after;
};

tl::expected<Page, ApiError> read_page(const http::Request& request) {
  auto limit = read_limit(request, kDefaultPage, kMaxPage);
  if (!limit) return tl::unexpected(std::move(limit.error()));
  auto descending = read_descending(request);
  if (!descending) return tl::unexpected(std::move(descending.error()));
  return Page{*limit, *descending, request.query_value("after")};
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
  const std::span<const StoredItem> shown(first, first + count);
  const auto write = [](JsonWriter& json, const StoredItem& item) { json.raw(item.body); };
  return json_text([&](JsonWriter& json) {
    begin_list(json, shown, write);
    write_ends(json, count > 0 ? shown.front().id : "", count > 0 ? shown.back().id : "",
               first + count != items.cend());
    json.end_object();
  });
}

Body list_input(Exchange& exchange, service::Responses& responses) {
  const auto page = read_page(exchange.request());
  if (!page) return tl::unexpected(page.error());
  Found response = find(exchange, responses);
  if (!response) return tl::unexpected(std::move(response.error()));
  return render_page(std::move(response->input), *page);
}

}  // namespace

std::string owner_of(Exchange& exchange) {
  return caller_of(exchange)->digest.substr(0, kOwnerDigits);
}

void add_stored_response_routes(http::Router& router, const Services& services) {
  service::Responses& responses = *services.responses;
  add_api_route(router, services, "GET", "/responses/{id}", stored_endpoint(responses, show));
  add_api_route(router, services, "DELETE", "/responses/{id}", stored_endpoint(responses, remove));
  add_api_route(router, services, "POST", "/responses/{id}/cancel",
                [&responses](Exchange& exchange) { return cancel(exchange, responses); });
  add_api_route(router, services, "GET", "/responses/{id}/input_items",
                stored_endpoint(responses, list_input));
}

}  // namespace peregrine::api
