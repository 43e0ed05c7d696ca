// The encoders bert (Devlin et al., 2018) and nomic-bert (Nussbaum et al., 2024), for embeddings, or with a
// classifier for ranking: every token sees the whole text; layer norms follow each block. bert has learned
// positions, biases and a gelu feed-forward, nomic-bert half-pair rotary positions, a fused projection to
// queries, keys and values, and SwiGLU.
#pragma once

#include <memory>

#include "model/model.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_bert(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
