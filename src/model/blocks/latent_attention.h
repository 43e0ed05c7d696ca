// Multi-head latent attention (DeepSeek-V2, 2024) with absorbed projections: all heads share one cached
// vector per token, [latent | rotated key], and attend to it directly.
//
// A head's key is k_b^T latent beside the rotated part, so its score is (k_b q_nope) . latent + q_rope .
// k_rope; its value is v_b latent, so v_b is applied to the mixed latents.
#pragma once

#include <memory>
#include <string>

#include "backend/backend.h"
#include "model/blocks/scratch.h"
#include "model/hparams.h"
#include "model/weights.h"

namespace peregrine::model {

struct LatentShape {
  std::uint32_t n_heads = 0;
  std::uint32_t q_lora = 0;     // rank of the query projection; 0: one matrix
  std::uint32_t kv_lora = 0;    // width of the latent
  std::uint32_t nope_dim = 0;   // of a head's query without position
  std::uint32_t rope_dim = 0;   // of the rotated part
  std::uint32_t value_dim = 0;  // of a head's value after v_b
};

struct LatentAttentionWeights {
  std::unique_ptr<backend::Matrix> q_a, q_b;  // or q_b alone, from the width
  std::unique_ptr<backend::Buffer> q_a_norm;
  std::unique_ptr<backend::Matrix> kv_a;  // to [latent | rotated key]
  std::unique_ptr<backend::Buffer> kv_a_norm;
  std::unique_ptr<backend::Matrix> k_b;  // [heads * kv_lora, nope]
  std::unique_ptr<backend::Matrix> v_b;  // [heads * value, kv_lora]
  std::unique_ptr<backend::Matrix> out;

  static Result<LatentAttentionWeights> load(WeightLoader& loader, const Hparams& h, const LatentShape& shape,
                                             const std::string& prefix);
};

// out = attention(x) projected back to the width; x: [rows, n_embd], already normed.
void latent_attention(backend::Backend& backend, const LatentAttentionWeights& weights,
                      const LatentShape& shape, float scale, float norm_eps, const DecoderStep& step,
                      const LayerCache& cache, backend::Tensor x, backend::Tensor out);

}  // namespace peregrine::model
