// GGUF's numbers for tensor element types, and which of them Peregrine computes with.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "tensor/dtype.h"

namespace peregrine::gguf {

// Errors: kUnsupported, naming the type where GGUF knows the number; `where` is left to the caller.
Result<tensor::DType> tensor_type_from_id(std::uint32_t id);

std::uint32_t tensor_type_id(tensor::DType type);

}  // namespace peregrine::gguf
