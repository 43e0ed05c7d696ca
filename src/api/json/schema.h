// Reading a document tree by a table: closed objects, types, ranges, with messages in the wording of Groq's
// service ("'temperature' : value must be a number", "property 'X' is unsupported, did you mean 'Y'?").
//
// Every reader returns kInvalidArgument with the path of the offending value as `where`.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/json/document.h"
#include "api/json/path.h"
#include "base/result.h"

namespace peregrine::api {

Result<bool> read_bool(const Json& value, const Path& path);
Result<double> read_number(const Json& value, const Path& path, double min, double max);
// Takes 3 and 3.0 alike, as JSON Schema's "integer" does.
Result<std::int64_t> read_integer(const Json& value, const Path& path,
                                  std::int64_t min = std::numeric_limits<std::int64_t>::min(),
                                  std::int64_t max = std::numeric_limits<std::int64_t>::max());
// A view into `value`.
Result<std::string_view> read_string(const Json& value, const Path& path);
// The same, of 1 to `max_bytes` bytes.
Result<std::string_view> read_text(const Json& value, const Path& path, std::size_t max_bytes);
// The id of a model.
Result<std::string_view> read_model_id(const Json& value, const Path& path);
// Letters, digits, '_' and '-', at most 64 of them: names of functions and schemas.
Status read_identifier(const Json& value, const Path& path, std::string& out);
// One of `names`; returns its index.
Result<std::size_t> read_enum(const Json& value, const Path& path,
                              std::initializer_list<std::string_view> names);
Result<const boost::json::array*> read_array(const Json& value, const Path& path, std::size_t min_items = 0,
                                             std::size_t max_items = kMaxValues);

// A property that an object must have, read before the others, as they depend on it.
Result<const Json*> required_member(const Json& object, const Path& path, std::string_view name);

enum class Presence { kOptional, kRequired };

// One property of a closed object. null means "not given" for an optional property; its reader never sees it.
template <class T>
struct Field {
  std::string_view name;
  Status (*read)(const Json& value, const Path& path, T& out);
  Presence presence = Presence::kOptional;
};

// The name among `names` that `key` is a likely misspelling of, or nothing.
std::string_view likely_name(std::string_view key, std::span<const std::string_view> names);

namespace schema_detail {
Result<const boost::json::object*> as_object(const Json& value, const Path& path);
tl::unexpected<Error> unsupported_property(const Path& object, std::string_view key,
                                           std::span<const std::string_view> names);
tl::unexpected<Error> missing_property(const Path& object, std::string_view name);
}  // namespace schema_detail

// Reads the properties in the order in which the client wrote them; the first error wins.
template <class T>
Status read_object(const Json& value, const Path& path, std::span<const Field<T>> fields, T& out) {
  PEREGRINE_ASSIGN(const boost::json::object* const object, schema_detail::as_object(value, path));
  for (const auto& [key, member] : *object) {
    const Field<T>* field = nullptr;
    for (const Field<T>& candidate : fields) {
      if (candidate.name == std::string_view(key)) field = &candidate;
    }
    if (field == nullptr) {
      std::vector<std::string_view> names;
      for (const Field<T>& candidate : fields) names.push_back(candidate.name);
      return schema_detail::unsupported_property(path, key, names);
    }
    if (member.is_null() && field->presence == Presence::kOptional) continue;
    PEREGRINE_TRY(field->read(member, path / field->name, out));
  }
  for (const Field<T>& field : fields) {
    if (field.presence == Presence::kRequired && !object->contains(field.name)) {
      return schema_detail::missing_property(path, field.name);
    }
  }
  return {};
}

// A whole request body, which is such an object.
template <class T, std::size_t kCount>
Result<T> parse_body(std::string_view body, const Field<T> (&fields)[kCount]) {
  PEREGRINE_ASSIGN(const Json document, parse_document(body));
  T out;
  PEREGRINE_TRY(read_object<T>(document, Path(), fields, out));
  return out;
}

}  // namespace peregrine::api
