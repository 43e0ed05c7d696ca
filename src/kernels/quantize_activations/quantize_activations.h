// Activations as signed integers with block scales: the only forms that quantised weights are multiplied
// with.
//
// A quantised row of k values is `activation_row_bytes` bytes, in sections that start at multiples of 64:
//   Q8x32   bytes q[k], floats scale[k / 32], int32 sum[k / 32];               for weights in blocks of 32
//   Q8x256  bytes q[k], floats scale[k / 256], int16 sum[k / 16], int16 sum[k / 32];  in blocks of 256
//   I16x32  int16 q[k], floats scale[k / 32];                                  for Q16_0
// x ~ scale[block] * q with q in -127..127 (I16x32: -8191..8191), scale = max|x| / 127 (8191) of the block; a
// sum adds the q of 16 or 32 neighbours. Sections are padded with zeros, so a kernel may read whole 64-byte
// groups. Every ISA gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/dtype.h"

namespace peregrine::kernels {

enum class ActivationFormat : std::uint8_t { kF32, kQ8x32, kQ8x256, kI16x32 };

// The form in which activations meet weights of `type`: kF32 for plain weights.
constexpr ActivationFormat activation_format(tensor::DType type) noexcept {
  switch (type) {
    case tensor::DType::kQ8_0:
    case tensor::DType::kQ4_0:
    case tensor::DType::kQ5_0:
    case tensor::DType::kIQ4_NL:
    case tensor::DType::kMXFP4:
    case tensor::DType::kQ4_1:
    case tensor::DType::kQ5_1:
      return ActivationFormat::kQ8x32;
    case tensor::DType::kQ2_K:
    case tensor::DType::kQ3_K:
    case tensor::DType::kQ4_K:
    case tensor::DType::kQ5_K:
    case tensor::DType::kQ6_K:
    case tensor::DType::kIQ4_XS:
      return ActivationFormat::kQ8x256;
    case tensor::DType::kQ16_0:
      return ActivationFormat::kI16x32;
    default:
      return ActivationFormat::kF32;
  }
}

namespace detail {
constexpr std::size_t pad64(std::size_t bytes) noexcept {
  return (bytes + 63) / 64 * 64;
}
}  // namespace detail

// Offsets, in bytes from the start of a row, of a section.
constexpr std::size_t q8_scales_offset(std::size_t k) noexcept {
  return detail::pad64(k);
}
constexpr std::size_t q8x32_sums_offset(std::size_t k) noexcept {
  return q8_scales_offset(k) + detail::pad64(k / 32 * sizeof(float));
}
constexpr std::size_t q8x256_sums_16_offset(std::size_t k) noexcept {
  return q8_scales_offset(k) + detail::pad64(k / 256 * sizeof(float));
}
constexpr std::size_t q8x256_sums_32_offset(std::size_t k) noexcept {
  return q8x256_sums_16_offset(k) + detail::pad64(k / 16 * sizeof(std::int16_t));
}
constexpr std::size_t i16_scales_offset(std::size_t k) noexcept {
  return detail::pad64(k * sizeof(std::int16_t));
}

// Bytes of a row of k values; k is a multiple of 32 (kQ8x32, kI16x32) or 256 (kQ8x256). A multiple of 64 but
// for kF32.
constexpr std::size_t activation_row_bytes(ActivationFormat format, std::size_t k) noexcept {
  switch (format) {
    case ActivationFormat::kQ8x32:
      return q8x32_sums_offset(k) + detail::pad64(k / 32 * sizeof(std::int32_t));
    case ActivationFormat::kQ8x256:
      return q8x256_sums_32_offset(k) + detail::pad64(k / 32 * sizeof(std::int16_t));
    case ActivationFormat::kI16x32:
      return i16_scales_offset(k) + detail::pad64(k / 32 * sizeof(float));
    case ActivationFormat::kF32:
      break;
  }
  return k * sizeof(float);
}

// Quantises the k values at `src` to the row at `dst` (4-byte aligned; 64 is fastest), padding included.
//
// Rounds to nearest, ties to even. A block whose largest magnitude is below 2^-120 (I16x32: 2^-114) becomes
// zeros. A block
// with an infinity or a NaN gets that as its scale, so that every product with it is NaN or infinite, never
// silently wrong.
using QuantizeRowFn = void (*)(const float* src, std::byte* dst, std::size_t k) noexcept;

}  // namespace peregrine::kernels
