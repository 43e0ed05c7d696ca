#include "text/jinja/format_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/utf8.h"
#include "text/jinja/format.h"
#include "text/jinja/number.h"

namespace peregrine::jinja {
namespace {

bool is_align(std::string_view c) {
  return c == "<" || c == ">" || c == "^" || c == "=";
}

tl::unexpected<Error> bad_spec(char type, const Value& value) {
  return type_error(
      fmt::format("format code '{}' does not fit a value of type '{}'", type, type_name(value)));
}

std::string grouped(std::string_view digits, char separator, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % size == 0) out.push_back(separator);
    out.push_back(digits[i]);
  }
  return out;
}

// Digits of a number with its integer part grouped as the spec says.
std::string with_grouping(const std::string& digits, const FormatSpec& spec) {
  if (spec.grouping == '\0') return digits;
  const bool positional = spec.type == 'x' || spec.type == 'X' || spec.type == 'o' || spec.type == 'b';
  const std::size_t end =
      positional ? digits.size() : std::min(digits.find_first_not_of("0123456789"), digits.size());
  return grouped(std::string_view(digits).substr(0, end), spec.grouping, positional ? 4 : 3) +
         digits.substr(end);
}

void strip_trailing_zeros(std::string& digits) {
  if (digits.find('.') == std::string::npos) return;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
}

// A float with a precision and no type: like 'g', but never without a digit after the point.
std::string general_digits(double value, std::size_t precision) {
  constexpr int kScientificBelow = -4;
  precision = std::max<std::size_t>(precision, 1);
  std::string scientific = fmt::format("{:.{}e}", value, precision - 1);
  const std::size_t e = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + e + 1);
  if (exponent < kScientificBelow || exponent + 1 > static_cast<int>(precision) - 1) {
    std::string mantissa = scientific.substr(0, e);
    strip_trailing_zeros(mantissa);
    return mantissa + scientific.substr(e);
  }
  std::string fixed = fmt::format("{:.{}f}", value, static_cast<int>(precision) - 1 - exponent);
  strip_trailing_zeros(fixed);
  return fixed.find('.') == std::string::npos ? fixed + ".0" : fixed;
}

Status append_formatted_number(TextBuilder& out, const Value& value, const FormatSpec& spec) {
  constexpr std::string_view kIntegerTypes = "dbxXon";
  constexpr std::string_view kFloatTypes = "eEfFgGn%";
  const std::optional<std::int64_t> integer = value.as_int();
  if (integer && spec.type == 'c') {
    if (*integer < 0 || *integer > 0x10FFFF) return type_error("a character code is out of range");
    std::string character;
    base::utf8_append(character, static_cast<char32_t>(*integer));
    append_aligned(out, Text::literal(std::move(character)), spec, '<');
    return {};
  }
  if (integer && (spec.type == '\0' || kIntegerTypes.find(spec.type) != std::string_view::npos)) {
    if (spec.precision) return type_error("a precision does not fit an integer format");
    append_number(out, integer_prefix(*integer, spec),
                  with_grouping(integer_digits(*integer, spec.type), spec), spec);
    return {};
  }
  if (spec.type != '\0' && kFloatTypes.find(spec.type) == std::string_view::npos)
    return bad_spec(spec.type, value);
  const double real = as_double(value);
  append_number(out, sign_of(std::signbit(real), spec.sign),
                with_grouping(float_digits(std::fabs(real), spec), spec), spec);
  return {};
}

}  // namespace

std::string sign_of(bool negative, char sign) {
  if (negative) return "-";
  return sign == '-' ? "" : std::string(1, sign);
}

std::string integer_digits(std::int64_t value, char type) {
  const std::uint64_t magnitude =
      value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  switch (type) {
    case 'x':
      return fmt::format("{:x}", magnitude);
    case 'X':
      return fmt::format("{:X}", magnitude);
    case 'o':
      return fmt::format("{:o}", magnitude);
    case 'b':
      return fmt::format("{:b}", magnitude);
    default:
      return fmt::format("{}", magnitude);
  }
}

std::string integer_prefix(std::int64_t value, const FormatSpec& spec) {
  std::string prefix = sign_of(value < 0, spec.sign);
  const bool positional = spec.type == 'x' || spec.type == 'X' || spec.type == 'o' || spec.type == 'b';
  if (spec.alternate && positional) prefix.append("0").push_back(spec.type);
  return prefix;
}

