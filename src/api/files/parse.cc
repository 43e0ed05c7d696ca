#include <fmt/format.h>

#include <optional>
#include <utility>

#include "api/entry/listing.h"
#include "api/files/wire.h"
#include "api/json/path.h"

namespace peregrine::api {
namespace {

constexpr std::string_view kFile = "file";
constexpr std::string_view kPurpose = "purpose";

tl::unexpected<ApiError> wrong(std::string_view message, std::string_view param) {
  return tl::unexpected(make_error(ErrorKind::kInvalidRequest, message, std::string(clip(param))));
}

tl::unexpected<ApiError> unsupported(std::string_view name) {
  return wrong(fmt::format("property '{}' is unsupported", clip(name)), name);
}

bool is_ignored(std::string_view name) {
  return name == "expires_after[anchor]" || name == "expires_after[seconds]";
}

}  // namespace

tl::expected<FileUpload, ApiError> parse_upload(http::Form form) {
  FileUpload upload;
  std::optional<std::string> purpose;
  for (http::FormField& field : form.fields) {
    if (is_ignored(field.name)) continue;
    if (field.name == kFile) return wrong("'file' : must be a file: a part with a filename", kFile);
    if (field.name != kPurpose) return unsupported(field.name);
    if (purpose) return wrong("'purpose' : is there more than once", kPurpose);
    purpose = std::move(field.value);
  }
  for (const http::UploadedFile& file : form.files) {
    if (file.field != kFile) return unsupported(file.field);
  }
  if (form.files.empty()) return wrong("property 'file' is missing", kFile);
  if (!purpose) return wrong("property 'purpose' is missing", kPurpose);
  upload.purpose = std::move(*purpose);
  upload.file = std::move(form.files.front());
  return upload;
}

tl::expected<store::FileQuery, ApiError> parse_file_query(const http::Request& request) {
  store::FileQuery query;
  query.purpose = request.query_value("purpose");
  query.after = request.query_value("after");
  auto limit = read_limit(request, kMaxFilePage, kMaxFilePage);
  if (!limit) return tl::unexpected(std::move(limit.error()));
  auto descending = read_descending(request);
  if (!descending) return tl::unexpected(std::move(descending.error()));
  query.limit = *limit;
  query.descending = *descending;
  return query;
}

}  // namespace peregrine::api
