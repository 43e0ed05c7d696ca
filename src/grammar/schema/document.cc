#include "grammar/schema/document.h"

#include <boost/json/object.hpp>
#include <charconv>
#include <utility>

namespace peregrine::grammar {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// %41 as URI fragments write it, then ~0 and ~1 as JSON pointers do.
std::string unescape(std::string_view token) {
  std::string plain;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '%' && i + 2 < token.size() && hex_value(token[i + 1]) >= 0 &&
        hex_value(token[i + 2]) >= 0) {
      plain += static_cast<char>(hex_value(token[i + 1]) * 16 + hex_value(token[i + 2]));
      i += 2;
    } else {
      plain += token[i];
    }
  }
  std::string out;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (plain[i] == '~' && i + 1 < plain.size() && (plain[i + 1] == '0' || plain[i + 1] == '1')) {
      out += plain[++i] == '0' ? '~' : '/';
    } else {
      out += plain[i];
    }
  }
  return out;
}

const boost::json::value* child(const boost::json::value& value, const std::string& key) {
  if (const auto* object = value.if_object()) return object->if_contains(key);
  const auto* array = value.if_array();
  if (array == nullptr) return nullptr;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (error != std::errc() || end != key.data() + key.size()) return nullptr;
  return array->if_contains(index);
}

}  // namespace

std::uint32_t Document::below(std::uint32_t place, std::string_view key) {
  places_.push_back({place, std::string(key)});
  return static_cast<std::uint32_t>(places_.size() - 1);
}

std::string Document::pointer(std::uint32_t place) const {
  std::string text;
  for (; place != 0; place = places_[place].parent) {
    std::string token = "/";
    for (const char c : places_[place].key) {
      if (c == '~') {
        token += "~0";
      } else if (c == '/') {
        token += "~1";
      } else {
        token += c;
      }
    }
    text.insert(0, token);
  }
  return text;
}

Result<SchemaRef> Document::resolve(std::string_view reference, std::uint32_t place) {
  if (!reference.starts_with('#')) {
    return error(ErrorCode::kUnsupported, "$ref out of the schema is not supported", place);
  }
  reference.remove_prefix(1);
  if (!reference.empty() && !reference.starts_with('/')) {
    return error(ErrorCode::kUnsupported, "$ref by name is not supported; use a JSON pointer", place);
  }
  SchemaRef target = root();
  while (!reference.empty()) {
    reference.remove_prefix(1);
    const std::size_t end = std::min(reference.find('/'), reference.size());
    const std::string key = unescape(reference.substr(0, end));
    reference.remove_prefix(end);
    target.value = child(*target.value, key);
    if (target.value == nullptr) return error(ErrorCode::kInvalidArgument, "$ref points at nothing", place);
    target.place = below(target.place, key);
  }
  return target;
}

}  // namespace peregrine::grammar
