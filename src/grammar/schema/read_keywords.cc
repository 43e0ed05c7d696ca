#include "grammar/schema/read_keywords.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <string>
#include <utility>

#include "grammar/limits.h"
#include "grammar/regex/pattern.h"
#include "grammar/schema/expand.h"
#include "grammar/schema/formats.h"
#include "grammar/schema/keywords.h"

namespace peregrine::grammar {
namespace {

namespace json = boost::json;

void narrow(Count& count, const Count& other) {
  count.min = std::max(count.min, other.min);
  count.max = std::min(count.max, other.max);
}

class Reader {
 public:
  Reader(ExprPool& pool, Document& document, const SchemaRef& schema)
      : pool_(pool), document_(document), object_(schema.value->get_object()), place_(schema.place) {}

  Status read() {
    for (const auto& [key, value] : object_) {
      const std::string_view keyword(key.data(), key.size());
      if (keyword_use(keyword) == KeywordUse::kRefused) {
        return error(ErrorCode::kUnsupported,
                     "schema keyword \"" + std::string(keyword) + "\" is not supported", keyword);
      }
    }
    if (place_ != 0 && (find("$id") != nullptr || find("id") != nullptr)) {
      return error(ErrorCode::kUnsupported, "\"$id\" below the top of a schema is not supported", "$id");
    }
    PEREGRINE_TRY(types());
    PEREGRINE_TRY(constants());
    PEREGRINE_TRY(numbers());
    PEREGRINE_TRY(strings());
    PEREGRINE_TRY(objects());
    return arrays();
  }

  void apply(Shape& shape) const {
    shape.types &= shape_.types;
    if (shape_.constants) {
      if (!shape.constants) {
        shape.constants = shape_.constants;
      } else {
        std::erase_if(*shape.constants, [&](const json::value* value) {
          return std::ranges::none_of(*shape_.constants,
                                      [&](const json::value* other) { return equal_values(*value, *other); });
        });
      }
    }
    if (shape_.numbers.min) narrow_min(shape.numbers, *shape_.numbers.min);
    if (shape_.numbers.max) narrow_max(shape.numbers, *shape_.numbers.max);
    narrow(shape.length, shape_.length);
    narrow(shape.properties, shape_.properties);
    if (shape_.properties.min > 0) shape.least_properties_place = shape_.least_properties_place;
    narrow(shape.items, shape_.items);
    const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(shape.multiples, shape_.multiples);
    append(shape.patterns, shape_.patterns);
    append(shape.objects, shape_.objects);
    append(shape.required, shape_.required);
    append(shape.arrays, shape_.arrays);
  }

 private:
  const json::value* find(std::string_view keyword) const { return object_.if_contains(keyword); }
  tl::unexpected<Error> error(ErrorCode code, std::string message, std::string_view keyword) {
    return document_.error(code, std::move(message), document_.below(place_, keyword));
  }
  tl::unexpected<Error> invalid(std::string_view keyword, const std::string& expected) {
    return error(ErrorCode::kInvalidArgument, "\"" + std::string(keyword) + "\" must be " + expected,
                 keyword);
  }
  // An error of a pattern, at its keyword.
  tl::unexpected<Error> at(Error cause, std::uint32_t place) {
    return document_.error(cause.code, std::move(cause.message), place);
  }

  // A non-negative integer. Absent counts leave `out` alone.
  Status count(std::string_view keyword, std::uint32_t& out) {
    const json::value* value = find(keyword);
    if (value == nullptr) return {};
    const auto decimal = decimal_of(*value);
    if (!decimal || decimal->negative || !decimal->is_integer()) {
      return invalid(keyword, "a non-negative integer");
    }
    const bool large = decimal->whole.size() > 9;
    const auto number =
        large || decimal->whole.empty() ? 0 : static_cast<std::uint32_t>(std::stoul(decimal->whole));
    if (large || number > kMaxRepeat) {
      // A limit that nothing reaches is no limit.
      if (keyword.starts_with("max")) return {};
      return error(ErrorCode::kResourceExhausted,
                   "\"" + std::string(keyword) + "\" is over " + std::to_string(kMaxRepeat), keyword);
    }
    out = number;
    return {};
  }

