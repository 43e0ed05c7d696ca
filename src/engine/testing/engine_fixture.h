// An engine over the scripted model, and what its completions must be.
#pragma once

#include <gtest/gtest.h>
#include <prometheus/counter.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/metrics.h"
#include "engine/engine.h"
#include "engine/sample/sampler.h"
#include "engine/testing/reader.h"
#include "engine/testing/scripted_model.h"

namespace peregrine::engine::testing {

inline std::vector<TokenId> prompt_of(std::size_t n, std::uint64_t seed) {
  std::vector<TokenId> tokens;
  base::Rng rng(seed);
  for (std::size_t i = 0; i < n; ++i) tokens.push_back(static_cast<TokenId>(rng.next() % 90));
  return tokens;
}

inline GenerationRequest request_of(std::vector<TokenId> prompt, std::uint32_t max_tokens,
                                    std::uint64_t seed = 0) {
  GenerationRequest request;
  request.prompt = std::move(prompt);
  request.max_tokens = max_tokens;
  request.sampling.seed = seed;
  return request;
}

// Only the first `alphabet` tokens can be said: with few of them, three tokens come again soon.
inline GenerationRequest babble(std::uint32_t alphabet, std::uint32_t max_tokens, std::uint64_t seed) {
  GenerationRequest request = request_of({91, static_cast<TokenId>(seed % 90)}, max_tokens, seed);
  for (std::uint32_t token = alphabet; token < kScriptedVocab; ++token) {
    request.sampling.logit_bias.emplace_back(static_cast<TokenId>(token), -1e4F);
  }
  return request;
}

// The completion by definition: one token after another, without engine, batches or cache.
inline std::vector<TokenId> expected_completion(const GenerationRequest& request) {
  Sampler sampler(request.sampling);
  SamplerScratch scratch;
  std::vector<TokenId> tokens = request.prompt;
  while (tokens.size() < request.prompt.size() + request.max_tokens) {
    std::vector<float> logits = scripted_logits(tokens, mark_of(request.adapter.get()));
    const TokenId token = *sampler.sample(logits, scratch);
    if (std::ranges::count(request.stop_tokens, token) > 0) break;
    tokens.push_back(token);
  }
  return {tokens.begin() + static_cast<std::ptrdiff_t>(request.prompt.size()), tokens.end()};
}

class EngineTest : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kContext = 512;

  EngineTest() { options_.max_context = 0; }
  ~EngineTest() override { model_.release(); }

  // Blocks of this engine hold 16 tokens of 4 bytes (one key and one value in F16).
  std::uint64_t bytes_of_blocks(std::uint64_t n) const { return n * options_.kv_block_tokens * 4; }

  void start() {
    auto engine = Engine::start(model_, options_, budget_, metrics_, "m");
    ASSERT_TRUE(engine.has_value()) << engine.error().text();
    engine_ = std::move(*engine);
  }

  std::vector<Reader> submit_all(const GenerationRequest& request) {
    auto generations = engine_->submit(request);
    std::vector<Reader> readers;
    if (!generations) {
      ADD_FAILURE() << generations.error().text();
      return readers;
    }
    for (auto& generation : *generations) readers.emplace_back(std::move(generation));
    return readers;
  }
  Reader submit(const GenerationRequest& request) { return std::move(submit_all(request).front()); }

  // When this returns, the loop has seen every signal given before and made a step since: every sequence that
  // could move has a token more.
  void settle() { submit(request_of({1}, 1)).rest(); }
  void settle(int steps) {
    for (int i = 0; i < steps; ++i) settle();
  }

  double counter(const std::string& name, base::Labels labels = {}) {
    labels.emplace("model", "m");
    return metrics_.counter(name, "", labels).Value();
  }

  base::MemoryBudget budget_{std::uint64_t{1} << 26};
  base::Metrics metrics_;
  TokenBackend backend_{budget_};
  ScriptedModel model_{backend_, kContext};
  EngineOptions options_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace peregrine::engine::testing
