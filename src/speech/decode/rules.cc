#include "speech/decode/rules.h"

#include <algorithm>
#include <limits>

#include "speech/decode/sampling.h"

namespace peregrine::speech {
namespace {

constexpr float kNever = -std::numeric_limits<float>::infinity();

void forbid(std::span<float> logits, std::span<const TokenId> tokens) {
  for (const TokenId token : tokens) logits[static_cast<std::size_t>(token)] = kNever;
}

// Tokens first ... end - 1.
void forbid(std::span<float> logits, TokenId first, TokenId end) {
  std::fill(logits.begin() + first, logits.begin() + std::max(first, end), kNever);
}

}  // namespace

void apply_rules(const Vocabulary& vocabulary, std::span<const TokenId> sampled, std::span<float> logits) {
  const SpecialTokens& special = vocabulary.special();
  const auto n_vocab = static_cast<TokenId>(logits.size());
  forbid(logits, vocabulary.suppressed());
  if (sampled.empty()) {
    forbid(logits, 0, special.first_timestamp);
    const auto last = special.first_timestamp + static_cast<TokenId>(kMaxFirstPosition);
    forbid(logits, std::min(last + 1, n_vocab), n_vocab);
    return;
  }

  const bool after_timestamp = vocabulary.is_timestamp(sampled.back());
  const bool pair_complete = sampled.size() < 2 || vocabulary.is_timestamp(sampled[sampled.size() - 2]);
  if (after_timestamp && pair_complete) {
    forbid(logits, special.first_timestamp, n_vocab);
  } else if (after_timestamp) {
    forbid(logits, 0, special.end_of_text);
  }
  const auto latest = std::ranges::find_if(sampled.rbegin(), sampled.rend(),
                                           [&](TokenId token) { return vocabulary.is_timestamp(token); });
  if (latest != sampled.rend()) {
    // The second of a pair may repeat the first; the end of a segment lies after its beginning.
    const bool completes_pair = after_timestamp && !pair_complete;
    forbid(logits, special.first_timestamp, *latest + (completes_pair ? 0 : 1));
  }
  if (sampled.size() == 1 && vocabulary.blank() != text::kNoToken) {
    logits[static_cast<std::size_t>(vocabulary.blank())] = kNever;
  }

  const std::span<const float> timestamps = logits.subspan(static_cast<std::size_t>(special.first_timestamp));
  const std::span<const float> others = logits.first(static_cast<std::size_t>(special.first_timestamp));
  if (log_sum_exp(timestamps) > largest(others)) forbid(logits, 0, special.first_timestamp);
}

}  // namespace peregrine::speech
