#include "gguf/metadata.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "gguf/byte_reader.h"
#include "gguf/number.h"

namespace peregrine::gguf {
namespace {

using Entry = Metadata::Entry;

// What an accessor asks for: its name in messages, whether a stored type may serve, and the conversion, which
// gives nullopt when the value does not fit.
template <class T>
struct Wanted;

template <std::integral T>
struct Wanted<T> {
  static std::string name() {
    return fmt::format("{}{}", std::is_signed_v<T> ? "i" : "u",
                       std::numeric_limits<T>::digits + std::is_signed_v<T>);
  }
  static bool accepts(ValueType type) {
    return scalar_bytes(type) > 0 && type != ValueType::kBool && type != ValueType::kF32 &&
           type != ValueType::kF64;
  }
  static std::optional<T> convert(ValueType type, const std::byte* from) {
    const std::optional<Number> number = load_number(type, from);
    if (!number) return std::nullopt;
    if (const auto* u = std::get_if<std::uint64_t>(&*number); u != nullptr && std::in_range<T>(*u)) {
      return static_cast<T>(*u);
    }
    if (const auto* i = std::get_if<std::int64_t>(&*number); i != nullptr && std::in_range<T>(*i)) {
      return static_cast<T>(*i);
    }
    return std::nullopt;
  }
};

template <>
struct Wanted<float> {
  static std::string name() { return "f32"; }
  static bool accepts(ValueType type) { return scalar_bytes(type) > 0 && type != ValueType::kBool; }
  static std::optional<float> convert(ValueType type, const std::byte* from) {
    const std::optional<Number> number = load_number(type, from);
    if (!number) return std::nullopt;
    if (const auto* d = std::get_if<double>(&*number);
        d != nullptr && std::isfinite(*d) && std::fabs(*d) > double{std::numeric_limits<float>::max()}) {
      return std::nullopt;
    }
    return std::visit([](auto value) { return static_cast<float>(value); }, *number);
  }
};

template <>
struct Wanted<bool> {
  static std::string name() { return "bool"; }
  static bool accepts(ValueType type) { return type == ValueType::kBool; }
  static std::optional<bool> convert(ValueType, const std::byte* from) { return *from != std::byte{0}; }
};

tl::unexpected<Error> missing(std::string_view key) {
  return fail(ErrorCode::kNotFound, "the model file has no such key", std::string(key));
}

std::string describe(const Entry& entry) {
  if (entry.type != ValueType::kArray) return std::string(value_type_name(entry.type));
  return fmt::format("array of {}", value_type_name(entry.element_type));
}

tl::unexpected<Error> wrong_type(const Entry& entry, std::string_view wanted) {
  return fail(ErrorCode::kInvalidArgument, fmt::format("is of type {}, needed: {}", describe(entry), wanted),
              std::string(entry.key));
}

template <class T>
Result<T> scalar(const Entry& entry) {
  if (!Wanted<T>::accepts(entry.type)) return wrong_type(entry, Wanted<T>::name());
  const std::optional<T> value = Wanted<T>::convert(entry.type, entry.bytes.data());
  if (value) return *value;
  return fail(ErrorCode::kInvalidArgument, fmt::format("the value does not fit in {}", Wanted<T>::name()),
              std::string(entry.key));
}

template <class T>
Result<std::vector<T>> array(const Entry* entry, std::string_view key) {
  if (entry == nullptr) return missing(key);
  if (entry->type != ValueType::kArray || !Wanted<T>::accepts(entry->element_type)) {
    return wrong_type(*entry, fmt::format("array of {}", Wanted<T>::name()));
  }
  const std::size_t stride = scalar_bytes(entry->element_type);
  std::vector<T> values;
  values.reserve(entry->count);  // at most eight times the bytes it takes in the file
  for (std::uint64_t i = 0; i < entry->count; ++i) {
    const std::optional<T> value = Wanted<T>::convert(entry->element_type, entry->bytes.data() + i * stride);
    if (!value) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("element {} does not fit in {}", i, Wanted<T>::name()), std::string(key));
    }
    values.push_back(*value);
  }
  return values;
}

