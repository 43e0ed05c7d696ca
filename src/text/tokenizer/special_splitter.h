// Finds the tokens that are matched verbatim, before anything else looks at the text: control and unknown
// tokens where they are allowed, user-defined tokens everywhere. Where several match, the leftmost wins, then
// the longest.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "text/tokenizer/prefix_index.h"
#include "text/tokenizer/vocabulary.h"

namespace peregrine::text {

// A part of a text to encode. Text that a program wrote (a chat template) may allow special tokens; text that
// came from a user must not.
struct Segment {
  std::string_view text;
  bool parse_special = false;
};

// A special token at text[begin, begin + size), or a stretch of plain text where `id` is kNoToken.
struct Fragment {
  std::size_t begin = 0;
  std::size_t size = 0;
  TokenId id = kNoToken;
};

class SpecialSplitter {
 public:
  // Views the vocabulary's pieces: stays valid while the vocabulary lives, wherever it is moved.
  explicit SpecialSplitter(const Vocabulary& vocabulary);

  // `text` is the segments' texts, one after the other. Control tokens are settled first, so that nothing a
  // user writes next to a template's control token can take a part of it away; user-defined tokens are then
  // found in what lies between, across borders of segments. The fragments cover `text` and no two plain ones
  // are adjacent.
  std::vector<Fragment> split(std::string_view text, std::span<const Segment> segments) const;

 private:
  // Appends the control and unknown tokens that text[begin, end) spells.
  void find_special(std::string_view text, std::size_t begin, std::size_t end,
                    std::vector<Fragment>& out) const;
  // Appends all of text[begin, end), cut at user-defined tokens.
  void split_plain(std::string_view text, std::size_t begin, std::size_t end,
                   std::vector<Fragment>& out) const;

  std::vector<bool> is_special_;  // by token
  PrefixIndex verbatim_;          // special and user-defined tokens
  PrefixIndex user_defined_;
};

}  // namespace peregrine::text
