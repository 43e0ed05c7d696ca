#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "api/json/path.h"
#include "api/usage/wire.h"
#include "service/usage/query.h"

namespace peregrine::api {

Result<store::UsageQuery> parse_usage_query(const http::Params& query, std::int64_t today) {
  constexpr std::array<std::string_view, 3> kNames = {"from", "to", "by"};
  std::array<std::string_view, 3> values;
  for (const auto& [name, value] : query) {
    const auto found = std::ranges::find(kNames, name);
    if (found == kNames.end()) {
      return fail(ErrorCode::kInvalidArgument, fmt::format("property '{}' is unsupported", clip(name)),
                  clip(name));
    }
    values[static_cast<std::size_t>(found - kNames.begin())] = value;
  }
  auto parsed = service::usage_query(values[0], values[1], values[2], today);
  if (!parsed)
    parsed.error().message = fmt::format("'{}' : {}", parsed.error().where, parsed.error().message);
  return parsed;
}

}  // namespace peregrine::api
