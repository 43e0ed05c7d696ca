// The request target (RFC 9112, 3.2): origin form, absolute form and "*". Everything that comes out is
// checked: escapes are complete, decoded text is UTF-8 without NUL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace peregrine::http {

inline constexpr std::size_t kMaxQueryFields = 256;

struct Target {
  std::string path;  // starts with exactly one '/', or is "*"; percent-encoded as it came
  Params query;      // decoded, '+' is a space
};

// Errors: kInvalidArgument, with a sentence for the client.
Result<Target> parse_target(std::string_view target);

enum class Plus { kLiteral, kSpace };

// None when an escape is incomplete, or the decoded text is not UTF-8 or holds NUL.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

}  // namespace peregrine::http
