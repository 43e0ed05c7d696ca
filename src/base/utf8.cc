#include "base/utf8.h"

#include <algorithm>

namespace peregrine::base {
namespace {

struct Lead {
  std::uint8_t length;      // whole sequence, 0 for a byte that cannot lead
  std::uint8_t second_min;  // allowed range of the second byte (RFC 3629, section 4)
  std::uint8_t second_max;
};

constexpr Lead classify(std::uint8_t byte) noexcept {
  if (byte < 0x80) return {1, 0, 0};
  if (byte < 0xC2) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte < 0xF0) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte < 0xF4) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// Number of leading bytes of `text` that could begin a valid sequence, and whether it is whole.
struct Scan {
  std::uint8_t good;
  bool whole;
};

Scan scan(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const Lead lead = classify(at(0));
  if (lead.length == 0) return {0, false};
  if (lead.length == 1) return {1, true};
  std::uint8_t good = 1;
  while (good < lead.length && good < text.size()) {
    const std::uint8_t low = good == 1 ? lead.second_min : 0x80;
    const std::uint8_t high = good == 1 ? lead.second_max : 0xBF;
    if (at(good) < low || at(good) > high) return {good, false};
    ++good;
  }
  return {good, good == lead.length};
}

}  // namespace

Utf8Decoded utf8_decode(std::string_view text) noexcept {
  if (text.empty()) return {0xFFFD, 0, false};
  const Scan found = scan(text);
  if (!found.whole) return {0xFFFD, 1, false};
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  switch (found.good) {
    case 1:
      return {at(0), 1, true};
    case 2:
      return {(at(0) & 0x1FU) << 6 | (at(1) & 0x3FU), 2, true};
    case 3:
      return {(at(0) & 0x0FU) << 12 | (at(1) & 0x3FU) << 6 | (at(2) & 0x3FU), 3, true};
    default:
      return {(at(0) & 0x07U) << 18 | (at(1) & 0x3FU) << 12 | (at(2) & 0x3FU) << 6 | (at(3) & 0x3FU), 4,
              true};
  }
}

void utf8_append(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  const auto push = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | c >> 6);
    push(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    push(0xE0 | c >> 12);
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  } else {
    push(0xF0 | c >> 18);
    push(0x80 | (c >> 12 & 0x3F));
    push(0x80 | (c >> 6 & 0x3F));
    push(0x80 | (c & 0x3F));
  }
}

bool utf8_valid(std::string_view text) noexcept {
  while (!text.empty()) {
    const Scan found = scan(text);
    if (!found.whole) return false;
    text.remove_prefix(found.good);
  }
  return true;
}

std::size_t utf8_complete_prefix(std::string_view text) noexcept {
  const std::size_t window = std::min<std::size_t>(3, text.size());
  for (std::size_t back = 1; back <= window; ++back) {
    const std::string_view tail = text.substr(text.size() - back);
    if ((static_cast<std::uint8_t>(tail[0]) & 0xC0) == 0x80) continue;
    const Scan found = scan(tail);
    return !found.whole && found.good == tail.size() ? text.size() - back : text.size();
  }
  return text.size();
}

std::string utf8_sanitize(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Scan found = scan(text);
    const std::size_t length = std::max<std::size_t>(found.good, 1);
    if (found.whole) {
      out.append(text.substr(0, length));
    } else {
      utf8_append(out, 0xFFFD);
    }
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace peregrine::base
