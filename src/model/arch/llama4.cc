#include "model/arch/llama4.h"

#include <fmt/format.h>

#include "model/blocks/decoder.h"
#include "model/info.h"

namespace peregrine::model {
namespace {

// Facts of the published models that their files do not carry.
constexpr std::uint32_t kChunk = 8192;
constexpr std::uint32_t kFullEvery = 4;  // layers 3, 7, ...
constexpr Temperature kTemperature{.scale = 0.1F, .interval = 8192.0F};
constexpr std::uint32_t kExpertsWithoutQkNorm = 128;

}  // namespace

Result<std::unique_ptr<Model>> load_llama4(const gguf::File& file, backend::Backend& backend) {
  WeightLoader loader(file, backend);
  DecoderSpec spec;
  PEREGRINE_ASSIGN(spec.h, read_hparams(file));
  const Hparams& h = spec.h;
  PEREGRINE_ASSIGN(ModelInfo info, describe(file, h));
  PEREGRINE_ASSIGN(spec.rope, load_rope(loader, h, backend::RopePairing::kAdjacent, 1.0F));
  const HparamReader reader(file, h.architecture);
  PEREGRINE_ASSIGN(spec.experts, read_experts(file, h));
  if (spec.experts.n_experts == 0) return reader.refuse("expert_count", "must be at least 1");
  PEREGRINE_ASSIGN(const std::uint32_t expert_step,
                   reader.count_or("interleave_moe_layer_step", 1, 1, kMaxLayers));
  spec.experts.weigh_input = true;
  spec.experts.router.scores = backend::RouterSpec::Scores::kSigmoid;
  spec.max_n_ff = std::max(h.n_ff, spec.experts.n_ff);
  spec.temperature = kTemperature;

  std::vector<DecoderLayer> layers;
  std::vector<backend::View> views;
  for (std::uint32_t i = 0; i < h.n_layers; ++i) {
    const bool has_experts = (i + 1) % expert_step == 0;
    const bool full = (i + 1) % kFullEvery == 0;
    PEREGRINE_ASSIGN(DecoderLayer layer,
                     load_plain_layer(loader, h, has_experts ? spec.experts : ExpertsShape{}, i));
    if (has_experts) {
      PEREGRINE_ASSIGN(layer.dense, FeedForwardWeights::load(loader, h.n_embd, spec.experts.n_ff,
                                                             fmt::format("blk.{}.", i), "_shexp"));
    }
    layer.options.rotary = !full;
    layer.options.tempered = full;
    layer.options.norm_rotated = !full && spec.experts.n_experts != kExpertsWithoutQkNorm;
    layers.push_back(std::move(layer));
    views.push_back(full ? backend::View{} : backend::View{backend::View::Kind::kChunk, kChunk});
  }
  group_by_view(h, views, info, layers);
  return Decoder::create(loader, std::move(spec), std::move(info), std::move(layers));
}

}  // namespace peregrine::model
