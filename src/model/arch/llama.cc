#include "model/arch/llama.h"

#include "model/blocks/decoder.h"
#include "model/info.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_llama(const gguf::File& file, backend::Backend& backend) {
  WeightLoader loader(file, backend);
  DecoderSpec spec;
  PEREGRINE_ASSIGN(spec.h, read_hparams(file));
  PEREGRINE_ASSIGN(ModelInfo info, describe(file, spec.h));
  PEREGRINE_ASSIGN(spec.rope, load_rope(loader, spec.h, backend::RopePairing::kAdjacent, 1.0F));
  PEREGRINE_ASSIGN(spec.experts, read_experts(file, spec.h));
  spec.experts.router.normalise = true;
  PEREGRINE_ASSIGN(std::vector<DecoderLayer> layers, load_plain_layers(loader, spec));
  return Decoder::create(loader, std::move(spec), std::move(info), std::move(layers));
}

}  // namespace peregrine::model
