// Element types of tensors and the sizes of their blocks.
//
// A quantised type stores `block_elements` values in `block_bytes` bytes; plain types are blocks of one.
// Rows are contiguous and hold whole blocks. Layouts of the blocks: one header per format in this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace peregrine::tensor {

// Plain weights, blocks of 32, blocks of 256, blocks of words, then what no weight matrix has: tables index
// by the first four groups, and files never hold these numbers.
enum class DType : std::uint8_t {
  kF32,
  kF16,
  kBF16,

  kQ8_0,
  kQ4_0,
  kQ4_1,
  kQ5_0,
  kQ5_1,
  kIQ4_NL,
  kMXFP4,

  kQ2_K,
  kQ3_K,
  kQ4_K,
  kQ5_K,
  kQ6_K,
  kIQ4_XS,

  kQ16_0,  // of weights in memory; no file has it

  kI8,
  kI16,
  kI32,
  kI64,
  kF64
};

struct DTypeTraits {
  std::string_view name;         // as GGUF tools print it: "F32", "Q4_K"
  std::uint32_t block_elements;  // values per block
  std::uint32_t block_bytes;     // bytes per block
};

const DTypeTraits& traits(DType type) noexcept;

// Bytes of `elements` values; nullopt if they do not fill whole blocks or the product overflows.
std::optional<std::uint64_t> row_bytes(DType type, std::uint64_t elements) noexcept;

}  // namespace peregrine::tensor
