// Passes over a row of logits: what choosing a token costs, with a vocabulary of fifty thousand.
//
// One body, compiled for the baseline, AVX2 and AVX-512; which one runs follows the choice of kernels. All
// give the same bits: sixteen interleaved parts, each in order, whatever the width of a register.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace peregrine::speech {

struct RowPasses {
  std::string_view isa;  // "avx512", "avx2", "baseline"

  bool (*all_finite)(const float* logits, std::size_t n) noexcept;

  // Minus infinity of none. No logit is NaN, here and below.
  float (*largest)(const float* logits, std::size_t n) noexcept;

  // Sum of exp((logit - max) * inverse), each to about 2e-7 of its value and 0 below e^-87. `max` is at least
  // each logit, and finite.
  double (*sum_of_exp)(const float* logits, std::size_t n, float max, float inverse) noexcept;

  // The first place of a logit of at least `least`, or n.
  std::size_t (*find_at_least)(const float* logits, std::size_t n, float least) noexcept;
};

// The best this machine runs, unless PEREGRINE_ISA asks for scalar kernels.
const RowPasses& row_passes();

// All that this machine runs, best first.
std::span<const RowPasses* const> available_row_passes();

}  // namespace peregrine::speech
