#include "model/blocks/attention.h"

#include <array>

#include "model/blocks/adapted.h"

namespace peregrine::model {

using backend::Tensor;

Result<AttentionWeights> AttentionWeights::load(WeightLoader& loader, const Hparams& h,
                                                const std::string& prefix) {
  const std::uint64_t out_width = std::uint64_t{h.n_heads} * h.value_dim;
  AttentionWeights w;
  PEREGRINE_ASSIGN(w.q, loader.matrix(prefix + "attn_q.weight", h.q_width(), h.n_embd));
  PEREGRINE_ASSIGN(w.k, loader.matrix(prefix + "attn_k.weight", h.k_width(), h.n_embd));
  PEREGRINE_ASSIGN(w.v, loader.matrix(prefix + "attn_v.weight", h.v_width(), h.n_embd));
  PEREGRINE_ASSIGN(w.out, loader.matrix(prefix + "attn_output.weight", h.n_embd, out_width));
  PEREGRINE_ASSIGN(w.q_bias, loader.optional_vector(prefix + "attn_q.bias", h.q_width()));
  PEREGRINE_ASSIGN(w.k_bias, loader.optional_vector(prefix + "attn_k.bias", h.k_width()));
  PEREGRINE_ASSIGN(w.v_bias, loader.optional_vector(prefix + "attn_v.bias", h.v_width()));
  PEREGRINE_ASSIGN(w.out_bias, loader.optional_vector(prefix + "attn_output.bias", h.n_embd));
  PEREGRINE_ASSIGN(w.q_norm, loader.optional_vector(prefix + "attn_q_norm.weight", h.head_dim));
  PEREGRINE_ASSIGN(w.k_norm, loader.optional_vector(prefix + "attn_k_norm.weight", h.head_dim));
  PEREGRINE_ASSIGN(w.sinks, loader.optional_vector(prefix + "attn_sinks.weight", h.n_heads));
  return w;
}

void self_attention(backend::Backend& backend, const AttentionWeights& weights,
                    const AttentionOptions& options, const DecoderStep& step, const LayerCache& cache,
                    Tensor x, Tensor out) {
  const auto add_bias = [&](const std::unique_ptr<backend::Buffer>& bias, Tensor to) {
    if (bias) backend.add_bias(*bias, to);
  };
  const DecoderScratch& s = *step.scratch;
  const Tensor q = step.rows(s.q);
  const Tensor k = step.rows(s.k);
  const Tensor v = step.rows(s.v);
  backend.matmul(x, std::array{backend::Product{weights.q.get(), q}, backend::Product{weights.k.get(), k},
                               backend::Product{weights.v.get(), v}});
  adapt(backend, step, x,
        std::array{AdaptableProduct{AdapterTarget::kQuery, q}, AdaptableProduct{AdapterTarget::kKey, k},
                   AdaptableProduct{AdapterTarget::kValue, v}});
  add_bias(weights.q_bias, q);
  add_bias(weights.k_bias, k);
  add_bias(weights.v_bias, v);
  if (weights.q_norm) backend.rms_norm_heads(q, options.head_dim, weights.q_norm.get(), options.norm_eps);
  if (weights.k_norm) backend.rms_norm_heads(k, options.head_dim, weights.k_norm.get(), options.norm_eps);
  if (options.rotary) {
    backend.rope(*step.rope, step.rows(s.rotations), options.head_dim, q);
    backend.rope(*step.rope, step.rows(s.rotations), options.head_dim, k);
  }
  if (options.norm_rotated) {
    backend.rms_norm_heads(q, options.head_dim, nullptr, options.norm_eps);
    backend.rms_norm_heads(k, options.head_dim, nullptr, options.norm_eps);
  }
  if (options.tempered) backend.scale_rows(q, step.temperatures);
  backend.store_kv(*cache.store, cache.layer, cache.slices, k, v);
  backend.attention(*cache.store, cache.slices,
                    {.q = q,
                     .out = step.rows(s.mixed),
                     .layer = cache.layer,
                     .n_q_heads = options.n_heads,
                     .scale = options.scale,
                     .softcap = options.softcap,
                     .sinks = weights.sinks.get(),
                     .causal = step.causal});
  backend.matmul(*weights.out, step.rows(s.mixed), out);
  adapt(backend, step, step.rows(s.mixed),
        std::array{AdaptableProduct{AdapterTarget::kAttentionOutput, out}});
  add_bias(weights.out_bias, out);
}

}  // namespace peregrine::model
