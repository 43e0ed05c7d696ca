// The llama architecture (Touvron et al., 2023; Llama 3; Mixtral, 2024): grouped-query attention,
// adjacent-pair rotary positions (with Llama 3's frequency factors when the file has rope_freqs.weight),
// SwiGLU or experts of it, tied or untied output, optional biases.
#pragma once

#include <memory>

#include "model/model.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_llama(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
