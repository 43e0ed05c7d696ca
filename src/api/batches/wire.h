// The Batches API on the wire: orders and records, and the lines of input, output and error files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "api/errors/errors.h"
#include "base/result.h"
#include "http/message.h"
#include "service/batches/batch_work.h"
#include "store/batches/batch_store.h"

namespace peregrine::api {

inline constexpr std::size_t kMaxBatchPage = 100;
inline constexpr std::size_t kMaxBatchIds = 200;
inline constexpr std::size_t kMaxCustomIdBytes = 512;
inline constexpr std::size_t kMaxBatchMetadataPairs = 16;
inline constexpr std::size_t kMaxBatchMetadataKeyBytes = 64;
inline constexpr std::size_t kMaxBatchMetadataValueBytes = 512;

// "/v1/..." of a path that lines may ask, with or without "/openai" in front of it; nothing for others.
std::optional<std::string_view> batch_url(std::string_view url);

struct BatchBody {
  std::string input_file_id;
  std::string endpoint;  // as it was written
  std::string completion_window;
  std::string metadata;  // JSON text; empty: none
};

// Errors: kInvalidArgument with a message for the client and the path as `where`.
Result<BatchBody> parse_batch_body(std::string_view body);

// A list's query: `limit` (1 to kMaxBatchPage), `after` or `cursor`, or `id` up to kMaxBatchIds times. The
// organisation is the caller's to fill in.
tl::expected<store::BatchQuery, ApiError> parse_batch_query(const http::Request& request);

// A line of an input file. Its request is asked at the flex tier, which the body is told; a response is not
// kept unless the body says so.
tl::expected<service::BatchLine, store::BatchFault> parse_batch_line(std::string_view text);

std::string render_batch(const store::StoredBatch& batch);
std::string render_batch_page(const store::BatchPage& page);

// Lines of output and error files, without line feeds.
std::string render_answered_line(std::string_view custom_id, const http::Response& response);
std::string render_refused_line(std::string_view custom_id, std::string_view code, std::string_view message);

}  // namespace peregrine::api
