// The matmul kernels of one instruction set, by type of the weights.
#pragma once

#include <array>
#include <cstddef>

#include "kernels/matmul/matmul_impl.h"
#include "kernels/matmul/product_float_impl.h"
#include "kernels/matmul/product_i16x32_impl.h"
#include "kernels/matmul/product_q8x256_impl.h"
#include "kernels/matmul/product_q8x32_impl.h"

PEREGRINE_SIMD_BEGIN

consteval std::array<MatmulTileFn, kMatmulTypes> make_matmul_table() {
  using tensor::DType;
  std::array<MatmulTileFn, kMatmulTypes> table = {};
  const auto kernel = [&table](DType type) -> MatmulTileFn& { return table[static_cast<std::size_t>(type)]; };
  kernel(DType::kF32) = matmul_tile<ProductFloat<ElementsF32>>;
  kernel(DType::kF16) = matmul_tile<ProductFloat<ElementsF16>>;
  kernel(DType::kBF16) = matmul_tile<ProductFloat<ElementsBF16>>;
  kernel(DType::kQ8_0) = matmul_tile<ProductQ8x32<FormatQ8_0>>;
  kernel(DType::kQ4_0) = matmul_tile<ProductQ8x32<FormatQ4_0>>;
  kernel(DType::kQ4_1) = matmul_tile<ProductQ8x32<FormatQ4_1>>;
  kernel(DType::kQ5_0) = matmul_tile<ProductQ8x32<FormatQ5_0>>;
  kernel(DType::kQ5_1) = matmul_tile<ProductQ8x32<FormatQ5_1>>;
  kernel(DType::kIQ4_NL) = matmul_tile<ProductQ8x32<FormatIQ4_NL>>;
  kernel(DType::kMXFP4) = matmul_tile<ProductQ8x32<FormatMXFP4>>;
  kernel(DType::kQ2_K) = matmul_tile<ProductQ8x256<FormatQ2_K>>;
  kernel(DType::kQ3_K) = matmul_tile<ProductQ8x256<FormatQ3_K>>;
  kernel(DType::kQ4_K) = matmul_tile<ProductQ8x256<FormatQ4_K>>;
  kernel(DType::kQ5_K) = matmul_tile<ProductQ8x256<FormatQ5_K>>;
  kernel(DType::kQ6_K) = matmul_tile<ProductQ8x256<FormatQ6_K>>;
  kernel(DType::kIQ4_XS) = matmul_tile<ProductQ8x256<FormatIQ4_XS>>;
  kernel(DType::kQ16_0) = matmul_tile<ProductI16x32>;
  return table;
}

PEREGRINE_SIMD_END
