#include "kernels/attention/attention.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "kernels/test_support.h"
#include "tensor/half.h"

namespace peregrine::kernels {
namespace {

// Keys and values of one KV head, representable in F16, and the queries that look at them.
struct Context {
  std::size_t n_heads;
  std::size_t key_dim;
  std::size_t value_dim;
  std::size_t n_tokens;
  std::vector<float> q;
  std::vector<float> keys;
  std::vector<float> values;
  float scale;
  float softcap = 0.0F;
  std::vector<float> sinks = {};  // by head, or none
};

std::vector<float> random_halves(std::size_t n, unsigned seed) {
  std::vector<float> out = random_row(n, seed);
  for (float& x : out) x = tensor::f16_to_f32(tensor::f32_to_f16(x));
  return out;
}

Context random_context(std::size_t n_heads, std::size_t key_dim, std::size_t value_dim, std::size_t n_tokens,
                       unsigned seed) {
  return {n_heads,
          key_dim,
          value_dim,
          n_tokens,
          random_row(n_heads * key_dim, seed),
          random_halves(n_tokens * key_dim, seed + 1),
          random_halves(n_tokens * value_dim, seed + 2),
          1.0F / std::sqrt(static_cast<float>(key_dim)),
          0.0F,
          {}};
}

enum class Store { kF32, kF16 };

// Lays rows [n_tokens][dim] out in blocks; the last block's unused rows hold NaN.
struct Paged {
  std::vector<std::vector<std::byte>> blocks;
  std::vector<const std::byte*> pointers;

