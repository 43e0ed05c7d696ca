// The independent opinion on what satisfies a schema: valijson over Boost.JSON.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace peregrine::grammar::testing {

namespace detail {

// valijson speaks draft 7, which writes prefixItems and items as items and additionalItems.
inline void to_draft7(boost::json::value& schema) {
  if (auto* list = schema.if_array()) {
    for (boost::json::value& member : *list) to_draft7(member);
  }
  auto* object = schema.if_object();
  if (object == nullptr) return;
  for (auto& member : *object) to_draft7(member.value());
  // Its formats end the process on values that are no strings, which other branches of a union may well be.
  for (const char* keyword : {"anyOf", "oneOf"}) {
    auto* branches = object->if_contains(keyword);
    if (branches == nullptr || !branches->is_array()) continue;
    for (boost::json::value& branch : branches->get_array()) {
      if (branch.is_object()) branch.get_object().erase("format");
    }
  }
  const auto* prefix = object->if_contains("prefixItems");
  if (prefix == nullptr || !prefix->is_array()) return;
  if (const auto* items = object->if_contains("items")) (*object)["additionalItems"] = *items;
  (*object)["items"] = *object->if_contains("prefixItems");
  object->erase("prefixItems");
}

}  // namespace detail

class Validator {
 public:
  explicit Validator(boost::json::value schema) {
    detail::to_draft7(schema);
    const valijson::adapters::BoostJsonAdapter adapter(schema);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, schema_);
  }

  // Empty if `value` satisfies the schema, else why not.
  std::string complaint(const boost::json::value& value) {
    const valijson::adapters::BoostJsonAdapter target(value);
    valijson::ValidationResults results;
    valijson::Validator validator;
    if (validator.validate(schema_, target, &results)) return {};
    std::string text;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
      for (const std::string& part : error.context) text += part;
      text += ": " + error.description + "\n";
    }
    return text.empty() ? "refused" : text;
  }

 private:
  valijson::Schema schema_;
};

}  // namespace peregrine::grammar::testing
