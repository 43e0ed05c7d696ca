#include "tensor/codec.h"

#include <cstring>

#include "tensor/half.h"
#include "tensor/q4_0.h"
#include "tensor/q4_k.h"
#include "tensor/q5_k.h"
#include "tensor/q6_k.h"
#include "tensor/q8_0.h"

namespace peregrine::tensor {
namespace {

template <class Stored, class Convert>
void decode_plain(const std::byte* src, float* dst, std::size_t n, Convert convert) noexcept {
  for (std::size_t i = 0; i < n; ++i) {
    Stored stored;
    std::memcpy(&stored, src + i * sizeof(Stored), sizeof(Stored));
    dst[i] = convert(stored);
  }
}

template <class Stored>
void decode_number(const std::byte* src, float* dst, std::size_t n) noexcept {
  decode_plain<Stored>(src, dst, n, [](Stored stored) { return static_cast<float>(stored); });
}

template <class Stored, class Convert>
void encode_plain(const float* src, std::byte* dst, std::size_t n, Convert convert) noexcept {
  for (std::size_t i = 0; i < n; ++i) {
    const Stored stored = convert(src[i]);
    std::memcpy(dst + i * sizeof(Stored), &stored, sizeof(Stored));
  }
}

template <class Block>
void decode_blocks(const std::byte* src, float* dst, std::size_t n) noexcept {
  dequantize_row(reinterpret_cast<const Block*>(src), dst, n);
}

template <class Block>
bool encode_blocks(const float* src, std::byte* dst, std::size_t n) noexcept {
  quantize_row(src, reinterpret_cast<Block*>(dst), n);
  return true;
}

}  // namespace

void dequantize_row(DType type, const std::byte* src, float* dst, std::size_t n) noexcept {
  switch (type) {
    case DType::kF32:
      std::memcpy(dst, src, n * sizeof(float));
      return;
    case DType::kF16:
      decode_plain<std::uint16_t>(src, dst, n, f16_to_f32);
      return;
    case DType::kBF16:
      decode_plain<std::uint16_t>(src, dst, n, bf16_to_f32);
      return;
    case DType::kQ8_0:
      decode_blocks<BlockQ8_0>(src, dst, n);
      return;
    case DType::kQ4_0:
      decode_blocks<BlockQ4_0>(src, dst, n);
      return;
    case DType::kQ4_K:
      decode_blocks<BlockQ4_K>(src, dst, n);
      return;
    case DType::kQ5_K:
      decode_blocks<BlockQ5_K>(src, dst, n);
      return;
    case DType::kQ6_K:
      decode_blocks<BlockQ6_K>(src, dst, n);
      return;
    case DType::kI8:
      decode_number<std::int8_t>(src, dst, n);
      return;
    case DType::kI16:
      decode_number<std::int16_t>(src, dst, n);
      return;
    case DType::kI32:
      decode_number<std::int32_t>(src, dst, n);
      return;
    case DType::kI64:
      decode_number<std::int64_t>(src, dst, n);
      return;
    case DType::kF64:
      decode_number<double>(src, dst, n);
      return;
  }
}

bool quantize_row(DType type, const float* src, std::byte* dst, std::size_t n) noexcept {
  switch (type) {
    case DType::kF32:
      std::memcpy(dst, src, n * sizeof(float));
      return true;
    case DType::kF16:
      encode_plain<std::uint16_t>(src, dst, n, f32_to_f16);
      return true;
    case DType::kBF16:
      encode_plain<std::uint16_t>(src, dst, n, f32_to_bf16);
      return true;
    case DType::kQ8_0:
      return encode_blocks<BlockQ8_0>(src, dst, n);
    case DType::kQ4_0:
      return encode_blocks<BlockQ4_0>(src, dst, n);
    case DType::kQ4_K:
      return encode_blocks<BlockQ4_K>(src, dst, n);
    case DType::kQ5_K:
      return encode_blocks<BlockQ5_K>(src, dst, n);
    case DType::kQ6_K:
      return encode_blocks<BlockQ6_K>(src, dst, n);
    case DType::kI8:
    case DType::kI16:
    case DType::kI32:
    case DType::kI64:
    case DType::kF64:
      break;
  }
  return false;
}

}  // namespace peregrine::tensor
