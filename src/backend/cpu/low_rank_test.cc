// Corrections of low rank against plain arithmetic in double precision, and the same bits however they are
// asked for.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "backend/backend.h"
#include "backend/testing/random_values.h"
#include "kernels/table.h"
#include "tensor/half.h"

namespace peregrine::backend {
namespace {

constexpr std::uint32_t kTwoTiles = 150;  // more than one tile
constexpr std::uint32_t kWidth = 100;
constexpr std::uint32_t kMaxRank = 40;

struct Factors {
  Factors(std::uint32_t of_rank, std::uint32_t outputs, std::uint64_t seed)
      : rank(of_rank),
        n_out(outputs),
        a(testing::random_values(std::size_t{rank} * kWidth, seed)),
        b(testing::random_values(std::size_t{rank} * n_out, seed + 1)) {}
  LowRankSource source() const {
    return {.name = "w", .n_out = n_out, .n_in = kWidth, .rank = rank, .scale = 0.75F, .a = a, .b = b};
  }

  std::uint32_t rank;
  std::uint32_t n_out;
  std::vector<float> a, b;
};

// Rows that one of the corrections is for.
struct Share {
  std::size_t factors = 0;
  std::uint32_t first = 0;
  std::uint32_t n = 0;
};

class LowRankTest : public ::testing::Test {
 protected:
  // Adds the shares' corrections to rows of ones; the backend is made anew.
  std::vector<float> corrected(const std::vector<Factors>& factors, const std::vector<Share>& shares,
                               const CpuOptions& options, const std::vector<float>& x) {
    const auto backend = make_cpu_backend(options, budget_);
    EXPECT_TRUE(
        backend->reserve({.rows = kTwoTiles, .n_in = kWidth, .context = 16, .correction_rank = kMaxRank}));
    const auto rows = static_cast<std::uint32_t>(x.size() / kWidth);
    const std::uint32_t n_out = factors.front().n_out;
    const auto in = *backend->allocate(rows, kWidth);
    const auto out = *backend->allocate(rows, n_out);
    backend->write(x, in->tensor());
    backend->write(std::vector<float>(std::size_t{rows} * n_out, 1.0F), out->tensor());
    std::vector<std::unique_ptr<LowRank>> loaded;
    for (const Factors& f : factors) {
      auto low_rank = backend->load_low_rank(f.source());
      EXPECT_TRUE(low_rank.has_value());
      loaded.push_back(std::move(*low_rank));
    }
    std::vector<Correction> corrections;
    for (const Share& share : shares) {
      corrections.push_back({loaded[share.factors].get(), share.first, share.n, out->tensor()});
    }
    backend->add_low_rank(in->tensor(), corrections);
    std::vector<float> values(std::size_t{rows} * n_out);
    backend->read(out->tensor(), values);
    return values;
  }

