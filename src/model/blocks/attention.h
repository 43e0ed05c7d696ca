// Grouped-query self-attention with rotary positions over the paged KV cache.
#pragma once

#include <memory>
#include <string>

#include "backend/backend.h"
#include "model/blocks/scratch.h"
#include "model/hparams.h"
#include "model/weights.h"

namespace peregrine::model {

struct AttentionWeights {
  std::unique_ptr<backend::Matrix> q, k, v, out;
  // Null when the model has none:
  std::unique_ptr<backend::Buffer> q_bias, k_bias, v_bias, out_bias;
  std::unique_ptr<backend::Buffer> q_norm, k_norm;  // RMS norms of each head before the rotation
  std::unique_ptr<backend::Buffer> sinks;           // one score per query head

  // Tensors "PREFIXattn_q.weight" and so on. Norms and sinks are what the file has.
  static Result<AttentionWeights> load(WeightLoader& loader, const Hparams& h, const std::string& prefix);
};

// How a layer attends, beside its weights.
struct AttentionOptions {
  std::uint32_t head_dim = 0;
  std::uint32_t n_heads = 0;
  float scale = 1.0F;
  float softcap = 0.0F;
  float norm_eps = 1e-5F;
  bool rotary = true;
  bool norm_rotated = false;  // RMS norms without weights after the rotation (Llama 4)
  bool tempered = false;      // queries times the step's temperature of their position (Llama 4)
};

// out = attention(x) projected back to the width; x: [rows, n_embd], already normed.
void self_attention(backend::Backend& backend, const AttentionWeights& weights,
                    const AttentionOptions& options, const DecoderStep& step, const LayerCache& cache,
                    backend::Tensor x, backend::Tensor out);

}  // namespace peregrine::model
