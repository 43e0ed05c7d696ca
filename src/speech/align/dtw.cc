#include "speech/align/dtw.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <utility>

namespace peregrine::speech {
namespace {

constexpr std::size_t kReach = kMedianWidth / 2;

// The median of seven by the exchanges of a sorting network that it needs.
float median_of_seven(std::array<float, kMedianWidth> v) {
  const auto exchange = [&v](std::size_t a, std::size_t b) {
    const float low = std::min(v[a], v[b]);
    v[b] = std::max(v[a], v[b]);
    v[a] = low;
  };
  exchange(0, 5);
  exchange(0, 3);
  exchange(1, 6);
  exchange(2, 4);
  exchange(0, 1);
  exchange(3, 5);
  exchange(2, 6);
  exchange(2, 3);
  exchange(3, 6);
  exchange(4, 5);
  exchange(1, 4);
  exchange(1, 3);
  exchange(3, 4);
  return v[3];
}

// Rescales the first `frames` of a row to the sum 1.
void normalise_row(std::span<float> row) {
  const double sum = std::accumulate(row.begin(), row.end(), 0.0);
  if (!(sum > 0)) return;
  const auto factor = static_cast<float>(1 / sum);
  for (float& x : row) x *= factor;
}

// (x - mean) / deviation of each column of [rows, frames]; a column that does not vary becomes zeros.
void standardise_columns(std::span<float> matrix, std::uint32_t rows, std::uint32_t frames) {
  for (std::uint32_t column = 0; column < frames; ++column) {
    double sum = 0;
    double squares = 0;
    for (std::uint32_t row = 0; row < rows; ++row) {
      sum += static_cast<double>(matrix[std::size_t{row} * frames + column]);
    }
    const double mean = sum / rows;
    for (std::uint32_t row = 0; row < rows; ++row) {
      const double x = static_cast<double>(matrix[std::size_t{row} * frames + column]) - mean;
      squares += x * x;
    }
    const double deviation = std::sqrt(squares / rows);
    for (std::uint32_t row = 0; row < rows; ++row) {
      float& x = matrix[std::size_t{row} * frames + column];
      x = deviation > 0 ? static_cast<float>((static_cast<double>(x) - mean) / deviation) : 0.0F;
    }
  }
}

}  // namespace

void median_filter(std::span<const float> row, std::span<float> out) {
  if (row.size() <= kReach) {
    std::ranges::copy(row, out.begin());
    return;
  }
  const auto last = static_cast<std::ptrdiff_t>(row.size()) - 1;
  std::array<float, kMedianWidth> around{};
  for (std::ptrdiff_t i = 0; i <= last; ++i) {
    for (std::size_t k = 0; k < kMedianWidth; ++k) {
      std::ptrdiff_t at = std::abs(i + static_cast<std::ptrdiff_t>(k) - static_cast<std::ptrdiff_t>(kReach));
      if (at > last) at = 2 * last - at;
      around[k] = row[static_cast<std::size_t>(at)];
    }
    out[static_cast<std::size_t>(i)] = median_of_seven(around);
  }
}

std::vector<float> alignment_matrix(const AttentionView& attention) {
  const std::uint32_t rows = attention.rows;
  const std::uint32_t frames = attention.frames;
  const std::size_t size = std::size_t{rows} * frames;
  std::vector<float> sum(size);
  std::vector<float> head(size);
  std::vector<float> filtered(frames);
  for (std::uint32_t h = 0; h < attention.heads; ++h) {
    const std::size_t first_row = std::size_t{h} * attention.all_rows + attention.first_row;
    for (std::uint32_t row = 0; row < rows; ++row) {
      const std::span<float> to = std::span(head).subspan(std::size_t{row} * frames, frames);
      std::ranges::copy(attention.values.subspan((first_row + row) * attention.stride, frames), to.begin());
      normalise_row(to);
    }
    standardise_columns(head, rows, frames);
    for (std::uint32_t row = 0; row < rows; ++row) {
      const std::size_t at = std::size_t{row} * frames;
      median_filter(std::span(head).subspan(at, frames), filtered);
      for (std::uint32_t column = 0; column < frames; ++column) sum[at + column] += filtered[column];
    }
  }
  for (float& x : sum) x /= static_cast<float>(attention.heads);
  return sum;
}

std::vector<std::uint32_t> first_columns(std::span<const float> matrix, std::uint32_t rows,
                                         std::uint32_t frames) {
  enum class Step : std::uint8_t { kBoth, kRow, kColumn };
  constexpr double kOutside = -std::numeric_limits<double>::infinity();
  // best[c]: of the paths that end in column c - 1 of the row. Only one begins outside.
  std::vector<double> above(std::size_t{frames} + 1, kOutside);
  std::vector<double> best(above);
  above[0] = 0;
  std::vector<Step> steps(std::size_t{rows} * frames);
  for (std::uint32_t row = 0; row < rows; ++row) {
    best[0] = kOutside;
    for (std::uint32_t column = 0; column < frames; ++column) {
      const double both = above[column];
      const double from_row = above[column + 1];
      const double from_column = best[column];
      double from = from_column;
      Step step = Step::kColumn;
      if (both >= from_row && both >= from_column) {
        from = both;
        step = Step::kBoth;
      } else if (from_row > from_column) {
        from = from_row;
        step = Step::kRow;
      }
      best[column + 1] = from + static_cast<double>(matrix[std::size_t{row} * frames + column]);
      steps[std::size_t{row} * frames + column] = step;
    }
    std::swap(above, best);
  }
  std::vector<std::uint32_t> first(rows);
  std::uint32_t row = rows - 1;
  std::uint32_t column = frames - 1;
  for (;;) {
    first[row] = column;
    if (row == 0 && column == 0) return first;
    const Step step = steps[std::size_t{row} * frames + column];
    if (row > 0 && (step != Step::kColumn || column == 0)) --row;
    if (column > 0 && step != Step::kRow) --column;
  }
}

}  // namespace peregrine::speech
