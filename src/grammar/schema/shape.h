// A conjunction of limits without alternatives: what one reading of a place in a schema asks for.
//
// Shapes point into the schema's document and are valid while it is.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/regex/expr_pool.h"
#include "grammar/regex/numbers.h"

namespace peregrine::grammar {

// A subschema and where it stands (see Document).
struct SchemaRef {
  const boost::json::value* value = nullptr;
  std::uint32_t place = 0;
};
// Subschemas that all apply.
using Conjunction = std::vector<SchemaRef>;

using TypeSet = std::uint8_t;
inline constexpr TypeSet kNullType = 1;
inline constexpr TypeSet kBooleanType = 2;
inline constexpr TypeSet kIntegerType = 4;
inline constexpr TypeSet kFractionType = 8;  // numbers that are no integers
inline constexpr TypeSet kNumberType = kIntegerType | kFractionType;
inline constexpr TypeSet kStringType = 16;
inline constexpr TypeSet kArrayType = 32;
inline constexpr TypeSet kObjectType = 64;
inline constexpr TypeSet kEveryType = 127;

struct Count {
  std::uint32_t min = 0;
  std::uint32_t max = kUnbounded;
  bool empty() const { return min > max; }
};

// The property keywords of one schema object: additionalProperties depends on its neighbours.
struct ObjectLayer {
  struct Pattern {
    Expr name = kNothing;  // over the canonical inside of a name's string
    SchemaRef value;
  };
  const boost::json::object* properties = nullptr;
  std::uint32_t properties_place = 0;
  std::vector<Pattern> patterns;
  std::optional<SchemaRef> additional;
  std::optional<SchemaRef> names;
};

struct ArrayLayer {
  Conjunction prefix;
  std::optional<SchemaRef> rest;
};

struct Shape {
  TypeSet types = kEveryType;
  std::optional<std::vector<const boost::json::value*>> constants;
  NumberRange numbers;
  std::vector<std::uint32_t> multiples;
  Count length;                // code points
  std::vector<Expr> patterns;  // over the canonical inside of the string
  std::vector<ObjectLayer> objects;
  std::vector<std::string_view> required;
  Count properties;
  std::uint32_t least_properties_place = 0;  // of the keyword, for errors
  std::vector<ArrayLayer> arrays;
  Count items;
};

}  // namespace peregrine::grammar
