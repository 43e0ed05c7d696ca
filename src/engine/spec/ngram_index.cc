#include "engine/spec/ngram_index.h"

#include <algorithm>

namespace peregrine::engine {
namespace {

// Token ids are below 2^21: see kMaxVocab.
constexpr unsigned kTokenBits = 21;

std::uint64_t key_of(std::span<const TokenId> tokens) {
  std::uint64_t key = 0;
  for (const TokenId token : tokens) key = key << kTokenBits | static_cast<std::uint64_t>(token);
  return key;
}

}  // namespace

void NgramIndex::guess(std::span<const TokenId> tokens, std::uint32_t max, std::vector<TokenId>& draft) {
  draft.clear();
  if (tokens.size() <= kTokens) return;
  for (std::size_t i = std::max(indexed_, kTokens); i < tokens.size(); ++i) {
    followers_[key_of(tokens.subspan(i - kTokens, kTokens))] = static_cast<std::uint32_t>(i);
  }
  indexed_ = tokens.size();
  const auto found = followers_.find(key_of(tokens.last(kTokens)));
  if (found == followers_.end()) return;
  // What follows may reach the end; from there on the guess goes on with itself, as a period does.
  for (std::size_t from = found->second; draft.size() < max; ++from) {
    draft.push_back(from < tokens.size() ? tokens[from] : draft[from - tokens.size()]);
  }
}

}  // namespace peregrine::engine
