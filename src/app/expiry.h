// When a key is to expire, as operators write it.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace peregrine::app {

// "12h", "30d": from `now` on; "2027-01-31": at the beginning of that day, UTC. Unix seconds. Errors:
// kInvalidArgument.
Result<std::int64_t> parse_expiry(std::string_view text, std::int64_t now);

}  // namespace peregrine::app
