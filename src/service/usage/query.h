// What is asked of the ledger, in words: a range of days, and by what to tell the sums apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/usage/usage_store.h"

namespace peregrine::service {

inline constexpr std::int64_t kDefaultUsageDays = 30;
inline constexpr std::size_t kMaxUsageRows = 10'000;

// `from` and `to` are days such as 2026-11-23, inclusive; empty: the last kDefaultUsageDays up to `today`.
// `by` is a list of "day", "organisation", "key" and "model", separated by commas; empty: day, key and model.
// Errors: kInvalidArgument with `where` "from", "to" or "by".
Result<store::UsageQuery> usage_query(std::string_view from, std::string_view to, std::string_view by,
                                      std::int64_t today);

// The names by which `query` groups, in the order of the ledger's rows.
std::vector<std::string_view> grouping(const store::UsageQuery& query);

// What `row` has under such a name.
std::string place_text(const store::UsageRow& row, std::string_view name);

struct AmountColumn {
  std::string_view name;
  std::int64_t store::UsageAmounts::* amount;
};
inline constexpr AmountColumn kAmountColumns[] = {
    {"requests", &store::UsageAmounts::requests},
    {"errors", &store::UsageAmounts::errors},
    {"prompt_tokens", &store::UsageAmounts::prompt_tokens},
    {"cached_tokens", &store::UsageAmounts::cached_tokens},
    {"completion_tokens", &store::UsageAmounts::completion_tokens},
    {"audio_seconds", &store::UsageAmounts::audio_seconds},
};

}  // namespace peregrine::service
