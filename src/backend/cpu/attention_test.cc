// Keys, values and attention of the backend: against a plain implementation, and the same bits however the
// work is cut.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "backend/backend.h"
#include "backend/testing/random_values.h"
#include "base/rng.h"

namespace peregrine::backend {
namespace {

using tensor::DType;

constexpr std::uint32_t kTokens = 700;

// A sequence of kTokens tokens and how its attention is computed.
struct Setting {
  KvLayout layout = {.n_layers = 2, .n_kv_heads = 2, .key_dim = 64, .value_dim = 32};
  std::uint32_t group = 3;
  std::vector<std::uint32_t> steps = {kTokens};  // rows of each step, the last repeated to the end
  unsigned threads = 1;
  std::uint64_t block_seed = 1;   // which blocks it lies in
  std::uint32_t n_sequences = 1;  // all alike, side by side in every step
  std::uint32_t first_position = 0;
  bool causal = true;
};

class Attending {
 public:
  explicit Attending(Setting run)
      : run_(std::move(run)),
        l_(run_.layout),
        n_heads_(run_.group * l_.n_kv_heads),
        q(testing::random_values(std::size_t{kTokens} * n_heads_ * l_.key_dim, 1, 2)),
        k(testing::random_values(std::size_t{kTokens} * l_.n_kv_heads * l_.key_dim, 2, 2)),
        v(testing::random_values(std::size_t{kTokens} * l_.n_kv_heads * l_.value_dim, 3, 2)) {}

  // [kTokens][heads][value_dim]; equal for all sequences, or the test fails.
  std::vector<float> out() {
    base::MemoryBudget budget(256ULL << 20);
    const auto backend = make_cpu_backend({.threads = run_.threads, .isa = {}}, budget);
    const std::uint32_t n = run_.n_sequences;
    const std::uint32_t rows = n * *std::ranges::max_element(run_.steps);
    const ScratchNeeds needs{.rows = rows,
                             .n_in = 32,
                             .context = kTokens,
                             .head_group = run_.group,
                             .key_dim = l_.key_dim,
                             .value_dim = l_.value_dim};
    EXPECT_TRUE(backend->reserve(needs));
    const std::uint32_t per_sequence = (kTokens + l_.block_tokens - 1) / l_.block_tokens;
    const auto kv = backend->allocate_kv(l_, n * per_sequence).value();
    EXPECT_EQ(budget.used(base::MemoryKind::kKvCache), n * per_sequence * l_.block_bytes());
    const auto q_rows = backend->allocate(rows, n_heads_ * l_.key_dim).value();
    const auto k_rows = backend->allocate(rows, l_.n_kv_heads * l_.key_dim).value();
    const auto v_rows = backend->allocate(rows, l_.n_kv_heads * l_.value_dim).value();
    const auto out_rows = backend->allocate(rows, n_heads_ * l_.value_dim).value();
    const std::vector<std::uint32_t> blocks = shuffled(n * per_sequence);
    std::vector<float> result;
    std::uint32_t done = 0;
    for (std::size_t step = 0; done < kTokens; ++step) {
      const std::uint32_t take = std::min(run_.steps[std::min(step, run_.steps.size() - 1)], kTokens - done);
      std::vector<SequenceSlice> slices;
      for (std::uint32_t s = 0; s < n; ++s) {
        slices.push_back({.first_row = s * take,
                          .n_rows = take,
                          .start = done,
                          .blocks = std::span(blocks).subspan(std::size_t{s} * per_sequence, per_sequence),
                          .first_position = run_.first_position});
        copy(q, done, take, s, q_rows->tensor());
        copy(k, done, take, s, k_rows->tensor());
        copy(v, done, take, s, v_rows->tensor());
      }
      const auto used = [&](const auto& buffer) { return buffer->tensor().first_rows(n * take); };
      backend->store_kv(*kv, 1, slices, used(k_rows), l_.latent ? Tensor{} : used(v_rows));
      backend->attention(*kv, slices,
                         {.q = used(q_rows),
                          .out = used(out_rows),
                          .layer = 1,
                          .n_q_heads = n_heads_,
                          .scale = 0.125F,
                          .causal = run_.causal});
      const float* data = out_rows->tensor().data;
      const std::size_t size = std::size_t{take} * out_rows->tensor().cols;
      for (std::uint32_t s = 1; s < n; ++s) EXPECT_TRUE(std::equal(data, data + size, data + s * size));
      result.insert(result.end(), data, data + size);
      done += take;
    }
    return result;
  }

