// Guesses what comes next with a second, smaller model of the same vocabulary: its likeliest token, and so on
// from there (speculative decoding, Leviathan et al., 2023). For one sequence at a time, up to
// kMaxDraftContext tokens of it.
//
// What it has computed stays in a KV cache of its own, as long as the sequence goes on as it did; what was
// guessed wrongly is overwritten. A long prompt is read piece by piece, a piece per call, so that no step
// waits for all of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/memory_budget.h"
#include "base/result.h"
#include "engine/kv/block_table.h"
#include "engine/run/capacity.h"
#include "engine/run/executor.h"
#include "model/model.h"

namespace peregrine::engine {

inline constexpr std::uint32_t kMaxDraftContext = 8192;  // tokens: its KV cache holds so many at most

class DraftModel {
 public:
  // For sequences of tokens below `n_vocab`, of at most `max_context` of them. `model` outlives it. Errors:
  // kUnsupported for a model that gives no logits, kResourceExhausted when KV cache or activations have no
  // room in the budget.
  static Result<std::unique_ptr<DraftModel>> create(const model::Model& model, const EngineOptions& options,
                                                    std::uint32_t n_vocab, std::uint32_t max_context,
                                                    base::MemoryBudget& budget);
  DraftModel(const DraftModel&) = delete;
  DraftModel& operator=(const DraftModel&) = delete;
  ~DraftModel() = default;

  // The `max` tokens that may follow `tokens`; none while these are still being read, or when they are too
  // many.
  void guess(std::span<const TokenId> tokens, std::uint32_t max, std::vector<TokenId>& draft);

 private:
  DraftModel(const EngineOptions& options, std::uint32_t n_vocab, const Capacity& capacity,
             std::unique_ptr<Executor> executor);
  // Computes the tokens that follow computed_. Returns the likeliest one after the last, nothing where logits
  // mean nothing.
  std::optional<TokenId> compute(std::span<const TokenId> tokens);

  const std::uint32_t n_vocab_;  // tokens that both models have
  const std::uint32_t max_context_;
  std::unique_ptr<Executor> executor_;
  BlockPool pool_;
  BlockTable table_;               // all blocks
  std::vector<TokenId> computed_;  // whose keys and values stand there
};

}  // namespace peregrine::engine
