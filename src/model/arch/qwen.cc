#include "model/arch/qwen.h"

#include "model/blocks/decoder.h"
#include "model/info.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_qwen(const gguf::File& file, backend::Backend& backend) {
  WeightLoader loader(file, backend);
  DecoderSpec spec;
  PEREGRINE_ASSIGN(spec.h, read_hparams(file));
  PEREGRINE_ASSIGN(ModelInfo info, describe(file, spec.h));
  const float magnitude = yarn_magnitude(spec.h);
  PEREGRINE_ASSIGN(spec.rope, load_rope(loader, spec.h, backend::RopePairing::kHalves, magnitude));
  PEREGRINE_ASSIGN(spec.experts, read_experts(file, spec.h));
  spec.experts.router.normalise = true;
  PEREGRINE_ASSIGN(std::vector<DecoderLayer> layers, load_plain_layers(loader, spec));
  if (spec.h.architecture == "qwen2") {
    PEREGRINE_TRY(loader.require_in_layers(spec.h.n_layers, {"attn_q.bias", "attn_k.bias", "attn_v.bias"}));
  } else {
    PEREGRINE_TRY(loader.require_in_layers(spec.h.n_layers, {"attn_q_norm.weight", "attn_k_norm.weight"}));
  }
  return Decoder::create(loader, std::move(spec), std::move(info), std::move(layers));
}

}  // namespace peregrine::model
