#include "model/blocks/feed_forward.h"

#include <array>

#include "model/blocks/adapted.h"

namespace peregrine::model {

using backend::Tensor;

Result<FeedForwardWeights> FeedForwardWeights::load(WeightLoader& loader, std::uint32_t n_embd,
                                                    std::uint32_t n_ff, const std::string& prefix,
                                                    const std::string& suffix) {
  const auto name = [&](const char* part, const char* kind) { return prefix + part + suffix + kind; };
  FeedForwardWeights w;
  PEREGRINE_ASSIGN(w.gate, loader.matrix(name("ffn_gate", ".weight"), n_ff, n_embd));
  PEREGRINE_ASSIGN(w.up, loader.matrix(name("ffn_up", ".weight"), n_ff, n_embd));
  PEREGRINE_ASSIGN(w.down, loader.matrix(name("ffn_down", ".weight"), n_embd, n_ff));
  PEREGRINE_ASSIGN(w.gate_bias, loader.optional_vector(name("ffn_gate", ".bias"), n_ff));
  PEREGRINE_ASSIGN(w.up_bias, loader.optional_vector(name("ffn_up", ".bias"), n_ff));
  PEREGRINE_ASSIGN(w.down_bias, loader.optional_vector(name("ffn_down", ".bias"), n_embd));
  return w;
}

void feed_forward(backend::Backend& backend, const FeedForwardWeights& weights, backend::Gate kind,
                  const DecoderStep& step, Tensor x, Tensor out) {
  // A shared expert may be narrower than the dense blocks that the scratch was made for.
  const auto narrow = [&](const DecoderScratch::Slot& slot, const backend::Matrix& matrix) {
    Tensor t = step.rows(slot);
    t.cols = matrix.n_out();
    return t;
  };
  const Tensor gate = narrow(step.scratch->gate, *weights.gate);
  const Tensor up = narrow(step.scratch->up, *weights.up);
  backend.matmul(
      x, std::array{backend::Product{weights.gate.get(), gate}, backend::Product{weights.up.get(), up}});
  adapt(backend, step, x,
        std::array{AdaptableProduct{AdapterTarget::kGate, gate}, AdaptableProduct{AdapterTarget::kUp, up}});
  if (weights.gate_bias) backend.add_bias(*weights.gate_bias, gate);
  if (weights.up_bias) backend.add_bias(*weights.up_bias, up);
  backend.gate_mul(kind, gate, up);
  backend.matmul(*weights.down, gate, out);
  adapt(backend, step, gate, std::array{AdaptableProduct{AdapterTarget::kDown, out}});
  if (weights.down_bias) backend.add_bias(*weights.down_bias, out);
}

}  // namespace peregrine::model
