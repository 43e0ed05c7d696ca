#include "text/jinja/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

#include "text/jinja/special_casing.h"

namespace peregrine::jinja {
namespace {

utf8proc_int32_t raw(char32_t c) {
  return static_cast<utf8proc_int32_t>(c);
}

utf8proc_category_t category(char32_t c) {
  return utf8proc_category(raw(c));
}

bool between(char32_t c, char32_t low, char32_t high) {
  return c >= low && c <= high;
}

const SpecialCasing* special_casing(char32_t c) {
  const auto* row =
      std::lower_bound(std::begin(kSpecialCasing), std::end(kSpecialCasing), c,
                       [](const SpecialCasing& entry, char32_t key) { return entry.code_point < key; });
  return row != std::end(kSpecialCasing) && row->code_point == c ? row : nullptr;
}

// Unicode's Other_Lowercase: modifier letters, small Roman numerals and the like.
bool is_other_lower(char32_t c) {
  return c == 0xAA || c == 0xBA || between(c, 0x2B0, 0x2B8) || between(c, 0x2C0, 0x2C1) ||
         between(c, 0x2E0, 0x2E4) || c == 0x345 || c == 0x37A || between(c, 0x1D2C, 0x1D6A) || c == 0x1D78 ||
         between(c, 0x1D9B, 0x1DBF) || c == 0x2071 || c == 0x207F || between(c, 0x2090, 0x209C) ||
         between(c, 0x2170, 0x217F) || between(c, 0x24D0, 0x24E9) || between(c, 0x2C7C, 0x2C7D) ||
         between(c, 0xA69C, 0xA69D) || c == 0xA770 || between(c, 0xA7F8, 0xA7F9) ||
         between(c, 0xAB5C, 0xAB5F);
}

// Unicode's Other_Uppercase: capital Roman numerals, circled and squared capitals.
bool is_other_upper(char32_t c) {
  return between(c, 0x2160, 0x216F) || between(c, 0x24B6, 0x24CF) || between(c, 0x1F130, 0x1F149) ||
         between(c, 0x1F150, 0x1F169) || between(c, 0x1F170, 0x1F189);
}

}  // namespace

bool is_space(char32_t c) {
  return between(c, 0x09, 0x0D) || between(c, 0x1C, 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         between(c, 0x2000, 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_line_end(char32_t c) {
  return between(c, 0x0A, 0x0D) || between(c, 0x1C, 0x1E) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_alpha(char32_t c) {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return true;
    default:
      return false;
  }
}

bool is_decimal(char32_t c) {
  return category(c) == UTF8PROC_CATEGORY_ND;
}

bool is_digit(char32_t c) {
  return is_decimal(c) || c == 0xB2 || c == 0xB3 || c == 0xB9 || between(c, 0x1369, 0x1371) || c == 0x2070 ||
         between(c, 0x2074, 0x2079) || between(c, 0x2080, 0x2089) || between(c, 0x2460, 0x2468) ||
         between(c, 0x2474, 0x247C) || between(c, 0x2488, 0x2490);
}

bool is_numeric(char32_t c) {
  const utf8proc_category_t kind = category(c);
  return kind == UTF8PROC_CATEGORY_ND || kind == UTF8PROC_CATEGORY_NL || kind == UTF8PROC_CATEGORY_NO;
}

bool is_alnum(char32_t c) {
  return is_alpha(c) || is_numeric(c);
}

bool is_lower(char32_t c) {
  return category(c) == UTF8PROC_CATEGORY_LL || is_other_lower(c);
}

bool is_upper(char32_t c) {
  return category(c) == UTF8PROC_CATEGORY_LU || is_other_upper(c);
}

bool is_title(char32_t c) {
  return category(c) == UTF8PROC_CATEGORY_LT;
}

bool is_printable(char32_t c) {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    case UTF8PROC_CATEGORY_ZS:
      return c == U' ';
    default:
      return true;
  }
}

bool is_identifier_start(char32_t c) {
  return c == U'_' || is_alpha(c) || category(c) == UTF8PROC_CATEGORY_NL;
}

bool is_identifier_continue(char32_t c) {
  if (is_identifier_start(c)) return true;
  switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC:
      return true;
    default:
      return false;
  }
}

CaseMapping to_upper(char32_t c) {
  if (const SpecialCasing* special = special_casing(c)) return special->upper;
  return {static_cast<char32_t>(utf8proc_toupper(raw(c))), 0, 0};
}

CaseMapping to_title(char32_t c) {
  if (const SpecialCasing* special = special_casing(c)) return special->title;
  return {static_cast<char32_t>(utf8proc_totitle(raw(c))), 0, 0};
}

CaseMapping to_lower(char32_t c) {
  constexpr char32_t kCapitalIWithDot = 0x130;
  if (c == kCapitalIWithDot) return {U'i', 0x307, 0};
  return {static_cast<char32_t>(utf8proc_tolower(raw(c))), 0, 0};
}

}  // namespace peregrine::jinja
