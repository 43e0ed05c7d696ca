#include "service/usage/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "service/usage/days.h"

namespace peregrine::service {
namespace {

struct Grouping {
  std::string_view name;
  bool store::UsageQuery::* member;
};

constexpr std::array<Grouping, 4> kGroupings = {{
    {"day", &store::UsageQuery::by_day},
    {"organisation", &store::UsageQuery::by_organisation},
    {"key", &store::UsageQuery::by_key},
    {"model", &store::UsageQuery::by_model},
}};
constexpr std::string_view kDefaultGrouping = "day,key,model";

Result<std::int64_t> read_day(std::string_view text, std::int64_t otherwise, std::string where) {
  if (text.empty()) return otherwise;
  auto day = parse_day(text);
  if (!day) day.error().where = std::move(where);
  return day;
}

}  // namespace

Result<store::UsageQuery> usage_query(std::string_view from, std::string_view to, std::string_view by,
                                      std::int64_t today) {
  store::UsageQuery query;
  query.most = kMaxUsageRows;
  PEREGRINE_ASSIGN(query.last_day, read_day(to, today, "to"));
  PEREGRINE_ASSIGN(query.first_day,
                   read_day(from, std::max<std::int64_t>(query.last_day - kDefaultUsageDays + 1, 0), "from"));
  if (query.first_day > query.last_day) {
    return fail(ErrorCode::kInvalidArgument, "is after the last day", "from");
  }
  for (const Grouping& grouping : kGroupings) query.*grouping.member = false;
  if (by.empty()) by = kDefaultGrouping;
  while (!by.empty()) {
    const std::string_view name = by.substr(0, by.find(','));
    by.remove_prefix(std::min(name.size() + 1, by.size()));
    const auto found = std::ranges::find(kGroupings, name, &Grouping::name);
    if (found == kGroupings.end()) {
      return fail(ErrorCode::kInvalidArgument, "must be of day, organisation, key and model, with commas",
                  "by");
    }
    query.*found->member = true;
  }
  return query;
}

std::vector<std::string_view> grouping(const store::UsageQuery& query) {
  std::vector<std::string_view> names;
  for (const Grouping& one : kGroupings) {
    if (query.*one.member) names.push_back(one.name);
  }
  return names;
}

std::string place_text(const store::UsageRow& row, std::string_view name) {
  if (name == "day") return day_text(row.day);
  if (name == "organisation") return row.organisation;
  if (name == "key") return row.key;
  return row.model;
}

}  // namespace peregrine::service
