#include <fmt/format.h>

#include <array>
#include <ctime>

#include "text/jinja/format.h"

namespace peregrine::jinja {
namespace {

// What the C library may be asked for; anything else stands for itself.
constexpr std::string_view kDirectives = "aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyY";
constexpr std::string_view kFlags = "-_0^#";  // the C library's, e.g. %-d for a day without its zero

std::string expand(std::string_view directive, const std::tm& time) {
  std::array<char, 128> buffer;
  const std::string format(directive);
  const std::size_t length = std::strftime(buffer.data(), buffer.size(), format.c_str(), &time);
  return {buffer.data(), length};
}

}  // namespace

Result<Text> format_time(Heap& heap, const Text& format, const std::tm& time) {
  TextBuilder out(heap);
  const std::string_view text = format.view();
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t sign = std::min(text.find('%', at), text.size());
    out.append(format, at, sign);
    if (sign == text.size()) break;
    std::size_t kind = sign + 1;
    if (kind < text.size() && kFlags.find(text[kind]) != std::string_view::npos) ++kind;
    const char letter = kind < text.size() ? text[kind] : '\0';
    if (letter == '%' && kind == sign + 1) {
      out.append(format, kind, kind + 1);
    } else if (letter == 'f' && kind == sign + 1) {
      out.append("000000", true);  // a std::tm has no fraction of a second
    } else if ((letter == 'z' || letter == 'Z') && kind == sign + 1) {
      // No zone, no text.
    } else if (letter != '\0' && kDirectives.find(letter) != std::string_view::npos) {
      out.append(expand(text.substr(sign, kind - sign + 1), time), true);
    } else {
      kind = sign;
      out.append(format, sign, sign + 1);
    }
    at = kind + 1;
  }
  return out.finish();
}

}  // namespace peregrine::jinja
