#include "service/chat/formats/json_unescape.h"

#include <string_view>

#include "base/utf8.h"

namespace peregrine::service {

void JsonUnescape::push(char c, std::string& out) {
  if (hex_due_ > 0) {
    const std::uint32_t digit = c <= '9'   ? static_cast<std::uint32_t>(c - '0')
                                : c <= 'F' ? static_cast<std::uint32_t>(c - 'A' + 10)
                                           : static_cast<std::uint32_t>(c - 'a' + 10);
    unit_ = unit_ << 4 | (digit & 15);
    if (--hex_due_ == 0) code_unit(out);
  } else if (escaped_) {
    escaped_ = false;
    if (c == 'u') {
      hex_due_ = 4;
      unit_ = 0;
      return;
    }
    finish(out);
    static constexpr std::string_view kNames = "bfnrt";
    const std::size_t at = kNames.find(c);
    out += at == std::string_view::npos ? c : "\b\f\n\r\t"[at];
  } else if (c == '\\') {
    escaped_ = true;
  } else {
    finish(out);
    out += c;
  }
}

void JsonUnescape::finish(std::string& out) {
  if (high_ != 0) base::utf8_append(out, 0xFFFD);
  high_ = 0;
}

void JsonUnescape::code_unit(std::string& out) {
  if (high_ != 0 && unit_ >= 0xDC00 && unit_ <= 0xDFFF) {
    base::utf8_append(out, 0x10000 + ((high_ - 0xD800) << 10) + (unit_ - 0xDC00));
    high_ = 0;
    return;
  }
  finish(out);
  if (unit_ >= 0xD800 && unit_ <= 0xDBFF) {
    high_ = unit_;
  } else {
    base::utf8_append(out, unit_);
  }
}

}  // namespace peregrine::service
