// Attention of one query token over sixteen-lane vectors. Contract: attention.h.
//
// Three passes per group of heads: scores of all tokens, softmax without its division, weighted sum of
// values. Each key and value is converted once per group; every sum over tokens runs in their order, whatever
// the group.
#pragma once

#include <algorithm>
#include <cstddef>

#include "kernels/attention/attention.h"
#include "kernels/elementwise/elementwise_impl.h"
#include "kernels/simd/elements_impl.h"
#include "kernels/softmax/softmax_impl.h"

PEREGRINE_SIMD_BEGIN

// A run of neighbouring tokens that lie in one block.
struct TokenRun {
  std::size_t first;
  std::size_t count;
  std::size_t block;
  std::size_t row;  // of `first` in the block

  TokenRun(const AttentionTask& task, std::size_t token)
      : first(token),
        count(std::min(task.block_tokens - token % task.block_tokens, task.n_tokens - token)),
        block(token / task.block_tokens),
        row(token % task.block_tokens) {}
};

// Scores of heads head .. head + H - 1 for the run's tokens.
template <class Elements, int H>
void score_run(const AttentionTask& task, std::size_t head, const TokenRun& run) {
  const std::size_t dim = task.key_dim;
  const std::size_t view = task.n_tokens - task.first_token;
  const std::byte* key = task.key_blocks[run.block] + run.row * dim * Elements::kBytes;
  const float* q[H];
  for (std::size_t h = 0; h < H; ++h) q[h] = task.q + (head + h) * dim;
  float* scores = task.scores + head * view + (run.first - task.first_token);
  for (std::size_t t = 0; t < run.count; ++t, key += dim * Elements::kBytes) {
    F32x16 acc[H];
    PEREGRINE_UNROLL
    for (int h = 0; h < H; ++h) acc[h] = f32_zero();
    std::size_t i = 0;
    for (; i + kLanes <= dim; i += kLanes) {
      const F32x16 k = Elements::load(key + i * Elements::kBytes);
      PEREGRINE_UNROLL
      for (int h = 0; h < H; ++h) acc[h] = mul_add(k, f32_load(q[h] + i), acc[h]);
    }
    if (i < dim) {
      const F32x16 k = Elements::load_part(key + i * Elements::kBytes, dim - i);
      PEREGRINE_UNROLL
      for (int h = 0; h < H; ++h) acc[h] = mul_add(k, f32_load_part(q[h] + i, dim - i, f32_zero()), acc[h]);
    }
    PEREGRINE_UNROLL
    for (int h = 0; h < H; ++h) scores[static_cast<std::size_t>(h) * view + t] = sum(acc[h]) * task.scale;
  }
}

// out = sum of weight * value / total for dimensions dim .. dim + 16 C - 1 (or `lanes` < 16 of them, with C =
// 1).
template <class Elements, int H, int C, bool kPart>
void sum_values(const AttentionTask& task, std::size_t head, const float (&totals)[H], std::size_t dim,
                std::size_t lanes) {
  const std::size_t view = task.n_tokens - task.first_token;
  const std::size_t stride = task.value_stride * Elements::kBytes;
  F32x16 acc[H][C];
  PEREGRINE_UNROLL
  for (int h = 0; h < H; ++h) {
    PEREGRINE_UNROLL
    for (int c = 0; c < C; ++c) acc[h][c] = f32_zero();
  }
  for (std::size_t token = task.first_token; token < task.n_tokens;) {
    const TokenRun run(task, token);
    const std::byte* value = task.value_blocks[run.block] + run.row * stride + dim * Elements::kBytes;
    const float* weights = task.scores + head * view + (token - task.first_token);
    for (std::size_t t = 0; t < run.count; ++t, value += stride) {
      F32x16 v[C];
      PEREGRINE_UNROLL
      for (int c = 0; c < C; ++c) {
        if constexpr (kPart) {
          v[c] = Elements::load_part(value, lanes);
        } else {
          v[c] = Elements::load(value + static_cast<std::size_t>(c) * kLanes * Elements::kBytes);
        }
      }
      PEREGRINE_UNROLL
      for (int h = 0; h < H; ++h) {
        const F32x16 weight = f32_set(weights[static_cast<std::size_t>(h) * view + t]);
        PEREGRINE_UNROLL
        for (int c = 0; c < C; ++c) acc[h][c] = mul_add(weight, v[c], acc[h][c]);
      }
    }
    token += run.count;
  }
  PEREGRINE_UNROLL
  for (int h = 0; h < H; ++h) {
    float* out = task.out + (head + static_cast<std::size_t>(h)) * task.value_dim + dim;
    PEREGRINE_UNROLL
    for (int c = 0; c < C; ++c) {
      const F32x16 mean = acc[h][c] / f32_set(totals[h]);
      if constexpr (kPart) {
        f32_store_part(out, lanes, mean);
      } else {
        f32_store(out + static_cast<std::size_t>(c) * kLanes, mean);
      }
    }
  }
}

// Turns a head's scores into weights before their division; returns what to divide by.
inline float weigh(const AttentionTask& task, std::size_t head, float* scores, std::size_t view) {
  if (task.softcap > 0.0F) softcap(scores, task.softcap, scores, view);
  float top = largest_of(scores, view);
  if (task.sinks == nullptr) return exponentials(scores, scores, view, top);
  top = std::max(top, task.sinks[head]);
  float sink = 0.0F;
  exponentials(task.sinks + head, &sink, 1, top);
  return exponentials(scores, scores, view, top) + sink;
}

template <class Elements, int H>
void attend_heads(const AttentionTask& task, std::size_t head) {
  for (std::size_t token = task.first_token; token < task.n_tokens;) {
    const TokenRun run(task, token);
    score_run<Elements, H>(task, head, run);
    token += run.count;
  }
  const std::size_t view = task.n_tokens - task.first_token;
  float totals[H];
  for (std::size_t h = 0; h < H; ++h) {
    totals[h] = weigh(task, head + h, task.scores + (head + h) * view, view);
  }
  constexpr std::size_t kStep = kLanes * kAttentionChunks;
  std::size_t dim = 0;
  for (; dim + kStep <= task.value_dim; dim += kStep) {
    sum_values<Elements, H, kAttentionChunks, false>(task, head, totals, dim, kLanes);
  }
  for (; dim + kLanes <= task.value_dim; dim += kLanes) {
    sum_values<Elements, H, 1, false>(task, head, totals, dim, kLanes);
  }
  if (dim < task.value_dim) sum_values<Elements, H, 1, true>(task, head, totals, dim, task.value_dim - dim);
}

template <class Elements>
void attention(const AttentionTask& task) noexcept {
  std::size_t head = 0;
  if constexpr (kAttentionHeads >= 4) {
    for (; head + 4 <= task.n_heads; head += 4) attend_heads<Elements, 4>(task, head);
  }
  if constexpr (kAttentionHeads >= 2) {
    for (; head + 2 <= task.n_heads; head += 2) attend_heads<Elements, 2>(task, head);
  }
  for (; head < task.n_heads; ++head) attend_heads<Elements, 1>(task, head);
}

PEREGRINE_SIMD_END
