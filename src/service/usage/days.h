// Days of the ledger: numbers since 1970-01-01 (UTC), and as people write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::service {

// Of Unix seconds.
std::int64_t day_of(std::int64_t time);
// "2026-11-23". Years 1970 to 9999.
std::string day_text(std::int64_t day);
// Errors: kInvalidArgument.
Result<std::int64_t> parse_day(std::string_view text);

}  // namespace peregrine::service
