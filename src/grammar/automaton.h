// The lazily determinised pushdown automaton of a program, and its masks over one vocabulary.
//
// A state is a set of threads; a thread is a state of a terminal and the stack to go on with when the
// terminal accepts. Stacks are linked cells, hash-consed, so equal continuations are one id, threads merge,
// and counters and used property names are part of the cell. States, cells and masks are kept for all
// matchers that share the automaton; nothing is ever taken out, so ids stay valid. Not thread-safe: hold
// lock() around every call. After exhausted() is true answers mean nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "grammar/absorption.h"
#include "grammar/program.h"
#include "grammar/regex/expr_pool.h"
#include "grammar/vocabulary.h"

namespace peregrine::grammar {

using StateId = std::uint32_t;
inline constexpr StateId kDeadState = 0;

class Automaton {
 public:
  // `program` outlives the automaton; its expressions are copied, for they grow.
  Automaton(const Program& program, std::shared_ptr<const Vocabulary> vocabulary);
  Automaton(const Automaton&) = delete;
  Automaton& operator=(const Automaton&) = delete;
  ~Automaton() = default;

  std::unique_lock<std::mutex> lock() { return std::unique_lock(mutex_); }
  const std::shared_ptr<const Vocabulary>& vocabulary() const { return vocabulary_; }

  StateId start();
  StateId step(StateId state, std::uint8_t byte);
  bool accepts(StateId state) const { return states_[state].accepts; }
  ByteSet live(StateId state);
  // Tokens that may follow, end tokens included; `out` has vocabulary()->mask_words() words.
  void mask(StateId state, std::span<std::uint64_t> out);

  bool exhausted() const { return exhausted_ || pool_.exhausted(); }
  // Whether new matchers should rather start on a fresh automaton.
  bool overgrown() const;

 private:
  enum class CellKind : std::uint8_t {
    kNode,      // node a
    kSequence,  // the children of node a from position b
    kRepeat,    // the body of node a, from b to c more times
    kMembers,   // rest of object a: listed properties from b, c properties so far, used names d
    kFreeName,  // name of the free property b of object a; c and d as above
    kNameEnd,   // the same while the name is read: e is what was read of it
  };
  struct Cell {
    CellKind kind = CellKind::kNode;
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    std::uint32_t c = 0;
    Expr d = kNothing;
    std::uint32_t e = 0;
    std::uint32_t next = 0;
    std::uint32_t depth = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  struct CellHash {
    std::size_t operator()(const Cell& cell) const;
  };
  struct Thread {
    Expr expr = kNothing;
    std::uint32_t cell = 0;
    friend auto operator<=>(const Thread&, const Thread&) = default;
  };
  struct ThreadsHash {
    std::size_t operator()(const std::vector<Thread>& threads) const;
  };
  struct Closure {
    std::vector<Thread> threads;
    ByteSet first;
    bool accepts = false;
  };
  struct State {
    std::vector<Thread> threads;
    bool accepts = false;
  };
  // Tokens that a terminal's state takes whole, and trie nodes below which tokens go on after its end.
  struct Head {
    std::vector<std::uint64_t> mask;  // or `tokens`, when they are few
    std::vector<TokenId> tokens;
    std::vector<std::uint32_t> escapes;
  };

  std::uint32_t intern(Cell cell, std::uint32_t next);
  const Closure& closure(std::uint32_t cell);
  void enter(std::uint32_t cell, Closure& out, std::vector<std::uint32_t>& pending);
  void enter_node(NodeId id, std::uint32_t next, Closure& out, std::vector<std::uint32_t>& pending);
  void enter_members(const Cell& cell, Closure& out, std::vector<std::uint32_t>& pending);
  void enter_terminal(Expr e, std::uint32_t follow, Closure& out, std::vector<std::uint32_t>& pending);
  Expr free_name(const ObjectSpec& object, std::uint32_t index, Expr used);
  std::uint32_t extend_name(std::uint32_t cell, std::uint8_t byte);
  std::string name_text(std::uint32_t name) const;
  StateId intern_state(std::vector<Thread> threads, bool accepts);

  const Head& head(Expr e);
  template <class Sink>
  void walk(const Trie& trie, std::uint32_t from, Expr e, Sink& sink);
  void escape(std::uint32_t start, std::uint32_t node, std::uint32_t cell, std::span<std::uint64_t> out);
  void follow(std::uint32_t node, std::uint32_t cell, std::span<std::uint64_t> out);
  bool has_child(std::uint32_t node, const ByteSet& bytes) const;
  void compute_mask(StateId state, std::span<std::uint64_t> out);

  const Program& program_;
  std::shared_ptr<const Vocabulary> vocabulary_;
  std::mutex mutex_;
  ExprPool pool_;
  AbsorptionTable absorption_;
  bool exhausted_ = false;

  std::vector<Cell> cells_;
  std::unordered_map<Cell, std::uint32_t, CellHash> cell_ids_;
  std::vector<std::pair<std::uint32_t, std::uint8_t>> names_;  // parent and byte
  std::unordered_map<std::uint64_t, std::uint32_t> name_ids_;
  std::unordered_map<std::uint32_t, std::unique_ptr<Closure>> closures_;
  std::vector<State> states_;
  std::unordered_map<std::vector<Thread>, std::uint32_t, ThreadsHash> state_ids_[2];  // by accepts
  std::unordered_map<std::uint64_t, StateId> steps_;

  std::unordered_map<Expr, std::unique_ptr<Head>> heads_;
  std::size_t head_bytes_ = 0;
  std::unordered_set<std::uint64_t> followed_;  // (node, cell) of the mask being made
  struct CachedMask {
    StateId state = kDeadState;
    std::uint64_t used = 0;
    std::vector<std::uint64_t> words;
  };
  std::vector<CachedMask> masks_;
  std::uint64_t clock_ = 0;
  std::size_t fresh_expressions_ = 0;
};

}  // namespace peregrine::grammar
