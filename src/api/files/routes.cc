#include "api/files/routes.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "api/door/door.h"
#include "api/entry/entry.h"
#include "api/entry/form.h"
#include "api/files/wire.h"
#include "api/json/path.h"
#include "base/log.h"
#include "service/files/files.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;
using Body = tl::expected<std::string, ApiError>;

// What a key uploads, all keys of its organisation see.
std::string organisation_of(Exchange& exchange) {
  return caller_of(exchange)->organisation;
}

// What a form has besides its file.
constexpr std::uint64_t kFormBytes = 1u << 20;
constexpr std::size_t kPieceBytes = 128 * 1024;

ApiError not_found(std::string_view id) {
  return make_error(ErrorKind::kNotFound, fmt::format("File with id '{}' not found.", clip(id)));
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

Task<unsigned> create(Exchange& exchange, service::Files& files) {
  http::FormOptions options;
  options.spool_folder = files.spool_folder();
  options.max_file_bytes = files.limits().max_file_bytes;
  auto form = co_await read_form_or_answer(exchange, options);
  if (!form) co_return form.error();
  const auto work = [&]() -> Body {
    auto upload = parse_upload(std::move(*form));
    if (!upload) return tl::unexpected(std::move(upload.error()));
    service::NewFile file;
    file.organisation = organisation_of(exchange);
    file.purpose = std::move(upload->purpose);
    file.filename = std::move(upload->file.filename);
    file.content = upload->file.file.get();
    file.bytes = upload->file.size;
    const auto created = files.create(file);
    if (!created) return tl::unexpected(explain(created.error(), request_id(exchange)));
    return render_file(*created);
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

Task<unsigned> list(Exchange& exchange, service::Files& files) {
  const auto work = [&]() -> Body {
    auto query = parse_file_query(exchange.request());
    if (!query) return tl::unexpected(std::move(query.error()));
    query->organisation = organisation_of(exchange);
    const auto page = files.list(*query);
    if (!page) return tl::unexpected(explain(page.error(), request_id(exchange)));
    return render_file_page(*page);
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

Task<unsigned> show(Exchange& exchange, service::Files& files) {
  const auto work = [&]() -> Body {
    const std::string_view id = exchange.param("id");
    const auto file = files.find(id, organisation_of(exchange));
    if (!file) return tl::unexpected(explain(file.error(), request_id(exchange)));
    if (!*file) return tl::unexpected(not_found(id));
    return render_file(**file);
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

Task<unsigned> remove(Exchange& exchange, service::Files& files) {
  const auto work = [&]() -> Body {
    const std::string_view id = exchange.param("id");
    const auto removed = files.remove(id, organisation_of(exchange));
    if (!removed) return tl::unexpected(explain(removed.error(), request_id(exchange)));
    if (!*removed) return tl::unexpected(not_found(id));
    return render_deleted_file(id);
  };
  Body body = co_await exchange.offload(work);
  co_return co_await respond(exchange, std::move(body));
}

// The next piece of the file into `buffer`, cut to what there was; the system's word where it cannot be read.
int read_piece(int file, std::uint64_t offset, std::string& buffer) {
  buffer.resize(kPieceBytes);
  ssize_t got = -1;
  do {
    got = ::pread(file, buffer.data(), buffer.size(), static_cast<off_t>(offset));
  } while (got < 0 && errno == EINTR);
  buffer.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return got < 0 ? errno : 0;
}

// Piece by piece: a file of any size takes no more memory than one of them.
Task<unsigned> stream_content(Exchange& exchange, const store::Blob& blob) {
  http::Headers headers;
  headers.set("content-type", "application/octet-stream");
  bool going = co_await exchange.begin_stream(200, std::move(headers));
  std::string buffer;
  for (std::uint64_t offset = 0; going && offset < blob.bytes; offset += buffer.size()) {
    const int error = co_await exchange.offload([&] { return read_piece(blob.file.get(), offset, buffer); });
    if (error != 0 || buffer.empty()) {
      // The answer is cut, so that nobody takes it for the whole file.
      base::log_about(exchange.log_id(), base::LogLevel::kError,
                      "api: a file could not be read to its end: {}", std::generic_category().message(error));
      co_return 500;
    }
    going = co_await exchange.write(buffer);
  }
  if (!going) co_return kClientGone;
  co_await exchange.end_stream();
  co_return 200;
}

Task<unsigned> content(Exchange& exchange, service::Files& files) {
  const auto work = [&]() -> tl::expected<store::Blob, ApiError> {
    const std::string_view id = exchange.param("id");
    auto blob = files.open(id, organisation_of(exchange));
    if (!blob) return tl::unexpected(explain(blob.error(), request_id(exchange)));
    if (!*blob) return tl::unexpected(not_found(id));
    return std::move(**blob);
  };
  auto blob = co_await exchange.offload(work);
  if (!blob) co_return co_await respond_error(exchange, std::move(blob.error()));
  co_return co_await stream_content(exchange, *blob);
}

using FileEndpoint = Task<unsigned> (*)(Exchange&, service::Files&);

}  // namespace

void add_file_routes(http::Router& router, const Services& services) {
  service::Files& files = *services.files;
  const auto with = [&files](FileEndpoint endpoint) {
    return [&files, endpoint](Exchange& exchange) { return endpoint(exchange, files); };
  };
  http::RouteOptions upload;
  upload.stream_body = true;
  upload.max_body_bytes = files.limits().max_file_bytes + kFormBytes;
  add_api_route(router, services, "POST", "/files", with(create), upload);
  add_api_route(router, services, "GET", "/files", with(list));
  add_api_route(router, services, "GET", "/files/{id}", with(show));
  add_api_route(router, services, "DELETE", "/files/{id}", with(remove));
  add_api_route(router, services, "GET", "/files/{id}/content", with(content));
}

}  // namespace peregrine::api
