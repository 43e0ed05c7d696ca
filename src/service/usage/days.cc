#include "service/usage/days.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace peregrine::service {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

bool read(std::string_view digits, int& out) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() && end == digits.data() + digits.size() && out >= 0;
}

}  // namespace

std::int64_t day_of(std::int64_t time) {
  return std::chrono::floor<days>(std::chrono::seconds(time)).count();
}

std::string day_text(std::int64_t day) {
  const year_month_day date{sys_days{days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Result<std::int64_t> parse_day(std::string_view text) {
  constexpr int kFirstYear = 1970;
  int year = 0;
  int month = 0;
  int day = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                      read(text.substr(0, 4), year) && read(text.substr(5, 2), month) &&
                      read(text.substr(8), day);
  const year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day)));
  if (!shaped || !date.ok() || year < kFirstYear) {
    return fail(ErrorCode::kInvalidArgument, "must be a day such as 2026-11-23");
  }
  return sys_days(date).time_since_epoch().count();
}

}  // namespace peregrine::service
