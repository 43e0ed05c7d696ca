#include "model/arch/gemma2.h"

#include <fmt/format.h>

#include <cmath>

#include "model/blocks/decoder.h"
#include "model/info.h"

namespace peregrine::model {
namespace {

// Gemma 2 27B scales scores by the width per head instead of the head's size; nothing else in a file tells.
constexpr std::uint32_t kLayersOf27B = 46;

}  // namespace

Result<std::unique_ptr<Model>> load_gemma2(const gguf::File& file, backend::Backend& backend) {
  WeightLoader loader(file, backend);
  DecoderSpec spec;
  PEREGRINE_ASSIGN(spec.h, read_hparams(file));
  const Hparams& h = spec.h;
  PEREGRINE_ASSIGN(ModelInfo info, describe(file, h));
  PEREGRINE_ASSIGN(spec.rope, load_rope(loader, h, backend::RopePairing::kHalves, 1.0F));
  const HparamReader reader(file, h.architecture);
  PEREGRINE_ASSIGN(const std::uint32_t window, reader.count("attention.sliding_window", kMaxContext));
  PEREGRINE_ASSIGN(const float score_cap, reader.positive_or("attn_logit_softcapping", 50.0F));
  PEREGRINE_ASSIGN(spec.output_softcap, reader.positive_or("final_logit_softcapping", 30.0F));
  spec.embedding_scale = std::sqrt(static_cast<float>(h.n_embd));
  spec.gate = backend::Gate::kGelu;

  std::vector<DecoderLayer> layers;
  std::vector<backend::View> views;
  for (std::uint32_t i = 0; i < h.n_layers; ++i) {
    PEREGRINE_ASSIGN(DecoderLayer layer, load_plain_layer(loader, h, {}, i));
    const std::string prefix = fmt::format("blk.{}.", i);
    PEREGRINE_ASSIGN(layer.post_attention_norm,
                     loader.vector(prefix + "post_attention_norm.weight", h.n_embd));
    PEREGRINE_ASSIGN(layer.post_ffn_norm, loader.vector(prefix + "post_ffw_norm.weight", h.n_embd));
    layer.options.softcap = score_cap;
    if (h.n_layers == kLayersOf27B) {
      layer.options.scale = 1.0F / std::sqrt(static_cast<float>(h.n_embd) / static_cast<float>(h.n_heads));
    }
    layers.push_back(std::move(layer));
    views.push_back(i % 2 == 0 ? backend::View{backend::View::Kind::kWindow, window} : backend::View{});
  }
  group_by_view(h, views, info, layers);
  return Decoder::create(loader, std::move(spec), std::move(info), std::move(layers));
}

}  // namespace peregrine::model
