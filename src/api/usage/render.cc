#include "api/json/writer.h"
#include "api/usage/wire.h"
#include "service/usage/days.h"
#include "service/usage/query.h"

namespace peregrine::api {

std::string render_usage(const store::UsageQuery& query, const std::vector<store::UsageRow>& rows) {
  const std::vector<std::string_view> names = service::grouping(query);
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("object").string("list");
  json.key("from").string(service::day_text(query.first_day));
  json.key("to").string(service::day_text(query.last_day));
  json.key("by").begin_array();
  for (const std::string_view name : names) json.string(name);
  json.end_array().key("data").begin_array();
  for (const store::UsageRow& row : rows) {
    json.begin_object().key("object").string("usage");
    for (const std::string_view name : names) json.key(name).string(service::place_text(row, name));
    for (const service::AmountColumn& column : service::kAmountColumns) {
      json.key(column.name).integer(row.amounts.*column.amount);
    }
    json.end_object();
  }
  json.end_array().end_object();
  return out;
}

}  // namespace peregrine::api
