// The deepseek2 architecture as DeepSeek-V3 (2024) and Kimi K2 (2025) use it: latent attention over a cache
// of one vector per token, leading dense blocks, then experts with a shared block, chosen by biased sigmoid
// scores, in groups where the file says so; YaRN.
#pragma once

#include <memory>

#include "model/model.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_deepseek2(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
