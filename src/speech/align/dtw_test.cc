#include "speech/align/dtw.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/rng.h"

namespace peregrine::speech {
namespace {

using ::testing::ElementsAre;

std::vector<float> random_values(std::size_t n, std::uint64_t seed) {
  base::Rng rng(seed);
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(rng.uniform());
  return values;
}

// Over a row that is written out with its mirror images.
std::vector<float> sorted_median(const std::vector<float>& row) {
  std::vector<float> padded(row.begin() + 1, row.begin() + 4);
  std::ranges::reverse(padded);
  padded.insert(padded.end(), row.begin(), row.end());
  padded.insert(padded.end(), row.rbegin() + 1, row.rbegin() + 4);
  std::vector<float> out(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    std::vector<float> around(padded.begin() + static_cast<std::ptrdiff_t>(i),
                              padded.begin() + static_cast<std::ptrdiff_t>(i + kMedianWidth));
    std::ranges::sort(around);
    out[i] = around[kMedianWidth / 2];
  }
  return out;
}

TEST(MedianFilter, IsTheMiddleOfTheSortedNeighbours) {
  for (const std::size_t n : {4UL, 5UL, 7UL, 8UL, 100UL}) {
    const std::vector<float> row = random_values(n, n);
    std::vector<float> out(n);
    median_filter(row, out);
    EXPECT_EQ(out, sorted_median(row)) << n;
  }
  const std::vector<float> few = {3, 1, 2};
  std::vector<float> out(3);
  median_filter(few, out);
  EXPECT_EQ(out, few);
}

// All seven values in all orders: the network sorts enough.
TEST(MedianFilter, FindsTheMiddleOfEveryOrder) {
  std::vector<float> row = {0, 1, 2, 3, 4, 5, 6};
  std::vector<float> out(row.size());
  do {
    median_filter(row, out);
    ASSERT_EQ(out[3], 3.0F);
  } while (std::ranges::next_permutation(row).found);
}

// The best sum of all paths, tried one by one.
double best_path(std::span<const float> matrix, std::uint32_t rows, std::uint32_t frames) {
  const std::function<double(std::uint32_t, std::uint32_t)> from = [&](std::uint32_t row,
                                                                       std::uint32_t column) {
    const double here = static_cast<double>(matrix[std::size_t{row} * frames + column]);
    if (row + 1 == rows && column + 1 == frames) return here;
    double best = -1e30;
    if (row + 1 < rows) best = std::max(best, from(row + 1, column));
    if (column + 1 < frames) best = std::max(best, from(row, column + 1));
    if (row + 1 < rows && column + 1 < frames) best = std::max(best, from(row + 1, column + 1));
    return here + best;
  };
  return from(0, 0);
}

// The best sum of the paths whose rows begin at these columns: a row goes on to where the next begins, or to
// the column before.
double best_path_with(std::span<const float> matrix, std::uint32_t frames,
                      std::span<const std::uint32_t> first) {
  double sum = 0;
  for (std::size_t row = 0; row < first.size(); ++row) {
    const std::uint32_t end = row + 1 < first.size() ? first[row + 1] : frames - 1;
    for (std::uint32_t column = first[row]; column <= end; ++column) {
      const double value = static_cast<double>(matrix[row * frames + column]);
      const bool optional = row + 1 < first.size() && column == end && end > first[row];
      if (!optional || value > 0) sum += value;
    }
  }
  return sum;
}

TEST(Dtw, FindsTheBestOfAllPaths) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto rows = static_cast<std::uint32_t>(1 + seed % 5);
    const auto frames = static_cast<std::uint32_t>(1 + seed % 7);
    std::vector<float> matrix = random_values(std::size_t{rows} * frames, seed);
    for (float& value : matrix) value = value - 0.5F;
    const std::vector<std::uint32_t> first = first_columns(matrix, rows, frames);
    ASSERT_EQ(first.size(), rows);
    EXPECT_EQ(first[0], 0U);
    EXPECT_TRUE(std::ranges::is_sorted(first));
    EXPECT_NEAR(best_path_with(matrix, frames, first), best_path(matrix, rows, frames), 1e-5) << seed;
  }
}

TEST(Dtw, FollowsAStaircase) {
  const std::vector<float> matrix = {
      1, 1, 0, 0, 0, 0,  //
      0, 0, 1, 0, 0, 0,  //
      0, 0, 0, 1, 1, 1,
  };
  EXPECT_THAT(first_columns(matrix, 3, 6), ElementsAre(0, 2, 3));
}

// Written plainly, in double.
std::vector<double> reference_matrix(const AttentionView& view) {
  std::vector<double> sum(std::size_t{view.rows} * view.frames);
  for (std::uint32_t h = 0; h < view.heads; ++h) {
    std::vector<std::vector<double>> head(view.rows, std::vector<double>(view.frames));
    for (std::uint32_t r = 0; r < view.rows; ++r) {
      double total = 0;
      for (std::uint32_t f = 0; f < view.frames; ++f) {
        head[r][f] =
            static_cast<double>(view.values[((h * view.all_rows) + view.first_row + r) * view.stride + f]);
        total += head[r][f];
      }
      for (double& x : head[r]) x /= total;
    }
    for (std::uint32_t f = 0; f < view.frames; ++f) {
      double mean = 0;
      double variance = 0;
      for (std::uint32_t r = 0; r < view.rows; ++r) mean += head[r][f] / view.rows;
      for (std::uint32_t r = 0; r < view.rows; ++r) variance += std::pow(head[r][f] - mean, 2) / view.rows;
      for (std::uint32_t r = 0; r < view.rows; ++r) head[r][f] = (head[r][f] - mean) / std::sqrt(variance);
    }
    for (std::uint32_t r = 0; r < view.rows; ++r) {
      const std::vector<float> row(head[r].begin(), head[r].end());
      const std::vector<float> filtered = sorted_median(row);
      for (std::uint32_t f = 0; f < view.frames; ++f) {
        sum[std::size_t{r} * view.frames + f] += static_cast<double>(filtered[f]) / view.heads;
      }
    }
  }
  return sum;
}

TEST(AlignmentMatrix, IsTheReferences) {
  const std::vector<float> values = random_values(std::size_t{3} * 9 * 40, 4);
  const AttentionView view = {
      .values = values, .heads = 3, .all_rows = 9, .stride = 40, .first_row = 2, .rows = 5, .frames = 33};
  const std::vector<float> got = alignment_matrix(view);
  const std::vector<double> expected = reference_matrix(view);
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-4) << i;
}

TEST(AlignmentMatrix, AHeadThatLooksNowhereSaysNothing) {
  const std::vector<float> values(std::size_t{2} * 4 * 10, 0.0F);
  const std::vector<float> got = alignment_matrix(
      {.values = values, .heads = 2, .all_rows = 4, .stride = 10, .first_row = 0, .rows = 4, .frames = 10});
  EXPECT_TRUE(std::ranges::all_of(got, [](float x) { return x == 0; }));
}

}  // namespace
}  // namespace peregrine::speech
