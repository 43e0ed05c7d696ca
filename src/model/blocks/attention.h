// Grouped-query self-attention with rotary positions over the paged KV cache.
#pragma once

#include <memory>
#include <string>

#include "backend/backend.h"
#include "model/hparams.h"
#include "model/weights.h"

namespace peregrine::model {

struct AttentionWeights {
  std::unique_ptr<backend::Matrix> q, k, v, out;
  std::unique_ptr<backend::Buffer> q_bias, k_bias, v_bias, out_bias;  // null when the model has none

  // Tensors "PREFIXattn_q.weight" and so on.
  static Result<AttentionWeights> load(WeightLoader& loader, const Hparams& h, const std::string& prefix);
};

// Activations of the block, each with as many rows as the step.
struct AttentionScratch {
  backend::Tensor q, k, v, mixed;
};

struct AttentionStep {
  const backend::Rope* rope = nullptr;
  backend::Tensor rotations;
  std::span<const backend::SequenceSlice> slices;
  backend::KvStore* kv = nullptr;
  std::uint32_t layer = 0;
};

// out = attention(x) projected back to the width; x: [rows, n_embd], already normed.
void self_attention(backend::Backend& backend, const AttentionWeights& weights, const Hparams& h,
                    const AttentionStep& step, const AttentionScratch& scratch, backend::Tensor x,
                    backend::Tensor out);

}  // namespace peregrine::model
