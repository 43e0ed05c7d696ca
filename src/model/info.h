// Facts and small tables that every architecture takes from its file the same way.
#pragma once

#include <vector>

#include "model/hparams.h"
#include "model/model.h"
#include "model/weights.h"

namespace peregrine::model {

// With one KV group of all layers; architectures with other needs replace it.
Result<ModelInfo> describe(const gguf::File& file, const Hparams& hparams);

// The rotary embedding that the hyperparameters and the file's factors ask for.
Result<std::shared_ptr<const backend::Rope>> load_rope(WeightLoader& loader, const Hparams& hparams,
                                                       backend::RopePairing pairing, float magnitude);

// YaRN's factor on cosines and sines, 1 + 0.1 ln(factor); 1 without YaRN.
float yarn_magnitude(const Hparams& hparams);

// Llama 3's frequency factors, `n` of them, or empty when the file has no rope_freqs.weight.
Result<std::vector<float>> read_rope_factors(WeightLoader& loader, std::uint32_t n);

}  // namespace peregrine::model