  Status types() {
    static constexpr std::array<std::pair<std::string_view, TypeSet>, 7> kNames = {{{"null", kNullType},
                                                                                    {"boolean", kBooleanType},
                                                                                    {"integer", kIntegerType},
                                                                                    {"number", kNumberType},
                                                                                    {"string", kStringType},
                                                                                    {"array", kArrayType},
                                                                                    {"object", kObjectType}}};
    const json::value* type = find("type");
    const json::value* nullable = find("nullable");
    if (nullable != nullptr && !nullable->is_bool()) return invalid("nullable", "a boolean");
    if (type == nullptr) return {};
    TypeSet types = 0;
    const auto add = [&](const json::value& name) {
      const auto* text = name.if_string();
      if (text == nullptr) return false;
      for (const auto& [known, bits] : kNames) {
        if (known != std::string_view(*text)) continue;
        types |= bits;
        return true;
      }
      return false;
    };
    const auto* list = type->if_array();
    const bool understood = list == nullptr ? add(*type) : std::ranges::all_of(*list, add);
    if (!understood) return invalid("type", "the name of a JSON type, or a list of such names");
    if (nullable != nullptr && nullable->get_bool()) types |= kNullType;
    shape_.types = types;
    return {};
  }

  Status constants() {
    if (const json::value* list = find("enum")) {
      if (!list->is_array()) return invalid("enum", "a list");
      shape_.constants.emplace();
      for (const json::value& value : list->get_array()) shape_.constants->push_back(&value);
    }
    if (const json::value* value = find("const")) {
      std::vector<const json::value*> one = {value};
      if (shape_.constants && std::ranges::none_of(*shape_.constants, [&](const json::value* other) {
            return equal_values(*value, *other);
          })) {
        one.clear();
      }
      shape_.constants = std::move(one);
    }
    return {};
  }

  Status bound(std::string_view keyword, std::string_view exclusive, bool is_min) {
    const auto narrow_by = [&](const NumberBound& limit) {
      is_min ? narrow_min(shape_.numbers, limit) : narrow_max(shape_.numbers, limit);
    };
    const json::value* plain = find(keyword);
    const json::value* strict = find(exclusive);
    // Draft 4: a boolean that sharpens the other keyword.
    const bool sharpened = strict != nullptr && strict->is_bool();
    if (plain != nullptr) {
      const auto value = decimal_of(*plain);
      if (!value) return invalid(keyword, "a number of reasonable length");
      narrow_by({*value, sharpened && strict->get_bool()});
    }
    if (strict != nullptr && !sharpened) {
      const auto value = decimal_of(*strict);
      if (!value) return invalid(exclusive, "a number of reasonable length");
      narrow_by({*value, true});
    }
    return {};
  }

  Status numbers() {
    PEREGRINE_TRY(bound("minimum", "exclusiveMinimum", true));
    PEREGRINE_TRY(bound("maximum", "exclusiveMaximum", false));
    const json::value* multiple = find("multipleOf");
    if (multiple == nullptr) return {};
    const auto value = decimal_of(*multiple);
    if (!value || value->negative || (value->whole.empty() && value->fraction.empty())) {
      return invalid("multipleOf", "a positive number");
    }
    if (!value->is_integer()) {
      return error(ErrorCode::kUnsupported, "\"multipleOf\" of a number that is no integer is not supported",
                   "multipleOf");
    }
    if (value->whole.size() > 9 || std::stoul(value->whole) > kMaxMultiple) {
      return error(ErrorCode::kResourceExhausted, "\"multipleOf\" is over " + std::to_string(kMaxMultiple),
                   "multipleOf");
    }
    shape_.multiples.push_back(static_cast<std::uint32_t>(std::stoul(value->whole)));
    return {};
  }

  Status pattern(std::string_view text, PatternScope scope, std::uint32_t place) {
    auto e = compile_pattern(pool_, text, scope, TextForm::kJsonString);
    if (!e) return at(std::move(e.error()), place);
    shape_.patterns.push_back(*e);
    return {};
  }

  Status strings() {
    PEREGRINE_TRY(count("minLength", shape_.length.min));
    PEREGRINE_TRY(count("maxLength", shape_.length.max));
    if (const json::value* text = find("pattern")) {
      if (!text->is_string()) return invalid("pattern", "a string");
      PEREGRINE_TRY(pattern(text->get_string(), PatternScope::kSearch, document_.below(place_, "pattern")));
    }
    const json::value* format = find("format");
    if (format == nullptr) return {};
    if (!format->is_string()) return invalid("format", "a string");
    const std::string_view name = format->get_string();
    // OpenAPI's widths of numbers: a double or a 64-bit integer is what is written anyway.
    if (name == "int64" || name == "float" || name == "double") return {};
    if (name == "int32") {
      narrow_min(shape_.numbers, {*parse_decimal("-2147483648"), false});
      narrow_max(shape_.numbers, {*parse_decimal("2147483647"), false});
      return {};
    }
    const auto known = format_pattern(name);
    if (!known) {
      return error(ErrorCode::kUnsupported, "\"format\" \"" + std::string(name) + "\" is not supported",
                   "format");
    }
    return pattern(*known, PatternScope::kWhole, document_.below(place_, "format"));
  }

