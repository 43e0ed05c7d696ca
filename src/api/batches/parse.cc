#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <utility>

#include "api/batches/wire.h"
#include "api/entry/listing.h"
#include "api/json/document.h"
#include "api/json/path.h"
#include "api/json/schema.h"
#include "service/batches/batches.h"

namespace peregrine::api {
namespace {

constexpr std::array<std::string_view, 5> kUrls = {"/v1/chat/completions", "/v1/responses", "/v1/embeddings",
                                                   "/v1/audio/transcriptions", "/v1/audio/translations"};
constexpr std::size_t kDefaultPage = 20;
constexpr std::size_t kMaxIdBytes = 128;

std::string url_names() {
  return fmt::format("value must be one of [{}]", fmt::join(kUrls, ", "));
}

Status read_input(const Json& value, const Path& path, BatchBody& body) {
  PEREGRINE_ASSIGN(body.input_file_id, read_text(value, path, kMaxIdBytes));
  return {};
}

Status read_endpoint(const Json& value, const Path& path, BatchBody& body) {
  PEREGRINE_ASSIGN(body.endpoint, read_string(value, path));
  return batch_url(body.endpoint) ? Status() : wrong(path, url_names());
}

Status read_window(const Json& value, const Path& path, BatchBody& body) {
  PEREGRINE_ASSIGN(body.completion_window, read_string(value, path));
  if (service::parse_batch_window(body.completion_window)) return {};
  return wrong(path, "value must be a time from 24h to 7d, such as '24h' or '3d'");
}

Status read_metadata(const Json& value, const Path& path, BatchBody& body) {
  PEREGRINE_ASSIGN(const boost::json::object* const pairs, schema_detail::as_object(value, path));
  if (pairs->size() > kMaxBatchMetadataPairs) {
    return wrong(path, fmt::format("maximum number of properties is {}", kMaxBatchMetadataPairs));
  }
  for (const auto& [key, text] : *pairs) {
    PEREGRINE_ASSIGN(const std::string_view value_text, read_string(text, path / key));
    if (key.size() > kMaxBatchMetadataKeyBytes) {
      return wrong(path, fmt::format("maximum key length is {}", kMaxBatchMetadataKeyBytes));
    }
    if (value_text.size() > kMaxBatchMetadataValueBytes) {
      return wrong(path / key, fmt::format("maximum string length is {}", kMaxBatchMetadataValueBytes));
    }
  }
  body.metadata = boost::json::serialize(value);
  return {};
}

constexpr Field<BatchBody> kFields[] = {
    {"input_file_id", read_input, Presence::kRequired},
    {"endpoint", read_endpoint, Presence::kRequired},
    {"completion_window", read_window, Presence::kRequired},
    {"metadata", read_metadata},
};

}  // namespace

std::optional<std::string_view> batch_url(std::string_view url) {
  constexpr std::string_view kPrefix = "/openai";
  if (url.starts_with(kPrefix)) url.remove_prefix(kPrefix.size());
  const auto* const found = std::find(kUrls.begin(), kUrls.end(), url);
  if (found == kUrls.end()) return std::nullopt;
  return *found;
}

Result<BatchBody> parse_batch_body(std::string_view body) {
  return parse_body<BatchBody>(body, kFields);
}

tl::expected<store::BatchQuery, ApiError> parse_batch_query(const http::Request& request) {
  store::BatchQuery query;
  query.after = request.query_value("after");
  if (query.after.empty()) query.after = request.query_value("cursor");
  for (const auto& [name, value] : request.query) {
    if (name != "id" && name != "id[]") continue;
    query.ids.push_back(value);
    if (query.ids.size() > kMaxBatchIds) {
      return tl::unexpected(make_error(ErrorKind::kInvalidRequest,
                                       fmt::format("'id' : may be given {} times at most", kMaxBatchIds),
                                       "id"));
    }
  }
  auto limit = read_limit(request, query.ids.empty() ? kDefaultPage : kMaxBatchIds, kMaxBatchPage);
  if (!limit) return tl::unexpected(std::move(limit.error()));
  query.limit = *limit;
  return query;
}

namespace {

struct LineDraft {
  service::BatchLine line;
  std::string method;
  boost::json::object body;
};

Status read_custom_id(const Json& value, const Path& path, LineDraft& draft) {
  PEREGRINE_ASSIGN(draft.line.custom_id, read_text(value, path, kMaxCustomIdBytes));
  return {};
}

Status read_method(const Json& value, const Path& path, LineDraft& draft) {
  PEREGRINE_ASSIGN(draft.method, read_string(value, path));
  return {};
}

Status read_url(const Json& value, const Path& path, LineDraft& draft) {
  PEREGRINE_ASSIGN(const std::string_view url, read_string(value, path));
  const auto known = batch_url(url);
  if (!known) return wrong(path, url_names());
  draft.line.url = *known;
  return {};
}

Status read_body(const Json& value, const Path& path, LineDraft& draft) {
  PEREGRINE_ASSIGN(const boost::json::object* const body, schema_detail::as_object(value, path));
  draft.body = *body;
  return {};
}

constexpr Field<LineDraft> kLineFields[] = {
    {"custom_id", read_custom_id, Presence::kRequired},
    {"method", read_method, Presence::kRequired},
    {"url", read_url, Presence::kRequired},
    {"body", read_body, Presence::kRequired},
};

// What makes the line an error of its own, while the others are asked.
std::optional<store::BatchFault> fault_of(const LineDraft& draft) {
  if (draft.method != "POST") {
    return store::BatchFault{
        "invalid_method",
        fmt::format("Invalid value: '{}'. Supported values are: 'POST'", clip(draft.method)), "method", 0};
  }
  const Json* const stream = draft.body.if_contains("stream");
  if (stream != nullptr && stream->is_bool() && stream->get_bool()) {
    return store::BatchFault{"invalid_body", "'stream' must be off in a batch", "body.stream", 0};
  }
  const Json* const tier = draft.body.if_contains("service_tier");
  if (tier != nullptr && !tier->is_null()) {
    return store::BatchFault{"invalid_body", "'service_tier' cannot be chosen in a batch",
                             "body.service_tier", 0};
  }
  return std::nullopt;
}

}  // namespace

tl::expected<service::BatchLine, store::BatchFault> parse_batch_line(std::string_view text) {
  const Result<Json> document = parse_document(text);
  if (!document) {
    return tl::unexpected(
        store::BatchFault{"invalid_json", document.error().message, document.error().where, 0});
  }
  LineDraft draft;
  if (const Status read = read_object<LineDraft>(*document, Path(), kLineFields, draft); !read) {
    return tl::unexpected(store::BatchFault{"invalid_line", read.error().message, read.error().where, 0});
  }
  draft.line.fault = fault_of(draft);
  const bool responses = draft.line.url == "/v1/responses";
  if (responses || draft.line.url == "/v1/chat/completions") draft.body["service_tier"] = "flex";
  if (responses && !draft.body.contains("store")) draft.body["store"] = false;
  draft.line.body = boost::json::serialize(draft.body);
  return std::move(draft.line);
}

}  // namespace peregrine::api
