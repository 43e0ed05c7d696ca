#include "tensor/codec.h"

#include <cstring>

#include "tensor/half.h"
#include "tensor/iq4_nl.h"
#include "tensor/iq4_xs.h"
#include "tensor/mxfp4.h"
#include "tensor/q16_0.h"
#include "tensor/q2_k.h"
#include "tensor/q3_k.h"
#include "tensor/q4_0.h"
#include "tensor/q4_1.h"
#include "tensor/q4_k.h"
#include "tensor/q5_0.h"
#include "tensor/q5_1.h"
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

// Calls visit.operator()<Block>() for the block struct of a quantised type; false for the others.
template <class Visit>
bool with_block_of(DType type, Visit visit) noexcept {
  const auto call = [&visit]<class Block>() {
    visit.template operator()<Block>();
    return true;
  };
  switch (type) {
    case DType::kQ8_0:
      return call.template operator()<BlockQ8_0>();
    case DType::kQ4_0:
      return call.template operator()<BlockQ4_0>();
    case DType::kQ4_1:
      return call.template operator()<BlockQ4_1>();
    case DType::kQ5_0:
      return call.template operator()<BlockQ5_0>();
    case DType::kQ5_1:
      return call.template operator()<BlockQ5_1>();
    case DType::kIQ4_NL:
      return call.template operator()<BlockIQ4_NL>();
    case DType::kMXFP4:
      return call.template operator()<BlockMXFP4>();
    case DType::kQ2_K:
      return call.template operator()<BlockQ2_K>();
    case DType::kQ3_K:
      return call.template operator()<BlockQ3_K>();
    case DType::kQ4_K:
      return call.template operator()<BlockQ4_K>();
    case DType::kQ5_K:
      return call.template operator()<BlockQ5_K>();
    case DType::kQ6_K:
      return call.template operator()<BlockQ6_K>();
    case DType::kIQ4_XS:
      return call.template operator()<BlockIQ4_XS>();
    case DType::kQ16_0:
      return call.template operator()<BlockQ16_0>();
    case DType::kF32:
    case DType::kF16:
    case DType::kBF16:
    case DType::kI8:
    case DType::kI16:
    case DType::kI32:
    case DType::kI64:
    case DType::kF64:
      break;
  }
  return false;
}

}  // namespace

void dequantize_row(DType type, const std::byte* src, float* dst, std::size_t n) noexcept {
  const bool decoded = with_block_of(
      type, [&]<class Block>() { dequantize_row(reinterpret_cast<const Block*>(src), dst, n); });
  if (decoded) return;
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
    default:
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
    default:
      return with_block_of(type, [&]<class Block>() { quantize_row(src, reinterpret_cast<Block*>(dst), n); });
  }
}

}  // namespace peregrine::tensor
