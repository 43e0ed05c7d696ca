// Guesses what comes next from what came before: where the last three tokens stood earlier in the same
// sequence, and what followed them (prompt lookup, Saxena 2023). Good at text that repeats its prompt or
// itself.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/generation.h"

namespace peregrine::engine {

class NgramIndex {
 public:
  static constexpr std::size_t kTokens = 3;

  // The `max` tokens that may follow `tokens`, or none. `tokens` is what the last call saw and what came
  // after; a sequence that became shorter, or another one, needs another index. Takes time for new tokens
  // only.
  void guess(std::span<const TokenId> tokens, std::uint32_t max, std::vector<TokenId>& draft);

 private:
  // By three tokens: where what follows them begins, the last time they were seen.
  std::unordered_map<std::uint64_t, std::uint32_t> followers_;
  std::size_t indexed_ = 0;  // tokens that are known as followers
};

}  // namespace peregrine::engine
