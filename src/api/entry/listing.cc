#include "api/entry/listing.h"

#include <fmt/format.h>

#include <charconv>
#include <system_error>

namespace peregrine::api {

tl::expected<std::size_t, ApiError> read_limit(const http::Request& request, std::size_t usual,
                                               std::size_t most) {
  const std::string_view text = request.query_value("limit");
  if (text.empty()) return usual;
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error == std::errc() && end == text.data() + text.size() && limit >= 1 && limit <= most) return limit;
  return tl::unexpected(make_error(ErrorKind::kInvalidRequest,
                                   fmt::format("'limit' : value must be an integer from 1 to {}", most),
                                   "limit"));
}

tl::expected<bool, ApiError> read_descending(const http::Request& request) {
  const std::string_view order = request.query_value("order");
  if (order.empty() || order == "desc") return true;
  if (order == "asc") return false;
  return tl::unexpected(
      make_error(ErrorKind::kInvalidRequest, "'order' : value must be one of [asc, desc]", "order"));
}

void write_ends(JsonWriter& json, std::string_view first, std::string_view last, bool has_more) {
  write_text_or_null(json, "first_id", first);
  write_text_or_null(json, "last_id", last);
  json.key("has_more").boolean(has_more);
}

void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  text.empty() ? json.null() : json.string(text);
}

std::string render_deleted(std::string_view object, std::string_view id) {
  return json_text([&](JsonWriter& json) {
    json.begin_object().key("id").string(id);
    json.key("object").string(object).key("deleted").boolean(true).end_object();
  });
}

}  // namespace peregrine::api
