// The architectures qwen2, qwen3 and qwen3moe (Qwen team, 2024 and 2025): llama with half-pair rotary
// positions; qwen2 has biases on queries, keys and values, qwen3 RMS norms on each query and key head,
// qwen3moe experts whose weights are probabilities over all experts, rescaled among the chosen.
#pragma once

#include <memory>

#include "model/model.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_qwen(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
