// The body of row_passes.h: included once per instruction set, in a target region and a namespace of its own
// that says kWide, the doubles in a register; hence no include guard and no includes.
//
// Vectors are the compilers' own (vector_size). They go by reference, since how they are passed by value
// differs between instruction sets.

using Floats = float __attribute__((vector_size(kWide * sizeof(float))));
using Doubles = double __attribute__((vector_size(kWide * sizeof(double))));
using Words = std::uint64_t __attribute__((vector_size(kWide * sizeof(std::uint64_t))));
using Integers = std::int64_t __attribute__((vector_size(kWide * sizeof(std::int64_t))));

constexpr std::size_t kGroup = 16;

inline __attribute__((always_inline)) std::uint64_t sum_of(const Words& words) {
  std::uint64_t sum = 0;
  for (std::size_t lane = 0; lane < kWide; ++lane) sum += words[lane];
  return sum;
}

// (logits[0..kWide) - max) * scale.
inline __attribute__((always_inline)) void distances(const float* logits, double max, double scale,
                                                     Doubles& out) {
  Floats values;
  std::memcpy(&values, logits, sizeof values);
  out = (__builtin_convertvector(values, Doubles) - max) * scale;
}

// exp_nonpositive of each: the same operations in the same order.
inline __attribute__((always_inline)) void exp_wide(Doubles& x) {
  const Doubles least = Doubles{} + kMinExpArgument;
  x = x < least ? least : x;
  constexpr double kShift = 0x1.8p52;
  const Doubles shifted = x * (32 * 0x1.71547652b82fep0) + kShift;
  const Doubles n = shifted - kShift;
  const Words bits = __builtin_bit_cast(Words, shifted);
  const Doubles r = (x - n * (0x1.62e42feep-1 / 32)) - n * (0x1.a39ef35793c76p-33 / 32);
  Doubles p = r * (1.0 / 120) + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  const Words entry = bits & 31;
  Doubles table;
  for (std::size_t lane = 0; lane < kWide; ++lane) table[lane] = kExp2Table[entry[lane]];
  x = p * __builtin_bit_cast(Doubles, __builtin_bit_cast(Words, table) + ((bits >> 5) << 52));
}

RowScan scan(const float* logits, std::size_t n) noexcept {
  std::array<float, kGroup> max;
  max.fill(-std::numeric_limits<float>::infinity());
  std::array<std::uint32_t, kGroup> bad{};
  const auto take = [&](std::size_t lane, float logit) {
    max[lane] = max[lane] < logit ? logit : max[lane];
    bad[lane] |= logit <= std::numeric_limits<float>::max() ? 0U : 1U;
  };
  std::size_t i = 0;
  for (; i + kGroup <= n; i += kGroup) {
    for (std::size_t lane = 0; lane < kGroup; ++lane) take(lane, logits[i + lane]);
  }
  for (; i < n; ++i) take(0, logits[i]);
  return {.max = *std::ranges::max_element(max), .drawable = std::ranges::max(bad) == 0};
}

std::uint64_t weigh(const float* logits, std::size_t n, double max, double inverse_temperature,
                    std::uint64_t* weights) noexcept {
  constexpr double kScale = static_cast<double>(std::uint64_t{1} << kWeightBits);
  Words sums{};
  std::size_t i = 0;
  for (; i + kWide <= n; i += kWide) {
    Doubles x;
    distances(logits + i, max, inverse_temperature, x);
    exp_wide(x);
    const Doubles shifted = x * kScale + kRoundingShift;
    const Words wide = __builtin_bit_cast(Words, shifted) - std::bit_cast<std::uint64_t>(kRoundingShift);
    std::memcpy(weights + i, &wide, sizeof wide);
    sums += wide;
  }
  std::uint64_t sum = sum_of(sums);
  for (; i < n; ++i) {
    weights[i] = weight_at((static_cast<double>(logits[i]) - max) * inverse_temperature);
    sum += weights[i];
  }
  return sum;
}

