// The gemma2 architecture (Gemma team, 2024): embeddings times sqrt(width), norms before and after each
// block, alternating windowed and full attention with capped scores, GeGLU, capped logits, tied output. Norm
// weights of GGUF files already hold 1 + w.
#pragma once

#include <memory>

#include "model/model.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_gemma2(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
