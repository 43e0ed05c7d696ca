// What blocks write to while a step runs, and what they are told of the step.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "backend/backend.h"
#include "model/lora/decoder_adapter.h"
#include "model/model.h"

namespace peregrine::model {

// Widths of a model's activations; what is 0 is not allocated.
struct ScratchShape {
  std::uint32_t n_embd = 0;
  std::uint32_t q_width = 0;
  std::uint32_t k_width = 0;
  std::uint32_t v_width = 0;
  std::uint32_t fused_width = 0;  // of one projection to queries, keys and values
  std::uint32_t mixed_width = 0;  // of attention before its output projection
  std::uint32_t rope_dim = 0;
  std::uint32_t n_ff = 0;  // dense and shared feed-forward
  std::uint32_t head_group = 1;
  std::uint32_t key_dim = 0;  // of an attention head, as the KV cache has it
  std::uint32_t value_dim = 0;
  std::uint32_t output_width = 0;
  bool adaptable = false;  // rows may have adapters
  // Mixture of experts:
  std::uint32_t n_experts = 0;
  std::uint32_t n_used = 0;
  std::uint32_t n_ff_expert = 0;
  // Latent attention (see latent_attention.h):
  std::uint32_t n_heads = 0;
  std::uint32_t q_lora = 0;
  std::uint32_t kv_lora = 0;
  std::uint32_t nope_dim = 0;
};

// Consecutive rows of a step that are computed with one adapter.
struct AdaptedRows {
  const DecoderAdapter* adapter = nullptr;
  std::uint32_t first_row = 0;
  std::uint32_t n_rows = 0;
};

// Activations of one step, each [rows, its width].
class DecoderScratch final : public Workspace {
 public:
  static Result<std::unique_ptr<DecoderScratch>> create(backend::Backend& backend, const ScratchShape& shape,
                                                        std::uint32_t max_rows, std::uint32_t max_outputs,
                                                        std::uint32_t max_context);

  using Slot = std::unique_ptr<backend::Buffer>;
  Slot x, normed, delta;
  Slot q, k, v, fused, mixed, rotations;
  Slot gate, up;
  Slot outputs, scores;  // of output rows: normed states, results
  // Experts: of rows, then of assignments.
  Slot router;
  std::unique_ptr<backend::Routes> routes;
  Slot expert_in, expert_gate, expert_up, expert_out;
  // Latent attention.
  Slot q_low, q_heads, q_nope, q_absorbed, q_rope, kv, latent, k_rope, values;
  std::vector<float> temperatures;  // by row
  std::vector<AdaptedRows> adapted;
  std::vector<backend::Correction> corrections;  // of the linear layers that are computed
};

// What every block of a step shares.
struct DecoderStep {
  DecoderScratch* scratch = nullptr;
  std::uint32_t n_rows = 0;
  const backend::Rope* rope = nullptr;
  std::span<const float> temperatures = {};  // of rows, where a layer wants them
  std::span<const AdaptedRows> adapted = {};
  std::uint32_t layer = 0;  // of the model
  bool causal = true;

  backend::Tensor rows(const DecoderScratch::Slot& slot) const { return slot->tensor().first_rows(n_rows); }
};

// A layer's place in the KV cache.
struct LayerCache {
  backend::KvStore* store = nullptr;
  std::uint32_t layer = 0;  // in the store
  std::span<const backend::SequenceSlice> slices;
};

}  // namespace peregrine::model
