#include "api/embeddings/base64.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace peregrine::api {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t byte_at(std::span<const float> values, std::size_t index) {
  const auto bits = std::bit_cast<std::uint32_t>(values[index / sizeof(float)]);
  return (bits >> (8 * (index % sizeof(float)))) & 0xFFU;
}

}  // namespace

void append_base64(std::string& out, std::span<const float> values) {
  const std::size_t n = values.size() * sizeof(float);
  out.reserve(out.size() + (n + 2) / 3 * 4);
  for (std::size_t i = 0; i < n; i += 3) {
    const std::size_t left = n - i;
    const std::uint32_t group = byte_at(values, i) << 16 | (left > 1 ? byte_at(values, i + 1) << 8 : 0U) |
                                (left > 2 ? byte_at(values, i + 2) : 0U);
    out += kDigits[group >> 18];
    out += kDigits[group >> 12 & 63U];
    out += left > 1 ? kDigits[group >> 6 & 63U] : '=';
    out += left > 2 ? kDigits[group & 63U] : '=';
  }
}

}  // namespace peregrine::api
