#include "gguf/format.h"

#include <array>

namespace peregrine::gguf {
namespace {

struct ValueTypeTraits {
  std::string_view name;
  std::size_t bytes;  // 0: not a scalar
};

// Indexed by ValueType.
constexpr std::array<ValueTypeTraits, 13> kTraits = {{
    {"u8", 1},
    {"i8", 1},
    {"u16", 2},
    {"i16", 2},
    {"u32", 4},
    {"i32", 4},
    {"f32", 4},
    {"bool", 1},
    {"string", 0},
    {"array", 0},
    {"u64", 8},
    {"i64", 8},
    {"f64", 8},
}};

}  // namespace

bool is_value_type(std::uint32_t number) noexcept {
  return number < kTraits.size();
}

std::string_view value_type_name(ValueType type) noexcept {
  const auto number = static_cast<std::uint32_t>(type);
  return is_value_type(number) ? kTraits[number].name : "unknown";
}

std::size_t scalar_bytes(ValueType type) noexcept {
  const auto number = static_cast<std::uint32_t>(type);
  return is_value_type(number) ? kTraits[number].bytes : 0;
}

}  // namespace peregrine::gguf
