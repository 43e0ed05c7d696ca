// What speech models need beside language models' ops: attention to a whole window, its weights, copies of
// sequences, the rows of convolutions, and weights that are converted while they are read.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "backend/backend.h"
#include "backend/testing/random_values.h"
#include "tensor/codec.h"

namespace peregrine::backend {
namespace {

using tensor::DType;

constexpr std::uint32_t kContext = 300;  // of a window: two chunks and a part of one
constexpr std::uint32_t kHeads = 3;
constexpr std::uint32_t kDim = 32;
constexpr std::uint32_t kRows = 70;
constexpr float kScale = 0.2F;

// Two windows of keys and values, and queries.
class CrossAttention : public ::testing::TestWithParam<unsigned> {
 protected:
  void SetUp() override {
    backend_ = make_cpu_backend({.threads = GetParam(), .isa = {}}, budget_);
    ASSERT_TRUE(backend_->reserve({.rows = std::max(kRows, kContext),
                                   .n_in = 64,
                                   .context = kContext,
                                   .key_dim = kDim,
                                   .value_dim = kDim}));
    const KvLayout layout{.n_layers = 2,
                          .n_kv_heads = kHeads,
                          .key_dim = kDim,
                          .value_dim = kDim,
                          .block_tokens = 304,
                          .dtype = DType::kF32};
    kv_ = backend_->allocate_kv(layout, 2).value();
    for (std::uint32_t window = 0; window < 2; ++window) {
      keys_[window] = testing::random_values(std::size_t{kContext} * kHeads * kDim, 10 + window, 2);
      values_[window] = testing::random_values(std::size_t{kContext} * kHeads * kDim, 20 + window, 2);
      const SequenceSlice whole{.n_rows = kContext, .blocks = slot(window)};
      backend_->store_kv(*kv_, 1, {&whole, 1}, tensor(keys_[window]), tensor(values_[window]));
    }
    q_ = testing::random_values(std::size_t{kRows} * kHeads * kDim, 30, 2);
  }

  std::span<const std::uint32_t> slot(std::uint32_t window) const {
    return std::span(slots_).subspan(window, 1);
  }
  static Tensor tensor(std::vector<float>& values) {
    return {values.data(), static_cast<std::uint32_t>(values.size() / (kHeads * kDim)), kHeads * kDim};
  }
  static AttentionArgs args(Tensor q, Tensor out) {
    return {.q = q, .out = out, .layer = 1, .n_q_heads = kHeads, .scale = kScale, .context = kContext};
  }

  // By the definition.
  std::vector<double> reference_weights(std::uint32_t row, std::uint32_t head, std::uint32_t window) const {
    std::vector<double> weights(kContext);
    const auto at = [&](std::uint32_t r) { return (std::size_t{r} * kHeads + head) * kDim; };
    for (std::uint32_t t = 0; t < kContext; ++t) {
      double score = 0;
      for (std::uint32_t d = 0; d < kDim; ++d)
        score += static_cast<double>(q_[at(row) + d]) * static_cast<double>(keys_[window][at(t) + d]);
      weights[t] = std::exp(score * static_cast<double>(kScale));
    }
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights) weight /= total;
    return weights;
  }

