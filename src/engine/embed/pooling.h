// How the vectors of a text's tokens become the text's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/model.h"

namespace peregrine::engine {

// Appends which of the rows [first_row, first_row + n_rows) are needed; returns how many.
std::uint32_t append_output_rows(model::Pooling pooling, std::uint32_t first_row, std::uint32_t n_rows,
                                 std::vector<std::uint32_t>& rows);

// The mean of `rows`, [n, out.size()] row by row: sums are double, in the order of rows. One row is copied.
void mean_of_rows(std::span<const float> rows, std::span<float> out);

// Scales to the Euclidean length 1; a vector of zeros stays. False: a value is not finite.
bool normalise(std::span<float> vector);

}  // namespace peregrine::engine
