#include "engine/embed/pooling.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace peregrine::engine {

std::uint32_t append_output_rows(model::Pooling pooling, std::uint32_t first_row, std::uint32_t n_rows,
                                 std::vector<std::uint32_t>& rows) {
  switch (pooling) {
    case model::Pooling::kFirst:
      rows.push_back(first_row);
      return 1;
    case model::Pooling::kLast:
      rows.push_back(first_row + n_rows - 1);
      return 1;
    case model::Pooling::kNone:
    case model::Pooling::kMean:
      break;
  }
  for (std::uint32_t i = 0; i < n_rows; ++i) rows.push_back(first_row + i);
  return n_rows;
}

void mean_of_rows(std::span<const float> rows, std::span<float> out) {
  const std::size_t width = out.size();
  const std::size_t n = rows.size() / width;
  if (n == 1) {
    std::ranges::copy(rows, out.begin());
    return;
  }
  std::vector<double> sums(width, 0.0);
  for (std::size_t row = 0; row < n; ++row) {
    const float* values = rows.data() + row * width;
    for (std::size_t column = 0; column < width; ++column)
      sums[column] += static_cast<double>(values[column]);
  }
  for (std::size_t column = 0; column < width; ++column) {
    out[column] = static_cast<float>(sums[column] / static_cast<double>(n));
  }
}

bool normalise(std::span<float> vector) {
  double squares = 0.0;
  for (const float value : vector) squares += static_cast<double>(value) * static_cast<double>(value);
  if (!std::isfinite(squares)) return false;
  if (squares == 0.0) return true;
  const double scale = 1.0 / std::sqrt(squares);
  for (float& value : vector) value = static_cast<float>(static_cast<double>(value) * scale);
  return true;
}

}  // namespace peregrine::engine
