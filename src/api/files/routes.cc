#include "api/files/routes.h"

#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "api/door/door.h"
#include "api/entry/form.h"
#include "api/entry/stored.h"
#include "api/files/wire.h"
#include "base/log.h"
#include "service/files/files.h"

namespace peregrine::api {
namespace {

using http::Exchange;
using http::Task;

// What a form has besides its file.
constexpr std::uint64_t kFormBytes = 1u << 20;
constexpr std::size_t kPieceBytes = 128 * 1024;
constexpr std::string_view kNoun = "File";

Body create_now(Exchange& exchange, service::Files& files, http::Form form) {
  auto upload = parse_upload(std::move(form));
  if (!upload) return tl::unexpected(std::move(upload.error()));
  service::NewFile file;
  file.organisation = organisation_of(exchange);
  file.purpose = std::move(upload->purpose);
  file.filename = std::move(upload->file.filename);
  file.content = upload->file.file.get();
  file.bytes = upload->file.size;
  return explained(exchange, files.create(file)).map(render_file);
}

Task<unsigned> create(Exchange& exchange, service::Files& files) {
  http::FormOptions options;
  options.spool_folder = files.spool_folder();
  options.max_file_bytes = files.limits().max_file_bytes;
  auto form = co_await read_form_or_answer(exchange, options);
  if (!form) co_return form.error();
  const auto work = [&] { return create_now(exchange, files, std::move(*form)); };
  co_return co_await answer_stored(exchange, work);
}

Body list(Exchange& exchange, service::Files& files) {
  auto query = parse_file_query(exchange.request());
  if (!query) return tl::unexpected(std::move(query.error()));
  query->organisation = organisation_of(exchange);
  return explained(exchange, files.list(*query)).map(render_file_page);
}

Body show(Exchange& exchange, service::Files& files) {
  const std::string_view id = exchange.param("id");
  return found(exchange, files.find(id, organisation_of(exchange)), kNoun, id).map(render_file);
}

Body remove(Exchange& exchange, service::Files& files) {
  const std::string_view id = exchange.param("id");
  return removed(exchange, files.remove(id, organisation_of(exchange)), kNoun, "file", id);
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
  const auto work = [&] {
    const std::string_view id = exchange.param("id");
    return found(exchange, files.open(id, organisation_of(exchange)), kNoun, id);
  };
  auto blob = co_await exchange.offload(work);
  if (!blob) co_return co_await respond_error(exchange, std::move(blob.error()));
  co_return co_await stream_content(exchange, *blob);
}

}  // namespace

void add_file_routes(http::Router& router, const Services& services) {
  service::Files& files = *services.files;
  http::RouteOptions upload;
  upload.stream_body = true;
  upload.max_body_bytes = files.limits().max_file_bytes + kFormBytes;
  add_api_route(
      router, services, "POST", "/files", [&files](Exchange& exchange) { return create(exchange, files); },
      upload);
  add_api_route(router, services, "GET", "/files", stored_endpoint(files, list));
  add_api_route(router, services, "GET", "/files/{id}", stored_endpoint(files, show));
  add_api_route(router, services, "DELETE", "/files/{id}", stored_endpoint(files, remove));
  add_api_route(router, services, "GET", "/files/{id}/content",
                [&files](Exchange& exchange) { return content(exchange, files); });
}

}  // namespace peregrine::api
