#include "sound/vad/context.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "sound/vad/four.h"

namespace peregrine::sound {
namespace {

constexpr std::array<std::uint64_t, 4> kChangeLags = {2, 5, 12, 30};
constexpr float kVoiced = 0.5F;         // harmonicity
constexpr float kTone = 0.9F;           // of a tone without noise
constexpr float kSteadyGlide = 0.004F;  // octaves in 10 ms: an instrument holds its pitch at least so well
constexpr float kFloorRise = 0.02F;     // dB a frame
constexpr float kPeakFall = 0.01F;
constexpr std::uint64_t kNear = 10;  // frames on either side, for what is local
constexpr std::uint64_t kClose = 2;
constexpr std::size_t kPooled = kVadBands / 2;

// Rates of loudness: below, at and above that of syllables.
constexpr std::array<float, 9> kRates = {1.5F, 2.5F, 3.0F, 4.0F, 5.0F, 6.5F, 9.0F, 12.0F, 16.0F};
constexpr std::size_t kRateGroups = 3;
constexpr std::size_t kPerRateGroup = kRates.size() / kRateGroups;
constexpr std::size_t kSpan = 2 * kVadReach + 1;

// Cosines of all rates, then their sines, in whole registers.
constexpr std::size_t kTurnVectors = (2 * kRates.size() + kFour - 1) / kFour;
using Turns = std::array<float, kTurnVectors * kFour>;

// By frame of the window: cosine and sine of each rate under a Hann window, scaled so that a full swing of 1
// dB gives 1.
struct RateTables {
  std::array<Turns, kSpan> turns{};

