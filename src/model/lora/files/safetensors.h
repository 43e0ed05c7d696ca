// Tensors of a safetensors file in memory.
//
// Format: safetensors' README: the header's length (u64, little endian), a JSON object of
// {name: {dtype, shape, data_offsets}}, the data, which the tensors cover without gap or overlap. Taken are
// F32, F16 and BF16 tensors of one or two dimensions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "tensor/dtype.h"

namespace peregrine::model {

struct SafeTensor {
  std::string name;  // UTF-8
  tensor::DType type = tensor::DType::kF32;
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;        // innermost
  std::span<const std::byte> data;  // rows * columns elements, not aligned
};

// In the data's order. Views into `bytes`. Errors: kCorrupt, kUnsupported, kResourceExhausted; `where` is
// the tensor, or empty.
Result<std::vector<SafeTensor>> parse_safetensors(std::span<const std::byte> bytes);

}  // namespace peregrine::model
