// Passes over a whole row of logits or weights: what sampling from a large vocabulary spends its time with.
//
// One body, compiled for the baseline, AVX2 and AVX-512; which one runs follows the choice of kernels. All
// give the same bits: elementwise operations of IEEE 754 in one order, sums of integers, and sums of doubles
// in eight interleaved parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace peregrine::engine {

struct RowScan {
  float max = 0.0F;       // minus infinity when every logit is
  bool drawable = false;  // neither NaN nor plus infinity occurs
};

struct RowPasses {
  std::string_view isa;  // "avx512", "avx2", "baseline"

  RowScan (*scan)(const float* logits, std::size_t n) noexcept;

  // weights[i] = that of logits[i], see weights.h; returns their sum. `max` is at least each logit; at most
  // kMaxVocab of them.
  std::uint64_t (*weigh)(const float* logits, std::size_t n, double max, double inverse_temperature,
                         std::uint64_t* weights) noexcept;

  // Sum of exp(logit - max): part i % 8 by part, then these by pairs.
  double (*sum_exp)(const float* logits, std::size_t n, double max) noexcept;

  // The places, ascending, of values of at least `least`; stops after the sixteen values that bring more than
  // `capacity` of them. `places` has room for capacity + 16. Returns how many there are.
  std::size_t (*find_weights)(const std::uint64_t* weights, std::size_t n, std::uint64_t least,
                              std::size_t capacity, std::uint32_t* places) noexcept;

  // Of the weights of at least `least`, which is below 2^63.
  std::uint64_t (*sum_weights)(const std::uint64_t* weights, std::size_t n, std::uint64_t least) noexcept;

  // out[i] = logits[i] where bit i of `allowed` is set, minus infinity elsewhere.
  void (*mask)(const float* logits, std::size_t n, const std::uint64_t* allowed, float* out) noexcept;

  // The first place where a logit exceeds `least`, or n.
  std::size_t (*find_above)(const float* logits, std::size_t n, float least) noexcept;
};

// The best this machine runs, unless PEREGRINE_ISA asks for scalar kernels.
const RowPasses& row_passes();

// All that this machine runs, best first.
std::span<const RowPasses* const> available_row_passes();

}  // namespace peregrine::engine
