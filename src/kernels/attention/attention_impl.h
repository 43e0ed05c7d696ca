// Attention over one chunk of the context. Contract: attention.h.
//
// Scores and weighted sums are products over register tiles of Q queries and C vectors: of sixteen tokens
// each for scores, of sixteen dimensions each for sums, so that nothing is added across lanes. Keys and
// values pass in strips of a few vectors; where many queries share a strip that costs work to read, it is
// unpacked to floats first.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

#include "kernels/attention/attention.h"
#include "kernels/attention/attention_fold_impl.h"
#include "kernels/attention/kv_format_impl.h"
#include "kernels/simd/exp_impl.h"

PEREGRINE_SIMD_BEGIN

static_assert(kLanes == kKvTileTokens);

inline constexpr int kQueries = kAttentionHeads;   // of a register tile
inline constexpr int kVectors = kAttentionChunks;  // of a register tile

// More queries than this repay unpacking what they share.
inline constexpr std::size_t kDirectQueries = 2 * static_cast<std::size_t>(kQueries);

// Tokens of a chunk, from its beginning.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin >= end; }
  bool operator==(const Span&) const = default;
  Span shared(Span other) const { return {std::max(begin, other.begin), std::min(end, other.end)}; }
  // Both and what lies between them.
  Span joined(Span other) const {
    if (empty()) return other;
    return other.empty() ? *this : Span{std::min(begin, other.begin), std::max(end, other.end)};
  }
  Span tiles() const {
    return {begin / kKvTileTokens, empty() ? begin / kKvTileTokens : (end - 1) / kKvTileTokens + 1};
  }
};

// One call: its task, chunk and workspace.
struct Chunk {
  const AttentionTask& task;
  const AttentionState& state;
  std::size_t first_token;
  float* strip;       // unpacked keys or values
  float* weights;     // [queries][128]: scores, then weights
  Span seen;          // by any row
  bool alike = true;  // every row sees what another sees

  Chunk(const AttentionTask& of, std::size_t index, float* workspace, const AttentionState& result)
      : task(of),
        state(result),
        first_token(index * kAttentionChunkTokens),
        strip(workspace),
        weights(workspace + attention_workspace(0, of.key_dim)),
        seen(span_of_row(0)) {
    for (std::size_t row = 1; row < task.n_rows; ++row) {
      const Span span = span_of_row(row);
      alike = alike && span == seen;
      seen = seen.joined(span);
    }
  }

  std::size_t n_queries() const { return task.n_rows * task.n_heads; }
  float* weights_of(std::size_t query) const { return weights + query * kAttentionChunkTokens; }

  // What a row sees of the chunk; begin and end lie in it, also if that is nothing.
  Span span_of_row(std::size_t row) const {
    const TokenRange visible = task.visible[row];
    const std::size_t last = first_token + kAttentionChunkTokens;
    return {std::clamp<std::size_t>(visible.begin, first_token, last) - first_token,
            std::clamp<std::size_t>(visible.end, first_token, last) - first_token};
  }
  Span span(std::size_t query) const { return alike ? seen : span_of_row(query / task.n_heads); }
  Span joined_span(std::size_t query, std::size_t n) const {
    if (alike) return seen;
    Span all = span(query);
    for (std::size_t i = 1; i < n; ++i) all = all.joined(span(query + i));
    return all;
  }

  // Where Q neighbouring queries begin, and their sums.
  template <int Q>
  void point_to_q(std::size_t query, const float* (&at)[Q]) const {
    point(task.q, task.q_row_stride, task.key_dim, query, at);
  }
  template <int Q>
  void point_to_out(std::size_t query, float* (&at)[Q]) const {
    point(state.out, state.out_row_stride, task.value_dim, query, at);
  }