Result<std::string_view> text(const Entry& entry) {
  if (entry.type != ValueType::kString) return wrong_type(entry, "string");
  return as_text(entry.bytes);
}

}  // namespace

const Entry* Metadata::find(std::string_view key) const {
  const auto key_of = [this](std::uint32_t index) { return entries_[index].key; };
  const auto found = std::ranges::lower_bound(by_key_, key, {}, key_of);
  if (found == by_key_.end() || key_of(*found) != key) return nullptr;
  return &entries_[*found];
}

Result<std::uint32_t> Metadata::u32(std::string_view key) const {
  const Entry* entry = find(key);
  return entry == nullptr ? missing(key) : scalar<std::uint32_t>(*entry);
}

Result<std::uint64_t> Metadata::u64(std::string_view key) const {
  const Entry* entry = find(key);
  return entry == nullptr ? missing(key) : scalar<std::uint64_t>(*entry);
}

Result<float> Metadata::f32(std::string_view key) const {
  const Entry* entry = find(key);
  return entry == nullptr ? missing(key) : scalar<float>(*entry);
}

Result<bool> Metadata::boolean(std::string_view key) const {
  const Entry* entry = find(key);
  return entry == nullptr ? missing(key) : scalar<bool>(*entry);
}

Result<std::string_view> Metadata::string(std::string_view key) const {
  const Entry* entry = find(key);
  return entry == nullptr ? missing(key) : text(*entry);
}

Result<std::uint32_t> Metadata::u32_or(std::string_view key, std::uint32_t fallback) const {
  const Entry* entry = find(key);
  return entry == nullptr ? fallback : scalar<std::uint32_t>(*entry);
}

Result<std::uint64_t> Metadata::u64_or(std::string_view key, std::uint64_t fallback) const {
  const Entry* entry = find(key);
  return entry == nullptr ? fallback : scalar<std::uint64_t>(*entry);
}

Result<float> Metadata::f32_or(std::string_view key, float fallback) const {
  const Entry* entry = find(key);
  return entry == nullptr ? fallback : scalar<float>(*entry);
}

Result<bool> Metadata::boolean_or(std::string_view key, bool fallback) const {
  const Entry* entry = find(key);
  return entry == nullptr ? fallback : scalar<bool>(*entry);
}

Result<std::string_view> Metadata::string_or(std::string_view key, std::string_view fallback) const {
  const Entry* entry = find(key);
  return entry == nullptr ? fallback : text(*entry);
}

Result<std::vector<std::string_view>> Metadata::strings(std::string_view key) const {
  const Entry* entry = find(key);
  if (entry == nullptr) return missing(key);
  if (entry->type != ValueType::kArray || entry->element_type != ValueType::kString) {
    return wrong_type(*entry, "array of string");
  }
  const std::span<const std::string_view> elements = strings(*entry);
  return std::vector<std::string_view>(elements.begin(), elements.end());
}

Result<std::vector<float>> Metadata::f32s(std::string_view key) const {
  return array<float>(find(key), key);
}

Result<std::vector<std::int32_t>> Metadata::i32s(std::string_view key) const {
  return array<std::int32_t>(find(key), key);
}

Result<std::vector<std::uint32_t>> Metadata::u32s(std::string_view key) const {
  return array<std::uint32_t>(find(key), key);
}

Result<std::vector<bool>> Metadata::booleans(std::string_view key) const {
  return array<bool>(find(key), key);
}

std::span<const std::string_view> Metadata::strings(const Entry& entry) const {
  if (entry.type != ValueType::kArray || entry.element_type != ValueType::kString) return {};
  return std::span(strings_).subspan(entry.first_string, entry.count);
}

}  // namespace peregrine::gguf
