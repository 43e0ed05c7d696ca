#include "grammar/schema/expand.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <charconv>
#include <string>
#include <utility>

#include "grammar/limits.h"
#include "grammar/regex/code_points.h"
#include "grammar/schema/read_keywords.h"

namespace peregrine::grammar {
namespace {

namespace json = boost::json;

// Types that the shape's own limits leave nothing of.
void drop_empty_types(Shape& shape) {
  if (shape.length.empty()) shape.types &= static_cast<TypeSet>(~kStringType);
  if (shape.items.empty()) shape.types &= static_cast<TypeSet>(~kArrayType);
  if (shape.properties.empty()) shape.types &= static_cast<TypeSet>(~kObjectType);
}

bool impossible(const Shape& shape) {
  return shape.types == 0 || (shape.constants && shape.constants->empty());
}

}  // namespace

bool forbidden(const Conjunction& schemas) {
  return std::ranges::any_of(
      schemas, [](const SchemaRef& schema) { return schema.value->is_bool() && !schema.value->get_bool(); });
}

std::optional<Decimal> decimal_of(const json::value& value) {
  if (const auto* i = value.if_int64()) return parse_decimal(std::to_string(*i));
  if (const auto* u = value.if_uint64()) return parse_decimal(std::to_string(*u));
  const auto* d = value.if_double();
  if (d == nullptr) return std::nullopt;
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), *d);
  if (error != std::errc()) return std::nullopt;
  return parse_decimal({text.data(), static_cast<std::size_t>(end - text.data())});
}

bool equal_values(const json::value& a, const json::value& b) {
  if (a.is_number() && b.is_number()) {
    const auto x = decimal_of(a);
    const auto y = decimal_of(b);
    return x && y && compare(*x, *y) == 0;
  }
  if (a.kind() != b.kind()) return false;
  if (const auto* x = a.if_array()) {
    return std::ranges::equal(*x, b.get_array(), equal_values);
  }
  if (const auto* x = a.if_object()) {
    const json::object& y = b.get_object();
    return x->size() == y.size() && std::ranges::all_of(*x, [&](const auto& member) {
             const json::value* other = y.if_contains(member.key());
             return other != nullptr && equal_values(member.value(), *other);
           });
  }
  return a == b;
}

Result<std::vector<Shape>> Expander::expand(const Conjunction& schemas) {
  std::vector<Shape> shapes(1);
  for (const SchemaRef& schema : schemas) PEREGRINE_TRY(conjoin(schema, shapes, 0));
  return shapes;
}

// Narrows every shape by one more schema.
Status Expander::conjoin(const SchemaRef& schema, std::vector<Shape>& shapes, std::size_t depth) {
  if (depth > kMaxSchemaDepth || ++steps_ > kMaxExpansionSteps) {
    return document_.error(ErrorCode::kResourceExhausted,
                           "schemas refer to each other too deeply, or in a circle", schema.place);
  }
  if (const bool* allowed = schema.value->if_bool()) {
    if (!*allowed) shapes.clear();
    return {};
  }
  const auto* object = schema.value->if_object();
  if (object == nullptr) {
    return document_.error(ErrorCode::kInvalidArgument, "a schema must be an object or a boolean",
                           schema.place);
  }
  PEREGRINE_TRY(read_keywords(pool_, document_, schema, shapes));
  if (const json::value* reference = object->if_contains("$ref")) {
    const std::uint32_t place = document_.below(schema.place, "$ref");
    if (!reference->is_string()) {
      return document_.error(ErrorCode::kInvalidArgument, "\"$ref\" must be a string", place);
    }
    PEREGRINE_ASSIGN(const SchemaRef target, document_.resolve(reference->get_string(), place));
    PEREGRINE_TRY(conjoin(target, shapes, depth + 1));
  }
  for (const std::string_view keyword : {"allOf", "anyOf", "oneOf"}) {
    const json::value* list = object->if_contains(keyword);
    if (list == nullptr) continue;
    const std::uint32_t place = document_.below(schema.place, keyword);
    if (!list->is_array() || list->get_array().empty()) {
      return document_.error(ErrorCode::kInvalidArgument,
                             "\"" + std::string(keyword) + "\" must be a list of schemas, not empty", place);
    }
    if (keyword != "allOf") {
      PEREGRINE_TRY(alternatives(schema, *list, keyword == "oneOf", place, shapes, depth));
      continue;
    }
    for (std::size_t i = 0; i < list->get_array().size(); ++i) {
      const SchemaRef part{&list->get_array()[i], document_.below(place, std::to_string(i))};
      PEREGRINE_TRY(conjoin(part, shapes, depth + 1));
    }
  }
  for (Shape& shape : shapes) drop_empty_types(shape);
  std::erase_if(shapes, impossible);
  return {};
}

