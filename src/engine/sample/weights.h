// A row of logits as the weights that sampling draws by: integers, so sums are exact in whatever order.
//
// weight(token) = round(2^43 * exp((logit - max) / temperature)): a token less than 6e-14 times as likely as
// the likeliest one has weight zero. With at most 2^20 tokens no sum overflows. Two engines that compute the
// same logits thus draw the same tokens; no rounding of a sum can tell them apart.
#pragma once

#include <bit>
#include <cstdint>

#include "engine/sample/exp.h"

namespace peregrine::engine {

inline constexpr int kWeightBits = 43;
inline constexpr std::uint32_t kMaxVocab = 1U << 20;

// Added to a number below 2^51, it rounds it to an integer and leaves that in the low bits.
inline constexpr double kRoundingShift = 0x1.0p52;

// Of a logit at `distance` = (logit - max) / temperature <= 0 from the largest.
inline std::uint64_t weight_at(double distance) {
  const double shifted =
      exp_nonpositive(distance) * static_cast<double>(std::uint64_t{1} << kWeightBits) + kRoundingShift;
  return std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(kRoundingShift);
}

}  // namespace peregrine::engine
