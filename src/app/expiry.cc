#include "app/expiry.h"

#include <charconv>

#include "service/usage/days.h"

namespace peregrine::app {

Result<std::int64_t> parse_expiry(std::string_view text, std::int64_t now) {
  constexpr std::int64_t kHour = 3600;
  constexpr std::int64_t kDay = 24 * kHour;
  constexpr std::int64_t kMost = 36'500;
  if (const auto day = service::parse_day(text)) return *day * kDay;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc() || count < 1 || count > kMost || (unit != "h" && unit != "d")) {
    return fail(ErrorCode::kInvalidArgument, "must be a time such as 12h or 30d, or a day such as 2027-01-31",
                "--expires");
  }
  return now + count * (unit == "h" ? kHour : kDay);
}

}  // namespace peregrine::app
