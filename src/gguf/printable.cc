#include "gguf/printable.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace peregrine::gguf {
namespace {

constexpr std::size_t kMaxNameChars = 160;
constexpr std::string_view kEllipsis = "\u2026";

bool acts_on_a_terminal(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) ||  // C0, DEL, C1
         c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);  // tags: invisible copies of ASCII
}

// The escape of `c`, or nothing when it may stand as it is.
std::string escape(char32_t c, PrintStyle style) {
  if (c == '\n') return style == PrintStyle::kBlock ? "" : "\\n";
  if (c == '\t') return style == PrintStyle::kBlock ? "" : "\\t";
  if (c == '\r') return "\\r";
  if (style == PrintStyle::kQuoted && (c == '"' || c == '\\')) return {'\\', static_cast<char>(c)};
  if (!acts_on_a_terminal(c)) return {};
  const auto number = static_cast<std::uint32_t>(c);
  return c < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{{{:x}}}", number);
}

}  // namespace

std::string printable(std::string_view text, PrintStyle style, std::size_t max_chars) {
  const std::string_view quote = style == PrintStyle::kQuoted ? "\"" : "";
  const std::size_t closing = quote.size() + 1;  // room for the ellipsis and the closing quote
  if (max_chars < quote.size() + closing) return std::string(max_chars > 0 ? kEllipsis : "");
  std::string out(quote);
  std::size_t chars = quote.size();
  std::size_t cut_at = out.size();  // where the ellipsis would still fit
  while (!text.empty()) {
    const base::Utf8Decoded decoded = base::utf8_decode(text);
    std::string unit = decoded.valid ? escape(decoded.code_point, style)
                                     : fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    std::size_t width = unit.size();  // escapes are ASCII
    if (unit.empty()) {
      unit = text.substr(0, decoded.length);
      width = 1;
    }
    if (chars + closing <= max_chars) cut_at = out.size();
    if (chars + width + quote.size() > max_chars) {
      out.resize(cut_at);
      out += kEllipsis;
      break;
    }
    out += unit;
    chars += width;
    text.remove_prefix(decoded.length);
  }
  out += quote;
  return out;
}

std::size_t columns(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string printable_name(std::string_view name) {
  return printable(name, PrintStyle::kLine, kMaxNameChars);
}

}  // namespace peregrine::gguf
