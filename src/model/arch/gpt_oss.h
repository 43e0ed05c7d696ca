// The gpt-oss architecture (OpenAI, 2025): half-pair rotary positions with YaRN, alternating windowed and
// full attention with a learned sink per head, biases everywhere, experts with a clamped SwiGLU whose weights
// are a softmax over the chosen. The norm before the experts is called post_attention_norm.
#pragma once

#include <memory>

#include "model/model.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_gpt_oss(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