  RateTables() {
    for (std::size_t rate = 0; rate < kRates.size(); ++rate) {
      for (std::size_t i = 0; i < kSpan; ++i) {
        const double place = (static_cast<double>(i) + 0.5) / kSpan;
        const double hann = (1.0 - std::cos(2.0 * std::numbers::pi * place)) * 2.0 / kSpan;
        const double turn = 2.0 * std::numbers::pi * kRates[rate] * static_cast<double>(i) / 100.0;
        turns[i][rate] = static_cast<float>(hann * std::cos(turn));
        turns[i][kRates.size() + rate] = static_cast<float>(hann * std::sin(turn));
      }
    }
  }
};

const RateTables& rate_tables() {
  static const RateTables tables;
  return tables;
}

float deviation(float sum, float squares, float weight) {
  const float mean = sum / weight;
  return std::sqrt(std::max(0.0F, squares / weight - mean * mean));
}

}  // namespace

struct VadContext::Writer {
  VadFeatures& values;
  std::size_t used = 0;
  void add(float value) { values[used++] = value; }
};

VadContext::VadContext() : ring_(kRing) {}

void VadContext::push(const VadFrame& frame) {
  Entry entry{
      .frame = frame, .change = {}, .flux = 0, .glide = -1, .floor = frame.level, .peak = frame.level};
  for (std::size_t i = 0; i < kLags; ++i) {
    if (pushed_ < kChangeLags[i]) continue;
    const VadFrame& before = at(pushed_ - kChangeLags[i]).frame;
    for (std::size_t band = 0; band < kVadBands; ++band) {
      entry.change[i] += std::abs(frame.shape[band] - before.shape[band]) / kVadBands;
    }
  }
  if (pushed_ > 0) {
    const Entry& before = at(pushed_ - 1);
    const float louder = frame.mean - before.frame.mean;
    for (std::size_t band = 0; band < kVadBands; ++band) {
      entry.flux += std::max(0.0F, frame.shape[band] - before.frame.shape[band] + louder) / kVadBands;
    }
    if (frame.harmonicity > kVoiced && before.frame.harmonicity > kVoiced) {
      entry.glide = std::abs(frame.pitch - before.frame.pitch);
    }
    entry.floor = std::min(frame.level, before.floor + kFloorRise);
    entry.peak = std::max(frame.level, before.peak - kPeakFall);
  }
  ring_[pushed_ % kRing] = entry;
  ++pushed_;
}

VadFeatures VadContext::features(std::uint64_t index) {
  assert(index < pushed_ && pushed_ <= index + kVadReach + 1);
  const std::uint64_t begin = index < kVadReach ? 0 : index - kVadReach;
  VadFeatures values{};
  Writer out{values};
  weigh(begin, pushed_);
  loudness(index, begin, pushed_, out);
  shape(begin, pushed_, out);
  voice(begin, pushed_, out);
  modulation(index, begin, pushed_, out);
  const std::uint64_t near_begin = index < kNear ? 0 : index - kNear;
  nearby(index, near_begin, std::min(pushed_, index + kNear + 1), out);
  assert(out.used == kVadFeatures);
  return values;
}

void VadContext::weigh(std::uint64_t begin, std::uint64_t end) {
  max_level_ = kVadSilence;
  mean_level_ = 0;
  for (std::uint64_t i = begin; i < end; ++i) {
    max_level_ = std::max(max_level_, at(i).frame.level);
    mean_level_ += at(i).frame.level;
  }
  mean_level_ /= static_cast<float>(end - begin);
  weight_ = 0;
  for (std::uint64_t i = begin; i < end; ++i) {
    // 1 down to 10 dB below the loudest frame, 0 from 30 dB on.
    const float weight = std::clamp((at(i).frame.level - max_level_ + 30.0F) / 20.0F, 0.0F, 1.0F);
    weights_[i - begin] = weight;
    weight_ += weight;
  }
}

void VadContext::loudness(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Writer& out) {
  float squares = 0;
  float lowest = 0;
  float flux = 0;
  float max_flux = 0;
  for (std::uint64_t i = begin; i < end; ++i) {
    const Entry& entry = at(i);
    const float off = entry.frame.level - mean_level_;
    squares += off * off;
    lowest = std::min(lowest, off);
    flux += entry.flux;
    max_flux = std::max(max_flux, entry.flux);
  }
  const auto count = static_cast<float>(end - begin);
  const Entry& last = at(end - 1);
  const Entry& here = at(index);
  out.add(std::sqrt(squares / count));
  out.add(max_level_ - mean_level_);
  out.add(lowest);
  out.add(weight_ / count);
  out.add(flux / count);
  out.add(std::min(max_flux, 20.0F));
  out.add(std::min(max_level_ - last.floor, 60.0F));
  out.add(std::min(last.peak - max_level_, 60.0F));
  out.add(std::min(here.frame.level - last.floor, 60.0F));
}

void VadContext::shape(std::uint64_t begin, std::uint64_t end, Writer& out) {
  // Whole registers of bands, and the bands that are left over.
  constexpr std::size_t kVectors = kVadBands / kFour;
  constexpr std::size_t kWhole = kVectors * kFour;
  Four sum_vectors[kVectors] = {};
  Four square_vectors[kVectors] = {};
  std::array<float, kVadBands> sums{};
  std::array<float, kVadBands> squares{};
  std::array<float, kLags> changes{};
  for (std::uint64_t i = begin; i < end; ++i) {
    const Entry& entry = at(i);
    const float weight = weights_[i - begin];
    for (std::size_t v = 0; v < kVectors; ++v) {
      const Four levels = load_four(entry.frame.shape.data() + v * kFour);
      sum_vectors[v] += weight * levels;
      square_vectors[v] += weight * levels * levels;
    }
    for (std::size_t band = kWhole; band < kVadBands; ++band) {
      sums[band] += weight * entry.frame.shape[band];
      squares[band] += weight * entry.frame.shape[band] * entry.frame.shape[band];
    }
    for (std::size_t lag = 0; lag < kLags; ++lag) changes[lag] += weight * entry.change[lag];
  }
  for (std::size_t v = 0; v < kVectors; ++v) {
    store_four(sum_vectors[v], sums.data() + v * kFour);
    store_four(square_vectors[v], squares.data() + v * kFour);
  }
  for (std::size_t i = 0; i < kPooled; ++i) {
    out.add((sums[2 * i] + sums[2 * i + 1]) / (2.0F * weight_));
    out.add(0.5F * (deviation(sums[2 * i], squares[2 * i], weight_) +
                    deviation(sums[2 * i + 1], squares[2 * i + 1], weight_)));
  }
  for (const float change : changes) out.add(change / weight_);
}

void VadContext::voice(std::uint64_t begin, std::uint64_t end, Writer& out) {
  float sum = 0;
  float squares = 0;
  float highest = 0;
  float tones = 0;
  float voiceless = 0;
  float flat = 0;
  float flat_squares = 0;
  float voiced = 1e-3F;
  float pitch = 0;
  float pitch_squares = 0;
  float pairs = 1e-3F;
  float glide = 0;
  float steady = 0;
  for (std::uint64_t i = begin; i < end; ++i) {
    const Entry& entry = at(i);
    const float weight = weights_[i - begin];
    const float harmonicity = entry.frame.harmonicity;
    sum += weight * harmonicity;
    squares += weight * harmonicity * harmonicity;
    highest = std::max(highest, weight * harmonicity);
    if (harmonicity > kTone) tones += weight;
    if (harmonicity < kVoiced) voiceless += weight;
    flat += weight * entry.frame.flatness;
    flat_squares += weight * entry.frame.flatness * entry.frame.flatness;
    if (harmonicity > kVoiced) {
      const float octave = entry.frame.pitch - 7.0F;  // near 0, for the sake of the squares
      voiced += weight;
      pitch += weight * octave;
      pitch_squares += weight * octave * octave;
    }
    if (entry.glide >= 0.0F) {
      pairs += weight;
      glide += weight * std::min(entry.glide, 0.1F);
      if (entry.glide < kSteadyGlide) steady += weight;
    }
  }
  out.add(sum / weight_);
  out.add(deviation(sum, squares, weight_));
  out.add(highest);
  out.add(tones / weight_);
  out.add(voiceless / weight_);
  out.add(flat / weight_);
  out.add(deviation(flat, flat_squares, weight_));
  out.add(deviation(pitch, pitch_squares, voiced));
  out.add(pitch / voiced);
  out.add(glide / pairs);
  out.add(steady / pairs);
  out.add(pairs / weight_);
}

void VadContext::modulation(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Writer& out) {
  const RateTables& tables = rate_tables();
  const std::size_t offset = begin + kVadReach - index;  // in the tables, of frame `begin`
  const std::size_t count = end - begin;
  std::array<std::array<float, kVadGroups>, kSpan> levels;  // less their mean
  std::array<float, kVadGroups> mean{};
  std::array<float, kVadGroups> spread{};
  std::array<float, kVadGroups> product{};  // with the first group
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t group = 0; group < kVadGroups; ++group) mean[group] += at(begin + i).frame.groups[group];
  }
  for (float& value : mean) value /= static_cast<float>(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t group = 0; group < kVadGroups; ++group) {
      levels[i][group] = at(begin + i).frame.groups[group] - mean[group];
      spread[group] += levels[i][group] * levels[i][group];
      product[group] += levels[i][0] * levels[i][group];
    }
  }
  for (std::size_t group = 0; group < kVadGroups; ++group) {
    Four sums[kTurnVectors] = {};
    for (std::size_t i = 0; i < count; ++i) {
      const float* turns = tables.turns[offset + i].data();
      for (std::size_t v = 0; v < kTurnVectors; ++v)
        sums[v] += levels[i][group] * load_four(turns + v * kFour);
    }
    Turns turned;
    for (std::size_t v = 0; v < kTurnVectors; ++v) store_four(sums[v], turned.data() + v * kFour);
    for (std::size_t rates = 0; rates < kRateGroups; ++rates) {
      float power = 0;
      for (std::size_t rate = rates * kPerRateGroup; rate < (rates + 1) * kPerRateGroup; ++rate) {
        const float imaginary = turned[kRates.size() + rate];
        power += turned[rate] * turned[rate] + imaginary * imaginary;
      }
      out.add(std::sqrt(power));
    }
  }
  // Vowels and consonants take turns; what an instrument or a fader does, it does to the whole spectrum.
  for (std::size_t group = 1; group < kVadGroups; ++group) {
    const auto quiet = static_cast<float>(count);  // a deviation of 1 dB: below it, nothing moves together
    out.add(product[group] / (std::sqrt(spread[0] * spread[group]) + quiet));
  }
}