 private:
  template <int Q, class T>
  void point(T* base, std::size_t row_stride, std::size_t dim, std::size_t query, T* (&at)[Q]) const {
    std::size_t head = query % task.n_heads;
    T* row = base + query / task.n_heads * row_stride;
    for (int i = 0; i < Q; ++i) {
      at[i] = row + head * dim;
      if (++head == task.n_heads) {
        head = 0;
        row += row_stride;
      }
    }
  }
};

// Neighbouring tiles of keys, as they are stored or unpacked.
struct KeyStrip {
  Span tiles;                     // of the chunk
  const std::byte* at[kVectors];  // key tiles
};

// Scores of Q queries and tiles tile ... tile + C - 1, each summed over its dimensions in order.
template <class Format, int Q, int C>
void score_tiles(const Chunk& chunk, const KeyStrip& strip, std::size_t query, std::size_t tile) {
  const std::size_t dim = chunk.task.key_dim;
  const float* q[Q];
  chunk.point_to_q(query, q);
  const std::byte* const* keys = strip.at + (tile - strip.tiles.begin);
  F32x16 acc[Q][C];
  PEREGRINE_UNROLL
  for (int h = 0; h < Q; ++h) {
    PEREGRINE_UNROLL
    for (int c = 0; c < C; ++c) acc[h][c] = f32_zero();
  }
  for (std::size_t begin = 0, end = 0; begin < dim; begin = end) {
    end = begin + std::min(Format::kGroup, dim - begin);
    typename Format::Scale scales[C];
    PEREGRINE_UNROLL
    for (int c = 0; c < C; ++c) scales[c] = Format::key_scale(keys[c], begin);
    for (std::size_t d = begin; d < end; ++d) {
      F32x16 k[C];
      PEREGRINE_UNROLL
      for (int c = 0; c < C; ++c) k[c] = Format::key(keys[c], d, scales[c]);
      PEREGRINE_UNROLL
      for (int h = 0; h < Q; ++h) {
        const F32x16 weight = f32_set(q[h][d]);
        PEREGRINE_UNROLL
        for (int c = 0; c < C; ++c) acc[h][c] = mul_add(weight, k[c], acc[h][c]);
      }
    }
  }
  PEREGRINE_UNROLL
  for (int h = 0; h < Q; ++h) {
    float* scores = chunk.weights_of(query + static_cast<std::size_t>(h)) + tile * kKvTileTokens;
    PEREGRINE_UNROLL
    for (int c = 0; c < C; ++c) f32_store(scores + static_cast<std::size_t>(c) * kLanes, acc[h][c]);
  }
}

template <class Format, int Q>
void score_queries(const Chunk& chunk, const KeyStrip& strip, std::size_t query) {
  const Span tiles = chunk.joined_span(query, Q).tiles().shared(strip.tiles);
  std::size_t tile = tiles.begin;
  for (; tile + kVectors <= tiles.end; tile += kVectors) {
    score_tiles<Format, Q, kVectors>(chunk, strip, query, tile);
  }
  if constexpr (kVectors > 2) {
    for (; tile + 2 <= tiles.end; tile += 2) score_tiles<Format, Q, 2>(chunk, strip, query, tile);
  }
  if constexpr (kVectors > 1) {
    for (; tile < tiles.end; ++tile) score_tiles<Format, Q, 1>(chunk, strip, query, tile);
  }
}

template <class Format>
void score_strip(const Chunk& chunk, const KeyStrip& strip) {
  const std::size_t n = chunk.n_queries();
  std::size_t query = 0;
  for (; query + kQueries <= n; query += kQueries) score_queries<Format, kQueries>(chunk, strip, query);
  if constexpr (kQueries > 2) {
    for (; query + 2 <= n; query += 2) score_queries<Format, 2>(chunk, strip, query);
  }
  if constexpr (kQueries > 1) {
    for (; query < n; ++query) score_queries<Format, 1>(chunk, strip, query);
  }
}

