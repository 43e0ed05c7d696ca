// Constants of the GGUF container and the limits this room sets to it.
//
// Format: "GGUF" in the ggml project's documentation, versions 2 and 3, little endian. A file is a header
// (magic, version, tensor count, key count), the key-value pairs, the tensor table, padding to the
// alignment, then the tensors' data. Limits bound work on hostile files; real models stay far below them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace peregrine::gguf {

// The types of a metadata value, with the numbers that files use.
enum class ValueType : std::uint32_t {
  kU8 = 0,
  kI8 = 1,
  kU16 = 2,
  kI16 = 3,
  kU32 = 4,
  kI32 = 5,
  kF32 = 6,
  kBool = 7,
  kString = 8,
  kArray = 9,
  kU64 = 10,
  kI64 = 11,
  kF64 = 12,
};

bool is_value_type(std::uint32_t number) noexcept;

// "u8", "string", "array", ...; "unknown" for a number outside the enumeration.
std::string_view value_type_name(ValueType type) noexcept;

// Bytes of one scalar value; 0 for strings, arrays and numbers outside the enumeration.
std::size_t scalar_bytes(ValueType type) noexcept;

inline constexpr std::string_view kMagic = "GGUF";
inline constexpr std::uint32_t kMinVersion = 2;
inline constexpr std::uint32_t kMaxVersion = 3;

// Alignment of tensor data. The lower bound keeps every plain element type naturally aligned.
inline constexpr std::uint32_t kDefaultAlignment = 32;
inline constexpr std::uint32_t kMinAlignment = 8;
inline constexpr std::uint32_t kMaxAlignment = 65536;

inline constexpr std::uint64_t kMaxKeys = 65536;
inline constexpr std::uint64_t kMaxKeyBytes = 65535;
inline constexpr std::uint64_t kMaxTensors = 131072;       // all shards together
inline constexpr std::uint64_t kMaxTensorNameBytes = 256;  // the format says 64; files in the wild exceed it
inline constexpr std::uint32_t kMaxDims = 4;
inline constexpr std::uint64_t kMaxShards = 4096;

inline constexpr std::string_view kKeyAlignment = "general.alignment";
inline constexpr std::string_view kKeySplitNo = "split.no";
inline constexpr std::string_view kKeySplitCount = "split.count";
inline constexpr std::string_view kKeySplitTensors = "split.tensors.count";

}  // namespace peregrine::gguf
