#include "model/blocks/scratch.h"

#include "model/blocks/adapted.h"

namespace peregrine::model {
namespace {

// What the products of a step read at most, so that the backend can hold their quantised inputs.
Status reserve_products(backend::Backend& backend, const ScratchShape& s, std::uint32_t rows,
                        std::uint32_t outputs, std::uint32_t context) {
  const auto reserve = [&](std::uint32_t product_rows, std::uint32_t n_in,
                           std::uint32_t correction_rank = 0) {
    return backend.reserve({.rows = product_rows,
                            .n_in = n_in,
                            .context = context,
                            .head_group = s.head_group,
                            .key_dim = s.key_dim,
                            .value_dim = s.value_dim,
                            .correction_rank = correction_rank});
  };
  PEREGRINE_TRY(reserve(std::max(rows, outputs), std::max({s.n_embd, s.mixed_width, s.n_ff, s.q_lora}),
                        s.adaptable ? kMaxLinearsAtOnce * kMaxAdapterRank : 0));
  if (s.n_used > 0) PEREGRINE_TRY(reserve(rows * s.n_used, std::max(s.n_embd, s.n_ff_expert)));
  if (s.kv_lora > 0) PEREGRINE_TRY(reserve(rows * s.n_heads, std::max(s.nope_dim, s.kv_lora)));
  return {};
}

}  // namespace

Result<std::unique_ptr<DecoderScratch>> DecoderScratch::create(backend::Backend& backend,
                                                               const ScratchShape& s, std::uint32_t max_rows,
                                                               std::uint32_t max_outputs,
                                                               std::uint32_t max_context) {
  PEREGRINE_TRY(reserve_products(backend, s, max_rows, max_outputs, max_context));
  auto scratch = std::make_unique<DecoderScratch>();
  struct Want {
    Slot& slot;
    std::uint32_t rows, cols;
  };
  const std::uint32_t assignments = max_rows * s.n_used;
  const std::uint32_t rope_heads = s.kv_lora > 0 ? s.n_heads * s.rope_dim : 0;
  DecoderScratch& d = *scratch;
  for (const Want& want : {Want{d.x, max_rows, s.n_embd},
                           Want{d.normed, max_rows, s.n_embd},
                           Want{d.delta, max_rows, s.n_embd},
                           Want{d.q, max_rows, s.q_width},
                           Want{d.k, max_rows, s.k_width},
                           Want{d.v, max_rows, s.v_width},
                           Want{d.fused, max_rows, s.fused_width},
                           Want{d.mixed, max_rows, s.mixed_width},
                           Want{d.rotations, max_rows, s.rope_dim},
                           Want{d.gate, max_rows, s.n_ff},
                           Want{d.up, max_rows, s.n_ff},
                           Want{d.outputs, max_outputs, s.n_embd},
                           Want{d.scores, max_outputs, s.output_width},
                           Want{d.router, max_rows, s.n_experts},
                           Want{d.expert_in, assignments, s.n_embd},
                           Want{d.expert_gate, assignments, s.n_ff_expert},
                           Want{d.expert_up, assignments, s.n_ff_expert},
                           Want{d.expert_out, assignments, s.n_embd},
                           Want{d.q_low, max_rows, s.q_lora},
                           Want{d.q_heads, max_rows, s.n_heads * s.nope_dim + rope_heads},
                           Want{d.q_nope, max_rows, s.n_heads * s.nope_dim},
                           Want{d.q_absorbed, max_rows, s.n_heads * s.kv_lora},
                           Want{d.q_rope, max_rows, rope_heads},
                           Want{d.kv, max_rows, s.kv_lora > 0 ? s.k_width : 0},
                           Want{d.latent, max_rows, s.kv_lora},
                           Want{d.k_rope, max_rows, s.kv_lora > 0 ? s.rope_dim : 0},
                           Want{d.values, max_rows, s.kv_lora > 0 ? s.mixed_width : 0}}) {
    if (want.rows == 0 || want.cols == 0) continue;
    PEREGRINE_ASSIGN(want.slot, backend.allocate(want.rows, want.cols));
  }
  if (s.n_used > 0) {
    PEREGRINE_ASSIGN(d.routes, backend.allocate_routes(max_rows, s.n_experts, s.n_used));
  }
  d.temperatures.reserve(max_rows);
  if (s.adaptable) {
    d.adapted.reserve(max_rows);
    d.corrections.reserve(std::size_t{max_rows} * kMaxLinearsAtOnce);
  }
  return scratch;
}

}  // namespace peregrine::model