std::string float_digits(double value, const FormatSpec& spec) {
  constexpr std::size_t kDefaultPrecision = 6;
  const std::size_t precision = spec.precision.value_or(kDefaultPrecision);
  if (!std::isfinite(value)) {
    const bool upper = spec.type == 'E' || spec.type == 'F' || spec.type == 'G';
    std::string name = std::isnan(value) ? (upper ? "NAN" : "nan") : (upper ? "INF" : "inf");
    return spec.type == '%' ? name + "%" : name;
  }
  switch (spec.type) {
    case 'f':
    case 'F':
      return fmt::format("{:.{}f}", value, precision);
    case 'e':
      return fmt::format("{:.{}e}", value, precision);
    case 'E':
      return fmt::format("{:.{}E}", value, precision);
    case 'g':
    case 'n':
      return fmt::format("{:.{}g}", value, std::max<std::size_t>(precision, 1));
    case 'G':
      return fmt::format("{:.{}G}", value, std::max<std::size_t>(precision, 1));
    case '%':
      return fmt::format("{:.{}f}%", value * 100.0, precision);
    default:
      return spec.precision ? general_digits(value, *spec.precision) : format_float(value);
  }
}

Result<std::size_t> parse_count(std::string_view text, std::size_t& at, std::size_t limit) {
  std::size_t count = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    count = count * 10 + static_cast<std::size_t>(text[at] - '0');
    if (count > limit)
      return fail(ErrorCode::kResourceExhausted, fmt::format("a width or precision is over {}", limit));
  }
  return count;
}

Result<FormatSpec> parse_format_spec(Heap& heap, const Text& spec) {
  FormatSpec out;
  const std::string_view text = spec.view();
  std::size_t at = 0;
  const auto accept = [&](std::string_view choices) {
    if (at < text.size() && choices.find(text[at]) != std::string_view::npos) return text[at++];
    return '\0';
  };
  const std::size_t fill_end = spec.empty() ? 0 : spec.offset_of(1);
  if (is_align(text.substr(fill_end, 1))) {
    out.fill = text.substr(0, fill_end);
    at = fill_end;
  }
  out.fill_trusted = spec.trusted();
  out.align = accept("<>^=");
  if (const char sign = accept("+- "); sign != '\0') out.sign = sign;
  out.alternate = accept("#") != '\0';
  if (accept("0") != '\0' && out.align == '\0') {
    out.fill = "0";
    out.align = '=';
  }
  PEREGRINE_ASSIGN(out.width, parse_count(text, at, heap.limits().max_string_bytes));
  out.grouping = accept(",_");
  if (accept(".") != '\0') {
    if (at >= text.size() || text[at] < '0' || text[at] > '9')
      return type_error("a format specifier misses its precision");
    PEREGRINE_ASSIGN(out.precision, parse_count(text, at, kMaxPrecision));
  }
  out.type = accept("sdboxXceEfFgGn%");
  if (at != text.size()) return type_error("invalid format specifier");
  return out;
}

Result<Text> truncated(Heap& heap, const Text& text, std::optional<std::size_t> precision) {
  if (!precision || *precision >= text.length()) return text;
  return substring(heap, text, 0, text.offset_of(*precision));
}

void append_aligned(TextBuilder& out, const Text& body, const FormatSpec& spec, char default_align) {
  const std::size_t padding = spec.width - std::min(spec.width, body.length());
  const char align = spec.align == '\0' ? default_align : spec.align;
  const std::size_t left = align == '<' ? 0 : (align == '^' ? padding / 2 : padding);
  out.append_repeated(spec.fill, left, spec.fill_trusted);
  out.append(body);
  out.append_repeated(spec.fill, padding - left, spec.fill_trusted);
}

void append_number(TextBuilder& out, std::string_view sign_and_prefix, std::string_view digits,
                   const FormatSpec& spec) {
  const std::size_t length = sign_and_prefix.size() + digits.size();
  if (spec.align == '=') {
    out.append(sign_and_prefix, true);
    out.append_repeated(spec.fill, spec.width - std::min(spec.width, length), spec.fill_trusted);
    out.append(digits, true);
    return;
  }
  append_aligned(out, Text::literal(fmt::format("{}{}", sign_and_prefix, digits)), spec, '>');
}

Status append_formatted(Heap& heap, TextBuilder& out, const Value& value, const FormatSpec& spec) {
  if (value.boolean() && spec.type == '\0' && spec.width == 0) return append_str(heap, out, value);
  if (value.is_number()) {
    if (spec.type == 's') return bad_spec(spec.type, value);
    return append_formatted_number(out, value, spec);
  }
  if (!value.text() && (spec.width != 0 || spec.precision || spec.type != '\0')) {
    return type_error(fmt::format("a value of type '{}' takes no format specifier", type_name(value)));
  }
  if (spec.type != '\0' && spec.type != 's') return bad_spec(spec.type, value);
  if (spec.align == '=') return type_error("'=' alignment does not fit a string");
  PEREGRINE_ASSIGN(Text text, to_text(heap, value));
  PEREGRINE_ASSIGN(text, truncated(heap, text, spec.precision));
  append_aligned(out, text, spec, '<');
  return {};
}

}  // namespace peregrine::jinja
