#include "tensor/q2_k.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "tensor/k_fit.h"

namespace peregrine::tensor {
namespace {

constexpr int kLargestScale = 15;  // of scales and mins
constexpr float kLargestLevel = 3.0F;

float nearest_level(float value, float step, float min) noexcept {
  return step != 0.0F ? std::clamp(std::nearbyint((value + min) / step), 0.0F, kLargestLevel) : 0.0F;
}

double squared_error(std::span<const float> x, float step, float min) noexcept {
  double error = 0.0;
  for (const float value : x) {
    const double difference = static_cast<double>(step) * nearest_level(value, step, min) - min - value;
    error += difference * difference;
  }
  return error;
}

int nearest_scale(float value, float unit) noexcept {
  constexpr auto kLargest = static_cast<float>(kLargestScale);
  return unit > 0.0F ? static_cast<int>(std::clamp(std::nearbyint(value / unit), 0.0F, kLargest)) : 0;
}

struct PackedScale {
  int scale;
  int min;
};

// Four bits are coarse: what was rounded up may do better rounded down, most of all beside the other.
PackedScale best_neighbour(std::span<const float> x, AffineFit fit, float d, float dmin) noexcept {
  const PackedScale start{nearest_scale(fit.scale, d), nearest_scale(fit.min, dmin)};
  PackedScale best = start;
  double best_error = std::numeric_limits<double>::infinity();
  for (int s = std::max(0, start.scale - 1); s <= std::min(kLargestScale, start.scale + 1); ++s) {
    for (int m = std::max(0, start.min - 1); m <= std::min(kLargestScale, start.min + 1); ++m) {
      const double error = squared_error(x, d * static_cast<float>(s), dmin * static_cast<float>(m));
      if (error < best_error) {
        best = {s, m};
        best_error = error;
      }
    }
  }
  return best;
}

}  // namespace

void dequantize_row(const BlockQ2_K* src, float* dst, std::size_t n) noexcept {
  for (const BlockQ2_K* block = src; block != src + n / 256; ++block) {
    const float d = block->d.value();
    const float dmin = block->dmin.value();
    for (std::size_t i = 0; i < 256; ++i) {
      const std::uint8_t packed = block->scales[i / 16];
      const float step = d * static_cast<float>(packed & 15);
      const float min = dmin * static_cast<float>(packed >> 4);
      const int q = (block->q[32 * (i / 128) + i % 32] >> (2 * (i % 128 / 32))) & 3;
      *dst++ = step * static_cast<float>(q) - min;
    }
  }
}

void quantize_row(const float* src, BlockQ2_K* dst, std::size_t n) noexcept {
  for (std::size_t b = 0; b < n / 256; ++b) {
    const std::span<const float, 256> x(src + 256 * b, 256);
    BlockQ2_K& block = dst[b];
    std::array<AffineFit, 16> groups;
    float largest_scale = 0.0F;
    float largest_min = 0.0F;
    for (std::size_t g = 0; g < 16; ++g) {
      groups[g] = fit_affine(x.subspan(16 * g, 16), static_cast<int>(kLargestLevel), MinSign::kNonNegative);
      largest_scale = std::max(largest_scale, groups[g].scale);
      largest_min = std::max(largest_min, groups[g].min);
    }
    block = {};
    block.d = StoredF16::from_finite(largest_scale / static_cast<float>(kLargestScale));
    block.dmin = StoredF16::from_finite(largest_min / static_cast<float>(kLargestScale));
    const float d = block.d.value();
    const float dmin = block.dmin.value();
    for (std::size_t g = 0; g < 16; ++g) {
      const PackedScale scale = best_neighbour(x.subspan(16 * g, 16), groups[g], d, dmin);
      block.scales[g] = static_cast<std::uint8_t>(scale.scale | (scale.min << 4));
      const float step = d * static_cast<float>(scale.scale);
      const float min = dmin * static_cast<float>(scale.min);
      for (std::size_t i = 16 * g; i < 16 * (g + 1); ++i) {
        const auto q = static_cast<unsigned>(nearest_level(x[i], step, min));
        block.q[32 * (i / 128) + i % 32] |= static_cast<std::uint8_t>(q << (2 * (i % 128 / 32)));
      }
    }
  }
}

}  // namespace peregrine::tensor
