// The syntax tree of a regular expression. Children come before their parents in Pattern::nodes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "grammar/regex/code_points.h"

namespace peregrine::grammar {

struct PatternNode {
  enum class Kind : std::uint8_t { kEmpty, kSet, kSequence, kAlternation, kRepeat, kBegin, kEnd };
  Kind kind = Kind::kEmpty;
  bool anchored = false;                // an anchor is somewhere inside
  std::uint32_t min = 0;                // kRepeat
  std::uint32_t max = 0;                // kRepeat
  CodePointSet set;                     // kSet
  std::vector<std::uint32_t> children;  // kSequence, kAlternation, kRepeat (one)
};

struct Pattern {
  std::vector<PatternNode> nodes;
  std::uint32_t root = 0;
};

// Errors as compile_pattern().
Result<Pattern> parse_pattern(std::string_view text);

}  // namespace peregrine::grammar
