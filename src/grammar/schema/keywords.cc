#include "grammar/schema/keywords.h"

#include <algorithm>
#include <array>

namespace peregrine::grammar {
namespace {

constexpr std::array<std::string_view, 37> kAssertions = {
    "$ref", "additionalItems", "additionalProperties", "allOf", "anyOf", "const", "enum", "exclusiveMaximum",
    "exclusiveMinimum", "format", "items", "maxItems", "maxLength", "maxProperties", "maximum", "minItems",
    "minLength", "minProperties", "minimum", "multipleOf", "nullable", "oneOf", "pattern",
    "patternProperties", "prefixItems", "properties", "propertyNames", "required", "type", "uniqueItems",
    // Read where they are referred to.
    "$defs", "definitions",
    // Names of schemas: references by name are refused, not these.
    "$anchor", "$id", "$schema", "$vocabulary", "id"};

constexpr std::array<std::string_view, 13> kAnnotations = {
    "$comment",   "contentEncoding", "contentMediaType", "contentSchema", "default",
    "deprecated", "description",     "example",          "examples",      "externalDocs",
    "readOnly",   "title",           "writeOnly"};

}  // namespace

KeywordUse keyword_use(std::string_view keyword) {
  if (std::ranges::find(kAssertions, keyword) != kAssertions.end()) return KeywordUse::kAssertion;
  if (std::ranges::find(kAnnotations, keyword) != kAnnotations.end()) return KeywordUse::kAnnotation;
  return KeywordUse::kRefused;
}

}  // namespace peregrine::grammar
