// The sixteen values that IQ4_NL and IQ4_XS choose from, denser near zero, where weights are.
//
// The values are ggml's (kvalues_iq4nl). Encoding is a search for the scale under which a group of weights
// lies nearest to them.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace peregrine::tensor {

// Ascending.
inline constexpr std::array<std::int8_t, 16> kIq4Codebook = {-127, -104, -83, -65, -49, -35, -22, -10,
                                                             1,    13,   25,  38,  53,  69,  89,  113};

// Index of the entry nearest to `value`, the lower of two.
std::uint8_t nearest_iq4(float value) noexcept;

// The scale s of x ~ s * entry with about the least squared error, of either sign; 0 for a group of zeros.
float fit_iq4(std::span<const float> x) noexcept;

}  // namespace peregrine::tensor
