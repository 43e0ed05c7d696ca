// The status line and header fields of an answer, as bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"

namespace peregrine::http {

enum class Framing {
  kLength,      // content-length
  kChunked,     // transfer-encoding: chunked
  kUntilClose,  // neither: the end of the connection ends the body
  kNone,        // a status that has no body
};

struct ResponseHead {
  unsigned status = 200;
  Framing framing = Framing::kLength;
  std::uint64_t length = 0;  // for kLength
  bool keep_alive = true;
  bool http_1_0 = false;  // the request's version: such a client must be told of keep-alive
};

// 204, 304 and 1xx.
bool status_has_no_body(unsigned status);

// `common` fields are left out where `own` has the name. Fields that the server owns, and names that are no
// tokens, are left out; control characters in values become spaces, so that no value can end a line.
std::string render_head(const ResponseHead& head, const Headers& own, const Headers& common,
                        std::string_view date);

// IMF-fixdate (RFC 9110, 5.6.7).
std::string http_date(std::int64_t unix_seconds);

}  // namespace peregrine::http
