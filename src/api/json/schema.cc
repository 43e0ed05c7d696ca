#include "api/json/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

namespace peregrine::api {
namespace {

// Longer keys are nobody's slip of the pen, and the distance below takes quadratic time.
constexpr std::size_t kMaxComparedKey = 40;
constexpr std::size_t kMaxIdentifier = 64;
constexpr std::size_t kMaxModelIdBytes = 256;

bool is_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Levenshtein's distance, without regard to case. Both at most kMaxComparedKey long.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, kMaxComparedKey + 1> row{};
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string list_of(std::initializer_list<std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += fmt::format("'{}'", name);
  }
  return text;
}

}  // namespace

Result<bool> read_bool(const Json& value, const Path& path) {
  if (const bool* flag = value.if_bool()) return *flag;
  return wrong(path, "value must be a boolean");
}

Result<double> read_number(const Json& value, const Path& path, double min, double max) {
  if (!value.is_number()) return wrong(path, "value must be a number");
  const double number = value.to_number<double>();
  if (!(number >= min)) return wrong(path, fmt::format("number must be at least {}", min));
  if (!(number <= max)) return wrong(path, fmt::format("number must be at most {}", max));
  return number;
}

Result<std::int64_t> read_integer(const Json& value, const Path& path, std::int64_t min, std::int64_t max) {
  const auto too_small = [&] { return wrong(path, fmt::format("number must be at least {}", min)); };
  const auto too_large = [&] { return wrong(path, fmt::format("number must be at most {}", max)); };
  std::int64_t integer = 0;
  if (const std::int64_t* exact = value.if_int64()) {
    integer = *exact;
  } else if (value.is_uint64()) {
    return too_large();  // the parser makes a uint64 only of what int64 cannot hold
  } else if (const double* number = value.if_double()) {
    constexpr double kTwo63 = 9223372036854775808.0;
    if (*number != std::trunc(*number)) return wrong(path, "value must be an integer");
    if (*number >= kTwo63) return too_large();
    if (*number < -kTwo63) return too_small();
    integer = static_cast<std::int64_t>(*number);
  } else {
    return wrong(path, "value must be an integer");
  }
  if (integer < min) return too_small();
  if (integer > max) return too_large();
  return integer;
}

Result<std::string_view> read_string(const Json& value, const Path& path) {
  if (const boost::json::string* text = value.if_string())
    return std::string_view(text->data(), text->size());
  return wrong(path, "value must be a string");
}

Result<std::size_t> read_enum(const Json& value, const Path& path,
                              std::initializer_list<std::string_view> names) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  const auto* const found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return wrong(path, fmt::format("value must be one of {}", list_of(names)));
  return static_cast<std::size_t>(found - names.begin());
}

Result<const boost::json::array*> read_array(const Json& value, const Path& path, std::size_t min_items,
                                             std::size_t max_items) {
  const boost::json::array* const array = value.if_array();
  if (array == nullptr) return wrong(path, "value must be an array");
  if (array->size() < min_items) return wrong(path, fmt::format("minimum number of items is {}", min_items));
  if (array->size() > max_items) return wrong(path, fmt::format("maximum number of items is {}", max_items));
  return array;
}

Result<std::string_view> read_text(const Json& value, const Path& path, std::size_t max_bytes) {
  PEREGRINE_ASSIGN(const std::string_view text, read_string(value, path));
  if (text.empty()) return wrong(path, "minimum string length is 1");
  if (text.size() > max_bytes) return wrong(path, fmt::format("maximum string length is {}", max_bytes));
  return text;
}

Result<std::string_view> read_model_id(const Json& value, const Path& path) {
  return read_text(value, path, kMaxModelIdBytes);
}

Status read_identifier(const Json& value, const Path& path, std::string& out) {
  PEREGRINE_ASSIGN(const std::string_view name, read_string(value, path));
  if (name.empty()) return wrong(path, "minimum string length is 1");
  if (name.size() > kMaxIdentifier) {
    return wrong(path, fmt::format("maximum string length is {}", kMaxIdentifier));
  }
  if (!std::ranges::all_of(name, is_identifier)) {
    return wrong(path, "value must consist of letters, digits, '_' and '-'");
  }
  out = name;
  return {};
}

Result<const Json*> required_member(const Json& object, const Path& path, std::string_view name) {
  PEREGRINE_ASSIGN(const boost::json::object* const members, schema_detail::as_object(object, path));
  const Json* const member = members->if_contains(name);
  if (member == nullptr) return schema_detail::missing_property(path, name);
  return member;
}

std::string_view likely_name(std::string_view key, std::span<const std::string_view> names) {
  if (key.size() > kMaxComparedKey) return {};
  std::string_view best;
  std::size_t best_distance = kMaxComparedKey;
  for (const std::string_view name : names) {
    if (name.size() > kMaxComparedKey) continue;
    const std::size_t distance = edit_distance(key, name);
    const std::size_t allowed = name.size() / 3;
    if (distance <= allowed && distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

namespace schema_detail {

Result<const boost::json::object*> as_object(const Json& value, const Path& path) {
  if (const boost::json::object* object = value.if_object()) return object;
  return wrong(path, path.root() ? "the request body must be a JSON object" : "value must be an object");
}

tl::unexpected<Error> unsupported_property(const Path& object, std::string_view key,
                                           std::span<const std::string_view> names) {
  std::string reason = fmt::format("property '{}' is unsupported", clip(key));
  if (const std::string_view name = likely_name(key, names); !name.empty()) {
    reason += fmt::format(", did you mean '{}'?", name);
  }
  auto error = wrong(object, reason);
  error.value().where = (object / key).param();
  return error;
}

tl::unexpected<Error> missing_property(const Path& object, std::string_view name) {
  auto error = wrong(object, fmt::format("property '{}' is missing", name));
  error.value().where = (object / name).param();
  return error;
}

}  // namespace schema_detail
}  // namespace peregrine::api
