// Dot products of plain weights (F32, F16, BF16) with float activations.
//
// Elements 16 c .. 16 c + 15 add to chain c mod 2 of sixteen lanes; the chains are added, then the lanes
// folded.
#pragma once

#include <cstddef>

#include "kernels/matmul/matmul_impl.h"
#include "kernels/simd/elements_impl.h"

PEREGRINE_SIMD_BEGIN

template <class Elements>
struct DotFloat {
  static constexpr int kMaxRows = kMaxRowsFloat;

  template <int R>
  static void run(const std::byte* weights, const Rows<R>& rows, std::size_t k, float* out,
                  std::size_t out_stride) noexcept {
    F32x16 even[R];
    F32x16 odd[R];
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) even[r] = odd[r] = f32_zero();
    std::size_t i = 0;
    for (; i + 2 * kLanes <= k; i += 2 * kLanes) {
      prefetch_weights<R>(weights + i * Elements::kBytes);
      const F32x16 first = Elements::load(weights + i * Elements::kBytes);
      const F32x16 second = Elements::load(weights + (i + kLanes) * Elements::kBytes);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        even[r] = mul_add(first, ElementsF32::load(rows[r] + i * sizeof(float)), even[r]);
        odd[r] = mul_add(second, ElementsF32::load(rows[r] + (i + kLanes) * sizeof(float)), odd[r]);
      }
    }
    if (i + kLanes <= k) {
      const F32x16 first = Elements::load(weights + i * Elements::kBytes);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r)
        even[r] = mul_add(first, ElementsF32::load(rows[r] + i * sizeof(float)), even[r]);
      i += kLanes;
    }
    if (i < k) {
      F32x16* chain = i / kLanes % 2 == 0 ? even : odd;
      const F32x16 last = Elements::load_part(weights + i * Elements::kBytes, k - i);
      PEREGRINE_UNROLL
      for (int r = 0; r < R; ++r) {
        chain[r] = mul_add(last, ElementsF32::load_part(rows[r] + i * sizeof(float), k - i), chain[r]);
      }
    }
    PEREGRINE_UNROLL
    for (int r = 0; r < R; ++r) out[static_cast<std::size_t>(r) * out_stride] = sum(even[r] + odd[r]);
  }
};

PEREGRINE_SIMD_END
