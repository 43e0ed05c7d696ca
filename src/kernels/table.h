// The kernels of one instruction set as a table of function pointers, chosen once per process.
//
// Kernels take raw pointers, do not allocate, start no threads and cannot fail: the caller has checked shapes
// and alignment. Every table is complete and all tables give the same bits.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "kernels/attention/attention.h"
#include "kernels/elementwise/elementwise.h"
#include "kernels/layer_norm/layer_norm.h"
#include "kernels/matmul/matmul.h"
#include "kernels/quantize_activations/quantize_activations.h"
#include "kernels/rms_norm/rms_norm.h"
#include "kernels/rope/rope.h"
#include "kernels/softmax/softmax.h"
#include "tensor/dtype.h"

namespace peregrine::kernels {

struct KernelTable {
  std::string_view isa;  // "avx512", "avx2", "scalar"

  QuantizeRowFn quantize_q8x32 = nullptr;
  QuantizeRowFn quantize_q8x256 = nullptr;
  QuantizeRowFn quantize_i16x32 = nullptr;
  std::array<MatmulTileFn, kMatmulTypes> matmul = {};  // by DType of the weights
  RmsNormFn rms_norm = nullptr;
  LayerNormFn layer_norm = nullptr;
  RopeFn rope_norm = nullptr;
  RopeFn rope_neox = nullptr;
  KvKernels kv_f32;
  KvKernels kv_f16;
  KvKernels kv_q8_0;
  AttentionFoldFn attention_fold = nullptr;
  AttentionFinishFn attention_finish = nullptr;
  SoftmaxFn softmax = nullptr;
  AddFn add = nullptr;
  ScaleFn scale = nullptr;
  SiluMulFn silu_mul = nullptr;
  GeluMulFn gelu_mul = nullptr;
  ClampedSwigluFn clamped_swiglu = nullptr;
  GeluFn gelu = nullptr;
  SoftcapFn softcap = nullptr;
  ExpFn exp = nullptr;
  F32ToF16Fn f32_to_f16 = nullptr;
  F16ToF32Fn f16_to_f32 = nullptr;

  // The kernel for weights of `type`; null if weights cannot have that type.
  MatmulTileFn matmul_tile(tensor::DType type) const noexcept {
    const auto index = static_cast<std::size_t>(type);
    return index < matmul.size() ? matmul[index] : nullptr;
  }

  // Those for keys and values stored as `type`; null if they cannot be.
  const KvKernels* kv(tensor::DType type) const noexcept {
    return type == tensor::DType::kF32    ? &kv_f32
           : type == tensor::DType::kF16  ? &kv_f16
           : type == tensor::DType::kQ8_0 ? &kv_q8_0
                                          : nullptr;
  }

  // The quantiser to `format`; null for kF32, where activations are taken as they are.
  QuantizeRowFn quantize(ActivationFormat format) const noexcept {
    switch (format) {
      case ActivationFormat::kQ8x32:
        return quantize_q8x32;
      case ActivationFormat::kQ8x256:
        return quantize_q8x256;
      case ActivationFormat::kI16x32:
        return quantize_i16x32;
      case ActivationFormat::kF32:
        break;
    }
    return nullptr;
  }
};

// The table in use: the best that this machine runs, or the one that the environment variable PEREGRINE_ISA
// names (scalar, avx2, avx512). A name that is unknown, or not for this machine, is logged and passed over.
const KernelTable& kernels();

// Every table that this machine runs, best first; never empty.
std::span<const KernelTable* const> available_kernels();

// The table of `available` named `isa`, or the first and a log line that says so; empty asks for the first.
const KernelTable& select_kernels(std::string_view isa, std::span<const KernelTable* const> available);

}  // namespace peregrine::kernels
