#include "model/blocks/latent_attention.h"

namespace peregrine::model {

using backend::Tensor;

Result<LatentAttentionWeights> LatentAttentionWeights::load(WeightLoader& loader, const Hparams& h,
                                                            const LatentShape& s, const std::string& prefix) {
  const std::uint64_t q_width = std::uint64_t{s.n_heads} * (s.nope_dim + s.rope_dim);
  LatentAttentionWeights w;
  if (s.q_lora > 0) {
    PEREGRINE_ASSIGN(w.q_a, loader.matrix(prefix + "attn_q_a.weight", s.q_lora, h.n_embd));
    PEREGRINE_ASSIGN(w.q_a_norm, loader.vector(prefix + "attn_q_a_norm.weight", s.q_lora));
    PEREGRINE_ASSIGN(w.q_b, loader.matrix(prefix + "attn_q_b.weight", q_width, s.q_lora));
  } else {
    PEREGRINE_ASSIGN(w.q_b, loader.matrix(prefix + "attn_q.weight", q_width, h.n_embd));
  }
  PEREGRINE_ASSIGN(w.kv_a, loader.matrix(prefix + "attn_kv_a_mqa.weight", s.kv_lora + s.rope_dim, h.n_embd));
  PEREGRINE_ASSIGN(w.kv_a_norm, loader.vector(prefix + "attn_kv_a_norm.weight", s.kv_lora));
  PEREGRINE_ASSIGN(w.k_b, loader.stack(prefix + "attn_k_b.weight", s.n_heads, s.kv_lora, s.nope_dim));
  PEREGRINE_ASSIGN(w.v_b, loader.stack(prefix + "attn_v_b.weight", s.n_heads, s.value_dim, s.kv_lora));
  PEREGRINE_ASSIGN(
      w.out, loader.matrix(prefix + "attn_output.weight", h.n_embd, std::uint64_t{s.n_heads} * s.value_dim));
  return w;
}

void latent_attention(backend::Backend& backend, const LatentAttentionWeights& weights,
                      const LatentShape& shape, float scale, float norm_eps, const DecoderStep& step,
                      const LayerCache& cache, Tensor x, Tensor out) {
  const DecoderScratch& s = *step.scratch;
  const Tensor rotations = step.rows(s.rotations);
  // Queries: the part without position goes through k_b, the rest is rotated.
  const Tensor heads = step.rows(s.q_heads);
  if (weights.q_a) {
    const Tensor low = step.rows(s.q_low);
    backend.matmul(*weights.q_a, x, low);
    backend.rms_norm(low, *weights.q_a_norm, norm_eps, low);
    backend.matmul(*weights.q_b, low, heads);
  } else {
    backend.matmul(*weights.q_b, x, heads);
  }
  const Tensor nope = step.rows(s.q_nope);
  const Tensor absorbed = step.rows(s.q_absorbed);
  const Tensor rotated = step.rows(s.q_rope);
  const Tensor q = step.rows(s.q);
  backend.copy_heads(heads, 0, nope, 0, shape.n_heads, shape.nope_dim);
  backend.copy_heads(heads, shape.nope_dim, rotated, 0, shape.n_heads, shape.rope_dim);
  backend.head_matmul(*weights.k_b, shape.n_heads, nope, absorbed);
  backend.rope(*step.rope, rotations, shape.rope_dim, rotated);
  backend.copy_heads(absorbed, 0, q, 0, shape.n_heads, shape.kv_lora);
  backend.copy_heads(rotated, 0, q, shape.kv_lora, shape.n_heads, shape.rope_dim);
  // The token's own entry in the cache.
  const Tensor kv = step.rows(s.kv);
  const Tensor latent = step.rows(s.latent);
  const Tensor k_rope = step.rows(s.k_rope);
  const Tensor k = step.rows(s.k);
  backend.matmul(*weights.kv_a, x, kv);
  backend.copy_heads(kv, 0, latent, 0, 1, shape.kv_lora);
  backend.copy_heads(kv, shape.kv_lora, k_rope, 0, 1, shape.rope_dim);
  backend.rms_norm(latent, *weights.kv_a_norm, norm_eps, latent);
  backend.rope(*step.rope, rotations, shape.rope_dim, k_rope);
  backend.copy_heads(latent, 0, k, 0, 1, shape.kv_lora);
  backend.copy_heads(k_rope, 0, k, shape.kv_lora, 1, shape.rope_dim);
  backend.store_kv(*cache.store, cache.layer, cache.slices, k, {});
  // Every head over the shared latents, which are keys and values at once.
  const Tensor mixed = step.rows(s.q_absorbed);
  backend.attention(*cache.store, cache.slices,
                    {.q = q, .out = mixed, .layer = cache.layer, .n_q_heads = shape.n_heads, .scale = scale});
  const Tensor values = step.rows(s.values);
  backend.head_matmul(*weights.v_b, shape.n_heads, mixed, values);
  backend.matmul(*weights.out, values, out);
}

}  // namespace peregrine::model
