// Matrices of untrusted files as floats.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tensor/dtype.h"

namespace peregrine::model {

// `data` is whole elements of F32, F16 or BF16, little endian, not aligned. Errors: kUnsupported for another
// type, kCorrupt for infinities and NaN; `where` is `name`.
Result<std::vector<float>> finite_floats(std::span<const std::byte> data, tensor::DType type,
                                         std::string_view name);

}  // namespace peregrine::model
