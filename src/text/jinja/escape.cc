#include "text/jinja/escape.h"

#include <fmt/format.h>

#include <charconv>

#include "base/utf8.h"
#include "text/jinja/unicode.h"

namespace peregrine::jinja {
namespace {

constexpr char32_t kLastCodePoint = 0x10FFFF;

tl::unexpected<Error> bad_escape(std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message));
}

// The single-character escapes, or 0.
char simple_escape(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"':
      return c;
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return '\0';
  }
}

// Number of hexadecimal digits after \x, \u and \U, or 0.
std::size_t hex_digits(char c) {
  switch (c) {
    case 'x':
      return 2;
    case 'u':
      return 4;
    case 'U':
      return 8;
    default:
      return 0;
  }
}

// Appends what the escape after the backslash at `at` means and moves `at` past it.
Status append_escape(std::string_view literal, std::size_t& at, std::string& out) {
  const char kind = literal[at + 1];
  if (kind == '\n') {  // a line continued
    at += 2;
    return {};
  }
  if (const char simple = simple_escape(kind); simple != '\0') {
    out.push_back(simple);
    at += 2;
    return {};
  }
  if (const std::size_t digits = hex_digits(kind); digits != 0) {
    const std::string_view hex = literal.substr(at + 2, digits);
    std::uint32_t value = 0;
    const auto parsed = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
    if (hex.size() != digits || parsed.ptr != hex.data() + digits) {
      return bad_escape(fmt::format("truncated \\{} escape in a string", kind));
    }
    if (value > kLastCodePoint) return bad_escape("a string escape is beyond the last code point");
    base::utf8_append(out, value);
    at += 2 + digits;
    return {};
  }
  if (kind >= '0' && kind <= '7') {
    constexpr std::size_t kMaxOctalDigits = 3;
    std::size_t end = at + 1;
    char32_t value = 0;
    while (end < literal.size() && end < at + 1 + kMaxOctalDigits && literal[end] >= '0' &&
           literal[end] <= '7') {
      value = value * 8 + static_cast<char32_t>(literal[end++] - '0');
    }
    base::utf8_append(out, value);
    at = end;
    return {};
  }
  if (kind == 'N') return bad_escape("\\N escapes are not supported");
  out.push_back('\\');  // an unknown escape stands for itself
  ++at;
  return {};
}

}  // namespace

Result<std::string> unescape(std::string_view literal) {
  std::string out;
  out.reserve(literal.size());
  std::size_t at = 0;
  while (at < literal.size()) {
    if (literal[at] == '\\' && at + 1 < literal.size()) {
      PEREGRINE_TRY(append_escape(literal, at, out));
    } else {
      out.push_back(literal[at++]);
    }
  }
  return out;
}

void append_quoted(TextBuilder& out, const Text& text) {
  const bool has_single = text.view().find('\'') != std::string_view::npos;
  const bool has_double = text.view().find('"') != std::string_view::npos;
  const char32_t quote = has_single && !has_double ? U'"' : U'\'';
  out.append(quote, true);
  for (CodePoints points(text); points.next();) {
    const char32_t c = points.value();
    const bool trusted = points.trusted();
    if (c == quote || c == U'\\') {
      out.append("\\", trusted);
      out.append(points.bytes(), trusted);
    } else if (c == U'\n') {
      out.append("\\n", trusted);
    } else if (c == U'\r') {
      out.append("\\r", trusted);
    } else if (c == U'\t') {
      out.append("\\t", trusted);
    } else if (is_printable(c)) {
      out.append(points.bytes(), trusted);
    } else if (c <= 0xFF) {
      out.append(fmt::format("\\x{:02x}", static_cast<std::uint32_t>(c)), trusted);
    } else if (c <= 0xFFFF) {
      out.append(fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c)), trusted);
    } else {
      out.append(fmt::format("\\U{:08x}", static_cast<std::uint32_t>(c)), trusted);
    }
  }
  out.append(quote, true);
}

}  // namespace peregrine::jinja
