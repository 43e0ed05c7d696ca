// Generations by chance: tokens drawn from the mask, with a bias to bring the text to its end.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "grammar/matcher.h"
#include "grammar/vocabulary.h"

namespace peregrine::grammar::testing {

struct Walk {
  std::string text;
  bool finished = false;
  std::string problem;  // empty if all went well
};

inline std::vector<TokenId> allowed_tokens(const std::vector<std::uint64_t>& mask) {
  std::vector<TokenId> allowed;
  for (std::size_t word = 0; word < mask.size(); ++word) {
    for (std::uint64_t bits = mask[word]; bits != 0; bits &= bits - 1) {
      allowed.push_back(static_cast<TokenId>(word * 64 + static_cast<unsigned>(__builtin_ctzll(bits))));
    }
  }
  return allowed;
}

// The longer the text, the more tokens that close something are preferred.
inline Walk random_walk(Matcher matcher, const Vocabulary& vocabulary, unsigned seed,
                        std::size_t most_tokens) {
  std::mt19937 random(seed);
  std::vector<std::uint64_t> mask(vocabulary.mask_words());
  Walk walk;
  for (std::size_t step = 0; step < most_tokens; ++step) {
    if (const auto status = matcher.compute_mask(mask); !status) {
      walk.problem = status.error().text();
      return walk;
    }
    std::vector<TokenId> allowed = allowed_tokens(mask);
    if (allowed.empty()) {
      walk.problem = "no token is allowed";
      return walk;
    }
    if (random() % 100 < 30 + step * 2) {
      std::vector<TokenId> closing;
      for (const TokenId id : allowed) {
        if (vocabulary.is_end(id)) {
          closing = {id};
          break;
        }
        const char last = vocabulary.bytes(id).back();
        if (last == '}' || last == ']' || last == '"') closing.push_back(id);
      }
      if (!closing.empty()) allowed = closing;
    }
    const TokenId id = allowed[random() % allowed.size()];
    if (const auto status = matcher.accept_token(id); !status) {
      walk.problem = "a token of the mask was refused: " + status.error().text();
      return walk;
    }
    if (vocabulary.is_end(id)) {
      walk.finished = true;
      return walk;
    }
    walk.text += vocabulary.bytes(id);
  }
  return walk;
}

}  // namespace peregrine::grammar::testing
