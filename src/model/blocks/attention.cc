#include "model/blocks/attention.h"

#include <cmath>

namespace peregrine::model {

Result<AttentionWeights> AttentionWeights::load(WeightLoader& loader, const Hparams& h,
                                                const std::string& prefix) {
  const std::uint64_t q_width = std::uint64_t{h.n_heads} * h.head_dim;
  const std::uint64_t kv_width = std::uint64_t{h.n_kv_heads} * h.head_dim;
  AttentionWeights w;
  PEREGRINE_ASSIGN(w.q, loader.matrix(prefix + "attn_q.weight", q_width, h.n_embd));
  PEREGRINE_ASSIGN(w.k, loader.matrix(prefix + "attn_k.weight", kv_width, h.n_embd));
  PEREGRINE_ASSIGN(w.v, loader.matrix(prefix + "attn_v.weight", kv_width, h.n_embd));
  PEREGRINE_ASSIGN(w.out, loader.matrix(prefix + "attn_output.weight", h.n_embd, q_width));
  PEREGRINE_ASSIGN(w.q_bias, loader.optional_vector(prefix + "attn_q.bias", q_width));
  PEREGRINE_ASSIGN(w.k_bias, loader.optional_vector(prefix + "attn_k.bias", kv_width));
  PEREGRINE_ASSIGN(w.v_bias, loader.optional_vector(prefix + "attn_v.bias", kv_width));
  PEREGRINE_ASSIGN(w.out_bias, loader.optional_vector(prefix + "attn_output.bias", h.n_embd));
  return w;
}

void self_attention(backend::Backend& backend, const AttentionWeights& weights, const Hparams& h,
                    const AttentionStep& step, const AttentionScratch& scratch, backend::Tensor x,
                    backend::Tensor out) {
  const auto project = [&](const backend::Matrix& matrix, const backend::Buffer* bias, backend::Tensor from,
                           backend::Tensor to) {
    backend.matmul(matrix, from, to);
    if (bias != nullptr) backend.add_bias(*bias, to);
  };
  project(*weights.q, weights.q_bias.get(), x, scratch.q);
  project(*weights.k, weights.k_bias.get(), x, scratch.k);
  project(*weights.v, weights.v_bias.get(), x, scratch.v);
  backend.rope(*step.rope, step.rotations, h.head_dim, scratch.q);
  backend.rope(*step.rope, step.rotations, h.head_dim, scratch.k);
  backend.store_kv(*step.kv, step.layer, step.slices, scratch.k, scratch.v);
  const backend::AttentionArgs args{
      .q = scratch.q,
      .out = scratch.mixed,
      .layer = step.layer,
      .n_q_heads = h.n_heads,
      .scale = 1.0F / std::sqrt(static_cast<float>(h.head_dim)),
  };
  backend.attention(*step.kv, step.slices, args);
  project(*weights.out, weights.out_bias.get(), scratch.mixed, out);
}

}  // namespace peregrine::model
