// The llama4 architecture (Meta, 2025): three layers of four rotate positions and attend within chunks, the
// fourth has neither but tempered queries; experts with a shared block in every or every other layer, one
// expert per token whose sigmoid weight multiplies its input; norms of rotated queries and keys unless there
// are 128 experts.
#pragma once

#include <memory>

#include "model/model.h"

namespace peregrine::model {

Result<std::unique_ptr<Model>> load_llama4(const gguf::File& file, backend::Backend& backend);

}  // namespace peregrine::model
