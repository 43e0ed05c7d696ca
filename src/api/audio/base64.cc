#include "api/audio/base64.h"

#include <cstdint>

#include "http/message.h"

namespace peregrine::api {
namespace {

constexpr int kNoDigit = -1;

int digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return kNoDigit;
}

bool mixes_alphabets(std::string_view text) {
  return text.find_first_of("+/") != std::string_view::npos &&
         text.find_first_of("-_") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  if (mixes_alphabets(text)) return std::nullopt;
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t group = 0;
  unsigned digits = 0;
  unsigned padding = 0;
  for (const char c : text) {
    if (c == '\r' || c == '\n') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int value = digit(c);
    if (value == kNoDigit || padding > 0) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(value);
    if (++digits < 4) continue;
    for (const unsigned shift : {16U, 8U, 0U}) out += static_cast<char>(group >> shift & 0xFFU);
    group = 0;
    digits = 0;
  }
  if (padding > 0 && (digits == 0 || digits + padding != 4)) return std::nullopt;
  switch (digits) {
    case 0:
      return out;
    case 2:
      if ((group & 0xFU) != 0) return std::nullopt;
      out += static_cast<char>(group >> 4);
      return out;
    case 3:
      if ((group & 0x3U) != 0) return std::nullopt;
      out += static_cast<char>(group >> 10);
      out += static_cast<char>(group >> 2 & 0xFFU);
      return out;
    default:
      return std::nullopt;
  }
}

std::optional<std::string_view> base64_of_data_url(std::string_view url) {
  constexpr std::string_view kScheme = "data:";
  constexpr std::string_view kEncoding = ";base64";
  if (url.size() < kScheme.size() || !http::equal_ignoring_case(url.substr(0, kScheme.size()), kScheme)) {
    return std::nullopt;
  }
  const std::size_t comma = url.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string_view type = url.substr(0, comma);
  if (type.size() < kEncoding.size() ||
      !http::equal_ignoring_case(type.substr(type.size() - kEncoding.size()), kEncoding)) {
    return std::nullopt;
  }
  return url.substr(comma + 1);
}

}  // namespace peregrine::api