// A key tile as floats, [dim][16].
template <class Format>
void unpack_key_tile(const std::byte* tile, std::size_t dim, float* out) {
  for (std::size_t begin = 0, end = 0; begin < dim; begin = end) {
    end = begin + std::min(Format::kGroup, dim - begin);
    const typename Format::Scale scale = Format::key_scale(tile, begin);
    for (std::size_t d = begin; d < end; ++d) f32_store(out + d * kLanes, Format::key(tile, d, scale));
  }
}

// A row tile as floats, [dim][16]: squares of sixteen are transposed by four perfect shuffles, each of which
// turns the bits of (row, column) by one place.
template <class Format>
void unpack_row_tile(const std::byte* tile, std::size_t dim, float* out) {
  for (std::size_t d = 0; d < dim; d += kLanes) {
    const std::size_t n = std::min(dim - d, kLanes);
    F32x16 square[kLanes];
    for (std::size_t t = 0; t < kLanes; ++t) {
      const std::byte* row = tile + t * Format::row_bytes(dim);
      square[t] = n == kLanes ? Format::value(row, d) : Format::value_part(row, d, n);
    }
    for (int turn = 0; turn < 4; ++turn) {
      F32x16 turned[kLanes];
      PEREGRINE_UNROLL
      for (std::size_t i = 0; i < kLanes / 2; ++i) {
        turned[2 * i] = zip_low(square[i], square[i + kLanes / 2]);
        turned[2 * i + 1] = zip_high(square[i], square[i + kLanes / 2]);
      }
      PEREGRINE_UNROLL
      for (std::size_t i = 0; i < kLanes; ++i) square[i] = turned[i];
    }
    for (std::size_t i = 0; i < n; ++i) f32_store(out + (d + i) * kLanes, square[i]);
  }
}

template <class Format>
void score_chunk(const Chunk& chunk) {
  const AttentionTask& task = chunk.task;
  const bool unpack = task.latent || (Format::kPacked && chunk.n_queries() > kDirectQueries);
  const Span tiles = chunk.seen.tiles();
  for (std::size_t tile = tiles.begin; tile < tiles.end; tile += kVectors) {
    KeyStrip strip{.tiles = {tile, std::min(tile + kVectors, tiles.end)}, .at = {}};
    for (std::size_t i = 0; i < strip.tiles.end - tile; ++i) {
      strip.at[i] = task.key_tiles[tile + i];
      if (!unpack) continue;
      float* floats = chunk.strip + i * task.key_dim * kLanes;
      if (task.latent) {
        unpack_row_tile<Format>(strip.at[i], task.key_dim, floats);
      } else {
        unpack_key_tile<Format>(strip.at[i], task.key_dim, floats);
      }
      strip.at[i] = reinterpret_cast<const std::byte*>(floats);
    }
    if (unpack) {
      score_strip<KvF32>(chunk, strip);
    } else {
      score_strip<Format>(chunk, strip);
    }
  }
}

// Turns a query's scores in the chunk into weights.
inline void weigh(const Chunk& chunk, std::size_t query) {
  const AttentionTask& task = chunk.task;
  const Span span = chunk.span(query);
  const Span tiles = span.tiles();
  float* weights = chunk.weights_of(query);
  F32x16 top = f32_set(kNothing);
  for (std::size_t tile = tiles.begin; tile < tiles.end; ++tile) {
    float* scores = weights + tile * kLanes;
    F32x16 x = f32_load(scores) * f32_set(task.scale);
    if (task.softcap > 0.0F) x = softcap_of(x, task.softcap);
    f32_store(scores, x);
    const Span seen = span.shared({tile * kLanes, (tile + 1) * kLanes});
    if (seen.end - seen.begin < kLanes) {
      std::fill(scores, weights + seen.begin, kNothing);
      std::fill(weights + seen.end, scores + kLanes, kNothing);
      x = f32_load(scores);
    }
    top = max(x, top);
  }
  const float largest_score = largest(top);
  // Where all scores are -infinity, the weights are 0.
  const F32x16 shift = f32_set(std::max(largest_score, std::numeric_limits<float>::lowest()));
  F32x16 total = f32_zero();
  for (std::size_t tile = tiles.begin; tile < tiles.end; ++tile) {
    const F32x16 weight = exp(f32_load(weights + tile * kLanes) - shift);
    f32_store(weights + tile * kLanes, weight);
    total = total + weight;
  }
  chunk.state.largest[query] = largest_score;
  chunk.state.total[query] = sum(total);
}

