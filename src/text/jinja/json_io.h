// Between template values and JSON: the context on its way in, `tojson` on its way out.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/jinja/heap.h"
#include "text/jinja/text.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

// The context as a dict. Its strings, keys included, are untrusted, save those at or below a path of
// `trusted_paths` ("bos_token", "messages.*.role"; see RenderOptions). Invalid UTF-8 becomes U+FFFD; an
// integer beyond 64 signed bits becomes a float. Errors: kResourceExhausted, max_nesting among the limits.
Result<Dict*> from_json(Heap& heap, const boost::json::object& context,
                        const std::vector<std::string>& trusted_paths);

struct JsonStyle {
  bool ascii = false;  // ensure_ascii
  bool sort_keys = false;
  std::optional<Text> indent;  // per level; on one line when absent
  Text item_separator;
  Text key_separator;
};

// Exactly what Python's json.dumps writes. Errors: kInvalidArgument for what JSON cannot hold.
Result<Text> to_json(Heap& heap, const Value& value, const JsonStyle& style);

}  // namespace peregrine::jinja
