// Low-rank adapters (Hu et al., 2021) as read from a file and not yet bound to a model.
//
// A linear layer y = W x becomes y = W x + scale * B (A x). Tensors are named as in GGUF files of the base
// model ("blk.3.attn_q.weight"), and rows of B are in the order of that file's rows, whatever order the
// adapter's own format has. Everything is finite.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace peregrine::model {

struct AdapterLayer {
  std::string tensor;  // of the base model
  std::uint32_t rank = 0;
  std::uint32_t in = 0;   // inputs of the base tensor: its columns
  std::uint32_t out = 0;  // outputs: its rows
  float scale = 1.0F;     // alpha / rank, or alpha / sqrt(rank) for rank-stabilised adapters
  std::vector<float> a;   // [rank, in], row-major
  std::vector<float> b;   // [out, rank], row-major
};

struct AdapterWeights {
  std::string architecture;  // general.architecture of the base model
  std::vector<AdapterLayer> layers;
};

}  // namespace peregrine::model
