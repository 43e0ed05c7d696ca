// All kernels for the vector header that was included before, gathered into a table.
#pragma once

#include <string_view>

#include "kernels/attention/attention_impl.h"
#include "kernels/elementwise/elementwise_impl.h"
#include "kernels/layer_norm/layer_norm_impl.h"
#include "kernels/matmul/matmul_table_impl.h"
#include "kernels/quantize_activations/quantize_activations_impl.h"
#include "kernels/rms_norm/rms_norm_impl.h"
#include "kernels/rope/rope_impl.h"
#include "kernels/softmax/softmax_impl.h"
#include "kernels/table.h"

PEREGRINE_SIMD_BEGIN

consteval KernelTable make_table(std::string_view isa) {
  KernelTable table;
  table.isa = isa;
  table.quantize_q8x32 = quantize_q8x32;
  table.quantize_q8x256 = quantize_q8x256;
  table.quantize_i16x32 = quantize_i16x32;
  table.matmul = make_matmul_table();
  table.rms_norm = rms_norm;
  table.layer_norm = layer_norm;
  table.rope_norm = rope_norm;
  table.rope_neox = rope_neox;
  table.kv_f32 = make_kv_kernels<KvF32>();
  table.kv_f16 = make_kv_kernels<KvF16>();
  table.kv_q8_0 = make_kv_kernels<KvQ8>();
  table.attention_fold = attention_fold;
  table.attention_finish = attention_finish;
  table.softmax = softmax;
  table.add = map_pairs<AddOp>;
  table.scale = scale;
  table.silu_mul = map_pairs<SiluMulOp>;
  table.gelu_mul = map_pairs<GeluMulOp>;
  table.clamped_swiglu = map_pairs<ClampedSwigluOp>;
  table.gelu = gelu;
  table.softcap = softcap;
  table.exp = exp_row;
  table.f32_to_f16 = f32_to_f16;
  table.f16_to_f32 = f16_to_f32;
  return table;
}

PEREGRINE_SIMD_END
