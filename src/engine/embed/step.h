// Runs whole inputs through the encoder, one step at a time, and makes their vectors.
//
// Owns what a step writes to: KV store, workspace, outputs. All memory is taken at creation, in the budget.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/aligned_buffer.h"
#include "base/memory_budget.h"
#include "base/result.h"
#include "model/model.h"

namespace peregrine::engine {

// Inputs of one step, at most: each has a block of the KV store that may be all but empty.
inline constexpr std::uint32_t kMaxStepInputs = 128;

class EmbedStep {
 public:
  // For inputs of at most `max_context` tokens, and steps of `step_tokens` rows, or of one input that is
  // longer. Errors: kResourceExhausted, and what the backend says of the layout.
  static Result<std::unique_ptr<EmbedStep>> create(const model::Model& model, std::uint32_t step_tokens,
                                                   std::uint32_t max_context, base::MemoryBudget& budget);

  // Whether the step has room for `n_tokens` more; an empty one always has.
  bool fits(std::size_t n_tokens) const;
  // Adds an input, which must fit; returns its place. The first after run() begins another step.
  std::uint32_t add(std::span<const model::TokenId> tokens, std::uint32_t second_text);
  void run();
  // After run(): the input's vector, of length 1, or its logit. False: it has values that are not finite.
  bool vector(std::uint32_t place, std::span<float> out);

  std::uint32_t rows() const { return done_ ? 0 : static_cast<std::uint32_t>(tokens_.size()); }
  std::uint32_t max_context() const { return max_context_; }

 private:
  struct Outputs {
    std::size_t first = 0, count = 0;  // rows of outputs_
  };

  EmbedStep(const model::Model& model, std::uint32_t step_tokens, std::uint32_t max_context)
      : model_(model), step_tokens_(step_tokens), max_context_(max_context) {}
  void begin();
  std::span<float> output_values();

  const model::Model& model_;
  const std::uint32_t step_tokens_;
  const std::uint32_t max_context_;
  std::vector<std::unique_ptr<backend::KvStore>> kv_;
  std::unique_ptr<model::Workspace> workspace_;
  base::MemoryBudget::Reservation reservation_;
  base::AlignedBuffer values_;
  bool done_ = true;  // what stands below has been run
  std::vector<model::TokenId> tokens_;
  std::vector<model::TokenId> segments_;
  std::vector<std::int32_t> positions_;
  std::vector<std::uint32_t> blocks_;  // 0, 1, 2, ...: sequences take the next ones
  std::uint32_t blocks_used_ = 0;
  std::vector<backend::SequenceSlice> slices_;
  std::vector<std::uint32_t> output_rows_;
  std::vector<Outputs> outputs_;  // by place
};

}  // namespace peregrine::engine
