// The Files API on the wire: a form in, records out.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "api/errors/errors.h"
#include "http/form_reader.h"
#include "http/message.h"
#include "store/files/file_store.h"

namespace peregrine::api {

inline constexpr std::size_t kMaxFilePage = 10'000;

struct FileUpload {
  std::string purpose;
  http::UploadedFile file;
};

// `purpose` and `file`, both needed; OpenAI's `expires_after[...]` is accepted and ignored.
tl::expected<FileUpload, ApiError> parse_upload(http::Form form);

// A list's query: `purpose`, `limit` (1 to kMaxFilePage, which is the default), `order` (asc or desc, the
// default), `after`. The organisation is the caller's to fill in.
tl::expected<store::FileQuery, ApiError> parse_file_query(const http::Request& request);

std::string render_file(const store::StoredFile& file);
std::string render_file_page(const store::FilePage& page);

}  // namespace peregrine::api
