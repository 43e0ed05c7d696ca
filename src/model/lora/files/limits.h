// What an adapter file may ask for, before it gets any of it. Real adapters stay far below.
#pragma once

#include <cstddef>
#include <cstdint>

namespace peregrine::model {

// As uploaded, and each of its parts once unpacked.
inline constexpr std::uint64_t kMaxAdapterBytes = std::uint64_t{1} << 30;
inline constexpr std::uint64_t kMaxAdapterConfigBytes = std::uint64_t{1} << 16;
// Unpacked bytes of a packed one. Weights are noise and hardly shrink; those that were never trained are
// zeros, half of a file.
inline constexpr std::uint64_t kMaxInflation = 100;
inline constexpr std::uint64_t kMaxZipEntries = 16;
// Of a safetensors file.
inline constexpr std::uint64_t kMaxTensorHeaderBytes = std::uint64_t{4} << 20;
inline constexpr std::size_t kMaxAdapterTensors = 16384;
inline constexpr std::size_t kMaxAdapterJsonDepth = 8;
inline constexpr std::uint32_t kMaxFileRank = 256;
// Numbers in all matrices: as floats they take four times as many bytes.
inline constexpr std::uint64_t kMaxAdapterNumbers = std::uint64_t{1} << 28;
// Characters of a file's own text in an error.
inline constexpr std::size_t kMaxShownChars = 120;

}  // namespace peregrine::model
