// A row of logits as the weights that sampling draws by: integers, so sums are exact in whatever order.
//
// weight(token) = round(2^43 * exp((logit - max) / temperature)): a token less than 6e-14 times as likely as
// the likeliest one has weight zero. With at most 2^20 tokens no sum overflows. Two engines that compute the
// same logits thus draw the same tokens; no rounding of a sum can tell them apart.
#pragma once

#include <cstdint>
#include <span>

namespace peregrine::engine {

inline constexpr int kWeightBits = 43;
inline constexpr std::uint32_t kMaxVocab = 1U << 20;

struct RowScan {
  float max = 0.0F;       // minus infinity when every logit is
  bool drawable = false;  // neither NaN nor plus infinity occurs
};
RowScan scan_row(std::span<const float> logits);

// Of a logit at `distance` = (logit - max) / temperature <= 0 from the largest.
std::uint64_t weight_at(double distance);

// Fills weights[i] for all logits; returns their sum. `max` is at least each of them.
std::uint64_t fill_weights(std::span<const float> logits, double max, double inverse_temperature,
                           std::span<std::uint64_t> weights);

}  // namespace peregrine::engine
