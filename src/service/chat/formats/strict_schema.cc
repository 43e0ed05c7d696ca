#include "service/chat/formats/strict_schema.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <string>
#include <string_view>

#include "grammar/limits.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;

// Keywords whose value is a schema or a list of schemas, and those whose members are schemas.
constexpr std::array<std::string_view, 6> kSchemas = {"anyOf", "oneOf",           "allOf",
                                                      "items", "additionalItems", "prefixItems"};
constexpr std::array<std::string_view, 4> kSchemasByName = {"properties", "$defs", "definitions",
                                                            "patternProperties"};

std::string escaped(std::string_view token) {
  std::string out = "/";
  for (const char c : token) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

bool is_object_schema(const json::object& schema) {
  if (schema.contains("properties") || schema.contains("required")) return true;
  const json::value* type = schema.if_contains("type");
  if (type == nullptr) return false;
  const auto names_object = [](const json::value& name) { return name == "object"; };
  const auto* list = type->if_array();
  return list == nullptr ? names_object(*type) : std::ranges::any_of(*list, names_object);
}

Status check_object(const json::object& schema, const std::string& where) {
  const json::value* additional = schema.if_contains("additionalProperties");
  if (additional == nullptr || *additional != false) {
    return fail(ErrorCode::kInvalidArgument, "'additionalProperties:false' must be set on every object",
                where);
  }
  const json::value* listed = schema.if_contains("properties");
  const json::value* required = schema.if_contains("required");
  if (listed == nullptr) {
    if (required == nullptr) return {};
    return fail(ErrorCode::kInvalidArgument, "'required' present but 'properties' is missing", where);
  }
  if (!listed->is_object() || (required != nullptr && !required->is_array())) return {};  // the grammar says
  std::string missing;
  for (const auto& property : listed->get_object()) {
    const auto is_it = [&](const json::value& name) { return name == property.key(); };
    if (required != nullptr && std::ranges::any_of(required->get_array(), is_it)) continue;
    missing += (missing.empty() ? "'" : ", '") + std::string(property.key()) + "'";
  }
  if (missing.empty()) return {};
  return fail(ErrorCode::kInvalidArgument,
              "'required' must list every property of an object; missing: " + missing, where + "/required");
}

Status check(const json::value& value, const std::string& where, std::size_t depth) {
  if (depth > grammar::kMaxSchemaDepth) {
    return fail(ErrorCode::kResourceExhausted, "the schema nests too deeply", where);
  }
  if (const auto* list = value.if_array()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      PEREGRINE_TRY(check((*list)[i], where + "/" + std::to_string(i), depth + 1));
    }
    return {};
  }
  const auto* schema = value.if_object();
  if (schema == nullptr) return {};
  if (is_object_schema(*schema)) PEREGRINE_TRY(check_object(*schema, where));
  for (const auto& [key, part] : *schema) {
    const std::string_view keyword(key.data(), key.size());
    const std::string below = where + escaped(keyword);
    if (std::ranges::find(kSchemas, keyword) != kSchemas.end()) {
      PEREGRINE_TRY(check(part, below, depth + 1));
    } else if (std::ranges::find(kSchemasByName, keyword) != kSchemasByName.end() && part.is_object()) {
      for (const auto& [name, member] : part.get_object()) {
        PEREGRINE_TRY(check(member, below + escaped(name), depth + 1));
      }
    }
  }
  return {};
}

}  // namespace

Status check_strict_schema(const json::value& schema) {
  return check(schema, {}, 0);
}

}  // namespace peregrine::service
