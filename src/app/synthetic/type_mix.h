// Mixes of tensor types under the names that model files are known by.
//
// Matrices get the mix's own type, with the exceptions that llama.cpp's quantisation makes: the output matrix
// (the embeddings, where they are the output) is Q6_K in mixes of up to six bits; in the _M mixes attn_v and
// ffn_down are Q6_K in the first and last eighth of the layers and in every third between; MXFP4 is for
// experts only, the rest being Q8_0. Rows that do not fill blocks get a type that they fill (see fallback in
// type_mix.cc). Vectors, routers and position tables are F32.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "tensor/dtype.h"

namespace peregrine::app::synthetic {

struct TypeMix {
  std::string_view name;
  tensor::DType matrices;
  tensor::DType output;
  tensor::DType experts;
  bool more_bits;           // for attn_v and ffn_down of some layers
  std::uint32_t file_type;  // general.file_type
};

std::span<const TypeMix> type_mixes();
// nullptr when there is none of that name.
const TypeMix* find_type_mix(std::string_view name);

enum class MatrixRole : std::uint8_t { kPlain, kValueOrDown, kExperts, kExpertsDown, kOutput };

// The type of a matrix with rows of `n_in` in layer `layer` of `layers`.
tensor::DType type_of(const TypeMix& mix, MatrixRole role, std::uint32_t layer, std::uint32_t layers,
                      std::uint64_t n_in);

}  // namespace peregrine::app::synthetic
