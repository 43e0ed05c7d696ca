#include "kernels/attention/attention.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "kernels/attention/attention_testing.h"
#include "kernels/test_support.h"
#include "tensor/half.h"
#include "tensor/q8_0.h"

namespace peregrine::kernels {
namespace {

using tensor::DType;

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// Numbers that F16 holds, so that storage changes nothing.
std::vector<float> random_halves(std::size_t n, unsigned seed) {
  std::vector<float> out = random_row(n, seed);
  for (float& x : out) x = tensor::f16_to_f32(tensor::f32_to_f16(x));
  return out;
}

// The last `n_rows` of `n_tokens` tokens, each seeing all before it.
std::vector<TokenRange> causal(std::size_t n_rows, std::size_t n_tokens) {
  std::vector<TokenRange> visible;
  for (std::size_t i = n_tokens - n_rows; i < n_tokens; ++i)
    visible.push_back({0, static_cast<std::uint32_t>(i + 1)});
  return visible;
}

AttentionProblem random_problem(std::size_t n_heads, std::size_t key_dim, std::size_t value_dim,
                                std::size_t n_tokens, std::size_t n_rows, unsigned seed) {
  return {.n_heads = n_heads,
          .key_dim = key_dim,
          .value_dim = value_dim,
          .visible = causal(n_rows, n_tokens),
          .q = random_row(n_rows * n_heads * key_dim, seed),
          .keys = random_halves(n_tokens * key_dim, seed + 1),
          .values = random_halves(n_tokens * value_dim, seed + 2),
          .scale = 1.0F / std::sqrt(static_cast<float>(key_dim))};
}

std::vector<float> attend(const KernelTable& table, const AttentionProblem& p, DType type) {
  return AttentionSolver(table, type, p).solve();
}

// Only row `row` of `p`.
AttentionProblem alone(const AttentionProblem& p, std::size_t row) {
  AttentionProblem one = p;
  const std::size_t width = p.n_heads * p.key_dim;
  one.visible = {p.visible[row]};
  one.q.assign(p.q.begin() + static_cast<std::ptrdiff_t>(row * width),
               p.q.begin() + static_cast<std::ptrdiff_t>((row + 1) * width));
  return one;
}

void expect_row_alone_is_the_same(const KernelTable& table, const AttentionProblem& p, DType type) {
  const std::vector<float> all = attend(table, p, type);
  const std::size_t width = p.n_heads * p.value_dim;
  for (std::size_t row = 0; row < p.n_rows(); ++row) {
    ASSERT_TRUE(same_bits(attend(table, alone(p, row), type), {all.data() + row * width, width})) << row;
  }
}

void expect_close(const AttentionProblem& p, const std::vector<float>& actual) {
  for (std::size_t query = 0; query < p.n_rows() * p.n_heads; ++query) {
    const TokenRange range = p.visible[query / p.n_heads];
    const float* q = p.q.data() + query * p.key_dim;
    std::vector<double> scores;
    double worst_score = 0.0;  // absolute error of a score
    for (std::size_t t = range.begin; t < range.end; ++t) {
      double dot = 0.0;
      double magnitude = 0.0;
      for (std::size_t i = 0; i < p.key_dim; ++i) {
        const double product = static_cast<double>(q[i]) * p.keys[t * p.key_dim + i];
        dot += product;
        magnitude += std::fabs(product);
      }
      const double score = dot * p.scale;
      scores.push_back(p.softcap > 0.0F ? p.softcap * std::tanh(score / p.softcap) : score);
      const double roundings = static_cast<double>(p.key_dim) + 8.0;
      worst_score = std::max(worst_score, roundings * kEpsilon * magnitude * p.scale);
    }
    // The cap's own error; its slope is at most one.
    worst_score += p.softcap * 4.0 * kEpsilon;
    const double top = *std::ranges::max_element(scores);
    double total = p.sinks.empty() ? 0.0 : std::exp(p.sinks[query % p.n_heads] - top);
    for (double& s : scores) total += s = std::exp(s - top);
    const double view = static_cast<double>(scores.size());
    for (std::size_t d = 0; d < p.value_dim; ++d) {
      double exact = 0.0;
      double magnitude = 0.0;
      for (std::size_t t = range.begin; t < range.end; ++t) {
        const double term = scores[t - range.begin] / total * p.values[t * p.value_dim + d];
        exact += term;
        magnitude += std::fabs(term);
      }
      // Each weight is off by the error of its score and of the largest, numerator and sum by one rounding a
      // token and a few for every chunk that is folded.
      const double roundings = (2.0 + 16.0 / kAttentionChunkTokens) * view + 60.0;
      const double bound = (4.0 * worst_score + roundings * kEpsilon) * magnitude;
      ASSERT_NEAR(actual[query * p.value_dim + d], exact, bound) << "query " << query << " dimension " << d;
    }
  }
}

// `rows` as Q8_0 gives them back, by the room that defines the format.
std::vector<float> through_q8_0(const StoredTiles& rows, std::size_t n_tokens, std::size_t dim) {
  std::vector<float> out(n_tokens * dim);
  const std::size_t blocks = dim / tensor::BlockQ8_0::kElements;
  for (std::size_t t = 0; t < n_tokens; ++t) {
    const auto* tile = reinterpret_cast<const tensor::BlockQ8_0*>(rows.pointers[t / kKvTileTokens]);
    tensor::dequantize_row(tile + t % kKvTileTokens * blocks, out.data() + t * dim, dim);
  }
  return out;
}

class Attention : public IsaTest {};

TEST_P(Attention, MatchesDoublePrecision) {
  // heads, key width, value width, tokens, rows
  for (const auto& [heads, key_dim, value_dim, tokens, rows] : {std::array<std::size_t, 5>{1, 64, 64, 1, 1},
                                                                {1, 16, 16, 5, 5},
                                                                {2, 64, 64, 33, 1},
                                                                {3, 8, 8, 129, 9},
                                                                {4, 128, 128, 300, 20},
                                                                {7, 80, 80, 65, 2},
                                                                {5, 192, 128, 47, 7},
                                                                {8, 256, 256, 20, 3},
                                                                {6, 100, 36, 257, 4},
                                                                {1, 64, 64, 256, 64},
                                                                {2, 5, 3, 17, 17}}) {
    SCOPED_TRACE(tokens);
    const AttentionProblem p =
        random_problem(heads, key_dim, value_dim, tokens, rows, static_cast<unsigned>(tokens));
    expect_close(p, attend(*GetParam(), p, DType::kF32));
    expect_close(p, attend(*GetParam(), p, DType::kF16));
  }
}

TEST_P(Attention, Q8StorageIsTheOnlyErrorOfQ8) {
  for (const std::size_t rows : {1U, 5U, 24U}) {
    AttentionProblem p = random_problem(3, 96, 64, 150, rows, static_cast<unsigned>(40 + rows));
    AttentionSolver solver(*GetParam(), DType::kQ8_0, p);
    const std::vector<float> actual = solver.solve();
    const StoredTiles keys(GetParam()->kv_q8_0.store_row, DType::kQ8_0, p.keys, p.key_dim);
    p.keys = through_q8_0(keys, 150, p.key_dim);
    p.values = through_q8_0(solver.values(), 150, p.value_dim);
    expect_close(p, actual);
    // What Q8_0 holds is no F16: with its products of scales and bytes in F32 the bits are the same.
    EXPECT_TRUE(same_bits(attend(*GetParam(), p, DType::kF32), actual));
  }
}

TEST_P(Attention, StorageDoesNotChangeBits) {
  for (const std::size_t rows : {1U, 3U, 30U}) {
    const AttentionProblem p = random_problem(3, 72, 72, 161, rows, 5);
    EXPECT_TRUE(same_bits(attend(*GetParam(), p, DType::kF16), attend(*GetParam(), p, DType::kF32)));
  }
}

TEST_P(Attention, ARowDoesNotDependOnItsTile) {
  for (const DType type : {DType::kF16, DType::kF32, DType::kQ8_0}) {
    expect_row_alone_is_the_same(*GetParam(), random_problem(1, 64, 64, 300, 50, 20), type);
    expect_row_alone_is_the_same(*GetParam(), random_problem(4, 32, 96, 140, 19, 21), type);
  }
}

TEST_P(Attention, AHeadDoesNotDependOnItsGroup) {
  const AttentionProblem all = random_problem(7, 64, 48, 190, 1, 6);
  const std::vector<float> expected = attend(*GetParam(), all, DType::kF16);
  for (std::size_t h = 0; h < 7; ++h) {
    AttentionProblem one = all;
    one.n_heads = 1;
    one.q.assign(all.q.begin() + static_cast<std::ptrdiff_t>(h * 64),
                 all.q.begin() + static_cast<std::ptrdiff_t>((h + 1) * 64));
    EXPECT_TRUE(same_bits(attend(*GetParam(), one, DType::kF16), {expected.data() + h * 48, 48})) << h;
  }
}

TEST_P(Attention, ChunksMayBeComputedApart) {
  const AttentionProblem p = random_problem(4, 64, 64, 700, 3, 22);
  for (const DType type : {DType::kF16, DType::kQ8_0}) {
    AttentionSolver solver(*GetParam(), type, p);
    EXPECT_TRUE(same_bits(solver.solve(FoldOrder::kAfterwards), solver.solve(FoldOrder::kAsComputed)));
  }
}

TEST_P(Attention, RowsSeeTheirWindowOrChunkOnly) {
  AttentionProblem p = random_problem(2, 64, 64, 400, 60, 7);
  const AttentionProblem plain = p;
  for (const std::size_t window : {1U, 16U, 50U, 128U, 333U}) {
    for (TokenRange& range : p.visible)
      range.begin = range.end - std::min<std::uint32_t>(range.end, static_cast<std::uint32_t>(window));
    expect_close(p, attend(*GetParam(), p, DType::kF16));
    expect_row_alone_is_the_same(*GetParam(), p, DType::kF16);
  }
  for (const std::uint32_t size : {7U, 100U, 128U}) {
    p = plain;
    for (TokenRange& range : p.visible) range.begin = range.end - 1 - (range.end - 1) % size;
    expect_close(p, attend(*GetParam(), p, DType::kF16));
    expect_row_alone_is_the_same(*GetParam(), p, DType::kF16);
  }
}

TEST_P(Attention, WhatIsOutOfViewDoesNotMatter) {
  AttentionProblem p = random_problem(1, 32, 32, 200, 16, 9);
  for (TokenRange& range : p.visible) range.begin = range.end - 40;
  const std::vector<float> expected = attend(*GetParam(), p, DType::kF32);
  // The last row's token and those before the first row's window are seen by that row, or no row, alone.
  std::fill_n(p.keys.end() - 32, 32, kInfinity);
  std::fill_n(p.values.end() - 32, 32, kInfinity);
  std::fill_n(p.values.begin(), (p.visible[0].begin) * 32, std::nanf(""));
  std::fill_n(p.keys.begin(), (p.visible[0].begin) * 32, std::nanf(""));
  const std::vector<float> actual = attend(*GetParam(), p, DType::kF32);
  EXPECT_TRUE(same_bits({actual.data(), 15 * 32}, {expected.data(), 15 * 32}));
  EXPECT_FALSE(std::isfinite(actual.back()));
}

TEST_P(Attention, CappedScoresMatchDoublePrecision) {
  AttentionProblem p = random_problem(4, 64, 64, 170, 2, 11);
  p.scale = 2.0F;  // far beyond the cap
  p.softcap = 3.0F;
  expect_close(p, attend(*GetParam(), p, DType::kF32));
  for (TokenRange& range : p.visible) range.begin = 133;
  expect_close(p, attend(*GetParam(), p, DType::kF32));
}

TEST_P(Attention, SinksJoinTheDenominatorOnly) {
  AttentionProblem p = random_problem(3, 32, 32, 140, 3, 12);
  p.sinks = {-2.0F, 0.5F, 30.0F};  // the last one above every score
  expect_close(p, attend(*GetParam(), p, DType::kF32));
  p.sinks = {-200.0F, -200.0F, -kInfinity};
  AttentionProblem without = p;
  without.sinks.clear();
  EXPECT_TRUE(same_bits(attend(*GetParam(), p, DType::kF32), attend(*GetParam(), without, DType::kF32)));
}

TEST_P(Attention, ValuesMayBeTheBeginningOfTheKeys) {
  for (const std::size_t rows : {1U, 12U}) {
    for (const std::size_t dim : {96U, 100U}) {
      AttentionProblem latent = random_problem(4, dim, 64, 150, rows, 13);
      latent.latent = true;
      AttentionProblem apart = latent;
      apart.latent = false;
      for (std::size_t t = 0; t < 150; ++t) {
        for (std::size_t d = 0; d < 64; ++d) apart.values[t * 64 + d] = apart.keys[t * dim + d];
      }
      for (const DType type : {DType::kF32, DType::kF16, DType::kQ8_0}) {
        if (type == DType::kQ8_0 && dim % 32 != 0) continue;
        const std::vector<float> actual = attend(*GetParam(), latent, type);
        EXPECT_TRUE(same_bits(actual, attend(*GetParam(), apart, type)));
      }
    }
  }
}

TEST_P(Attention, LargeScoresDoNotOverflow) {
  AttentionProblem p = random_problem(2, 32, 32, 300, 4, 8);
  p.scale = 1e4F;
  for (const float v : attend(*GetParam(), p, DType::kF32)) EXPECT_TRUE(std::isfinite(v));
  p.scale = 1e37F;
  for (const float v : attend(*GetParam(), p, DType::kF32)) EXPECT_TRUE(std::isfinite(v));
}

TEST_P(Attention, ZerosGiveTheMean) {
  AttentionProblem p = random_problem(1, 32, 1, 300, 1, 14);
  std::ranges::fill(p.q, 0.0F);
  double mean = 0.0;
  for (const float v : p.values) mean += v / 300.0;
  EXPECT_NEAR(attend(*GetParam(), p, DType::kF16)[0], mean, 1e-5);
}

// Scores of -infinity weigh nothing, also where a whole chunk has no other; a row of them alone has no mean.
TEST_P(Attention, ScoresOfMinusInfinityWeighNothing) {
  AttentionProblem p = random_problem(1, 8, 8, 300, 2, 15);
  for (float& x : p.q) x = std::fabs(x) + 0.1F;
  const AttentionProblem plain = p;
  for (const auto& [begin, end] : {std::array<std::size_t, 2>{0, 128}, {128, 256}, {256, 290}, {5, 299}}) {
    p = plain;
    std::fill(p.keys.begin() + static_cast<std::ptrdiff_t>(begin * 8),
              p.keys.begin() + static_cast<std::ptrdiff_t>(end * 8), -kInfinity);
    AttentionProblem rest = p;
    for (std::size_t d = 0; d < (end - begin) * 8; ++d) rest.values[begin * 8 + d] = 0.0F;
    const std::vector<float> actual = attend(*GetParam(), p, DType::kF32);
    for (const float v : actual) ASSERT_TRUE(std::isfinite(v));
    EXPECT_TRUE(same_bits(actual, attend(*GetParam(), rest, DType::kF32)));
  }
  std::ranges::fill(p.keys, -kInfinity);
  for (const float v : attend(*GetParam(), p, DType::kF32)) EXPECT_TRUE(std::isnan(v));
}

TEST_P(Attention, EveryIsaGivesTheSameBits) {
  for (const std::size_t dim : {8U, 20U, 64U, 80U, 128U}) {
    for (const std::size_t tokens : {1U, 15U, 16U, 177U}) {
      for (const std::size_t rows : {1U, 11U}) {
        if (rows > tokens) continue;
        AttentionProblem p = random_problem(5, dim, dim, tokens, rows, static_cast<unsigned>(dim + tokens));
        if (dim == 64) p.softcap = 2.0F;
        if (dim == 80) p.sinks = {0.1F, -0.2F, 3.0F, 0.0F, -9.0F};
        p.latent = dim == 128;
        for (const DType type : {DType::kF32, DType::kF16, DType::kQ8_0}) {
          if (type == DType::kQ8_0 && dim % 32 != 0) continue;
          ASSERT_TRUE(same_bits(attend(*GetParam(), p, type), attend(scalar_kernels(), p, type)));
        }
      }
    }
  }
}

TEST_P(Attention, KeysAndValuesAreStoredInQ8ToHalfAStep) {
  const KvKernels& kv = GetParam()->kv_q8_0;
  std::vector<float> rows;
  for (const float scale : {1.0F, 1e-3F, 1e4F, 1e-7F, 0.0F}) {
    const std::vector<float> more = random_row(64, static_cast<unsigned>(rows.size()), scale);
    rows.insert(rows.end(), more.begin(), more.end());
  }
  const StoredTiles values(kv.store_row, DType::kQ8_0, rows, 64);
  const StoredTiles keys(kv.store_key, DType::kQ8_0, rows, 64);
  const std::vector<float> stored = through_q8_0(values, 5, 64);
  for (std::size_t t = 0; t < 5; ++t) {
    for (std::size_t d = 0; d < 64; ++d) {
      const auto* blocks = reinterpret_cast<const tensor::BlockQ8_0*>(values.pointers[0]) + 2 * t;
      const float step = blocks[d / 32].d.value();
      // 2^-12 for the rounding of the scale; below F16's normal range the bytes may not reach far enough.
      const float reach = std::fabs(rows[t * 64 + d]) * 0x1p-12F + (t == 3 ? 0x1p-18F : 0.0F);
      EXPECT_NEAR(stored[t * 64 + d], rows[t * 64 + d], step * 0.5F + reach);
      // A key tile: per 32 dimensions sixteen scales, then sixteen bytes a dimension.
      const std::byte* group = keys.pointers[0] + d / 32 * (16 * 34);
      EXPECT_EQ(static_cast<std::int8_t>(group[32 + d % 32 * 16 + t]), blocks[d / 32].q[d % 32]);
      EXPECT_EQ(group[2 * t], static_cast<std::byte>(blocks[d / 32].d.bytes[0]));
      EXPECT_EQ(group[2 * t + 1], static_cast<std::byte>(blocks[d / 32].d.bytes[1]));
    }
  }
}

TEST_P(Attention, WhatQ8CannotHoldIsNotFinite) {
  for (const float bad : {kInfinity, -kInfinity, std::nanf(""), 1e7F}) {
    std::vector<float> row = random_row(64, 3);
    row[40] = bad;
    const StoredTiles stored(GetParam()->kv_q8_0.store_row, DType::kQ8_0, row, 64);
    const std::vector<float> back = through_q8_0(stored, 1, 64);
    EXPECT_TRUE(std::isfinite(back[31]));
    EXPECT_FALSE(std::isfinite(back[40]));
  }
}

PEREGRINE_FOR_EACH_ISA(Attention);

}  // namespace
}  // namespace peregrine::kernels
