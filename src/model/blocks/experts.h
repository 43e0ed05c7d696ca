// Mixture of experts: a router picks a few gated feed-forward blocks for every row.
#pragma once

#include <memory>
#include <string>

#include "backend/backend.h"
#include "model/blocks/scratch.h"
#include "model/hparams.h"
#include "model/weights.h"

namespace peregrine::model {

struct ExpertsShape {
  std::uint32_t n_experts = 0;
  std::uint32_t n_used = 0;
  std::uint32_t n_ff = 0;    // of one expert
  bool weigh_input = false;  // a weight multiplies its expert's input instead of its output (Llama 4)
  backend::Gate gate = backend::Gate::kSilu;
  backend::RouterSpec router;
};

// Reads ARCH.expert_count, expert_used_count and expert_feed_forward_length (feed_forward_length when
// missing) into a shape whose router has only its counts. n_experts is 0 where the model has none.
Result<ExpertsShape> read_experts(const gguf::File& file, const Hparams& h);

struct ExpertsWeights {
  std::unique_ptr<backend::Matrix> router;
  std::unique_ptr<backend::Buffer> router_bias, choice_bias;       // null when the model has none
  std::unique_ptr<backend::Matrix> gate, up, down;                 // of all experts
  std::unique_ptr<backend::Buffer> gate_bias, up_bias, down_bias;  // null when the model has none

  static Result<ExpertsWeights> load(WeightLoader& loader, const Hparams& h, const ExpertsShape& shape,
                                     const std::string& prefix);
};

// out = weighted sum of the chosen experts of x; x: [rows, n_embd], already normed.
void experts(backend::Backend& backend, const ExpertsWeights& weights, const ExpertsShape& shape,
             const DecoderStep& step, backend::Tensor x, backend::Tensor out);

}  // namespace peregrine::model