double sum_exp(const float* logits, std::size_t n, double max) noexcept {
  constexpr std::size_t kParts = 8;
  Doubles wide[kParts / kWide] = {};
  std::size_t i = 0;
  for (; i + kParts <= n; i += kParts) {
    for (std::size_t part = 0; part < kParts / kWide; ++part) {
      Doubles x;
      distances(logits + i + part * kWide, max, 1, x);
      exp_wide(x);
      wide[part] += x;
    }
  }
  double sums[kParts];
  for (std::size_t part = 0; part < kParts; ++part) sums[part] = wide[part / kWide][part % kWide];
  for (std::size_t part = 0; i < n; ++i, ++part) {
    sums[part] += exp_nonpositive(static_cast<double>(logits[i]) - max);
  }
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

std::size_t find_weights(const std::uint64_t* weights, std::size_t n, std::uint64_t least,
                         std::size_t capacity, std::uint32_t* places) noexcept {
  std::size_t found = 0;
  for (std::size_t i = 0; i < n && found <= capacity; i += kGroup) {
    const std::size_t end = std::min(i + kGroup, n);
    if (i + kGroup <= n) {
      Words most{};  // at least the largest of them
      for (std::size_t part = 0; part < kGroup; part += kWide) {
        Words wide;
        std::memcpy(&wide, weights + i + part, sizeof wide);
        most |= wide;
      }
      std::uint64_t any = 0;
      for (std::size_t lane = 0; lane < kWide; ++lane) any |= most[lane];
      if (any < least) continue;
    }
    for (std::size_t place = i; place < end; ++place) {
      places[found] = static_cast<std::uint32_t>(place);
      found += weights[place] >= least ? 1 : 0;
    }
  }
  return found;
}

std::uint64_t sum_weights(const std::uint64_t* weights, std::size_t n, std::uint64_t least) noexcept {
  Words sums{};
  const Integers least_wide = Integers{} + static_cast<std::int64_t>(least);
  std::size_t i = 0;
  for (; i + kWide <= n; i += kWide) {
    Words wide;
    std::memcpy(&wide, weights + i, sizeof wide);
    sums += wide & __builtin_bit_cast(Words, __builtin_bit_cast(Integers, wide) >= least_wide);
  }
  std::uint64_t sum = sum_of(sums);
  for (; i < n; ++i) sum += weights[i] >= least ? weights[i] : 0;
  return sum;
}

std::size_t find_above(const float* logits, std::size_t n, float least) noexcept {
  std::size_t i = 0;
  for (; i + kGroup <= n; i += kGroup) {
    std::uint32_t above = 0;
    for (std::size_t lane = 0; lane < kGroup; ++lane) above |= logits[i + lane] > least ? 1U : 0U;
    if (above != 0) break;
  }
  while (i < n && !(logits[i] > least)) ++i;
  return i;
}

void mask(const float* logits, std::size_t n, const std::uint64_t* allowed, float* out) noexcept {
  constexpr float kRuledOut = -std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < n; i += 64) {
    const std::uint64_t word = allowed[i / 64];
    const std::size_t end = std::min(n - i, std::size_t{64});
    if (word == 0) {
      std::fill_n(out + i, end, kRuledOut);
    } else if (end < 64) {
      for (std::size_t j = 0; j < end; ++j) out[i + j] = (word >> j & 1) != 0 ? logits[i + j] : kRuledOut;
    } else {
      // The same, in a form that compilers turn into vectors.
      for (std::size_t part = 0; part < 64; part += kGroup) {
        const auto bits = static_cast<std::uint32_t>(word >> part);
        for (std::size_t lane = 0; lane < kGroup; ++lane) {
          out[i + part + lane] = (bits & (1U << lane)) != 0 ? logits[i + part + lane] : kRuledOut;
        }
      }
    }
  }
}

constexpr RowPasses make_passes(std::string_view isa) {
  return {.isa = isa,
          .scan = scan,
          .weigh = weigh,
          .sum_exp = sum_exp,
          .find_weights = find_weights,
          .sum_weights = sum_weights,
          .mask = mask,
          .find_above = find_above};
}
