// Facts and small tables that every architecture takes from its file the same way.
#pragma once

#include <vector>

#include "model/hparams.h"
#include "model/model.h"

namespace peregrine::model {

Result<ModelInfo> describe(const gguf::File& file, const Hparams& hparams);

// Llama 3's frequency factors, `n` of them, or empty when the file has no rope_freqs.weight.
Result<std::vector<float>> read_rope_factors(const gguf::File& file, std::uint32_t n);

}  // namespace peregrine::model