  // By the definition in backend.h, in double precision.
  std::vector<double> reference() const {
    std::vector<double> out;
    for (std::uint32_t t = 0; t < kTokens; ++t) {
      const std::uint32_t visible = l_.view.first_visible(run_.first_position + t);
      const std::uint32_t begin = visible - std::min(visible, run_.first_position);
      const std::uint32_t end = run_.causal ? t + 1 : kTokens;
      for (std::uint32_t head = 0; head < n_heads_; ++head) attend(t, head, begin, end, out);
    }
    return out;
  }

 private:
  std::vector<std::uint32_t> shuffled(std::uint32_t n) const {
    std::vector<std::uint32_t> blocks(n);
    std::iota(blocks.begin(), blocks.end(), 0U);
    base::Rng rng(run_.block_seed);
    for (std::uint32_t i = n; i > 1; --i)
      std::swap(blocks[i - 1], blocks[static_cast<std::uint32_t>(rng.uniform() * i)]);
    return blocks;
  }
  static void copy(const std::vector<float>& from, std::uint32_t first, std::uint32_t n, std::uint32_t place,
                   Tensor to) {
    std::copy_n(from.data() + std::size_t{first} * to.cols, std::size_t{n} * to.cols,
                to.data + std::size_t{place} * n * to.cols);
  }
  void attend(std::uint32_t t, std::uint32_t head, std::uint32_t begin, std::uint32_t end,
              std::vector<double>& out) const {
    const std::size_t kv_head = head / run_.group;
    const auto key = [&](std::uint32_t i) {
      return k.data() + (std::size_t{i} * l_.n_kv_heads + kv_head) * l_.key_dim;
    };
    const auto value = [&](std::uint32_t i) {
      return l_.latent ? key(i) : v.data() + (std::size_t{i} * l_.n_kv_heads + kv_head) * l_.value_dim;
    };
    std::vector<double> weights;
    double total = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
      double score = 0;
      for (std::uint32_t d = 0; d < l_.key_dim; ++d) {
        score += static_cast<double>(q[(std::size_t{t} * n_heads_ + head) * l_.key_dim + d]) * key(i)[d];
      }
      weights.push_back(std::exp(score * 0.125));
      total += weights.back();
    }
    for (std::uint32_t d = 0; d < l_.value_dim; ++d) {
      double sum = 0;
      for (std::uint32_t i = begin; i < end; ++i) sum += weights[i - begin] / total * value(i)[d];
      out.push_back(sum);
    }
  }

  Setting run_;
  const KvLayout& l_;
  std::uint32_t n_heads_;

 public:
  const std::vector<float> q;
  const std::vector<float> k;
  const std::vector<float> v;
};

std::vector<float> out(const Setting& run) {
  return Attending(run).out();
}

void expect_close(const Setting& run, double bound) {
  Attending attending(run);
  const std::vector<float> actual = attending.out();
  const std::vector<double> expected = attending.reference();
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) ASSERT_NEAR(actual[i], expected[i], bound) << i;
}

// Means of values within +-2. Roundings of 700 weights stay far below 1e-5; F16 moves a score by at most
// 64 * 8 products' 2^-11 / 8 and on average far less; a step of Q8_0 is 2 / 127.
TEST(CpuAttention, MatchesDoublePrecision) {
  Setting run;
  run.layout.dtype = DType::kF32;
  expect_close(run, 1e-5);
  run.layout.dtype = DType::kF16;
  expect_close(run, 4e-3);
  run.layout.dtype = DType::kQ8_0;
  expect_close(run, 4e-2);
}

TEST(CpuAttention, MatchesDoublePrecisionInEveryView) {
  Setting run;
  run.layout.dtype = DType::kF32;
  run.layout.view = {View::Kind::kWindow, 100};
  expect_close(run, 1e-5);
  run.layout.view = {View::Kind::kChunk, 200};
  run.first_position = 150;
  expect_close(run, 1e-5);
  run.layout.view = {};
  run.causal = false;
  expect_close(run, 1e-5);
}