// Some columns of the values, as they are stored or unpacked.
struct ValueStrip {
  std::size_t column;                         // of the result
  std::size_t lanes;                          // of the last vector
  std::size_t from;                           // column in the rows below
  std::size_t stride;                         // bytes from one token's row to the next
  const std::byte* at[kAttentionChunkTiles];  // row tiles
};

// Adds weight * value of the tokens in `span`, in order, to C vectors of Q queries.
template <class Format, int Q, int C, bool kPart>
void add_values(const Chunk& chunk, const ValueStrip& strip, std::size_t query, Span span) {
  if (span.empty()) return;
  float* out[Q];
  const float* weights[Q];
  chunk.point_to_out(query, out);
  for (std::size_t h = 0; h < Q; ++h) {
    out[h] += strip.column;
    weights[h] = chunk.weights_of(query + h);
  }
  F32x16 acc[Q][C];
  PEREGRINE_UNROLL
  for (int h = 0; h < Q; ++h) {
    PEREGRINE_UNROLL
    for (int c = 0; c < C; ++c) {
      acc[h][c] = kPart ? f32_load_part(out[h], strip.lanes, f32_zero())
                        : f32_load(out[h] + static_cast<std::size_t>(c) * kLanes);
    }
  }
  for (std::size_t token = span.begin; token < span.end;) {
    const std::size_t end = std::min(span.end, (token / kKvTileTokens + 1) * kKvTileTokens);
    const std::byte* row = strip.at[token / kKvTileTokens] + token % kKvTileTokens * strip.stride;
    for (; token < end; ++token, row += strip.stride) {
      F32x16 v[C];
      PEREGRINE_UNROLL
      for (int c = 0; c < C; ++c) {
        v[c] = kPart ? Format::value_part(row, strip.from, strip.lanes)
                     : Format::value(row, strip.from + static_cast<std::size_t>(c) * kLanes);
      }
      PEREGRINE_UNROLL
      for (int h = 0; h < Q; ++h) {
        const F32x16 weight = f32_set(weights[h][token]);
        PEREGRINE_UNROLL
        for (int c = 0; c < C; ++c) acc[h][c] = mul_add(weight, v[c], acc[h][c]);
      }
    }
  }
  PEREGRINE_UNROLL
  for (int h = 0; h < Q; ++h) {
    PEREGRINE_UNROLL
    for (int c = 0; c < C; ++c) {
      if constexpr (kPart) {
        f32_store_part(out[h], strip.lanes, acc[h][c]);
      } else {
        f32_store(out[h] + static_cast<std::size_t>(c) * kLanes, acc[h][c]);
      }
    }
  }
}

// The tokens that all Q queries see together, the others one query at a time: a weight of 0 must not meet
// the value of a token out of view, which may be infinite.
template <class Format, int Q, int C, bool kPart>
void sum_values(const Chunk& chunk, const ValueStrip& strip, std::size_t query) {
  Span shared = chunk.span(query);
  if constexpr (Q > 1) {
    for (std::size_t h = 1; h < Q; ++h) shared = shared.shared(chunk.span(query + h));
    if (shared.empty()) {
      for (std::size_t h = 0; h < Q; ++h) {
        add_values<Format, 1, C, kPart>(chunk, strip, query + h, chunk.span(query + h));
      }
      return;
    }
    for (std::size_t h = 0; h < Q; ++h) {
      const Span before = {chunk.span(query + h).begin, shared.begin};
      add_values<Format, 1, C, kPart>(chunk, strip, query + h, before);
    }
  }
  add_values<Format, Q, C, kPart>(chunk, strip, query, shared);
  if constexpr (Q > 1) {
    for (std::size_t h = 0; h < Q; ++h) {
      const Span after = {shared.end, chunk.span(query + h).end};
      add_values<Format, 1, C, kPart>(chunk, strip, query + h, after);
    }
  }
}

