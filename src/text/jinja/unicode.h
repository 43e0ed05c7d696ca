// What Python's str asks of a code point: classes and case mappings, from utf8proc's Unicode data.
#pragma once

#include <array>
#include <cstdint>

namespace peregrine::jinja {

bool is_space(char32_t c);     // str.isspace, and what strip() removes
bool is_line_end(char32_t c);  // where splitlines() breaks
bool is_alpha(char32_t c);
bool is_decimal(char32_t c);
bool is_digit(char32_t c);    // decimals, superscripts, circled digits
bool is_numeric(char32_t c);  // digits, fractions, letter numbers
bool is_alnum(char32_t c);
bool is_lower(char32_t c);
bool is_upper(char32_t c);
bool is_title(char32_t c);
bool is_printable(char32_t c);  // false for what repr() escapes
bool is_identifier_start(char32_t c);
bool is_identifier_continue(char32_t c);

inline bool is_cased(char32_t c) {
  return is_lower(c) || is_upper(c) || is_title(c);
}

// Full case mappings: up to three code points, zero after the last.
using CaseMapping = std::array<char32_t, 3>;
CaseMapping to_upper(char32_t c);
CaseMapping to_title(char32_t c);
CaseMapping to_lower(char32_t c);  // without the context rule for a final sigma

}  // namespace peregrine::jinja
