// Chooses the next token of one sequence from its logits.
//
// In order: logit_bias, frequency and presence penalties over the completion so far, temperature, top_p, one
// uniform draw. Greedy at temperature kGreedyTemperature and below: the largest logit, ties to the lowest id,
// no draw. Everything is exact or in double precision in a fixed order, so seed and logits alone decide.
// Nothing is allocated per token once the scratch has grown to the vocabulary.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "engine/generation.h"
#include "engine/sample/nucleus.h"

namespace peregrine::engine {

inline constexpr float kGreedyTemperature = 1e-6F;

// Buffers that samplers of one thread share.
struct SamplerScratch {
  struct Adjusted {
    TokenId token = 0;
    double logit = 0;     // with bias and penalties
    float untouched = 0;  // what the model said
  };
  std::vector<Adjusted> adjusted;
  std::vector<std::uint64_t> weights;  // of tokens, or of blocks of them
  std::vector<float> masked;           // logits under a mask
  Nucleus nucleus;
};

class Sampler {
 public:
  // Biases on one token add up. Parameters are those of a checked request: finite, tokens in the vocabulary.
  explicit Sampler(const SamplingParams& params);

  // The token, counted as part of the completion. nullopt when a logit is NaN or plus infinity, or when every
  // token is ruled out by minus infinity. `logits` are changed meanwhile and restored.
  std::optional<TokenId> sample(std::span<float> logits, SamplerScratch& scratch);
  // A token of the completion that was not sampled.
  void take(TokenId token);

 private:
  bool penalises() const { return frequency_penalty_ != 0 || presence_penalty_ != 0; }
  void adjust(std::span<const float> logits, std::vector<SamplerScratch::Adjusted>& adjusted) const;
  std::optional<TokenId> choose(std::span<const float> logits, SamplerScratch& scratch);
  TokenId draw(std::span<const float> logits, double max, SamplerScratch& scratch);
  TokenId draw_from_all(std::span<const float> logits, double max, SamplerScratch& scratch);
  TokenId draw_from_nucleus(std::span<const float> logits, double max, SamplerScratch& scratch);
  void count(TokenId token);

  const float temperature_;
  const double top_p_;
  const double frequency_penalty_;
  const double presence_penalty_;
  std::vector<std::pair<TokenId, double>> bias_;             // by token, each once
  std::vector<std::pair<TokenId, std::uint32_t>> occurred_;  // by token: how often in the completion
  base::Rng rng_;
};

}  // namespace peregrine::engine