  base::MemoryBudget budget_{std::uint64_t{64} << 20};
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<KvStore> kv_;
  std::array<std::vector<float>, 2> keys_, values_;
  std::vector<float> q_;
  std::array<std::uint32_t, 2> slots_ = {0, 1};
};

TEST_P(CrossAttention, EveryRowSeesItsWholeWindow) {
  std::vector<float> out(q_.size());
  // The second slice begins in the middle of a text: that does not matter here.
  const std::array slices = {SequenceSlice{.first_row = 0, .n_rows = 69, .start = 0, .blocks = slot(1)},
                             SequenceSlice{.first_row = 69, .n_rows = 1, .start = 200, .blocks = slot(0)}};
  backend_->attention(*kv_, slices, args(tensor(q_), tensor(out)));
  for (const std::uint32_t row : {0U, 17U, 68U, 69U}) {
    const std::uint32_t window = row < 69 ? 1 : 0;
    for (std::uint32_t head = 0; head < kHeads; ++head) {
      const std::vector<double> weights = reference_weights(row, head, window);
      for (std::uint32_t d = 0; d < kDim; ++d) {
        double sum = 0;
        for (std::uint32_t t = 0; t < kContext; ++t)
          sum +=
              weights[t] * static_cast<double>(values_[window][(std::size_t{t} * kHeads + head) * kDim + d]);
        EXPECT_NEAR(out[(std::size_t{row} * kHeads + head) * kDim + d], sum, 1e-5) << row;
      }
    }
  }
}

TEST_P(CrossAttention, WeightsAreThoseOfTheDefinition) {
  std::vector<float> weights(std::size_t{kRows} * kContext, -1.0F);
  const std::array slices = {SequenceSlice{.first_row = 0, .n_rows = 30, .blocks = slot(0)},
                             SequenceSlice{.first_row = 30, .n_rows = 40, .blocks = slot(1)}};
  for (std::uint32_t head = 0; head < kHeads; ++head) {
    backend_->attention_weights(*kv_, slices, args(tensor(q_), {}), head, {weights.data(), kRows, kContext});
    for (const std::uint32_t row : {0U, 29U, 30U, 69U}) {
      const std::vector<double> expected = reference_weights(row, head, row < 30 ? 0 : 1);
      for (std::uint32_t t = 0; t < kContext; ++t)
        ASSERT_NEAR(weights[std::size_t{row} * kContext + t], expected[t], 1e-6) << row << ", " << t;
    }
  }
}

TEST_P(CrossAttention, CopiedTokensAreSeenAsTheOriginal) {
  const std::uint32_t n = 33;  // not whole tiles
  std::vector<float> first(q_.size());
  std::vector<float> second(q_.size());
  AttentionArgs a = args(tensor(q_), tensor(first));
  a.context = n;
  const SequenceSlice original{.n_rows = kRows, .blocks = slot(0)};
  const SequenceSlice copy{.n_rows = kRows, .blocks = slot(1)};
  backend_->attention(*kv_, {&original, 1}, a);
  a.out = tensor(second);
  backend_->attention(*kv_, {&copy, 1}, a);
  EXPECT_NE(first, second);
  backend_->copy_kv(*kv_, 0, 1, n);
  backend_->attention(*kv_, {&copy, 1}, a);
  EXPECT_EQ(first, second);
}

INSTANTIATE_TEST_SUITE_P(Threads, CrossAttention, ::testing::Values(1U, 3U));

TEST(Unfold, GivesEveryOutputItsThreeInputs) {
  base::MemoryBudget budget(std::uint64_t{1} << 20);
  const auto backend = make_cpu_backend({.threads = 2, .isa = {}}, budget);
  constexpr std::uint32_t kTimes = 21;
  constexpr std::uint32_t kChannels = 5;
  const auto value = [](std::int64_t time, std::uint32_t channel) {
    return time < 0 || time >= kTimes ? 0.0F : static_cast<float>(100 * time + channel + 1);
  };
  std::vector<float> by_time(std::size_t{kTimes} * kChannels);
  std::vector<float> by_channel(by_time.size());
  for (std::uint32_t t = 0; t < kTimes; ++t) {
    for (std::uint32_t c = 0; c < kChannels; ++c)
      by_time[std::size_t{t} * kChannels + c] = by_channel[std::size_t{c} * kTimes + t] = value(t, c);
  }
  for (const std::uint32_t stride : {1U, 2U}) {
    for (const bool channels_first : {false, true}) {
      const std::uint32_t rows = (kTimes + stride - 1) / stride;
      std::vector<float> out(std::size_t{rows} * 3 * kChannels, -1.0F);
      const Tensor x = channels_first ? Tensor{by_channel.data(), kChannels, kTimes}
                                      : Tensor{by_time.data(), kTimes, kChannels};
      backend->unfold(x, channels_first, stride, {out.data(), rows, 3 * kChannels});
      for (std::uint32_t t = 0; t < rows; ++t) {
        for (std::uint32_t c = 0; c < kChannels; ++c) {
          for (std::uint32_t k = 0; k < 3; ++k) {
            EXPECT_EQ(out[(std::size_t{t} * kChannels + c) * 3 + k],
                      value(std::int64_t{stride} * t + k - 1, c));
          }
        }
      }
    }
  }
}

// A matrix of F16 that is converted while it is read gives the products of one that was converted before.
TEST(KeptAs, ConvertsWhatTheCodecConverts) {
  constexpr std::uint64_t kOut = 37;
  constexpr std::uint64_t kIn = 96;
  const std::vector<float> weights = testing::random_values(kOut * kIn, 1, 2);
  std::vector<std::byte> halves(kOut * kIn * 2);
  ASSERT_TRUE(tensor::quantize_row(DType::kF16, weights.data(), halves.data(), kOut * kIn));
  std::vector<float> rounded(kOut * kIn);
  tensor::dequantize_row(DType::kF16, halves.data(), rounded.data(), rounded.size());
  std::vector<float> x = testing::random_values(5 * kIn, 2, 2);
  for (const DType type : {DType::kQ8_0, DType::kQ16_0}) {
    std::vector<std::byte> converted(kOut * *tensor::row_bytes(type, kIn));
    ASSERT_TRUE(tensor::quantize_row(type, rounded.data(), converted.data(), rounded.size()));
    base::MemoryBudget budget(std::uint64_t{1} << 20);
    const auto backend = make_cpu_backend({.threads = 2, .isa = {}}, budget);
    const WeightSource source{.name = "w", .dtype = DType::kF16, .rows = kOut, .cols = kIn, .bytes = halves};
    WeightSource kept = source;
    kept.kept_as = type;
    const WeightSource plain{.name = "w", .dtype = type, .rows = kOut, .cols = kIn, .bytes = converted};
    const auto a = backend->load_matrix(kept).value();
    const auto b = backend->load_matrix(plain).value();
    ASSERT_TRUE(backend->read_weights({}));
    ASSERT_TRUE(backend->reserve({.rows = 5, .n_in = kIn}));
    std::vector<float> out_a(5 * kOut);
    std::vector<float> out_b(5 * kOut);
    backend->matmul(*a, {x.data(), 5, kIn}, {out_a.data(), 5, kOut});
    backend->matmul(*b, {x.data(), 5, kIn}, {out_b.data(), 5, kOut});
    EXPECT_EQ(out_a, out_b);
    EXPECT_NE(out_a[3], 0.0F);
  }
}

TEST(KeptAs, RefusesRowsThatFillNoBlocks) {
  base::MemoryBudget budget(std::uint64_t{1} << 20);
  const auto backend = make_cpu_backend({.threads = 1, .isa = {}}, budget);
  const std::vector<std::byte> bytes(std::size_t{2} * 33 * 2);
  const auto matrix = backend->load_matrix(
      {.name = "w", .dtype = DType::kF16, .rows = 2, .cols = 33, .bytes = bytes, .kept_as = DType::kQ8_0});
  ASSERT_FALSE(matrix);
  EXPECT_EQ(matrix.error().where, "w");
}

}  // namespace
}  // namespace peregrine::backend
