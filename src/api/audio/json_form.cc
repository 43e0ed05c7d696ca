#include "api/audio/json_form.h"

#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

#include "api/json/document.h"
#include "api/json/path.h"
#include "api/json/schema.h"

namespace peregrine::api {
namespace {

constexpr std::size_t kMaxGranularities = 16;

Status add_items(const Json& value, const Path& path, http::Form& form) {
  PEREGRINE_ASSIGN(const boost::json::array* const items, read_array(value, path, 0, kMaxGranularities));
  for (std::size_t i = 0; i < items->size(); ++i) {
    PEREGRINE_ASSIGN(const std::string_view text, read_string((*items)[i], path / i));
    form.fields.push_back({"timestamp_granularities[]", std::string(text)});
  }
  return {};
}

}  // namespace

Result<http::Form> form_of_json(std::string_view body) {
  PEREGRINE_ASSIGN(const Json document, parse_document(body));
  const Path root;
  PEREGRINE_ASSIGN(const boost::json::object* const object, schema_detail::as_object(document, root));
  http::Form form;
  form.fields.reserve(object->size());
  for (const auto& [key, value] : *object) {
    const std::string_view name = key;
    const Path path = root / name;
    if (value.is_null()) continue;
    if (value.is_array() && (name == "timestamp_granularities" || name == "timestamp_granularities[]")) {
      PEREGRINE_TRY(add_items(value, path, form));
    } else if (value.is_string()) {
      form.fields.push_back({std::string(name), std::string(std::string_view(value.get_string()))});
    } else if (value.is_number() || value.is_bool()) {
      form.fields.push_back({std::string(name), boost::json::serialize(value)});
    } else {
      return wrong(path, "value must be a string, a number or a boolean");
    }
  }
  return form;
}

}  // namespace peregrine::api
