// Operations on each element of a row. Outputs may be an input, not otherwise overlap it. Variants agree bit
// for bit.
#pragma once

#include <cstddef>
#include <cstdint>

namespace peregrine::kernels {

// out = a + b; also the addition of a bias row.
using AddFn = void (*)(const float* a, const float* b, float* out, std::size_t n) noexcept;

// out = factor * x.
using ScaleFn = void (*)(const float* x, float factor, float* out, std::size_t n) noexcept;

// out = silu(gate) * up, silu(g) = g / (1 + exp(-g)): the gated unit of llama's feed-forward block. Gates
// below -88.7, where |silu| is under 2^-121, give zero.
using SiluMulFn = void (*)(const float* gate, const float* up, float* out, std::size_t n) noexcept;

// out = gelu(gate) * up with the tanh form of gelu (Hendrycks and Gimpel, 2016): gemma's gated unit.
using GeluMulFn = void (*)(const float* gate, const float* up, float* out, std::size_t n) noexcept;

// out = g / (1 + exp(-alpha g)) * (u + 1), g = min(gate, limit), u = up within +-limit: gpt-oss's gated unit.
using ClampedSwigluFn = void (*)(const float* gate, const float* up, float* out, std::size_t n) noexcept;
inline constexpr float kSwigluAlpha = 1.702F;
inline constexpr float kSwigluLimit = 7.0F;

// out = gelu(x), the tanh form.
using GeluFn = void (*)(const float* x, float* out, std::size_t n) noexcept;

// out = cap * tanh(x / cap): keeps values within +-cap. Absolute error below cap * 2^-22.
using SoftcapFn = void (*)(const float* x, float cap, float* out, std::size_t n) noexcept;

// out = exp(x) within 1.5 units in the last place; subnormal results and overflow to infinity included.
using ExpFn = void (*)(const float* x, float* out, std::size_t n) noexcept;

// Rounds to F16 as tensor::f32_to_f16 does, and widens exactly.
using F32ToF16Fn = void (*)(const float* x, std::uint16_t* out, std::size_t n) noexcept;
using F16ToF32Fn = void (*)(const std::uint16_t* x, float* out, std::size_t n) noexcept;

}  // namespace peregrine::kernels
