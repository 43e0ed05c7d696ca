// Regular expressions over bytes, hash-consed, and their automaton by Brzozowski derivatives (1964; ACI
// normal forms after Owens, Reppy and Turon, "Regular-expression derivatives re-examined", 2009).
//
// An expression is an id; equal expressions have equal ids, so an expression is also a state: its transitions
// are its derivatives, made when they are first asked for. Bounded repeats stay counters, intersection and
// complement cost nothing to build. Transitions into empty languages are removed: from every state that
// step() returns, some text is accepted. Not thread-safe. After a limit is passed exhausted() is true and
// answers mean nothing.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "grammar/regex/byte_set.h"

namespace peregrine::grammar {

using Expr = std::uint32_t;
inline constexpr Expr kNothing = 0;   // the empty language
inline constexpr Expr kEpsilon = 1;   // the empty text
inline constexpr Expr kAnything = 2;  // every text
inline constexpr std::uint32_t kUnbounded = std::numeric_limits<std::uint32_t>::max();

enum class ExprKind : std::uint8_t {
  kVoid,      // no text
  kUnit,      // the empty text
  kBytes,     // one byte of a set
  kConcat,    // a then b; a is no concatenation
  kOr,        // members sorted
  kAnd,       // members sorted
  kNot,       // every text that a does not accept
  kRepeat,    // a, from b to c times
  kMultiple,  // decimal digits that continue a number of remainder b to a multiple of a
};

struct ExprNode {
  ExprKind kind = ExprKind::kVoid;
  bool nullable = false;
  bool plain = true;  // not the empty language for sure: no intersection or complement inside
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

class ExprPool {
 public:
  ExprPool();

  Expr bytes(const ByteSet& set);
  Expr byte(unsigned value);
  Expr literal(std::string_view text);
  Expr concat(Expr a, Expr b);
  Expr concat(std::initializer_list<Expr> parts);
  Expr either(const std::vector<Expr>& members);
  Expr both(const std::vector<Expr>& members);
  Expr complement(Expr a);
  Expr repeat(Expr a, std::uint32_t min, std::uint32_t max);
  Expr optional(Expr a) { return either({kEpsilon, a}); }
  Expr multiple(std::uint32_t modulus, std::uint32_t remainder = 0);
  // One of `texts`, as a prefix tree: a derivative costs the same however many they are.
  Expr one_of(std::span<const std::string> texts);
  // `tree` of one_of() with one more text. The cost is that of the text.
  Expr add_text(Expr tree, std::string_view text);

  // The state after `byte`; kNothing when no accepted text goes on like that.
  Expr step(Expr state, unsigned byte);
  Expr step(Expr state, std::string_view text);
  // Bytes that step() goes on with.
  const ByteSet& live(Expr state);
  bool nullable(Expr e) const { return nodes_[e].nullable; }
  // Whether some text is accepted.
  bool alive(Expr e);
  bool matches(Expr e, std::string_view text);
  // Whether only finitely many texts are accepted, when that is plain to see; false also means unknown.
  bool surely_finite(Expr e) const;
  // How many texts are accepted, counted up to `enough`; too few when they are too far apart to count.
  std::uint64_t count_texts(Expr e, std::uint64_t enough);

  const ExprNode& node(Expr e) const { return nodes_[e]; }
  std::span<const Expr> members(Expr e) const { return {lists_.data() + nodes_[e].a, nodes_[e].b}; }
  const ByteSet& set(Expr e) const { return sets_[nodes_[e].a]; }
  std::size_t size() const { return nodes_.size(); }
  bool exhausted() const { return exhausted_; }

 private:
  struct Row {
    std::uint32_t map = 0;      // into maps_
    std::uint32_t targets = 0;  // into targets_
    std::uint16_t count = 0;
    bool filtered = false;  // targets into empty languages removed
    ByteSet live;
  };
  enum class Life : std::uint8_t { kUnknown, kAlive, kDead };

  Expr intern(const ExprNode& node, std::span<const Expr> list = {});
  std::uint32_t intern_set(const ByteSet& set);
  void grow_table();
  void merge_repeats(std::vector<Expr>& members);
  Expr merged_bytes(std::vector<Expr>& members, bool unite);
  bool flatten(ExprKind kind, const std::vector<Expr>& members, std::vector<Expr>& out) const;
  void first_sets(Expr e, std::vector<ByteSet>& sets) const;
  Expr derivative(Expr e, unsigned byte);
  using ByteMap = std::array<std::uint8_t, 256>;
  bool composed_row(Expr e, ByteMap& map, std::vector<Expr>& targets);
  void derived_row(Expr e, ByteMap& map, std::vector<Expr>& targets);
  std::uint32_t raw_row(Expr e);
  Row& row(Expr e);
  bool search_alive(Expr e);

  std::vector<ExprNode> nodes_;
  std::vector<Expr> lists_;  // members of kOr and kAnd
  std::vector<ByteSet> sets_;
  std::map<ByteSet, std::uint32_t> set_ids_;
  std::vector<Expr> table_;  // open addressing; 0 is free
  std::vector<std::uint32_t> row_of_;
  std::vector<Life> life_;
  std::vector<Row> rows_;
  std::vector<Expr> targets_;
  std::vector<ByteMap> maps_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> map_ids_;
  std::size_t work_ = 0;
  bool exhausted_ = false;
};

}  // namespace peregrine::grammar
