// Lists on the wire, as every resource has them: what a query may say of one, and how one is written; and the
// answer to a deletion.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "api/errors/errors.h"
#include "api/json/writer.h"
#include "http/message.h"

namespace peregrine::api {

// `limit`: 1 to `most`, or `usual` where the query has none.
tl::expected<std::size_t, ApiError> read_limit(const http::Request& request, std::size_t usual,
                                               std::size_t most);
// `order`: whether it is desc, as it is where the query has none, or asc.
tl::expected<bool, ApiError> read_descending(const http::Request& request);

// The JSON that `write`, a function of a JsonWriter, writes.
template <class Write>
std::string json_text(const Write& write) {
  std::string out;
  JsonWriter json(out);
  write(json);
  return out;
}

// {"object":"list","data":[...]; the caller ends the object. `write` writes one item.
template <class Items, class Write>
JsonWriter& begin_list(JsonWriter& json, const Items& items, const Write& write) {
  json.begin_object().key("object").string("list").key("data").begin_array();
  for (const auto& item : items) write(json, item);
  return json.end_array();
}
// The ids at the ends of a page, which are empty where nothing is on it, and whether more follows.
void write_ends(JsonWriter& json, std::string_view first, std::string_view last, bool has_more);
void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view text);

// {"id":"file_1","object":"file","deleted":true}
std::string render_deleted(std::string_view object, std::string_view id);

}  // namespace peregrine::api