  Status objects() {
    PEREGRINE_TRY(count("minProperties", shape_.properties.min));
    if (shape_.properties.min > 0) shape_.least_properties_place = document_.below(place_, "minProperties");
    PEREGRINE_TRY(count("maxProperties", shape_.properties.max));
    if (const json::value* required = find("required"); required != nullptr && !required->is_bool()) {
      const auto* list = required->if_array();
      if (list == nullptr || !std::ranges::all_of(*list, &json::value::is_string)) {
        return invalid("required", "a list of strings");
      }
      for (const json::value& name : *list) shape_.required.emplace_back(name.get_string());
    }
    ObjectLayer layer;
    bool any = false;
    if (const json::value* properties = find("properties")) {
      if (!properties->is_object()) return invalid("properties", "an object");
      layer.properties = &properties->get_object();
      layer.properties_place = document_.below(place_, "properties");
      any = true;
    }
    if (const json::value* patterns = find("patternProperties")) {
      if (!patterns->is_object()) return invalid("patternProperties", "an object");
      const std::uint32_t place = document_.below(place_, "patternProperties");
      for (const auto& [text, value] : patterns->get_object()) {
        const std::uint32_t here = document_.below(place, text);
        auto e = compile_pattern(pool_, text, PatternScope::kSearch, TextForm::kJsonString);
        if (!e) return at(std::move(e.error()), here);
        layer.patterns.push_back({*e, {&value, here}});
      }
      any = true;
    }
    if (const json::value* additional = find("additionalProperties")) {
      layer.additional = SchemaRef{additional, document_.below(place_, "additionalProperties")};
      any = true;
    }
    if (const json::value* names = find("propertyNames")) {
      layer.names = SchemaRef{names, document_.below(place_, "propertyNames")};
      any = true;
    }
    if (any) shape_.objects.push_back(std::move(layer));
    return {};
  }

  Status arrays() {
    PEREGRINE_TRY(count("minItems", shape_.items.min));
    PEREGRINE_TRY(count("maxItems", shape_.items.max));
    if (const json::value* unique = find("uniqueItems")) {
      if (!unique->is_bool()) return invalid("uniqueItems", "a boolean");
      if (unique->get_bool() && shape_.items.max > 1) {
        return error(ErrorCode::kUnsupported, "schema keyword \"uniqueItems\" is not supported",
                     "uniqueItems");
      }
    }
    const json::value* items = find("items");
    const json::value* prefix = find("prefixItems");
    const json::value* additional = find("additionalItems");
    const bool draft7 = items != nullptr && items->is_array();
    if (prefix != nullptr && (!prefix->is_array() || draft7))
      return invalid("prefixItems", "a list of schemas");
    ArrayLayer layer;
    const std::string_view list_keyword = draft7 ? "items" : "prefixItems";
    if (draft7 || prefix != nullptr) {
      const json::array& list = draft7 ? items->get_array() : prefix->get_array();
      const std::uint32_t place = document_.below(place_, list_keyword);
      for (std::size_t i = 0; i < list.size(); ++i) {
        layer.prefix.push_back({&list[i], document_.below(place, std::to_string(i))});
      }
    }
    if (draft7 && additional != nullptr) {
      layer.rest = SchemaRef{additional, document_.below(place_, "additionalItems")};
    } else if (!draft7 && items != nullptr) {
      layer.rest = SchemaRef{items, document_.below(place_, "items")};
    }
    if (!layer.prefix.empty() || layer.rest) shape_.arrays.push_back(std::move(layer));
    return {};
  }

  ExprPool& pool_;
  Document& document_;
  const json::object& object_;
  std::uint32_t place_;
  Shape shape_;
};

}  // namespace

Status read_keywords(ExprPool& pool, Document& document, const SchemaRef& schema,
                     std::vector<Shape>& shapes) {
  Reader reader(pool, document, schema);
  PEREGRINE_TRY(reader.read());
  for (Shape& shape : shapes) reader.apply(shape);
  return {};
}

}  // namespace peregrine::grammar
