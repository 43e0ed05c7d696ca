#include "model/blocks/feed_forward.h"

namespace peregrine::model {

Result<FeedForwardWeights> FeedForwardWeights::load(WeightLoader& loader, const Hparams& h,
                                                    const std::string& prefix) {
  FeedForwardWeights w;
  PEREGRINE_ASSIGN(w.gate, loader.matrix(prefix + "ffn_gate.weight", h.n_ff, h.n_embd));
  PEREGRINE_ASSIGN(w.up, loader.matrix(prefix + "ffn_up.weight", h.n_ff, h.n_embd));
  PEREGRINE_ASSIGN(w.down, loader.matrix(prefix + "ffn_down.weight", h.n_embd, h.n_ff));
  PEREGRINE_ASSIGN(w.gate_bias, loader.optional_vector(prefix + "ffn_gate.bias", h.n_ff));
  PEREGRINE_ASSIGN(w.up_bias, loader.optional_vector(prefix + "ffn_up.bias", h.n_ff));
  PEREGRINE_ASSIGN(w.down_bias, loader.optional_vector(prefix + "ffn_down.bias", h.n_embd));
  return w;
}

void feed_forward(backend::Backend& backend, const FeedForwardWeights& weights, backend::Tensor gate,
                  backend::Tensor up, backend::Tensor x, backend::Tensor out) {
  backend.matmul(*weights.gate, x, gate);
  if (weights.gate_bias) backend.add_bias(*weights.gate_bias, gate);
  backend.matmul(*weights.up, x, up);
  if (weights.up_bias) backend.add_bias(*weights.up_bias, up);
  backend.silu_mul(gate, up);
  backend.matmul(*weights.down, gate, out);
  if (weights.down_bias) backend.add_bias(*weights.down_bias, out);
}

}  // namespace peregrine::model
