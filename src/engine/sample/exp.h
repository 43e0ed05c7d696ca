// exp(x) for x <= 0 from additions and multiplications alone.
//
// The C library's exp differs in the last bit between versions and processors, and a last bit can decide
// which token is drawn. This one gives the same bits wherever IEEE 754 doubles are (the build forbids
// contraction). Method: x = (32 k + i) ln2 / 32 + r with |r| <= ln2 / 64, so exp(x) = 2^k * 2^(i/32) *
// exp(r); Tang, 1989. Relative error below 3e-15.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace peregrine::engine {

// 2^(i/32), correctly rounded.
inline constexpr std::array<double, 32> kExp2Table = {
    0x1.0000000000000p+0, 0x1.059b0d3158574p+0, 0x1.0b5586cf9890fp+0, 0x1.11301d0125b51p+0,
    0x1.172b83c7d517bp+0, 0x1.1d4873168b9aap+0, 0x1.2387a6e756238p+0, 0x1.29e9df51fdee1p+0,
    0x1.306fe0a31b715p+0, 0x1.371a7373aa9cbp+0, 0x1.3dea64c123422p+0, 0x1.44e086061892dp+0,
    0x1.4bfdad5362a27p+0, 0x1.5342b569d4f82p+0, 0x1.5ab07dd485429p+0, 0x1.6247eb03a5585p+0,
    0x1.6a09e667f3bcdp+0, 0x1.71f75e8ec5f74p+0, 0x1.7a11473eb0187p+0, 0x1.82589994cce13p+0,
    0x1.8ace5422aa0dbp+0, 0x1.93737b0cdc5e5p+0, 0x1.9c49182a3f090p+0, 0x1.a5503b23e255dp+0,
    0x1.ae89f995ad3adp+0, 0x1.b7f76f2fb5e47p+0, 0x1.c199bdd85529cp+0, 0x1.cb720dcef9069p+0,
    0x1.d5818dcfba487p+0, 0x1.dfc97337b9b5fp+0, 0x1.ea4afa2a490dap+0, 0x1.f50765b6e4540p+0,
};

// Below this the result is that of kMinExpArgument, 4e-18; minus infinity included. NaN and x > 0 are not for
// it.
inline constexpr double kMinExpArgument = -40.0;

inline double exp_nonpositive(double x) {
  x = x < kMinExpArgument ? kMinExpArgument : x;
  // Adding 1.5 * 2^52 rounds to an integer, which then stands in the low bits.
  constexpr double kShift = 0x1.8p52;
  const double shifted = x * (32 * 0x1.71547652b82fep0) + kShift;
  const double n = shifted - kShift;
  const auto bits = std::bit_cast<std::uint64_t>(shifted);
  // ln2 / 32 in two parts: the product with the first is exact.
  const double r = (x - n * (0x1.62e42feep-1 / 32)) - n * (0x1.a39ef35793c76p-33 / 32);
  double p = r * (1.0 / 120) + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  // Adds k to the exponent of the table's entry.
  return p * std::bit_cast<double>(std::bit_cast<std::uint64_t>(kExp2Table[bits & 31]) + ((bits >> 5) << 52));
}

}  // namespace peregrine::engine
