// Sets of Unicode code points, and the bytes they are written as: UTF-8, or UTF-8 inside a JSON string.
//
// In a JSON string every code point has one canonical form: itself, or the short escape (\" \\ \b \f \n \r
// \t), or \u00xx in lower case for the other control characters. Property names, constants and what a pattern
// accepts are written canonically, so equal strings are equal bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/regex/expr_pool.h"

namespace peregrine::grammar {

inline constexpr std::uint32_t kMaxCodePoint = 0x10FFFF;

struct CodePointRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  friend bool operator==(const CodePointRange&, const CodePointRange&) = default;
};

// Sorted, disjoint ranges.
class CodePointSet {
 public:
  void add(std::uint32_t first, std::uint32_t last) { ranges_.push_back({first, last}); }
  void add(const CodePointSet& other) {
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
  }
  // Sorts and joins what was added; surrogates are no code points of a text and are left out.
  void normalize();
  void complement();  // of a normalized set
  const std::vector<CodePointRange>& ranges() const { return ranges_; }

 private:
  std::vector<CodePointRange> ranges_;
};

enum class TextForm { kUtf8, kJsonString };

// One code point of `set` (normalized).
Expr one_of_set(ExprPool& pool, const CodePointSet& set, TextForm form);

// `text` (UTF-8) as the inside of a JSON string, canonical.
std::string json_escape(std::string_view text);
// The same in quotes.
std::string json_quote(std::string_view text);

// One character inside a JSON string as RFC 8259 allows it: anything but quotes, backslashes and control
// characters as it is, every escape, surrogates only in pairs.
Expr json_character(ExprPool& pool);
// One character in its canonical form.
Expr canonical_character(ExprPool& pool);

}  // namespace peregrine::grammar
