// Gated feed-forward block: down(silu(gate(x)) * up(x)), "SwiGLU" (Shazeer, 2020).
#pragma once

#include <memory>
#include <string>

#include "backend/backend.h"
#include "model/hparams.h"
#include "model/weights.h"

namespace peregrine::model {

struct FeedForwardWeights {
  std::unique_ptr<backend::Matrix> gate, up, down;
  std::unique_ptr<backend::Buffer> gate_bias, up_bias, down_bias;  // null when the model has none

  // Tensors "PREFIXffn_gate.weight" and so on.
  static Result<FeedForwardWeights> load(WeightLoader& loader, const Hparams& h, const std::string& prefix);
};

// out = block(x); x: [rows, n_embd], already normed; gate and up: [rows, n_ff] of scratch.
void feed_forward(backend::Backend& backend, const FeedForwardWeights& weights, backend::Tensor gate,
                  backend::Tensor up, backend::Tensor x, backend::Tensor out);

}  // namespace peregrine::model
