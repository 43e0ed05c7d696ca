// The caller's place in a distributed trace: the `traceparent` header of W3C Trace Context, level 1.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace peregrine::api {

struct TraceContext {
  std::string trace_id;  // 32 hexadecimal digits
  std::string span_id;   // 16: the caller's span
};

// Nothing for what the specification says to ignore: other digits than lower-case ones, ids of zeros,
// version ff, another length in version 00.
std::optional<TraceContext> parse_traceparent(std::string_view value);

// That of a request; nothing when it has none, an invalid one or several.
std::optional<TraceContext> trace_context_of(const http::Headers& headers);

}  // namespace peregrine::api
