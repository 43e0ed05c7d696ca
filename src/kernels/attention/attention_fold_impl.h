// The folding of chunks into the attention over a context. Contract: attention.h.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>

#include "kernels/attention/attention.h"
#include "kernels/simd/exp_impl.h"

PEREGRINE_SIMD_BEGIN

inline constexpr float kNothing = -std::numeric_limits<float>::infinity();  // as a score

// What sums so far and of one more chunk are multiplied with, for up to sixteen queries.
struct FoldFactors {
  F32x16 top;
  F32x16 so_far;
  F32x16 more;

  // Nothing seen yet (-infinity) counts nothing, also beside nothing.
  FoldFactors(F32x16 largest_so_far, F32x16 largest_more) : top(max(largest_so_far, largest_more)) {
    const F32x16 shift = max(top, f32_set(std::numeric_limits<float>::lowest()));
    so_far = exp(largest_so_far - shift);
    more = exp(largest_more - shift);
  }
};

// Where the sums of a query begin; queries are numbered row by row.
inline float* sums_of(const AttentionTask& task, const AttentionState& state, std::size_t query) {
  return state.out + query / task.n_heads * state.out_row_stride + query % task.n_heads * task.value_dim;
}

inline void attention_fold(const AttentionTask& task, const AttentionState& chunk,
                           const AttentionState& state) noexcept {
  const std::size_t dim = task.value_dim;
  const std::size_t n_queries = task.n_rows * task.n_heads;
  for (std::size_t query = 0; query < n_queries; query += kLanes) {
    const std::size_t n = std::min(n_queries - query, kLanes);
    const F32x16 none = f32_set(kNothing);
    const FoldFactors factors(f32_load_part(state.largest + query, n, none),
                              f32_load_part(chunk.largest + query, n, none));
    const F32x16 total = f32_load_part(state.total + query, n, f32_zero());
    const F32x16 more = f32_load_part(chunk.total + query, n, f32_zero());
    f32_store_part(state.largest + query, n, factors.top);
    f32_store_part(state.total + query, n, mul_add(more, factors.more, total * factors.so_far));
    float by_so_far[kLanes];
    float by_more[kLanes];
    f32_store(by_so_far, factors.so_far);
    f32_store(by_more, factors.more);
    for (std::size_t i = 0; i < n; ++i) {
      const float* from = sums_of(task, chunk, query + i);
      float* to = sums_of(task, state, query + i);
      const F32x16 a = f32_set(by_so_far[i]);
      const F32x16 b = f32_set(by_more[i]);
      std::size_t d = 0;
      for (; d + kLanes <= dim; d += kLanes) {
        f32_store(to + d, mul_add(f32_load(from + d), b, f32_load(to + d) * a));
      }
      const F32x16 last = f32_load_part(to + d, dim - d, f32_zero()) * a;
      f32_store_part(to + d, dim - d, mul_add(f32_load_part(from + d, dim - d, f32_zero()), b, last));
    }
  }
}

inline void attention_finish(const AttentionTask& task, const float* sinks,
                             const AttentionState& state) noexcept {
  const std::size_t dim = task.value_dim;
  for (std::size_t row = 0; row < task.n_rows; ++row) {
    for (std::size_t head = 0; head < task.n_heads; head += kLanes) {
      const std::size_t n = std::min(task.n_heads - head, kLanes);
      const std::size_t query = row * task.n_heads + head;
      const F32x16 none = f32_set(kNothing);
      F32x16 factor = f32_set(1.0F);
      F32x16 total = f32_load_part(state.total + query, n, f32_zero());
      if (sinks != nullptr) {
        const FoldFactors factors(f32_load_part(state.largest + query, n, none),
                                  f32_load_part(sinks + head, n, none));
        factor = factors.so_far;
        total = mul_add(total, factors.so_far, factors.more);
      }
      float by[kLanes];
      float totals[kLanes];
      f32_store(by, factor);
      f32_store(totals, total);
      for (std::size_t i = 0; i < n; ++i) {
        float* out = state.out + row * state.out_row_stride + (head + i) * dim;
        const F32x16 a = f32_set(by[i]);
        const F32x16 b = f32_set(totals[i]);
        std::size_t d = 0;
        for (; d + kLanes <= dim; d += kLanes) f32_store(out + d, f32_load(out + d) * a / b);
        f32_store_part(out + d, dim - d, f32_load_part(out + d, dim - d, f32_zero()) * a / b);
      }
    }
  }
}

PEREGRINE_SIMD_END
