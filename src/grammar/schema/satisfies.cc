// Validation of constants: enum and const against the other keywords.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include "grammar/regex/code_points.h"
#include "grammar/schema/expand.h"

namespace peregrine::grammar {
namespace {

namespace json = boost::json;

TypeSet type_of(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return kNullType;
    case json::kind::bool_:
      return kBooleanType;
    case json::kind::string:
      return kStringType;
    case json::kind::array:
      return kArrayType;
    case json::kind::object:
      return kObjectType;
    default: {
      const auto decimal = decimal_of(value);
      return decimal && decimal->is_integer() ? kIntegerType : kFractionType;
    }
  }
}

bool within(const Count& count, std::size_t n) {
  return n >= count.min && n <= count.max;
}

bool number_satisfies(const json::value& value, const Shape& shape) {
  const auto decimal = decimal_of(value);
  if (!decimal || !contains(shape.numbers, *decimal)) return false;
  return std::ranges::all_of(shape.multiples, [&](std::uint32_t modulus) {
    std::uint64_t remainder = 0;
    for (const char digit : decimal->whole) {
      remainder = (remainder * 10 + static_cast<unsigned>(digit - '0')) % modulus;
    }
    return decimal->is_integer() && remainder == 0;
  });
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

Result<bool> Expander::satisfies(const json::value& value, const Conjunction& schemas) {
  PEREGRINE_ASSIGN(const std::vector<Shape> shapes, expand(schemas));
  for (const Shape& shape : shapes) {
    PEREGRINE_ASSIGN(const bool fits, satisfies(value, shape, true));
    if (fits) return true;
  }
  return false;
}

Result<bool> Expander::satisfies(const json::value& value, const Shape& shape, bool with_constants) {
  const TypeSet type = type_of(value);
  if ((shape.types & type) == 0) return false;
  if (with_constants && shape.constants &&
      std::ranges::none_of(*shape.constants, [&](const json::value* c) { return equal_values(*c, value); })) {
    return false;
  }
  if ((type & kNumberType) != 0) return number_satisfies(value, shape);
  if (const auto* text = value.if_string()) {
    if (!within(shape.length, code_points(*text))) return false;
    const std::string content = json_escape(*text);
    return std::ranges::all_of(shape.patterns, [&](Expr pattern) { return pool_.matches(pattern, content); });
  }
  if (const auto* array = value.if_array()) {
    if (!within(shape.items, array->size())) return false;
    for (std::size_t i = 0; i < array->size(); ++i) {
      PEREGRINE_ASSIGN(const bool fits, satisfies((*array)[i], item_schemas(shape, i)));
      if (!fits) return false;
    }
    return true;
  }
  if (const auto* object = value.if_object()) return object_satisfies(*object, shape);
  return true;
}

Result<bool> Expander::object_satisfies(const json::object& object, const Shape& shape) {
  if (!within(shape.properties, object.size())) return false;
  for (const std::string_view name : shape.required) {
    if (!object.contains(name)) return false;
  }
  PEREGRINE_ASSIGN(const Expr names, name_limits(shape));
  for (const auto& [key, value] : object) {
    if (!pool_.matches(names, json_escape(key))) return false;
    PEREGRINE_ASSIGN(const bool fits, satisfies(value, property_schemas(shape, key)));
    if (!fits) return false;
  }
  return true;
}

}  // namespace peregrine::grammar
