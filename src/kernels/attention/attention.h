// Attention of query rows of one sequence over its paged context, for the query heads that share a KV head.
//
// out = sum over visible tokens t of softmax_t(cap(scale q . k[t])) v[t]. The context is cut into chunks of
// 128 tokens by their index in the sequence. A chunk gives every query the largest of its scores, the sum of
// exp(score - largest) and the sum of values weighted so, each in a fixed order; chunks are folded one by
// one, in order, into a state (online softmax: Milakov & Gimelshein, 2018; Dao et al., FlashAttention, 2022).
// So a row's result is the same bits whichever rows share the call, however blocks lie in memory and whoever
// computes which chunk. Variants agree bit for bit.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "kernels/attention/kv_tile.h"

namespace peregrine::kernels {

inline constexpr std::size_t kAttentionChunkTokens = 128;
inline constexpr std::size_t kAttentionChunkTiles = kAttentionChunkTokens / kKvTileTokens;

// Indices in the sequence, from begin up to but without end.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Queries are n_rows * n_heads, heads of a row side by side.
struct AttentionTask {
  const float* q = nullptr;      // row r, head h at q + r * q_row_stride + h * key_dim
  std::size_t q_row_stride = 0;  // in floats
  std::size_t n_rows = 0;        // query rows, >= 1
  std::size_t n_heads = 0;       // query heads of this KV head, >= 1
  std::size_t key_dim = 0;
  std::size_t value_dim = 0;
  const TokenRange* visible = nullptr;  // [n_rows]

  // Of the chunk: tile i has its tokens 16 i to 16 i + 15. Tiles before the first token that a row sees, or
  // after the last, are not read.
  const std::byte* const* key_tiles = nullptr;    // key tiles, or row tiles if `latent`
  const std::byte* const* value_tiles = nullptr;  // row tiles
  bool latent = false;  // a value is the beginning of its key: the value tiles are the key tiles

  float scale = 1.0F;    // of the scores, 1 / sqrt(key_dim) for most
  float softcap = 0.0F;  // scores are kept within +-softcap; 0 leaves them
};

// Sums over the chunks seen so far, by query; where nothing was seen: -infinity, 0 and zeros.
struct AttentionState {
  float* largest = nullptr;        // [n_rows * n_heads]
  float* total = nullptr;          // [n_rows * n_heads]
  float* out = nullptr;            // row r, head h at out + r * out_row_stride + h * value_dim
  std::size_t out_row_stride = 0;  // in floats
};

// Floats of workspace for a chunk of a task: a strip of unpacked keys or values, and weights.
constexpr std::size_t attention_workspace(std::size_t n_queries, std::size_t key_dim) noexcept {
  constexpr std::size_t kStripColumns = 4 * 16;
  return kStripColumns * std::max(key_dim, kAttentionChunkTokens) + n_queries * kAttentionChunkTokens;
}

// Where the workspace holds, after a chunk, what its values were weighed with: [queries][128], exp(score -
// largest), 0 for tokens of a tile that the query does not see; of tiles it sees nothing of nothing is said.
constexpr const float* attention_weights(const float* workspace, std::size_t key_dim) noexcept {
  return workspace + attention_workspace(0, key_dim);
}

// Writes the state after the chunk that begins at token chunk * 128, and nothing else, to `state`. With a
// value_dim of 0 there are no sums, and value_tiles is not read.
using AttentionChunkFn = void (*)(const AttentionTask& task, std::size_t chunk, float* workspace,
                                  const AttentionState& state) noexcept;
// Adds the state of the next chunk to `state`. Of `task` only the shape counts.
using AttentionFoldFn = void (*)(const AttentionTask& task, const AttentionState& chunk,
                                 const AttentionState& state) noexcept;
// Divides the sums in state.out by the totals. A head's sink (`sinks`: [n_heads] or null) is one more score
// in its denominator, without a value. NaN where nothing, or only -infinity, was seen and there is no sink.
using AttentionFinishFn = void (*)(const AttentionTask& task, const float* sinks,
                                   const AttentionState& state) noexcept;

// What depends on the type of stored keys and values.
struct KvKernels {
  StoreKvFn store_row = nullptr;  // to a row tile
  StoreKvFn store_key = nullptr;  // to a key tile
  AttentionChunkFn attention_chunk = nullptr;
};

}  // namespace peregrine::kernels
