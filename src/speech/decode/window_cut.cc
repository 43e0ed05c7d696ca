#include "speech/decode/window_cut.h"

#include <algorithm>

namespace peregrine::speech {
namespace {

bool says_something(const Vocabulary& vocabulary, std::span<const TokenId> tokens) {
  return std::ranges::any_of(tokens, [&](TokenId token) {
    const std::string_view bytes = vocabulary.bytes(token);
    return bytes.find_first_not_of(" \t\r\n") != std::string_view::npos;
  });
}

class Cutter {
 public:
  Cutter(const Vocabulary& vocabulary, std::span<const TokenId> tokens, std::uint32_t positions)
      : vocabulary_(vocabulary), tokens_(tokens), positions_(positions) {}

  // Where the segments that end with a pair end: the index of the pair's second timestamp.
  std::vector<std::size_t> pairs() const {
    std::vector<std::size_t> found;
    for (std::size_t i = 1; i < tokens_.size(); ++i) {
      if (is_timestamp(i - 1) && is_timestamp(i)) found.push_back(i);
    }
    return found;
  }

  bool ends_with_lone_timestamp() const {
    const std::size_t n = tokens_.size();
    return n >= 2 && is_timestamp(n - 1) && !is_timestamp(n - 2);
  }

  std::uint32_t position(std::size_t i) const {
    return std::min(vocabulary_.position(tokens_[i]), positions_);
  }

  // A segment of tokens first ... end - 1; a border without a timestamp is the window's.
  void add(std::size_t first, std::size_t end, std::vector<Piece>& pieces) const {
    if (first >= end || !says_something(vocabulary_, tokens_.subspan(first, end - first))) return;
    const std::uint32_t start = is_timestamp(first) ? position(first) : 0;
    const std::uint32_t stop = is_timestamp(end - 1) ? position(end - 1) : positions_;
    if (start < stop) pieces.push_back({start, stop, first, end - first});
  }

 private:
  bool is_timestamp(std::size_t i) const { return vocabulary_.is_timestamp(tokens_[i]); }

  const Vocabulary& vocabulary_;
  const std::span<const TokenId> tokens_;
  const std::uint32_t positions_;
};

}  // namespace

WindowCut cut_window(const Vocabulary& vocabulary, std::span<const TokenId> tokens, std::uint32_t positions,
                     bool to_the_end) {
  const Cutter cutter(vocabulary, tokens, positions);
  const std::vector<std::size_t> pairs = cutter.pairs();
  WindowCut cut;
  std::size_t first = 0;
  for (const std::size_t second : pairs) {
    cutter.add(first, second, cut.pieces);
    first = second;
  }
  const std::uint32_t advance = pairs.empty() ? positions : cutter.position(pairs.back());
  if (to_the_end || pairs.empty() || cutter.ends_with_lone_timestamp() || advance < kMinAdvance) {
    cutter.add(first, tokens.size(), cut.pieces);
    cut.advance = positions;
  } else {
    cut.advance = advance;
  }
  return cut;
}

}  // namespace peregrine::speech
