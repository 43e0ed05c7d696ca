// Dynamic time warping between the tokens of a text and the sound they were heard in (Sakoe and Chiba, 1978),
// over what the decoder's attention says, cleaned first.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace peregrine::speech {

// Frames of the median filter.
inline constexpr std::uint32_t kMedianWidth = 7;

// The median of kMedianWidth values around each one; the row continues as its mirror image at both ends, or
// stays as it is where it is too short for that.
void median_filter(std::span<const float> row, std::span<float> out);

// Consecutive rows, of one text, of what heads attend to: values is [heads, all_rows, stride], of which the
// first `frames` columns count.
struct AttentionView {
  std::span<const float> values;
  std::uint32_t heads = 0;
  std::uint32_t all_rows = 0;
  std::uint32_t stride = 0;
  std::uint32_t first_row = 0;
  std::uint32_t rows = 0;
  std::uint32_t frames = 0;
};

// One matrix [rows, frames] that is high where a token was heard: rows are rescaled to the sum 1, each head's
// columns taken relative to their mean in units of their deviation, rows median filtered, heads averaged.
std::vector<float> alignment_matrix(const AttentionView& attention);

// The path through `matrix` [rows, frames], from its first corner to its last in steps of one row, one column
// or both, whose sum is largest: the first column of each row on it.
std::vector<std::uint32_t> first_columns(std::span<const float> matrix, std::uint32_t rows,
                                         std::uint32_t frames);

}  // namespace peregrine::speech
