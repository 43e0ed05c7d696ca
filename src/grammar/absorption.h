// What a terminal's state swallows without leaving its loop: the reason why a mask does not visit every
// token.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "grammar/regex/expr_pool.h"
#include "grammar/vocabulary.h"

namespace peregrine::grammar {

// From the state any `chars` characters (kUnbounded: any number) of `categories` lead to live states.
struct Absorption {
  Categories categories = 0;
  std::uint32_t chars = 0;
};

class AbsorptionTable {
 public:
  explicit AbsorptionTable(ExprPool& pool) : pool_(pool) {}
  Absorption of(Expr state);

 private:
  Absorption find(Expr state, int depth);
  Absorption of_intersection(Expr state, int depth);
  // Categories all of whose characters lead from `from` to `to`.
  Categories steps(Expr from, Expr to);
  bool unicode_steps(Expr from, Expr to);
  bool range_steps(Expr from, const ByteSet* ranges, int count, Expr to);
  Categories looping(Expr state);

  ExprPool& pool_;
  std::vector<std::uint32_t> index_;  // by expression, into known_; 0 is unknown
  std::vector<Absorption> known_{1};
  std::unordered_map<Expr, Categories> bodies_;  // of repeats
};

}  // namespace peregrine::grammar
