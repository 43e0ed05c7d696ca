#include "tensor/mxfp4.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "tensor/packed_levels.h"

namespace peregrine::tensor {
namespace {

constexpr int kLargestScale = 252;  // the last under which every value is a finite float

// Halfway between neighbours among the doubled values 0, 1, 2, 3, 4, 6, 8, 12.
constexpr std::array<float, 7> kMidpoints = {0.5F, 1.5F, 2.5F, 3.5F, 5.0F, 7.0F, 10.0F};

// `value` in units of the halved scale. No negative zeros.
std::uint8_t nearest_code(float value) noexcept {
  const auto code = std::ranges::lower_bound(kMidpoints, std::fabs(value)) - kMidpoints.begin();
  return static_cast<std::uint8_t>(code | (value < 0.0F && code != 0 ? 8 : 0));
}

double squared_error(std::span<const float> x, float half_scale) noexcept {
  double error = 0.0;
  for (const float value : x) {
    const double difference =
        static_cast<double>(half_scale) * kMxfp4Doubled[nearest_code(value / half_scale)] - value;
    error += difference * difference;
  }
  return error;
}

std::uint8_t fit_scale(std::span<const float> x) noexcept {
  float largest = 0.0F;
  for (const float value : x) largest = std::max(largest, std::fabs(value));
  if (largest == 0.0F) return 0;
  // The specification's own choice puts the largest element between 4 and 8 steps, of which 6 is the last.
  constexpr int kBias = 127;
  constexpr int kLargestValueExponent = 2;
  const int middle = std::ilogb(largest) - kLargestValueExponent + kBias;
  int best = std::clamp(middle, 0, kLargestScale);
  double best_error = squared_error(x, mxfp4_half_scale(static_cast<std::uint8_t>(best)));
  for (const int e : {middle - 1, middle + 1}) {
    if (e < 0 || e > kLargestScale) continue;
    const double error = squared_error(x, mxfp4_half_scale(static_cast<std::uint8_t>(e)));
    if (error < best_error) {
      best = e;
      best_error = error;
    }
  }
  return static_cast<std::uint8_t>(best);
}

}  // namespace

void dequantize_row(const BlockMXFP4* src, float* dst, std::size_t n) noexcept {
  for (const BlockMXFP4* block = src; block != src + n / 32; ++block) {
    const float half_scale = mxfp4_half_scale(block->e);
    for (std::size_t i = 0; i < 32; ++i) {
      const auto code = static_cast<std::size_t>(packed_level(block->q, i));
      *dst++ = half_scale * static_cast<float>(kMxfp4Doubled[code]);
    }
  }
}

void quantize_row(const float* src, BlockMXFP4* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 32; ++b) {
    const std::span<const float> x(src + 32 * b, 32);
    dst[b].e = fit_scale(x);
    const float half_scale = mxfp4_half_scale(dst[b].e);
    Levels32 code;
    for (std::size_t i = 0; i < 32; ++i) code[i] = nearest_code(x[i] / half_scale);
    pack_levels(code, dst[b].q);
  }
}

}  // namespace peregrine::tensor
