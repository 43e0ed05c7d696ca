// The body of row_passes.h: included once per instruction set, in a target region and a namespace of its own
// that says kWide, the floats in a register; hence no include guard and no includes.
//
// Vectors are the compilers' own (vector_size). They go by reference, since how they are passed by value
// differs between instruction sets.

using Floats = float __attribute__((vector_size(kWide * sizeof(float))));
using Words = std::uint32_t __attribute__((vector_size(kWide * sizeof(std::uint32_t))));

constexpr std::size_t kVectors = kLanes / kWide;

inline __attribute__((always_inline)) void load(const float* from, Floats& to) {
  std::memcpy(&to, from, sizeof to);
}

// e^x of each, for x <= 0.
inline __attribute__((always_inline)) void exp_of_negative(Floats& x) {
  constexpr float kLog2E = 1.44269504F;
  constexpr float kLn2High = 0.693359375F;
  constexpr float kLn2Low = -2.12194440e-4F;
  constexpr float kRound = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer
  const Floats least = Floats{} + kLeastArgument;
  const Floats clamped = x < least ? least : x;
  const Floats shifted = clamped * kLog2E + kRound;
  const Floats n = shifted - kRound;
  const Floats r = (clamped - n * kLn2High) - n * kLn2Low;
  Floats p = r * 1.9875691500e-4F + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  const Words scale = __builtin_bit_cast(Words, shifted) << 23;
  const Floats value = __builtin_bit_cast(Floats, __builtin_bit_cast(Words, p) + scale);
  x = x < least ? Floats{} : value;
}

inline bool all_finite(const float* logits, std::size_t n) noexcept {
  constexpr std::uint32_t kExponent = 0x7F800000;
  std::array<std::uint32_t, kLanes> bad{};
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      bad[lane] |= (std::bit_cast<std::uint32_t>(logits[i + lane]) & kExponent) == kExponent ? 1U : 0U;
    }
  }
  for (; i < n; ++i) bad[0] |= (std::bit_cast<std::uint32_t>(logits[i]) & kExponent) == kExponent ? 1U : 0U;
  return std::ranges::max(bad) == 0;
}

inline float largest(const float* logits, std::size_t n) noexcept {
  std::array<float, kLanes> best;
  best.fill(-std::numeric_limits<float>::infinity());
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      best[lane] = best[lane] < logits[i + lane] ? logits[i + lane] : best[lane];
    }
  }
  float max = *std::ranges::max_element(best);
  for (; i < n; ++i) max = std::max(max, logits[i]);
  return max;
}

inline double sum_of_exp(const float* logits, std::size_t n, float max, float inverse) noexcept {
  Floats sums[kVectors] = {};
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    for (std::size_t v = 0; v < kVectors; ++v) {
      Floats x;
      load(logits + i + v * kWide, x);
      x = (x - max) * inverse;
      exp_of_negative(x);
      sums[v] += x;
    }
  }
  double sum = 0;
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    sum += static_cast<double>(sums[lane / kWide][lane % kWide]);
  for (; i < n; ++i) {
    Floats x = Floats{} + (logits[i] - max) * inverse;
    exp_of_negative(x);
    sum += static_cast<double>(x[0]);
  }
  return sum;
}

inline std::size_t find_at_least(const float* logits, std::size_t n, float least) noexcept {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    std::uint32_t found = 0;
    for (std::size_t lane = 0; lane < kLanes; ++lane) found |= logits[i + lane] >= least ? 1U : 0U;
    if (found != 0) break;
  }
  while (i < n && !(logits[i] >= least)) ++i;
  return i;
}

constexpr RowPasses make_passes(std::string_view isa) {
  return {.isa = isa,
          .all_finite = all_finite,
          .largest = largest,
          .sum_of_exp = sum_of_exp,
          .find_at_least = find_at_least};
}
