// Gated feed-forward block: down(f(gate(x)) * up(x)) (Shazeer, 2020).
#pragma once

#include <memory>
#include <string>

#include "backend/backend.h"
#include "model/blocks/scratch.h"
#include "model/hparams.h"
#include "model/weights.h"

namespace peregrine::model {

struct FeedForwardWeights {
  std::unique_ptr<backend::Matrix> gate, up, down;
  std::unique_ptr<backend::Buffer> gate_bias, up_bias, down_bias;  // null when the model has none

  // Tensors "PREFIXffn_gateSUFFIX.weight" and so on, [n_ff, n_embd]; biases are what the file has.
  static Result<FeedForwardWeights> load(WeightLoader& loader, std::uint32_t n_embd, std::uint32_t n_ff,
                                         const std::string& prefix, const std::string& suffix = "");
};

// out = block(x); x: [rows, n_embd], already normed.
void feed_forward(backend::Backend& backend, const FeedForwardWeights& weights, backend::Gate kind,
                  const DecoderStep& step, backend::Tensor x, backend::Tensor out);

}  // namespace peregrine::model