Status Expander::alternatives(const SchemaRef& schema, const json::value& list, bool exclusive,
                              std::uint32_t place, std::vector<Shape>& shapes, std::size_t depth) {
  const json::array& branches = list.get_array();
  std::vector<std::vector<Shape>> all;
  std::size_t count = 0;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    std::vector<Shape> branch = shapes;
    PEREGRINE_TRY(conjoin({&branches[i], document_.below(place, std::to_string(i))}, branch, depth + 1));
    count += branch.size();
    if (count > kMaxBranches) {
      return document_.error(ErrorCode::kResourceExhausted,
                             "more than " + std::to_string(kMaxBranches) + " alternatives in one place",
                             schema.place);
    }
    all.push_back(std::move(branch));
  }
  if (exclusive) PEREGRINE_TRY(check_exclusive(all, place));
  shapes.clear();
  for (std::vector<Shape>& branch : all) {
    std::ranges::move(branch, std::back_inserter(shapes));
  }
  return {};
}

Conjunction Expander::property_schemas(const Shape& shape, std::string_view name) {
  Conjunction found;
  const std::string content = json_escape(name);
  for (const ObjectLayer& layer : shape.objects) {
    bool matched = false;
    if (layer.properties != nullptr) {
      if (const json::value* value = layer.properties->if_contains(name)) {
        found.push_back({value, document_.below(layer.properties_place, name)});
        matched = true;
      }
    }
    for (const ObjectLayer::Pattern& pattern : layer.patterns) {
      if (!pool_.matches(pattern.name, content)) continue;
      found.push_back(pattern.value);
      matched = true;
    }
    if (!matched && layer.additional) found.push_back(*layer.additional);
  }
  return found;
}

Conjunction Expander::item_schemas(const Shape& shape, std::size_t index) {
  Conjunction found;
  for (const ArrayLayer& layer : shape.arrays) {
    if (index < layer.prefix.size()) {
      found.push_back(layer.prefix[index]);
    } else if (layer.rest) {
      found.push_back(*layer.rest);
    }
  }
  return found;
}

Expr Expander::string_content(const Shape& shape) {
  if (shape.patterns.empty()) return pool_.repeat(json_character(pool_), shape.length.min, shape.length.max);
  std::vector<Expr> parts = shape.patterns;
  if (shape.length.min > 0 || shape.length.max != kUnbounded) {
    parts.push_back(pool_.repeat(canonical_character(pool_), shape.length.min, shape.length.max));
  }
  return pool_.both(parts);
}

Result<Expr> Expander::name_limits(const Shape& shape) {
  std::vector<Expr> limits;
  for (const ObjectLayer& layer : shape.objects) {
    if (!layer.names) continue;
    PEREGRINE_ASSIGN(const std::vector<Shape> shapes, expand({*layer.names}));
    std::vector<Expr> ways;
    for (const Shape& names : shapes) {
      if ((names.types & kStringType) == 0) continue;
      if (!names.constants) {
        ways.push_back(string_content(names));
        continue;
      }
      for (const json::value* constant : *names.constants) {
        PEREGRINE_ASSIGN(const bool fits, satisfies(*constant, names, false));
        if (fits && constant->is_string()) ways.push_back(pool_.literal(json_escape(constant->get_string())));
      }
    }
    limits.push_back(pool_.either(ways));
  }
  return pool_.both(limits);
}

}  // namespace peregrine::grammar