void VadContext::nearby(std::uint64_t index, std::uint64_t begin, std::uint64_t end, Writer& out) {
  std::array<float, kVadBands> shape{};
  float level = 0;
  float loudest = kVadSilence;
  float harmonicity = 0;
  float most_harmonic = 0;
  float flat = 0;
  float change = 0;
  float close = 0;
  float close_harmonicity = 0;
  float closest = 0;
  for (std::uint64_t i = begin; i < end; ++i) {
    const Entry& entry = at(i);
    for (std::size_t band = 0; band < kVadBands; ++band) shape[band] += entry.frame.shape[band];
    level += entry.frame.level;
    loudest = std::max(loudest, entry.frame.level);
    harmonicity += entry.frame.harmonicity;
    most_harmonic = std::max(most_harmonic, entry.frame.harmonicity);
    flat += entry.frame.flatness;
    change += entry.change[1];
    if (i + kClose >= index && i <= index + kClose) {
      close += entry.frame.level;
      close_harmonicity += entry.frame.harmonicity;
      closest += 1.0F;
    }
  }
  const auto count = static_cast<float>(end - begin);
  for (std::size_t i = 0; i < kPooled; ++i) out.add((shape[2 * i] + shape[2 * i + 1]) / (2.0F * count));
  out.add(level / count - mean_level_);
  out.add(max_level_ - loudest);
  out.add(max_level_ - close / closest);
  out.add(harmonicity / count);
  out.add(most_harmonic);
  out.add(flat / count);
  out.add(change / count);
  out.add(close_harmonicity / closest);
}

}  // namespace peregrine::sound
