#include "http/form_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/utf8.h"

namespace peregrine::http {
namespace {

Error spool_error(std::string_view what, int code) {
  if (code == ENOSPC || code == EDQUOT) {
    return {ErrorCode::kUnavailable, "There is no room for the file at the moment.", ""};
  }
  return {ErrorCode::kIo, "cannot " + std::string(what) + " a temporary file: " + std::strerror(code), ""};
}

// A file without a name: made so where the file system can, else its name is taken away at once.
Result<FileDescriptor> open_spool(const std::filesystem::path& folder) {
  FileDescriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.get() >= 0) return file;
  if (errno != EOPNOTSUPP && errno != EISDIR) return tl::unexpected<Error>(spool_error("make", errno));
  std::string name = folder / "upload-XXXXXX";
  file = FileDescriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (file.get() < 0) return tl::unexpected<Error>(spool_error("make", errno));
  if (::unlink(name.c_str()) != 0) return tl::unexpected<Error>(spool_error("hide", errno));
  return file;
}

// At `offset`; the descriptor's own position stays where readers begin.
Status write_at(int file, std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return tl::unexpected<Error>(spool_error("write", errno));
    offset += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

class FormReader {
 public:
  FormReader(Exchange& exchange, const FormOptions& options, std::string_view boundary)
      : exchange_(exchange), options_(options), parser_(boundary, options.parts) {}

  Task<Result<Form>> read();

 private:
  Task<Status> take(std::string_view piece);
  Task<Status> begin_part();
  Task<Status> add_data();
  Status add_to_field(std::string_view bytes);
  Status end_part() const;
  Status charge_field(std::size_t bytes, const std::string& name);

  Exchange& exchange_;
  const FormOptions& options_;
  MultipartParser parser_;
  Form form_;
  std::size_t field_bytes_ = 0;
};

Task<Result<Form>> FormReader::read() {
  for (;;) {
    const std::optional<std::string_view> piece = co_await exchange_.read_body();
    if (!piece) co_return fail(ErrorCode::kCancelled, "The body of the request did not come whole.");
    if (piece->empty()) break;
    Status taken = co_await take(*piece);
    if (!taken) co_return tl::unexpected<Error>(std::move(taken.error()));
  }
  Status finished = parser_.finish();
  if (!finished) co_return tl::unexpected<Error>(std::move(finished.error()));
  co_return std::move(form_);
}

Task<Status> FormReader::take(std::string_view piece) {
  for (;;) {
    Result<MultipartParser::Event> event = parser_.next(piece);
    if (!event) co_return tl::unexpected<Error>(std::move(event.error()));
    Status status;
    switch (*event) {
      case MultipartParser::Event::kNeedInput:
        co_return status;
      case MultipartParser::Event::kPart:
        status = co_await begin_part();
        break;
      case MultipartParser::Event::kData:
        status = co_await add_data();
        break;
      case MultipartParser::Event::kPartEnd:
        status = end_part();
        break;
      case MultipartParser::Event::kEnd:
        break;
    }
    if (!status) co_return status;
  }
}

Task<Status> FormReader::begin_part() {
  const PartHead& head = parser_.head();
  Status charged = charge_field(head.name.size() + head.content_type.size(), head.name);
  if (!charged || !head.filename) {
    form_.fields.push_back({head.name, {}});
    co_return charged;
  }
  if (form_.files.size() == options_.max_files) {
    co_return fail(ErrorCode::kInvalidArgument,
                   "The form has more than " + std::to_string(options_.max_files) + " file(s).", head.name);
  }
  Result<FileDescriptor> spool =
      co_await exchange_.offload([&folder = options_.spool_folder] { return open_spool(folder); });
  if (!spool) co_return tl::unexpected<Error>(std::move(spool.error()));
  form_.files.push_back({head.name, *head.filename, head.content_type, 0, std::move(*spool)});
  co_return Status();
}

Task<Status> FormReader::add_data() {
  if (!parser_.head().filename) co_return add_to_field(parser_.data());
  UploadedFile& file = form_.files.back();
  const std::string_view bytes = parser_.data();
  if (bytes.size() > options_.max_file_bytes - file.size) {
    co_return fail(ErrorCode::kResourceExhausted,
                   "The file is larger than " + std::to_string(options_.max_file_bytes) + " bytes.",
                   file.field);
  }
  Status written =
      co_await exchange_.offload([&file, bytes] { return write_at(file.file.get(), file.size, bytes); });
  file.size += bytes.size();
  co_return written;
}

Status FormReader::add_to_field(std::string_view bytes) {
  FormField& field = form_.fields.back();
  PEREGRINE_TRY(charge_field(bytes.size(), field.name));
  field.value += bytes;
  return {};
}

Status FormReader::end_part() const {
  if (parser_.head().filename || base::utf8_valid(form_.fields.back().value)) return {};
  return fail(ErrorCode::kInvalidArgument, "The field is not valid UTF-8.", form_.fields.back().name);
}

Status FormReader::charge_field(std::size_t bytes, const std::string& name) {
  field_bytes_ += bytes;
  if (field_bytes_ > options_.max_field_bytes) {
    return fail(ErrorCode::kResourceExhausted,
                "The text fields of the form are larger than " + std::to_string(options_.max_field_bytes) +
                    " bytes together.",
                name);
  }
  if (exchange_.charge_body(bytes)) return {};
  return fail(ErrorCode::kCancelled, "The server holds too many request bodies at the moment.");
}

}  // namespace

bool is_form(const Request& request) {
  const auto boundary = multipart_boundary(request.headers.get("content-type"));
  return boundary || boundary.error().code != ErrorCode::kUnsupported;
}

Task<Result<Form>> read_form(Exchange& exchange, const FormOptions& options) {
  Result<std::string> boundary = multipart_boundary(exchange.request().headers.get("content-type"));
  if (!boundary) co_return tl::unexpected<Error>(std::move(boundary.error()));
  FormReader reader(exchange, options, *boundary);
  Result<Form> form = co_await reader.read();
  co_return form;
}

}  // namespace peregrine::http