template <class Format, int C, bool kPart>
void sum_strip(const Chunk& chunk, const ValueStrip& strip) {
  const std::size_t n = chunk.n_queries();
  std::size_t query = 0;
  for (; query + kQueries <= n; query += kQueries)
    sum_values<Format, kQueries, C, kPart>(chunk, strip, query);
  if constexpr (kQueries > 2) {
    for (; query + 2 <= n; query += 2) sum_values<Format, 2, C, kPart>(chunk, strip, query);
  }
  if constexpr (kQueries > 1) {
    for (; query < n; ++query) sum_values<Format, 1, C, kPart>(chunk, strip, query);
  }
}

// C vectors of every query's sum from `column` on, or `lanes` < 16 dimensions with C = 1.
template <class Format, int C, bool kPart>
void sum_columns(const Chunk& chunk, std::size_t column, std::size_t lanes) {
  const AttentionTask& task = chunk.task;
  const Span tiles = chunk.seen.tiles();
  const std::size_t row_bytes = Format::row_bytes(task.latent ? task.key_dim : task.value_dim);
  ValueStrip strip{.column = column, .lanes = lanes, .from = column, .stride = row_bytes, .at = {}};
  for (std::size_t tile = tiles.begin; tile < tiles.end; ++tile) strip.at[tile] = task.value_tiles[tile];
  if (kPart || !Format::kPacked || chunk.n_queries() <= kDirectQueries) {
    sum_strip<Format, C, kPart>(chunk, strip);
    return;
  }
  constexpr std::size_t kWidth = static_cast<std::size_t>(C) * kLanes;
  for (std::size_t tile = tiles.begin; tile < tiles.end; ++tile) {
    float* floats = chunk.strip + tile * kKvTileTokens * kWidth;
    for (std::size_t t = 0; t < kKvTileTokens; ++t) {
      const std::byte* row = strip.at[tile] + t * row_bytes;
      PEREGRINE_UNROLL
      for (std::size_t c = 0; c < kWidth; c += kLanes) {
        f32_store(floats + t * kWidth + c, Format::value(row, column + c));
      }
    }
    strip.at[tile] = reinterpret_cast<const std::byte*>(floats);
  }
  strip.from = 0;
  strip.stride = kWidth * sizeof(float);
  sum_strip<KvF32, C, kPart>(chunk, strip);
}

template <class Format>
void attention_chunk(const AttentionTask& task, std::size_t index, float* workspace,
                     const AttentionState& state) noexcept {
  constexpr std::size_t kWidth = static_cast<std::size_t>(kVectors) * kLanes;
  const Chunk chunk(task, index, workspace, state);
  score_chunk<Format>(chunk);
  for (std::size_t query = 0; query < chunk.n_queries(); ++query) weigh(chunk, query);
  for (std::size_t row = 0; row < task.n_rows; ++row) {
    std::fill_n(state.out + row * state.out_row_stride, task.n_heads * task.value_dim, 0.0F);
  }
  std::size_t column = 0;
  for (; column + kWidth <= task.value_dim; column += kWidth) {
    sum_columns<Format, kVectors, false>(chunk, column, kLanes);
  }
  if constexpr (kVectors > 1) {
    for (; column + kLanes <= task.value_dim; column += kLanes) {
      sum_columns<Format, 1, false>(chunk, column, kLanes);
    }
  }
  if (column < task.value_dim) sum_columns<Format, 1, true>(chunk, column, task.value_dim - column);
}

template <class Format>
consteval KvKernels make_kv_kernels() {
  return {.store_row = Format::store_row,
          .store_key = Format::store_key,
          .attention_chunk = attention_chunk<Format>};
}

PEREGRINE_SIMD_END
