#include "tensor/k_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tensor/k_scales.h"

namespace peregrine::tensor {
namespace {

// Trial scales differ from the spanning one by up to this many tenths of a level.
constexpr int kTrialTenths = 9;

float nearest_level(float value, float lowest, float highest) noexcept {
  return std::clamp(std::nearbyint(value), lowest, highest);
}

double affine_error(std::span<const float> x, AffineFit fit, float max_level) noexcept {
  double error = 0.0;
  for (const float value : x) {
    const float q = nearest_level((value + fit.min) / fit.scale, 0.0F, max_level);
    const double difference = static_cast<double>(fit.scale) * q - fit.min - value;
    error += difference * difference;
  }
  return error;
}

// Least squares of x on the levels that `trial` gives; the trial itself where the system is singular.
AffineFit refine(std::span<const float> x, AffineFit trial, float max_level, MinSign sign) noexcept {
  double sum_q = 0.0;
  double sum_qq = 0.0;
  double sum_x = 0.0;
  double sum_qx = 0.0;
  for (const float value : x) {
    const double q = nearest_level((value + trial.min) / trial.scale, 0.0F, max_level);
    sum_q += q;
    sum_qq += q * q;
    sum_x += value;
    sum_qx += q * value;
  }
  const double n = static_cast<double>(x.size());
  const double determinant = n * sum_qq - sum_q * sum_q;
  if (determinant <= 0.0) return trial;
  double scale = (n * sum_qx - sum_q * sum_x) / determinant;
  double min = (sum_q * sum_qx - sum_qq * sum_x) / determinant;
  if (min < 0.0 && sign == MinSign::kNonNegative) {
    min = 0.0;
    scale = sum_qx / sum_qq;
  }
  if (!(scale > 0.0)) return trial;
  return {static_cast<float>(scale), static_cast<float>(min)};
}

std::uint8_t six_bits(float value, float unit) noexcept {
  return unit > 0.0F ? static_cast<std::uint8_t>(nearest_level(value / unit, 0.0F, 63.0F)) : std::uint8_t{0};
}

}  // namespace

AffineFit fit_affine(std::span<const float> x, int max_level, MinSign sign) noexcept {
  const float levels = static_cast<float>(max_level);
  const auto [low, high] = std::ranges::minmax(x);
  const float min = sign == MinSign::kAny ? -low : std::max(0.0F, -low);
  const float range = high + min;
  if (!(range > std::numeric_limits<float>::min())) return {0.0F, min};
  AffineFit best{range / levels, min};
  double best_error = affine_error(x, best, levels);
  for (int tenths = -kTrialTenths; tenths <= kTrialTenths; ++tenths) {
    const float span = levels + static_cast<float>(tenths) / 10.0F;
    const AffineFit fit = refine(x, {range / span, min}, levels, sign);
    const double error = affine_error(x, fit, levels);
    if (error < best_error) {
      best = fit;
      best_error = error;
    }
  }
  return best;
}

float fit_symmetric(std::span<const float> x, int levels) noexcept {
  float largest = 0.0F;
  for (const float value : x) {
    if (std::fabs(value) > std::fabs(largest)) largest = value;
  }
  if (std::fabs(largest) <= std::numeric_limits<float>::min()) return 0.0F;
  const float lowest = static_cast<float>(-levels);
  float best = largest / lowest;
  double best_gain = -std::numeric_limits<double>::infinity();
  for (int tenths = -kTrialTenths; tenths <= kTrialTenths; ++tenths) {
    const float trial = largest / (lowest + static_cast<float>(tenths) / 10.0F);
    double sum_qq = 0.0;
    double sum_qx = 0.0;
    for (const float value : x) {
      const double q = nearest_level(value / trial, lowest, -lowest - 1.0F);
      sum_qq += q * q;
      sum_qx += q * value;
    }
    // With the least-squares scale the squared error is |x|^2 minus this gain.
    const double gain = sum_qx * sum_qx / sum_qq;
    if (gain > best_gain) {
      best = static_cast<float>(sum_qx / sum_qq);
      best_gain = gain;
    }
  }
  return best;
}

StoredF16 fit_scales(std::span<const float> scales, int levels, std::span<std::int8_t> multiples) noexcept {
  const float lowest = static_cast<float>(-levels);
  float largest = 0.0F;  // with its sign: multiples reach -levels but only levels - 1
  for (const float scale : scales) {
    if (std::fabs(scale) > std::fabs(largest)) largest = scale;
  }
  const StoredF16 stored = StoredF16::from_finite(largest / lowest);
  const float d = stored.value();
  for (std::size_t g = 0; g < scales.size(); ++g) {
    const float q = d != 0.0F ? nearest_level(scales[g] / d, lowest, -lowest - 1.0F) : 0.0F;
    multiples[g] = static_cast<std::int8_t>(q);
  }
  return stored;
}

OffsetBlockFit fit_offset_block(std::span<const float, 32> x, int max_level) noexcept {
  const AffineFit fit = fit_affine(x, max_level, MinSign::kAny);
  OffsetBlockFit out{.d = StoredF16::from_finite(fit.scale), .m = StoredF16::from_finite(-fit.min)};
  const float d = out.d.value();
  const float m = out.m.value();
  if (d == 0.0F) return out;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const float q = nearest_level((x[i] - m) / d, 0.0F, static_cast<float>(max_level));
    out.level[i] = static_cast<std::uint8_t>(q);
  }
  return out;
}

KBlockFit fit_k_block(std::span<const float, 256> x, int max_level) noexcept {
  std::array<AffineFit, 8> groups;
  float largest_scale = 0.0F;
  float largest_min = 0.0F;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    groups[g] = fit_affine(x.subspan(32 * g, 32), max_level, MinSign::kNonNegative);
    largest_scale = std::max(largest_scale, groups[g].scale);
    largest_min = std::max(largest_min, groups[g].min);
  }
  KBlockFit out;
  const StoredF16 stored_d = StoredF16::from_finite(largest_scale / 63.0F);
  const StoredF16 stored_dmin = StoredF16::from_finite(largest_min / 63.0F);
  out.d_bits = stored_d.bits();
  out.dmin_bits = stored_dmin.bits();
  const float d = stored_d.value();
  const float dmin = stored_dmin.value();
  KScales scales{};
  for (std::size_t g = 0; g < groups.size(); ++g) {
    scales.scale[g] = six_bits(groups[g].scale, d);
    scales.min[g] = six_bits(groups[g].min, dmin);
    const float step = d * static_cast<float>(scales.scale[g]);
    const float min = dmin * static_cast<float>(scales.min[g]);
    if (step == 0.0F) continue;
    for (std::size_t i = 32 * g; i < 32 * (g + 1); ++i) {
      out.level[i] =
          static_cast<std::uint8_t>(nearest_level((x[i] + min) / step, 0.0F, static_cast<float>(max_level)));
    }
  }
  pack_k_scales(scales, out.packed_scales);
  return out;
}

}  // namespace peregrine::tensor
