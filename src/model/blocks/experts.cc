#include "model/blocks/experts.h"

#include <fmt/format.h>

#include <array>

namespace peregrine::model {

using backend::Tensor;

Result<ExpertsShape> read_experts(const gguf::File& file, const Hparams& h) {
  const HparamReader reader(file, h.architecture);
  ExpertsShape shape;
  PEREGRINE_ASSIGN(shape.n_experts, reader.count_or("expert_count", 0, 0, kMaxExperts));
  if (shape.n_experts == 0) return shape;
  PEREGRINE_ASSIGN(shape.n_used, reader.count("expert_used_count", shape.n_experts));
  PEREGRINE_ASSIGN(shape.n_ff, reader.count_or("expert_feed_forward_length", h.n_ff, 1, kMaxWidth));
  if (std::uint64_t{shape.n_experts} * std::max(shape.n_ff, h.n_embd) > UINT32_MAX) {
    return reader.refuse("expert_count",
                         fmt::format("{} experts of {} are too many", shape.n_experts, shape.n_ff));
  }
  shape.router.n_experts = shape.n_experts;
  shape.router.n_used = shape.n_used;
  return shape;
}

Result<ExpertsWeights> ExpertsWeights::load(WeightLoader& loader, const Hparams& h, const ExpertsShape& s,
                                            const std::string& prefix) {
  ExpertsWeights w;
  PEREGRINE_ASSIGN(w.router, loader.matrix(prefix + "ffn_gate_inp.weight", s.n_experts, h.n_embd));
  PEREGRINE_ASSIGN(w.router_bias, loader.optional_vector(prefix + "ffn_gate_inp.bias", s.n_experts));
  PEREGRINE_ASSIGN(w.choice_bias, loader.optional_vector(prefix + "exp_probs_b.bias", s.n_experts));
  PEREGRINE_ASSIGN(w.gate, loader.stack(prefix + "ffn_gate_exps.weight", s.n_experts, s.n_ff, h.n_embd));
  PEREGRINE_ASSIGN(w.up, loader.stack(prefix + "ffn_up_exps.weight", s.n_experts, s.n_ff, h.n_embd));
  PEREGRINE_ASSIGN(w.down, loader.stack(prefix + "ffn_down_exps.weight", s.n_experts, h.n_embd, s.n_ff));
  PEREGRINE_ASSIGN(w.gate_bias, loader.optional_stack(prefix + "ffn_gate_exps.bias", s.n_experts, s.n_ff));
  PEREGRINE_ASSIGN(w.up_bias, loader.optional_stack(prefix + "ffn_up_exps.bias", s.n_experts, s.n_ff));
  PEREGRINE_ASSIGN(w.down_bias, loader.optional_stack(prefix + "ffn_down_exps.bias", s.n_experts, h.n_embd));
  return w;
}

void experts(backend::Backend& backend, const ExpertsWeights& weights, const ExpertsShape& shape,
             const DecoderStep& step, Tensor x, Tensor out) {
  DecoderScratch& s = *step.scratch;
  const Tensor scores = step.rows(s.router);
  backend.matmul(*weights.router, x, scores);
  if (weights.router_bias) backend.add_bias(*weights.router_bias, scores);
  backend::RouterSpec router = shape.router;
  router.choice_bias = weights.choice_bias.get();
  backend.route(router, scores, *s.routes);

  const auto assigned = [&](const DecoderScratch::Slot& slot) {
    return slot->tensor().first_rows(step.n_rows * shape.n_used);
  };
  const Tensor in = assigned(s.expert_in);
  const Tensor gate = assigned(s.expert_gate);
  const Tensor up = assigned(s.expert_up);
  const Tensor result = assigned(s.expert_out);
  backend.dispatch(*s.routes, x, shape.weigh_input, in);
  backend.expert_matmul(
      *s.routes, in,
      std::array{backend::Product{weights.gate.get(), gate}, backend::Product{weights.up.get(), up}});
  if (weights.gate_bias) backend.expert_add_bias(*weights.gate_bias, *s.routes, gate);
  if (weights.up_bias) backend.expert_add_bias(*weights.up_bias, *s.routes, up);
  backend.gate_mul(shape.gate, gate, up);
  backend.expert_matmul(*weights.down, *s.routes, gate, result);
  if (weights.down_bias) backend.expert_add_bias(*weights.down_bias, *s.routes, result);
  backend.combine(*s.routes, result, !shape.weigh_input, out);
}

}  // namespace peregrine::model