  base::MemoryBudget budget_{std::uint64_t{1} << 26};
};

TEST_F(LowRankTest, IsScaleTimesBTimesAOfTheRow) {
  const std::vector<float> x = testing::random_values(std::size_t{kTwoTiles} * kWidth, 1);
  for (const std::uint32_t rank : {1U, 4U, 16U, 33U, kMaxRank}) {
    for (const std::uint32_t n_out : {1U, 31U, 70U}) {
      const Factors f(rank, n_out, rank);
      const auto found = corrected({f}, {{0, 0, kTwoTiles}}, {.threads = 3, .isa = {}}, x);
      for (std::uint32_t r = 0; r < kTwoTiles; ++r) {
        for (std::uint32_t o = 0; o < n_out; ++o) {
          double sum = 1.0;
          double magnitude = 1.0;
          for (std::uint32_t k = 0; k < rank; ++k) {
            double low = 0;
            double low_magnitude = 0;
            for (std::uint32_t i = 0; i < kWidth; ++i) {
              const double term = static_cast<double>(f.a[std::size_t{k} * kWidth + i]) *
                                  static_cast<double>(x[std::size_t{r} * kWidth + i]);
              low += term;
              low_magnitude += std::abs(term);
            }
            const double b = 0.75 * static_cast<double>(f.b[std::size_t{o} * rank + k]);
            sum += b * low;
            magnitude += std::abs(b) * low_magnitude;
          }
          ASSERT_NEAR(found[std::size_t{r} * n_out + o], sum, 16 * 0x1p-23 * magnitude)
              << "rank " << rank << " row " << r << " output " << o;
        }
      }
    }
  }
}

// Rows of two corrections and of none, in pieces and alone, on every instruction set and number of threads.
TEST_F(LowRankTest, RowsDoNotDependOnTheirNeighbours) {
  const std::vector<float> x = testing::random_values(std::size_t{kTwoTiles} * kWidth, 2);
  const std::vector<Factors> factors = {Factors(4, 70, 10), Factors(16, 70, 20)};
  const std::vector<Share> shares = {{1, 0, 1}, {0, 1, 70}, {1, 71, 66}, {0, 140, 10}};
  const auto together = corrected(factors, shares, {.threads = 2, .isa = {}}, x);
  for (const kernels::KernelTable* table : kernels::available_kernels()) {
    for (const unsigned threads : {1U, 3U}) {
      EXPECT_EQ(corrected(factors, shares, {.threads = threads, .isa = std::string(table->isa)}, x), together)
          << table->isa;
    }
  }
  for (const Share& share : shares) {
    for (std::uint32_t r = share.first; r < share.first + share.n; ++r) {
      const std::vector<float> row(x.begin() + r * kWidth, x.begin() + (r + 1) * kWidth);
      const auto alone = corrected(factors, {{share.factors, 0, 1}}, {.threads = 1, .isa = {}}, row);
      ASSERT_TRUE(std::ranges::equal(alone, std::span(together).subspan(std::size_t{r} * 70, 70))) << r;
    }
  }
  for (std::uint32_t r = 137; r < 140; ++r) {  // in none of the shares
    for (std::uint32_t o = 0; o < 70; ++o) ASSERT_EQ(together[std::size_t{r} * 70 + o], 1.0F);
  }
}

// What is stored in half precision takes half the memory and gives the same bits.
TEST_F(LowRankTest, IsKeptInTheNarrowestTypeThatHoldsItExactly) {
  struct Case {
    const char* name;
    float (*round)(float);
    double of_f32;
  };
  const auto backend = make_cpu_backend({.threads = 1, .isa = {}}, budget_);
  const Factors plain(16, 70, 30);
  const std::uint64_t whole = (*backend->load_low_rank(plain.source()))->bytes();
  for (const Case& c :
       {Case{"F16", [](float v) { return tensor::f16_to_f32(tensor::f32_to_f16(v)); }, 0.5},
        Case{"BF16", [](float v) { return tensor::bf16_to_f32(tensor::f32_to_bf16(v * 0x1p30F)); }, 0.5},
        Case{"F32", [](float v) { return v; }, 1.0}}) {
    Factors f = plain;
    for (float& v : f.a) v = c.round(v);
    for (float& v : f.b) v = c.round(v);
    const std::uint64_t before = budget_.used(base::MemoryKind::kWeights);
    const auto low_rank = backend->load_low_rank(f.source());
    ASSERT_TRUE(low_rank.has_value());
    EXPECT_EQ(static_cast<double>((*low_rank)->bytes()), c.of_f32 * static_cast<double>(whole)) << c.name;
    EXPECT_EQ(budget_.used(base::MemoryKind::kWeights) - before, (*low_rank)->bytes()) << c.name;
    // An element that only F32 holds widens its factor; what it is multiplied with is zero.
    Factors wide = f;
    wide.a.back() = 0x1.000002p0F;
    wide.b.back() = 0x1.000002p0F;
    std::vector<float> x = testing::random_values(std::size_t{2} * kWidth, 31);
    x[kWidth - 1] = x.back() = 0.0F;
    const auto narrow_rows = corrected({f}, {{0, 0, 2}}, {.threads = 1, .isa = {}}, x);
    auto wide_rows = corrected({wide}, {{0, 0, 2}}, {.threads = 1, .isa = {}}, x);
    for (const std::size_t last : {std::size_t{69}, std::size_t{139}}) wide_rows[last] = narrow_rows[last];
    EXPECT_EQ(wide_rows, narrow_rows) << c.name;
  }
}

TEST_F(LowRankTest, RefusesWhatDoesNotFit) {
  const auto backend = make_cpu_backend({.threads = 1, .isa = {}}, budget_);
  const Factors f(4, 70, 40);
  LowRankSource wrong = f.source();
  wrong.rank = 5;
  EXPECT_EQ(backend->load_low_rank(wrong).error().code, ErrorCode::kInvalidArgument);
  wrong.rank = 0;
  EXPECT_EQ(backend->load_low_rank(wrong).error().code, ErrorCode::kInvalidArgument);
  const auto hog = budget_.reserve(base::MemoryKind::kCaches, budget_.available() - 100, "the test");
  ASSERT_TRUE(hog.has_value());
  const auto refused = backend->load_low_rank(f.source());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
}

}  // namespace
}  // namespace peregrine::backend
