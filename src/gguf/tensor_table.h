// Reads and checks the tensor table of a GGUF image, and places each tensor's data in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "gguf/byte_reader.h"
#include "gguf/file.h"

namespace peregrine::gguf {

// `reader` stands behind the metadata of `image`. Tensors in the table's order; two never share a byte.
// Errors: kCorrupt, kUnsupported (element type), kResourceExhausted; `where` is the tensor's name, or its
// ordinal while the name itself is in doubt.
Result<std::vector<TensorInfo>> parse_tensor_table(ByteReader& reader, std::uint64_t count,
                                                   std::uint32_t alignment, std::span<const std::byte> image);

}  // namespace peregrine::gguf
