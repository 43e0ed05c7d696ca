#include "api/page/routes.h"

#include <zlib.h>

#include <string>
#include <string_view>
#include <utility>

#include "api/door/door.h"
#include "api/json/path.h"
#include "api/json/writer.h"
#include "api/page/assets.h"
#include "api/page/negotiate.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Headers;
using http::Task;

// Scripts and styles are ours alone, and only from this server. Workers run what the person wrote to answer
// tool calls, and recordings are played from memory: both are blobs.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: "
    "blob:; "
    "media-src 'self' blob:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'";
// The names of parts change with their content; the page's own does not.
constexpr std::string_view kForever = "public, max-age=31536000, immutable";
constexpr std::string_view kAskAgain = "no-cache";

constexpr std::string_view kNoPage = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Peregrine</title>
<h1>Peregrine</h1>
<p>The server runs; its API begins at <code>/openai/v1</code>, and <a href="/openapi.yaml">/openapi.yaml</a> describes it.</p>
<p>This program has no page: it was built without npm, or could not reach npm's registry. Install Node.js 18 or
later with npm, and build again with <code>make</code>.</p>
</html>
)";

std::string about_body() {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("name").string("peregrine");
  json.key("version").string(PEREGRINE_VERSION);
  json.key("api").string("/openai/v1");
  json.key("documentation").string("/openapi.yaml");
  json.end_object();
  return out;
}

// Empty when the bytes are not what they were packed as.
std::string unpacked(const PageAsset& asset) {
  constexpr int kGzip = 16 + MAX_WBITS;
  std::string out(asset.size, '\0');
  z_stream stream{};
  if (::inflateInit2(&stream, kGzip) != Z_OK) return {};
  std::string packed(asset.gzip);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = ::inflate(&stream, Z_FINISH);
  ::inflateEnd(&stream);
  return status == Z_STREAM_END && stream.total_out == asset.size ? out : std::string();
}

void set_page_headers(Headers& headers) {
  headers.set("content-security-policy", std::string(kContentSecurityPolicy));
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("cross-origin-resource-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), geolocation=(), microphone=(self)");
}

http::Response asset_response(const PageAsset& asset, const http::Request& request) {
  http::Response response;
  Headers& headers = response.headers;
  set_page_headers(headers);
  headers.set("cache-control", std::string(asset.path == "/" ? kAskAgain : kForever));
  headers.set("vary", asset.path == "/" ? "Accept, Accept-Encoding" : "Accept-Encoding");
  headers.set("etag", std::string(asset.etag));
  if (names_etag(request.headers.get("if-none-match"), asset.etag)) {
    response.status = 304;
    return response;
  }
  headers.set("content-type", std::string(asset.type));
  if (accepts(request.headers.get("accept-encoding"), "gzip")) {
    headers.set("content-encoding", "gzip");
    response.body = asset.gzip;
  } else {
    response.body = unpacked(asset);
  }
  return response;
}

Task<unsigned> respond_asset(Exchange& exchange, const PageAsset& asset) {
  http::Response response = asset_response(asset, exchange.request());
  const unsigned status = response.status;
  co_await exchange.respond(std::move(response));
  co_return status;
}

Task<unsigned> respond_without_page(Exchange& exchange) {
  http::Response response;
  set_page_headers(response.headers);
  response.headers.set("content-type", "text/html; charset=utf-8");
  response.headers.set("vary", "Accept");
  response.body = kNoPage;
  co_await exchange.respond(std::move(response));
  co_return 200;
}

// A browser gets the page, a program what it always got.
Task<unsigned> show_page(Exchange& exchange) {
  if (!accepts(exchange.request().headers.get("accept"), "text/html")) {
    exchange.response_headers().set("vary", "Accept");
    co_return co_await respond_json(exchange, about_body());
  }
  const PageAsset* page = find_page_asset("/");
  if (page == nullptr) co_return co_await respond_without_page(exchange);
  co_return co_await respond_asset(exchange, *page);
}

// Only the names that the door knows get here without a key; with one, others may.
Task<unsigned> show_asset(Exchange& exchange) {
  const PageAsset* asset = find_page_asset(exchange.request().path);
  if (asset == nullptr) {
    ApiError error = make_error(ErrorKind::kUnknownUrl, "GET " + std::string(clip(exchange.request().path)));
    co_return co_await respond_error(exchange, std::move(error));
  }
  co_return co_await respond_asset(exchange, *asset);
}

}  // namespace

void add_page_routes(http::Router& router, const Services& services) {
  router.add("GET", "/", measured(services, "/", show_page));
  router.add("GET", "/assets/{name}", measured(services, "/assets", show_asset));
}

}  // namespace peregrine::api
