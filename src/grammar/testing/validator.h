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

class Validator {
 public:
  explicit Validator(const boost::json::value& schema) {
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
