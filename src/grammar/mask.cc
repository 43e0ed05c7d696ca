// Masks. Per thread: the tokens its terminal takes whole come from a kept head, the rest continue at the trie
// nodes where the terminal ends, with what the stack says. Whole masks are kept for the states met last.
#include <algorithm>
#include <array>
#include <cstring>

#include "grammar/automaton.h"
#include "grammar/limits.h"

namespace peregrine::grammar {
namespace {

constexpr std::size_t kFewTokens = 2048;  // a head of so many tokens is a list, of more a mask

void set_bit(std::span<std::uint64_t> mask, TokenId id) {
  mask[id / 64] |= 1ULL << (id % 64);
}

}  // namespace

bool Automaton::has_child(std::uint32_t node, const ByteSet& bytes) const {
  const auto& nodes = vocabulary_->trie().nodes;
  for (std::uint32_t child = node + 1; child < nodes[node].subtree_end; child = nodes[child].subtree_end) {
    if (bytes.contains(nodes[child].byte)) return true;
  }
  return false;
}

// Follows the terminal `e` down a trie from below `from`. The sink hears of runs of sorted tokens that are
// taken, and of inner nodes at which the terminal may end.
template <class Sink>
void Automaton::walk(const Trie& trie, std::uint32_t from, Expr e, Sink& sink) {
  struct Level {
    std::uint32_t end;
    Expr state;
  };
  const std::vector<TrieNode>& nodes = trie.nodes;
  std::array<Level, kMaxTokenBytes + 1> levels;
  std::size_t depth = 0;
  levels[0] = {nodes[from].subtree_end, e};
  std::uint32_t at = from + 1;
  while (true) {
    while (at >= levels[depth].end) {
      if (depth == 0) return;
      --depth;
    }
    const TrieNode& node = nodes[at];
    const Expr next = pool_.step(levels[depth].state, node.byte);
    if (next == kNothing) {
      at = node.subtree_end;
      continue;
    }
    sink.take(node.tokens, nodes[at + 1].tokens);
    if (node.subtree_end == at + 1) {
      ++at;
      continue;
    }
    const Absorption absorbed = absorption_.of(next);
    if (node.chars_below < 255 && (node.below & ~absorbed.categories) == 0 &&
        node.chars_below <= absorbed.chars) {
      // All that is below is taken; ends of the terminal on the way add nothing.
      sink.take(nodes[at + 1].tokens, nodes[node.subtree_end].tokens);
      at = node.subtree_end;
      continue;
    }
    if (pool_.nullable(next)) sink.escape(at);
    if (pool_.live(next).empty()) {
      at = node.subtree_end;
    } else {
      levels[++depth] = {node.subtree_end, next};
      ++at;
    }
  }
}

const Automaton::Head& Automaton::head(Expr e) {
  const auto known = heads_.find(e);
  if (known != heads_.end()) return *known->second;
  if (head_bytes_ > kHeadCacheBytes) {
    heads_.clear();
    head_bytes_ = 0;
  }
  struct Sink {
    const Trie& trie;
    Head& head;
    void take(std::uint32_t first, std::uint32_t last) {
      for (std::uint32_t i = first; i < last; ++i) {
        if (head.mask.empty()) {
          head.tokens.push_back(trie.sorted[i]);
        } else {
          set_bit(head.mask, trie.sorted[i]);
        }
      }
    }
    void escape(std::uint32_t node) {
      head.escapes.push_back(trie.origin.empty() ? node : trie.origin[node]);
    }
  };
  auto made = std::make_unique<Head>();
  const Absorption absorbed = absorption_.of(e);
  std::shared_ptr<const Vocabulary::Slice> slice;
  if (absorbed.chars >= 2 && absorbed.categories != 0) {
    slice = vocabulary_->slice(absorbed.categories, absorbed.chars);
  }
  const Trie* trie = &vocabulary_->trie();
  if (slice != nullptr) {
    made->mask = slice->mask;
    trie = &slice->rest;
  }
  Sink sink{*trie, *made};
  walk(*trie, 0, e, sink);
  if (made->tokens.size() > kFewTokens) {
    made->mask.resize(vocabulary_->mask_words());
    for (const TokenId id : made->tokens) set_bit(made->mask, id);
    made->tokens = {};
  }
  head_bytes_ += made->mask.size() * 8 + (made->tokens.capacity() + made->escapes.capacity()) * 4;
  return *heads_.emplace(e, std::move(made)).first->second;
}

// The terminal that began below `start` ends at `node`; goes on below it with the stack.
void Automaton::escape(std::uint32_t start, std::uint32_t node, std::uint32_t cell,
                       std::span<std::uint64_t> out) {
  if (cells_[cell].kind != CellKind::kNameEnd) {
    follow(node, cell, out);
    return;
  }
  // What follows depends on the name, but its first byte does not: it is the colon.
  if (!has_child(node, ByteSet::range(':', ':'))) return;
  const auto& nodes = vocabulary_->trie().nodes;
  std::string name;
  for (std::uint32_t at = node; at != start; at = nodes[at].parent) name += static_cast<char>(nodes[at].byte);
  for (std::size_t i = name.size(); i-- > 0;) cell = extend_name(cell, static_cast<std::uint8_t>(name[i]));
  follow(node, cell, out);
}

void Automaton::follow(std::uint32_t node, std::uint32_t cell, std::span<std::uint64_t> out) {
  const Closure& next = closure(cell);
  if (exhausted() || !has_child(node, next.first)) return;
  if (!followed_.insert(static_cast<std::uint64_t>(node) << 32 | cell).second) return;
  struct Sink {
    std::span<const TokenId> sorted;
    std::span<std::uint64_t> out;
    std::vector<std::uint32_t> escapes;
    void take(std::uint32_t first, std::uint32_t last) {
      for (std::uint32_t i = first; i < last; ++i) set_bit(out, sorted[i]);
    }
    void escape(std::uint32_t at) { escapes.push_back(at); }
  };
  Sink sink{vocabulary_->trie().sorted, out, {}};
  for (const Thread& thread : next.threads) {
    sink.escapes.clear();
    walk(vocabulary_->trie(), node, thread.expr, sink);
    const std::vector<std::uint32_t> ends = sink.escapes;
    for (const std::uint32_t end : ends) escape(node, end, thread.cell, out);
  }
}

void Automaton::compute_mask(StateId state, std::span<std::uint64_t> out) {
  std::fill(out.begin(), out.end(), 0);
  followed_.clear();
  for (std::size_t i = 0; i < states_[state].threads.size() && !exhausted(); ++i) {
    const Thread thread = states_[state].threads[i];
    const Head& taken = head(thread.expr);
    for (std::size_t word = 0; word < taken.mask.size(); ++word) out[word] |= taken.mask[word];
    for (const TokenId id : taken.tokens) set_bit(out, id);
    for (const std::uint32_t node : taken.escapes) escape(0, node, thread.cell, out);
  }
  if (!states_[state].accepts) return;
  for (const TokenId id : vocabulary_->end_ids()) set_bit(out, id);
}

void Automaton::mask(StateId state, std::span<std::uint64_t> out) {
  ++clock_;
  const auto known =
      std::find_if(masks_.begin(), masks_.end(), [&](const CachedMask& m) { return m.state == state; });
  if (known != masks_.end()) {
    known->used = clock_;
    std::memcpy(out.data(), known->words.data(), out.size_bytes());
    return;
  }
  compute_mask(state, out);
  if (exhausted()) return;
  CachedMask* slot = nullptr;
  if (masks_.size() < kMaskCacheEntries) {
    slot = &masks_.emplace_back();
  } else {
    slot = &*std::ranges::min_element(masks_, {}, &CachedMask::used);
  }
  slot->state = state;
  slot->used = clock_;
  slot->words.assign(out.begin(), out.end());
}

}  // namespace peregrine::grammar
