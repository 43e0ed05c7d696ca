// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace peregrine::base {

struct Utf8Decoded {
  char32_t code_point = 0xFFFD;
  std::uint8_t length = 1;  // bytes consumed; 1 when invalid, 0 only for an empty input
  bool valid = false;
};

// Decodes the first code point of `text`.
Utf8Decoded utf8_decode(std::string_view text) noexcept;

// Appends the encoding of `code_point`; surrogates and values above U+10FFFF become U+FFFD.
void utf8_append(std::string& out, char32_t code_point);

bool utf8_valid(std::string_view text) noexcept;

// Length of the longest prefix that ends on a code point border, leaving a trailing incomplete (but so far
// valid) sequence of at most three bytes out. Invalid bytes elsewhere count as complete.
std::size_t utf8_complete_prefix(std::string_view text) noexcept;

// A copy in which each maximal invalid sequence is U+FFFD (as Unicode 3.9 recommends).
std::string utf8_sanitize(std::string_view text);

}  // namespace peregrine::base
