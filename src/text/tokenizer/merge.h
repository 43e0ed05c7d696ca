// The greedy merging that byte-level BPE and SentencePiece share: among all adjacent pairs that may merge,
// the one of lowest cost goes first, the leftmost of equals; until none is left.
//
// Symbols form a linked list over one array and pairs wait in a heap, so n symbols take O(n log n) steps:
// every merge removes a symbol and adds at most two pairs. A pair whose symbols have changed since is
// recognised by its size and skipped.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "text/tokenizer/spec.h"

namespace peregrine::text {

struct Symbol {
  std::uint32_t begin = 0;  // bytes of the text being merged
  std::uint32_t size = 0;   // 0: merged into a symbol further left
  TokenId id = kNoToken;    // kNoToken: a character that is no token
};

// What two neighbours become; `id` is kNoToken where they may not merge.
struct Merge {
  float cost = 0;
  TokenId id = kNoToken;
};

// Working memory, kept from one word to the next.
class Merger {
 public:
  void clear() { nodes_.clear(); }
  void push(Symbol symbol) { nodes_.push_back({symbol, kNone, kNone}); }

  // `find_merge(const Symbol& left, const Symbol& right) -> Merge` is asked about neighbours.
  template <class FindMerge>
  void run(const FindMerge& find_merge) {
    link();
    pairs_.clear();
    for (std::uint32_t left = 0; left + 1 < nodes_.size(); ++left) find_pair(find_merge, left, left + 1);
    std::ranges::make_heap(pairs_, later);
    while (!pairs_.empty()) {
      std::ranges::pop_heap(pairs_, later);
      const Pair pair = pairs_.back();
      pairs_.pop_back();
      Node& left = nodes_[pair.left];
      Node& right = nodes_[pair.right];
      if (left.symbol.size == 0 || right.symbol.size == 0 ||
          left.symbol.size + right.symbol.size != pair.size) {
        continue;
      }
      left.symbol.size = pair.size;
      left.symbol.id = pair.id;
      left.next = right.next;
      right.symbol.size = 0;
      if (left.next != kNone) nodes_[left.next].previous = pair.left;
      if (left.previous != kNone) add_pair(find_merge, left.previous, pair.left);
      if (left.next != kNone) add_pair(find_merge, pair.left, left.next);
    }
  }

  // Calls `visit(const Symbol&)` for what is left, in order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Node& node : nodes_) {
      if (node.symbol.size != 0) visit(node.symbol);
    }
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Node {
    Symbol symbol;
    std::uint32_t previous, next;
  };
  struct Pair {
    float cost;
    std::uint32_t left, right;
    std::uint32_t size;  // of both together when it was found
    TokenId id;
  };

  static bool later(const Pair& a, const Pair& b) {
    return a.cost != b.cost ? a.cost > b.cost : a.left > b.left;
  }

  void link() {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      nodes_[i].previous = i == 0 ? kNone : i - 1;
      nodes_[i].next = i + 1 == nodes_.size() ? kNone : i + 1;
    }
  }

  // Appends the pair, if it may merge.
  template <class FindMerge>
  bool find_pair(const FindMerge& find_merge, std::uint32_t left, std::uint32_t right) {
    const Symbol& a = nodes_[left].symbol;
    const Symbol& b = nodes_[right].symbol;
    const Merge merge = find_merge(a, b);
    if (merge.id != kNoToken) pairs_.push_back({merge.cost, left, right, a.size + b.size, merge.id});
    return merge.id != kNoToken;
  }

  template <class FindMerge>
  void add_pair(const FindMerge& find_merge, std::uint32_t left, std::uint32_t right) {
    if (find_pair(find_merge, left, right)) std::ranges::push_heap(pairs_, later);
  }

  std::vector<Node> nodes_;
  std::vector<Pair> pairs_;  // a heap, the next merge on top
};

}  // namespace peregrine::text