  Paged(const std::vector<float>& rows, std::size_t dim, std::size_t block_tokens, Store store) {
    const std::size_t block_values = block_tokens * dim;
    for (std::size_t at = 0; at < rows.size(); at += block_values) {
      std::vector<float> padded(block_values, std::nanf(""));
      std::copy_n(rows.data() + at, std::min(block_values, rows.size() - at), padded.data());
      std::vector<std::byte>& block = blocks.emplace_back(block_values * (store == Store::kF32 ? 4 : 2));
      for (std::size_t i = 0; i < block_values; ++i) {
        const std::uint16_t half = tensor::f32_to_f16(padded[i]);
        if (store == Store::kF32) {
          std::memcpy(block.data() + 4 * i, &padded[i], 4);
        } else {
          std::memcpy(block.data() + 2 * i, &half, 2);
        }
      }
    }
    for (const std::vector<std::byte>& block : blocks) pointers.push_back(block.data());
  }
};

std::vector<float> attend(const KernelTable& table, const Context& c, Store store, std::size_t block_tokens,
                          std::size_t first_token = 0) {
  Paged keys(c.keys, c.key_dim, block_tokens, store);
  Paged values(c.values, c.value_dim, block_tokens, store);
  for (std::size_t b = 0; b < first_token / block_tokens; ++b)
    keys.pointers[b] = values.pointers[b] = nullptr;
  std::vector<float> scores(attention_workspace(c.n_heads, c.n_tokens - first_token));
  std::vector<float> out(c.n_heads * c.value_dim);
  (store == Store::kF32 ? table.attention_f32
                        : table.attention_f16)({.q = c.q.data(),
                                                .n_heads = c.n_heads,
                                                .key_dim = c.key_dim,
                                                .value_dim = c.value_dim,
                                                .value_stride = c.value_dim,
                                                .key_blocks = keys.pointers.data(),
                                                .value_blocks = values.pointers.data(),
                                                .block_tokens = block_tokens,
                                                .first_token = first_token,
                                                .n_tokens = c.n_tokens,
                                                .scale = c.scale,
                                                .softcap = c.softcap,
                                                .sinks = c.sinks.empty() ? nullptr : c.sinks.data(),
                                                .scores = scores.data(),
                                                .out = out.data()});
  return out;
}

void expect_close(const Context& c, std::size_t first_token, const std::vector<float>& actual) {
  for (std::size_t h = 0; h < c.n_heads; ++h) {
    const float* q = c.q.data() + h * c.key_dim;
    std::vector<double> scores;
    double worst_score = 0.0;  // absolute error of a score
    for (std::size_t t = first_token; t < c.n_tokens; ++t) {
      double dot = 0.0;
      double magnitude = 0.0;
      for (std::size_t i = 0; i < c.key_dim; ++i) {
        const double product = static_cast<double>(q[i]) * c.keys[t * c.key_dim + i];
        dot += product;
        magnitude += std::fabs(product);
      }
      const double score = dot * c.scale;
      scores.push_back(c.softcap > 0.0F ? c.softcap * std::tanh(score / c.softcap) : score);
      const double roundings = static_cast<double>(c.key_dim) / 16.0 + 8.0;
      worst_score = std::max(worst_score, roundings * kEpsilon * magnitude * c.scale);
    }
    // The cap's own error; its slope is at most one.
    worst_score += c.softcap * 4.0 * kEpsilon;
    const double top = *std::ranges::max_element(scores);
    double total = c.sinks.empty() ? 0.0 : std::exp(c.sinks[h] - top);
    for (double& s : scores) total += s = std::exp(s - top);
    const double view = static_cast<double>(scores.size());
    for (std::size_t d = 0; d < c.value_dim; ++d) {
      double exact = 0.0;
      double magnitude = 0.0;
      for (std::size_t t = first_token; t < c.n_tokens; ++t) {
        const double term = scores[t - first_token] / total * c.values[t * c.value_dim + d];
        exact += term;
        magnitude += std::fabs(term);
      }
      // Each weight is off by the error of its score and of the largest, numerator and sum by one rounding a
      // token.
      const double bound = (4.0 * worst_score + (2.0 * view + 40.0) * kEpsilon) * magnitude;
      ASSERT_NEAR(actual[h * c.value_dim + d], exact, bound) << "head " << h << " dimension " << d;
    }
  }
}

class Attention : public IsaTest {};

TEST_P(Attention, MatchesDoublePrecision) {
  for (const auto& [heads, key_dim, value_dim, tokens] : {std::array<std::size_t, 4>{1, 64, 64, 1},
                                                          {1, 16, 16, 5},
                                                          {2, 64, 64, 33},
                                                          {3, 8, 8, 100},
                                                          {4, 128, 128, 300},
                                                          {7, 80, 80, 65},
                                                          {5, 192, 128, 47},
                                                          {8, 256, 256, 20},
                                                          {6, 100, 36, 129},
                                                          {2, 5, 3, 17}}) {
    const Context c = random_context(heads, key_dim, value_dim, tokens, static_cast<unsigned>(tokens));
    expect_close(c, 0, attend(*GetParam(), c, Store::kF32, 32));
    expect_close(c, 0, attend(*GetParam(), c, Store::kF16, 32));
  }
}

TEST_P(Attention, BlockSizeAndStorageDoNotChangeBits) {
  const Context c = random_context(6, 72, 72, 131, 5);
  const std::vector<float> expected = attend(*GetParam(), c, Store::kF32, 131);
  for (const std::size_t block_tokens : {1U, 2U, 16U, 32U, 100U, 256U}) {
    EXPECT_TRUE(same_bits(attend(*GetParam(), c, Store::kF32, block_tokens), expected)) << block_tokens;
    EXPECT_TRUE(same_bits(attend(*GetParam(), c, Store::kF16, block_tokens), expected)) << block_tokens;
  }
}

TEST_P(Attention, AHeadDoesNotDependOnItsGroup) {
  const Context all = random_context(7, 64, 48, 90, 6);
  const std::vector<float> expected = attend(*GetParam(), all, Store::kF16, 16);
  for (std::size_t h = 0; h < 7; ++h) {
    Context one = all;
    one.n_heads = 1;
    one.q.assign(all.q.begin() + static_cast<std::ptrdiff_t>(h * 64),
                 all.q.begin() + static_cast<std::ptrdiff_t>((h + 1) * 64));
    EXPECT_TRUE(same_bits(attend(*GetParam(), one, Store::kF16, 16), {expected.data() + h * 48, 48})) << h;
  }
}

TEST_P(Attention, AWindowIsAShorterContext) {
  const Context c = random_context(4, 64, 64, 120, 7);
  for (const std::size_t first : {1U, 16U, 50U, 119U}) {
    const std::vector<float> windowed = attend(*GetParam(), c, Store::kF16, 16, first);
    expect_close(c, first, windowed);
    Context shorter = c;
    shorter.n_tokens -= first;
    shorter.keys.erase(shorter.keys.begin(), shorter.keys.begin() + static_cast<std::ptrdiff_t>(first * 64));
    shorter.values.erase(shorter.values.begin(),
                         shorter.values.begin() + static_cast<std::ptrdiff_t>(first * 64));
    EXPECT_TRUE(same_bits(windowed, attend(*GetParam(), shorter, Store::kF16, 16))) << first;
  }
}

TEST_P(Attention, CappedScoresMatchDoublePrecision) {
  Context c = random_context(4, 64, 64, 70, 11);
  c.scale = 2.0F;  // far beyond the cap
  c.softcap = 3.0F;
  expect_close(c, 0, attend(*GetParam(), c, Store::kF32, 16));
  expect_close(c, 33, attend(*GetParam(), c, Store::kF32, 16, 33));
}

TEST_P(Attention, SinksJoinTheDenominatorOnly) {
  Context c = random_context(3, 32, 32, 40, 12);
  c.sinks = {-2.0F, 0.5F, 30.0F};  // the last one above every score
  expect_close(c, 0, attend(*GetParam(), c, Store::kF32, 16));
  c.sinks = {-200.0F, -200.0F, -200.0F};
  Context without = c;
  without.sinks.clear();
  EXPECT_TRUE(
      same_bits(attend(*GetParam(), c, Store::kF32, 16), attend(*GetParam(), without, Store::kF32, 16)));
}

TEST_P(Attention, ValuesMayBeTheBeginningOfTheKeys) {
  const Context c = random_context(4, 48, 32, 50, 13);
  Context shared = c;
  for (std::size_t t = 0; t < c.n_tokens; ++t) {
    for (std::size_t d = 0; d < c.value_dim; ++d) shared.values[t * 32 + d] = shared.keys[t * 48 + d];
  }
  Paged keys(c.keys, c.key_dim, 16, Store::kF32);
  std::vector<float> scores(attention_workspace(c.n_heads, c.n_tokens));
  std::vector<float> out(c.n_heads * c.value_dim);
  GetParam()->attention_f32({.q = c.q.data(),
                             .n_heads = c.n_heads,
                             .key_dim = c.key_dim,
                             .value_dim = c.value_dim,
                             .value_stride = c.key_dim,
                             .key_blocks = keys.pointers.data(),
                             .value_blocks = keys.pointers.data(),
                             .block_tokens = 16,
                             .first_token = 0,
                             .n_tokens = c.n_tokens,
                             .scale = c.scale,
                             .softcap = 0.0F,
                             .sinks = nullptr,
                             .scores = scores.data(),
                             .out = out.data()});
  EXPECT_TRUE(same_bits(out, attend(*GetParam(), shared, Store::kF32, 16)));
}

TEST_P(Attention, LargeScoresDoNotOverflow) {
  Context c = random_context(2, 32, 32, 40, 8);
  c.scale = 1e4F;
  for (const float v : attend(*GetParam(), c, Store::kF32, 16)) EXPECT_TRUE(std::isfinite(v));
}

TEST_P(Attention, EveryIsaGivesTheSameBits) {
  for (const std::size_t dim : {8U, 20U, 64U, 80U, 128U}) {
    for (const std::size_t tokens : {1U, 15U, 16U, 77U}) {
      Context c = random_context(5, dim, dim, tokens, static_cast<unsigned>(dim + tokens));
      if (dim == 64) c.softcap = 2.0F;
      if (dim == 80) c.sinks = {0.1F, -0.2F, 3.0F, 0.0F, -9.0F};
      for (const Store store : {Store::kF32, Store::kF16}) {
        ASSERT_TRUE(same_bits(attend(*GetParam(), c, store, 16), attend(scalar_kernels(), c, store, 16)));
      }
    }
  }
}

PEREGRINE_FOR_EACH_ISA(Attention);

}  // namespace
}  // namespace peregrine::kernels
