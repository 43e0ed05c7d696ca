// The metadata of a synthetic model: what files of the architecture carry, and its vocabulary.
#pragma once

#include "app/synthetic/spec.h"
#include "gguf/writer.h"

namespace peregrine::app::synthetic {

// A writer with every key and no tensor.
gguf::Writer keys_of(const ModelSpec& spec);

}  // namespace peregrine::app::synthetic
