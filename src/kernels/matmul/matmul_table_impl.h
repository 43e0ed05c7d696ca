// The matmul kernels of one instruction set, by type of the weights.
#pragma once

#include <array>
#include <cstddef>

#include "kernels/matmul/dot_float_impl.h"
#include "kernels/matmul/dot_q8x256_impl.h"
#include "kernels/matmul/dot_q8x32_impl.h"
#include "kernels/matmul/matmul_impl.h"

PEREGRINE_SIMD_BEGIN

consteval std::array<MatmulTileFn, kMatmulTypes> make_matmul_table() {
  using tensor::DType;
  std::array<MatmulTileFn, kMatmulTypes> table = {};
  const auto kernel = [&table](DType type) -> MatmulTileFn& { return table[static_cast<std::size_t>(type)]; };
  kernel(DType::kF32) = matmul_tile<DotFloat<ElementsF32>>;
  kernel(DType::kF16) = matmul_tile<DotFloat<ElementsF16>>;
  kernel(DType::kBF16) = matmul_tile<DotFloat<ElementsBF16>>;
  kernel(DType::kQ8_0) = matmul_tile<DotQ8x32<WeightsQ8_0>>;
  kernel(DType::kQ4_0) = matmul_tile<DotQ8x32<WeightsQ4_0>>;
  kernel(DType::kQ4_1) = matmul_tile<DotQ8x32<WeightsQ4_1>>;
  kernel(DType::kQ5_0) = matmul_tile<DotQ8x32<WeightsQ5_0>>;
  kernel(DType::kQ5_1) = matmul_tile<DotQ8x32<WeightsQ5_1>>;
  kernel(DType::kIQ4_NL) = matmul_tile<DotQ8x32<WeightsIQ4_NL>>;
  kernel(DType::kMXFP4) = matmul_tile<DotQ8x32<WeightsMXFP4>>;
  kernel(DType::kQ2_K) = matmul_tile<DotQ8x256<WeightsQ2_K>>;
  kernel(DType::kQ3_K) = matmul_tile<DotQ8x256<WeightsQ3_K>>;
  kernel(DType::kQ4_K) = matmul_tile<DotQ8x256<WeightsQ4_K>>;
  kernel(DType::kQ5_K) = matmul_tile<DotQ8x256<WeightsQ5_K>>;
  kernel(DType::kQ6_K) = matmul_tile<DotQ8x256<WeightsQ6_K>>;
  kernel(DType::kIQ4_XS) = matmul_tile<DotQ8x256<WeightsIQ4_XS>>;
  return table;
}

PEREGRINE_SIMD_END
