// What the tests and the benchmark of attention share: a problem, its storage in tiles, its solution.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "kernels/table.h"
#include "tensor/dtype.h"

namespace peregrine::kernels {

// Query rows of one sequence for one KV head.
struct AttentionProblem {
  std::size_t n_heads = 1;
  std::size_t key_dim = 0;
  std::size_t value_dim = 0;
  std::vector<TokenRange> visible;  // by row
  std::vector<float> q;             // [rows][n_heads][key_dim]
  std::vector<float> keys;          // [tokens][key_dim]
  std::vector<float> values;        // [tokens][value_dim]
  float scale = 1.0F;
  float softcap = 0.0F;
  std::vector<float> sinks = {};  // by head, or none
  bool latent = false;            // values are not looked at

  std::size_t n_rows() const { return visible.size(); }
  std::size_t n_tokens() const { return keys.size() / key_dim; }
};

inline std::size_t tile_bytes(tensor::DType type, std::size_t dim) {
  return static_cast<std::size_t>(*tensor::row_bytes(type, dim)) * kKvTileTokens;
}

// Rows [tokens][dim] in tiles, each in memory of its own; what holds no token is NaN.
struct StoredTiles {
  std::vector<std::vector<std::byte>> tiles;
  std::vector<const std::byte*> pointers;

  StoredTiles(StoreKvFn store, tensor::DType type, const std::vector<float>& rows, std::size_t dim) {
    const std::size_t n = rows.size() / dim;
    const std::vector<float> nothing(dim, std::numeric_limits<float>::quiet_NaN());
    for (std::size_t t = 0; t < (n + kKvTileTokens - 1) / kKvTileTokens * kKvTileTokens; ++t) {
      if (t % kKvTileTokens == 0) tiles.emplace_back(tile_bytes(type, dim));
      store(t < n ? rows.data() + t * dim : nothing.data(), dim, t % kKvTileTokens, tiles.back().data());
    }
    // Room for whole chunks: a chunk's tiles are pointed to by its first one.
    for (const auto& tile : tiles) pointers.push_back(tile.data());
    pointers.resize((pointers.size() / kAttentionChunkTiles + 1) * kAttentionChunkTiles);
  }
};

enum class FoldOrder {
  kAsComputed,  // each chunk is folded before the next is computed
  kAfterwards,  // chunks are computed from the last to the first, then folded
};

class AttentionSolver {
 public:
  AttentionSolver(const KernelTable& table, tensor::DType type, const AttentionProblem& problem)
      : table_(table),
        kv_(*table.kv(type)),
        p_(problem),
        keys_(p_.latent ? kv_.store_row : kv_.store_key, type, p_.keys, p_.key_dim),
        values_(kv_.store_row, type, p_.latent ? p_.keys : p_.values, p_.latent ? p_.key_dim : p_.value_dim),
        workspace_(attention_workspace(p_.n_rows() * p_.n_heads, p_.key_dim)) {}

  const StoredTiles& keys() const { return keys_; }
  const StoredTiles& values() const { return values_; }

  // [rows][n_heads][value_dim]
  std::vector<float> solve(FoldOrder order = FoldOrder::kAsComputed) {
    std::size_t first = p_.n_tokens();
    std::size_t last = 0;
    for (const TokenRange& range : p_.visible) {
      first = std::min<std::size_t>(first, range.begin / kAttentionChunkTokens);
      last = std::max<std::size_t>(last, (range.end - 1) / kAttentionChunkTokens + 1);
    }
    State sums(*this);
    std::vector<State> chunks(order == FoldOrder::kAsComputed ? 1 : last - first, State(*this));
    if (order == FoldOrder::kAfterwards) {
      for (std::size_t c = last; c-- > first;) attend(c, chunks[c - first]);
    }
    for (std::size_t c = first; c < last; ++c) {
      State& chunk = order == FoldOrder::kAsComputed ? chunks[0] : chunks[c - first];
      if (order == FoldOrder::kAsComputed) attend(c, chunk);
      table_.attention_fold(task(c), chunk.view(), sums.view());
    }
    table_.attention_finish(task(first), p_.sinks.empty() ? nullptr : p_.sinks.data(), sums.view());
    return sums.out;
  }

 private:
  struct State {
    explicit State(const AttentionSolver& solver)
        : largest(solver.p_.n_rows() * solver.p_.n_heads, -std::numeric_limits<float>::infinity()),
          total(largest.size()),
          out(largest.size() * solver.p_.value_dim),
          stride(solver.p_.n_heads * solver.p_.value_dim) {}
    AttentionState view() { return {largest.data(), total.data(), out.data(), stride}; }

    std::vector<float> largest;
    std::vector<float> total;
    std::vector<float> out;
    std::size_t stride;
  };

  AttentionTask task(std::size_t chunk) const {
    return {.q = p_.q.data(),
            .q_row_stride = p_.n_heads * p_.key_dim,
            .n_rows = p_.n_rows(),
            .n_heads = p_.n_heads,
            .key_dim = p_.key_dim,
            .value_dim = p_.value_dim,
            .visible = p_.visible.data(),
            .key_tiles = keys_.pointers.data() + chunk * kAttentionChunkTiles,
            .value_tiles = (p_.latent ? keys_ : values_).pointers.data() + chunk * kAttentionChunkTiles,
            .latent = p_.latent,
            .scale = p_.scale,
            .softcap = p_.softcap};
  }
  void attend(std::size_t chunk, State& state) {
    kv_.attention_chunk(task(chunk), chunk, workspace_.data(), state.view());
  }

  const KernelTable& table_;
  const KvKernels& kv_;
  const AttentionProblem& p_;
  StoredTiles keys_;
  StoredTiles values_;
  std::vector<float> workspace_;
};

}  // namespace peregrine::kernels
