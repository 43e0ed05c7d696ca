// Attention of one query token over a paged context, for the query heads that share one KV head.
//
// out[h] = sum_t softmax_t(cap(scale * q[h] . k[t])) v[t] over tokens first_token <= t < n_tokens. A head's
// sink is one more score in the softmax's denominator, without a value. Tokens are added in their order,
// whatever the size of the blocks: the result depends on the values alone. Variants agree bit for bit.
#pragma once

#include <cstddef>

namespace peregrine::kernels {

struct AttentionTask {
  const float* q = nullptr;  // [n_heads][key_dim]
  std::size_t n_heads = 0;   // query heads of this KV head, >= 1
  std::size_t key_dim = 0;
  std::size_t value_dim = 0;
  std::size_t value_stride = 0;  // elements from one token's value to the next, >= value_dim

  // Token t is row t % block_tokens of block t / block_tokens; a block is [block_tokens][dim or stride] of
  // the kernel's element type, aligned to it. Blocks wholly before first_token are not read and may be null.
  const std::byte* const* key_blocks = nullptr;
  const std::byte* const* value_blocks = nullptr;
  std::size_t block_tokens = 0;
  std::size_t first_token = 0;  // the first token in view (sliding window), 0 for all
  std::size_t n_tokens = 0;     // one past the last token in view; > first_token

  float scale = 1.0F;            // of the scores, 1 / sqrt(key_dim) for most
  float softcap = 0.0F;          // scores are kept within +-softcap; 0 leaves them
  const float* sinks = nullptr;  // [n_heads], or null
  float* scores = nullptr;       // workspace: attention_workspace(...) floats
  float* out = nullptr;          // [n_heads][value_dim]
};

// Floats of workspace for a task over `tokens_in_view` = n_tokens - first_token tokens.
constexpr std::size_t attention_workspace(std::size_t n_heads, std::size_t tokens_in_view) noexcept {
  return n_heads * tokens_in_view;
}

using AttentionFn = void (*)(const AttentionTask& task) noexcept;

}  // namespace peregrine::kernels
