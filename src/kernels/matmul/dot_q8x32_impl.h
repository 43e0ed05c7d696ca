// Dot products of weights in blocks of 32 (Q8_0, Q4_0) with Q8x32 activations.
//
// Two blocks make one step: block 2 i in lanes 0..7, block 2 i + 1 in lanes 8..15, each lane the exact
// integer sum of four neighbouring products; then acc += integer * (weight scale * activation scale).
#pragma once

#include <cstddef>

#include "kernels/matmul/matmul_impl.h"
#include "kernels/quantize_activations/quantize_activations.h"
#include "tensor/q4_0.h"
#include "tensor/q8_0.h"

PEREGRINE_SIMD_BEGIN

struct WeightsQ8_0 {
  using Block = tensor::BlockQ8_0;
  static PEREGRINE_ALWAYS_INLINE I8x64 unpack(const Block* first, const Block* second) {
    return unpack_bytes(first->q, second != nullptr ? second->q : nullptr);
  }
};

struct WeightsQ4_0 {
  using Block = tensor::BlockQ4_0;
  static PEREGRINE_ALWAYS_INLINE I8x64 unpack(const Block* first, const Block* second) {
    return unpack_nibbles_less_8(first->q, second != nullptr ? second->q : nullptr);
  }
};

template <class Weights>
struct DotQ8x32 {
  static constexpr int kMaxRows = kMaxRowsInt8;
  using Block = typename Weights::Block;

  // `step` counts pairs of blocks; `second` is null where a row ends on an odd block, whose other half then
  // contributes zeros.
  template <int R>
  static PEREGRINE_ALWAYS_INLINE void add_step(const Block* first, const Block* second, const Rows<R>& rows,
                                               std::size_t step, std::size_t scales, F32x16 (&acc)[R]) {
    prefetch_weights<R>(first);
    const SignedBytes q = split_signs(Weights::unpack(first, second));
    const F32x16 d = f32_set_halves(f16_value(first->d), second != nullptr ? f16_value(second->d) : 0.0F);
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) {
      const auto* scale = reinterpret_cast<const float*>(rows[r] + scales) + 2 * step;
      const F32x16 both = d * f32_set_halves(scale[0], scale[1]);
      acc[r] = mul_add(to_f32(dot_quads(q, i8_load(rows[r] + 64 * step))), both, acc[r]);
    }
  }

  template <int R>
  static void run(const std::byte* weights, const Rows<R>& rows, std::size_t k, float* out,
                  std::size_t out_stride) noexcept {
    const auto* blocks = reinterpret_cast<const Block*>(weights);
    const std::size_t scales = q8_scales_offset(k);
    const std::size_t steps = k / 64;
    F32x16 acc[R];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) acc[r] = f32_zero();
    for (std::size_t s = 0; s < steps; ++s)
      add_step<R>(blocks + 2 * s, blocks + 2 * s + 1, rows, s, scales, acc);
    if (k % 64 != 0) add_step<R>(blocks + 2 * steps, nullptr, rows, steps, scales, acc);
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) out[static_cast<std::size_t>(r) * out_stride] = sum(acc[r]);
  }
};

PEREGRINE_SIMD_END
