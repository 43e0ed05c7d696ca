// One replacement field of a format string: how wide, how aligned, how many digits.
//
// Shared by the % operator and str.format, whose own syntaxes both end up as a FormatSpec.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "text/jinja/heap.h"
#include "text/jinja/text.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

struct FormatSpec {
  std::string fill = " ";  // one code point
  bool fill_trusted = true;
  char align = '\0';       // < > ^ = or none given
  char sign = '-';         // - + or space
  bool alternate = false;  // 0x and the like
  std::size_t width = 0;   // in code points
  char grouping = '\0';    // , or _
  std::optional<std::size_t> precision;
  char type = '\0';
};

// The mini-language of format(): [[fill]align][sign][#][0][width][,][.precision][type].
// Errors: kInvalidArgument for anything else, kResourceExhausted for a width or precision over the limits.
Result<FormatSpec> parse_format_spec(Heap& heap, const Text& spec);

// Reads digits of `text` from `at` on, as a width or a precision. Errors: kResourceExhausted.
Result<std::size_t> parse_count(std::string_view text, std::size_t& at, std::size_t limit);

// format(value, spec).
Status append_formatted(Heap& heap, TextBuilder& out, const Value& value, const FormatSpec& spec);

// The pieces of it that % needs on their own.
void append_aligned(TextBuilder& out, const Text& body, const FormatSpec& spec, char default_align);
Result<Text> truncated(Heap& heap, const Text& text, std::optional<std::size_t> precision);
void append_number(TextBuilder& out, std::string_view sign_and_prefix, std::string_view digits,
                   const FormatSpec& spec);
std::string integer_digits(std::int64_t value, char type);               // without its sign
std::string integer_prefix(std::int64_t value, const FormatSpec& spec);  // sign, and 0x where asked for
std::string float_digits(double value, const FormatSpec& spec);          // without its sign
std::string sign_of(bool negative, char sign);

inline constexpr std::size_t kMaxPrecision = 1000;

}  // namespace peregrine::jinja
