#include "grammar/regex/code_points.h"

#include <algorithm>
#include <array>

namespace peregrine::grammar {
namespace {

struct ByteRange {
  std::uint8_t first = 0;
  std::uint8_t last = 0;
};

unsigned utf8_length(std::uint32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

std::array<std::uint8_t, 4> utf8_bytes(std::uint32_t c, unsigned length) {
  static constexpr std::array<std::uint8_t, 5> kLead = {0, 0, 0xC0, 0xE0, 0xF0};
  std::array<std::uint8_t, 4> bytes{};
  for (unsigned i = length; i-- > 1;) {
    bytes[i] = static_cast<std::uint8_t>(0x80 | (c & 0x3F));
    c >>= 6;
  }
  bytes[0] = static_cast<std::uint8_t>(kLead[length] | c);
  return bytes;
}

// Code points of one UTF-8 length, split until the bytes of a part vary independently.
void add_utf8(ExprPool& pool, std::uint32_t first, std::uint32_t last, std::vector<Expr>& out) {
  const unsigned length = utf8_length(first);
  for (unsigned i = 1; i < length; ++i) {
    const std::uint32_t low = (1U << (6 * i)) - 1;
    if ((first & ~low) == (last & ~low)) continue;
    if ((first & low) != 0) {
      add_utf8(pool, first, first | low, out);
      add_utf8(pool, (first | low) + 1, last, out);
      return;
    }
    if ((last & low) != low) {
      add_utf8(pool, first, (last & ~low) - 1, out);
      add_utf8(pool, last & ~low, last, out);
      return;
    }
  }
  const auto from = utf8_bytes(first, length);
  const auto to = utf8_bytes(last, length);
  Expr e = kEpsilon;
  for (unsigned i = length; i-- > 0;) e = pool.concat(pool.bytes(ByteSet::range(from[i], to[i])), e);
  out.push_back(e);
}

bool must_escape(std::uint32_t c) {
  return c < 0x20 || c == '"' || c == '\\';
}

std::string escape_of(std::uint32_t c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default: {
      static constexpr std::string_view kHex = "0123456789abcdef";
      return std::string("\\u00") + kHex[c >> 4 & 15] + kHex[c & 15];
    }
  }
}

CodePointSet every_code_point() {
  CodePointSet set;
  set.add(0, kMaxCodePoint);
  set.normalize();
  return set;
}

}  // namespace

void CodePointSet::normalize() {
  std::sort(ranges_.begin(), ranges_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<CodePointRange> joined;
  for (const CodePointRange& range : ranges_) {
    if (!joined.empty() && range.first <= joined.back().last + 1) {
      joined.back().last = std::max(joined.back().last, range.last);
    } else {
      joined.push_back(range);
    }
  }
  ranges_.clear();
  for (const CodePointRange& range : joined) {
    if (range.first < 0xD800) ranges_.push_back({range.first, std::min(range.last, 0xD7FFU)});
    if (range.last > 0xDFFF) ranges_.push_back({std::max(range.first, 0xE000U), range.last});
  }
}

void CodePointSet::complement() {
  std::vector<CodePointRange> gaps;
  std::uint32_t next = 0;
  for (const CodePointRange& range : ranges_) {
    if (range.first > next) gaps.push_back({next, range.first - 1});
    next = range.last + 1;
  }
  if (next <= kMaxCodePoint) gaps.push_back({next, kMaxCodePoint});
  ranges_ = std::move(gaps);
  normalize();
}

Expr one_of_set(ExprPool& pool, const CodePointSet& set, TextForm form) {
  ByteSet ascii;
  std::vector<std::string> escapes;
  std::vector<Expr> parts;
  static constexpr std::array<std::uint32_t, 5> kBorders = {0, 0x80, 0x800, 0x10000, kMaxCodePoint + 1};
  for (const CodePointRange& range : set.ranges()) {
    for (std::uint32_t c = range.first; c <= std::min(range.last, 0x7FU); ++c) {
      if (form == TextForm::kJsonString && must_escape(c)) {
        escapes.push_back(escape_of(c));
      } else {
        ascii.add(c);
      }
    }
    for (std::size_t i = 1; i + 1 < kBorders.size(); ++i) {
      const std::uint32_t first = std::max(range.first, kBorders[i]);
      const std::uint32_t last = std::min(range.last, kBorders[i + 1] - 1);
      if (first <= last) add_utf8(pool, first, last, parts);
    }
  }
  parts.push_back(pool.bytes(ascii));
  parts.push_back(pool.one_of(escapes));
  return pool.either(parts);
}

std::string json_escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (must_escape(byte)) {
      out += escape_of(byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::string json_quote(std::string_view text) {
  return '"' + json_escape(text) + '"';
}

Expr canonical_character(ExprPool& pool) {
  return one_of_set(pool, every_code_point(), TextForm::kJsonString);
}

Expr json_character(ExprPool& pool) {
  ByteSet hex = ByteSet::range('0', '9') | ByteSet::range('a', 'f') | ByteSet::range('A', 'F');
  const auto digit = [&](std::string_view digits) {
    ByteSet set;
    for (const char c : digits) set.add(static_cast<unsigned char>(c));
    return pool.bytes(set);
  };
  const Expr any = pool.bytes(hex);
  // \uD800 to \uDBFF only before \uDC00 to \uDFFF.
  const Expr no_surrogate = pool.either({pool.concat({digit("0123456789abcefABCEF"), any, any, any}),
                                         pool.concat({digit("dD"), digit("01234567"), any, any})});
  const Expr high = pool.concat({digit("dD"), digit("89abAB"), any, any});
  const Expr low = pool.concat({digit("dD"), digit("cdefCDEF"), any, any});
  const Expr unicode =
      pool.concat(pool.byte('u'), pool.either({no_surrogate, pool.concat({high, pool.literal("\\u"), low})}));
  const Expr escape = pool.concat(pool.byte('\\'), pool.either({digit("\"\\/bfnrt"), unicode}));
  CodePointSet plain;
  plain.add(0x20, '"' - 1);
  plain.add('"' + 1, '\\' - 1);
  plain.add('\\' + 1, kMaxCodePoint);
  plain.normalize();
  return pool.either({one_of_set(pool, plain, TextForm::kUtf8), escape});
}

}  // namespace peregrine::grammar