TEST(CpuAttention, MatchesDoublePrecisionOverLatents) {
  Setting run;
  run.group = 5;
  run.layout = {.n_layers = 2, .n_kv_heads = 1, .key_dim = 96, .value_dim = 64, .latent = true};
  run.layout.dtype = DType::kF32;
  run.steps = {600, 99, 1};
  expect_close(run, 1e-5);
  run.layout.dtype = DType::kQ8_0;
  expect_close(run, 4e-2);
}

// One way of cutting and many others: prompts in pieces, one token at a time, several sequences a step, more
// threads than there are heads (then threads share out a row's chunks), larger and other blocks.
TEST(CpuAttention, CuttingTheWorkOtherwiseGivesTheSameBits) {
  std::vector<KvLayout> layouts(5);
  for (KvLayout& layout : layouts) layout = {.n_layers = 2, .n_kv_heads = 1, .key_dim = 64, .value_dim = 32};
  layouts[1].dtype = DType::kQ8_0;
  layouts[2].view = {View::Kind::kWindow, 300};
  layouts[3].view = {View::Kind::kChunk, 170};
  layouts[4].latent = true;
  for (const KvLayout& layout : layouts) {
    Setting run;
    run.layout = layout;
    const std::vector<float> expected = out(run);
    for (const unsigned threads : {1U, 2U, 7U, 40U}) {
      for (const std::vector<std::uint32_t>& steps : std::vector<std::vector<std::uint32_t>>{
               {kTokens}, {300, 17, 100}, {650, 1}, {1, 512, 31, 64, 5}, {600, 63, 37}}) {
        run.threads = threads;
        run.steps = steps;
        run.block_seed = threads;
        run.layout.block_tokens = threads == 7 ? 48 : 16;
        run.n_sequences = threads == 7 ? 3 : 1;
        ASSERT_TRUE(std::ranges::equal(out(run), expected)) << threads << " threads, steps of " << steps[0];
      }
    }
  }
}

TEST(CpuAttention, RefusesWhatItCannotStore) {
  base::MemoryBudget budget(1 << 20);
  const auto backend = make_cpu_backend({.threads = 1, .isa = {}}, budget);
  const auto message = [&](KvLayout layout) {
    const auto store = backend->allocate_kv(layout, 1);
    EXPECT_FALSE(store);
    if (store) return std::string();
    EXPECT_EQ(store.error().code, ErrorCode::kInvalidArgument);
    return store.error().message;
  };
  const KvLayout layout{.n_layers = 1, .n_kv_heads = 1, .key_dim = 80, .value_dim = 64};
  EXPECT_TRUE(backend->allocate_kv(layout, 1));
  KvLayout bad = layout;
  bad.dtype = DType::kQ8_0;
  EXPECT_NE(message(bad).find("multiple of 32; this model's keys have 80"), std::string::npos);
  bad.dtype = DType::kQ4_0;
  EXPECT_NE(message(bad).find("not Q4_0"), std::string::npos);
  bad = layout;
  bad.block_tokens = 24;
  EXPECT_NE(message(bad).find("not 24"), std::string::npos);
}

TEST(KvLayout, CountsWhatItsTypeTakes) {
  KvLayout layout{.n_layers = 3, .n_kv_heads = 2, .key_dim = 64, .value_dim = 96, .block_tokens = 32};
  EXPECT_EQ(layout.block_bytes(), 3U * 2 * 32 * (64 + 96) * 2);
  layout.dtype = DType::kF32;
  EXPECT_EQ(layout.block_bytes(), 3U * 2 * 32 * (64 + 96) * 4);
  layout.dtype = DType::kQ8_0;
  EXPECT_EQ(layout.block_bytes(), 3U * 2 * 32 * (2 + 3) * 34);
  layout.latent = true;
  EXPECT_EQ(layout.block_bytes(), 3U * 2 * 32 * 2 * 34);
}

}  // namespace
}  // namespace peregrine::backend
