// Hyperparameters that transformer files share, read and bounded once.
//
// Every figure comes from an untrusted file: after read_hparams() succeeds, products of these dimensions fit
// 32 bits where Tensors need them and the relations between them hold (heads divide, rotation fits the head).
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "gguf/file.h"

namespace peregrine::model {

inline constexpr std::uint32_t kMaxLayers = 1024;
inline constexpr std::uint32_t kMaxHeads = 1024;
inline constexpr std::uint32_t kMaxHeadDim = 1024;
inline constexpr std::uint32_t kMaxWidth = 1U << 20;  // embedding, feed-forward, heads * head_dim
inline constexpr std::uint32_t kMaxContext = 1U << 24;
inline constexpr std::uint32_t kMaxVocabulary = 1U << 21;

struct Hparams {
  std::string architecture;
  std::uint32_t n_vocab = 0;  // rows of token_embd.weight
  std::uint32_t context_length = 0;
  std::uint32_t n_embd = 0;
  std::uint32_t n_ff = 0;
  std::uint32_t n_layers = 0;
  std::uint32_t n_heads = 0;
  std::uint32_t n_kv_heads = 0;
  std::uint32_t head_dim = 0;
  std::uint32_t rope_dim = 0;
  float rope_base = 10000.0F;
  float rope_linear_scale = 1.0F;
  float norm_eps = 1e-5F;
};

// Reads the keys "ARCH.*". Errors name the key.
Result<Hparams> read_hparams(const gguf::File& file);

}  // namespace peregrine::model
