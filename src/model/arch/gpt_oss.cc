#include "model/arch/gpt_oss.h"

#include <fmt/format.h>

#include "model/blocks/decoder.h"
#include "model/info.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_gpt_oss(const gguf::File& file, backend::Backend& backend) {
  WeightLoader loader(file, backend);
  DecoderSpec spec;
  PEREGRINE_ASSIGN(spec.h, read_hparams(file));
  const Hparams& h = spec.h;
  PEREGRINE_ASSIGN(ModelInfo info, describe(file, h));
  PEREGRINE_ASSIGN(spec.rope, load_rope(loader, h, backend::RopePairing::kHalves, yarn_magnitude(h)));
  const HparamReader reader(file, h.architecture);
  PEREGRINE_ASSIGN(const std::uint32_t window, reader.count("attention.sliding_window", kMaxContext));
  PEREGRINE_ASSIGN(spec.experts, read_experts(file, h));
  if (spec.experts.n_experts == 0) return reader.refuse("expert_count", "must be at least 1");
  spec.experts.gate = backend::Gate::kClampedSilu;
  spec.experts.router.scores = backend::RouterSpec::Scores::kSoftmaxOfChosen;

  PEREGRINE_TRY(loader.require_in_layers(
      h.n_layers, {"attn_q.bias", "attn_k.bias", "attn_v.bias", "attn_output.bias", "attn_sinks.weight",
                   "ffn_gate_inp.bias", "ffn_gate_exps.bias", "ffn_up_exps.bias", "ffn_down_exps.bias"}));
  std::vector<DecoderLayer> layers;
  std::vector<backend::View> views;
  for (std::uint32_t i = 0; i < h.n_layers; ++i) {
    const std::string prefix = fmt::format("blk.{}.", i);
    DecoderLayer layer;
    layer.options = plain_attention(h);
    PEREGRINE_ASSIGN(layer.attention_norm, loader.vector(prefix + "attn_norm.weight", h.n_embd));
    PEREGRINE_ASSIGN(layer.attention, AttentionWeights::load(loader, h, prefix));
    PEREGRINE_ASSIGN(layer.ffn_norm, loader.vector(prefix + "post_attention_norm.weight", h.n_embd));
    PEREGRINE_ASSIGN(layer.experts, ExpertsWeights::load(loader, h, spec.experts, prefix));
    layers.push_back(std::move(layer));
    views.push_back(i % 2 == 0 ? backend::View{backend::View::Kind::kWindow, window} : backend::View{});
  }
  group_by_view(h, views, info, layers);
  return Decoder::create(loader, std::move(spec), std::move(info), std::move(layers));
}

}  // namespace peregrine::model
