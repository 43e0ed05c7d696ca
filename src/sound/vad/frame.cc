#include "sound/vad/frame.h"

#include <kiss_fftr.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <new>
#include <numbers>

#include "sound/audio_source.h"
#include "sound/vad/four.h"

namespace peregrine::sound {
namespace {

// Twice the window, so that the power spectrum's transform is the autocorrelation without wrapping round.
constexpr std::size_t kFft = 2 * kVadWindow;
constexpr std::size_t kBins = kFft / 2 + 1;
constexpr float kBinHz = static_cast<float>(kSampleRate) / kFft;
// The lower half of the spectrum is that of the sound at half its rate.
constexpr std::size_t kPitchFft = kFft / 2;
constexpr std::size_t kPitchBins = kPitchFft / 2 + 1;
constexpr float kPitchRate = kSampleRate / 2.0F;
constexpr std::size_t kShortestLag = 20;  // 400 Hz
constexpr std::size_t kLongestLag = 114;  // 70 Hz
// The lower of two octaves must be better by this much to be the pitch (Boersma, 1993).
constexpr float kOctaveCost = 0.02F;

// The nearest bin; std::lround is not constexpr.
constexpr std::size_t bin_of(float hz) {
  const auto below = static_cast<std::size_t>(hz / kBinHz);
  return hz / kBinHz - static_cast<float>(below) < 0.5F ? below : below + 1;
}

// Power of a sine of amplitude 1 in the bins around it.
constexpr float kFullScale = (kVadWindow / 4.0F) * (kVadWindow / 4.0F) * 3.0F;

float decibels(float power) {
  return 10.0F * std::log10(power / kFullScale + 1e-10F);
}

// Borders of the bands, as bins.
std::array<std::size_t, kVadBands + 1> band_edges() {
  const auto mel = [](double hz) { return 2595.0 * std::log10(1.0 + hz / 700.0); };
  const double low = mel(80.0);
  const double high = mel(7600.0);
  std::array<std::size_t, kVadBands + 1> edges{};
  for (std::size_t i = 0; i <= kVadBands; ++i) {
    const double at = low + (high - low) * static_cast<double>(i) / kVadBands;
    edges[i] = bin_of(static_cast<float>(700.0 * (std::pow(10.0, at / 2595.0) - 1.0)));
  }
  return edges;
}

struct FftFree {
  void operator()(kiss_fftr_cfg fft) const { kiss_fftr_free(fft); }
};
using Fft = std::unique_ptr<kiss_fftr_state, FftFree>;

Fft make_fft(std::size_t points, bool inverse) {
  Fft fft(kiss_fftr_alloc(static_cast<int>(points), inverse ? 1 : 0, nullptr, nullptr));
  if (fft == nullptr) throw std::bad_alloc();
  return fft;
}

}  // namespace

struct VadFrameAnalyser::Impl {
  Fft forward = make_fft(kFft, false);
  Fft backward = make_fft(kPitchFft, true);
  std::array<std::size_t, kVadBands + 1> edges = band_edges();
  std::array<float, kVadWindow> hann{};
  std::array<float, kLongestLag + 2> unwindow{};  // by lag: 1 / the window's own autocorrelation
  std::array<float, kFft> padded{};
  std::array<kiss_fft_cpx, kBins> spectrum{};
  std::array<float, kBins> power{};
  std::array<kiss_fft_cpx, kPitchBins> pitch_spectrum{};
  std::array<float, kPitchFft> correlation{};

  Impl();
  void take(std::span<const float> window);
  void square();
  float sum(std::size_t begin, std::size_t end) const;
  void find_pitch(VadFrame& frame);
};

VadFrameAnalyser::Impl::Impl() {
  for (std::size_t i = 0; i < kVadWindow; ++i) {
    const double turn = 2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / kVadWindow;
    hann[i] = static_cast<float>(0.5 - 0.5 * std::cos(turn));
  }
  for (std::size_t lag = 0; lag < unwindow.size(); ++lag) {
    const double x = 2.0 * static_cast<double>(lag) / kVadWindow;  // lags are of half the rate
    const double own = (1.0 - x) * (2.0 / 3.0 + std::cos(2.0 * std::numbers::pi * x) / 3.0) +
                       std::sin(2.0 * std::numbers::pi * x) / (2.0 * std::numbers::pi);
    unwindow[lag] = static_cast<float>(1.0 / own);
  }
}

// Samples under the Hann window.
void VadFrameAnalyser::Impl::take(std::span<const float> window) {
  static_assert(kVadWindow % kFour == 0);
  const Four zero = {};
  const Four most = zero + 1.0F;
  for (std::size_t i = 0; i < kVadWindow; i += kFour) {
    Four samples = load_four(window.data() + i);
    const auto is_number = (samples < zero) | (samples >= zero);
    samples = is_number ? samples : zero;
    samples = samples < -most ? -most : samples;
    samples = most < samples ? most : samples;
    store_four(samples * load_four(hann.data() + i), padded.data() + i);
  }
}

// The spectrum's power.
void VadFrameAnalyser::Impl::square() {
  std::size_t bin = 0;
  for (; bin + kFour <= kBins; bin += kFour) {
    std::array<float, 2 * kFour> parts;
    std::memcpy(parts.data(), &spectrum[bin], sizeof parts);
    const Four low = load_four(parts.data());
    const Four high = load_four(parts.data() + kFour);
    const Four low_squares = low * low;
    const Four high_squares = high * high;
    const Four real = __builtin_shufflevector(low_squares, high_squares, 0, 2, 4, 6);
    const Four imaginary = __builtin_shufflevector(low_squares, high_squares, 1, 3, 5, 7);
    store_four(real + imaginary, power.data() + bin);
  }
  for (; bin < kBins; ++bin)
    power[bin] = spectrum[bin].r * spectrum[bin].r + spectrum[bin].i * spectrum[bin].i;
}

float VadFrameAnalyser::Impl::sum(std::size_t begin, std::size_t end) const {
  float total = 0;
  for (std::size_t bin = begin; bin < end; ++bin) total += power[bin];
  return total;
}

// Boersma, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio of a
// sampled sound" (1993): the highest peak of the autocorrelation over that of the window.
void VadFrameAnalyser::Impl::find_pitch(VadFrame& frame) {
  for (std::size_t bin = 0; bin < kPitchBins; ++bin) {
    const float value = bin < bin_of(60.0F) ? 0.0F : power[bin];
    pitch_spectrum[bin] = {value, 0.0F};
  }
  kiss_fftri(backward.get(), pitch_spectrum.data(), correlation.data());
  const float whole = correlation[0] + 1e-9F * kFullScale;
  const auto at = [&](std::size_t lag) { return correlation[lag] / whole * unwindow[lag]; };
  float best = -1.0F;
  float before = at(kShortestLag - 1);
  float here = at(kShortestLag);
  frame.harmonicity = 0.0F;
  frame.pitch = std::log2(kPitchRate / kLongestLag);
  for (std::size_t lag = kShortestLag; lag <= kLongestLag; ++lag) {
    const float after = at(lag + 1);
    if (here > before && here >= after && here > 0.0F) {
      const float bend = before - 2.0F * here + after;
      const float shift = bend < 0.0F ? 0.5F * (before - after) / bend : 0.0F;
      const float height = here - 0.25F * (before - after) * shift;
      const float pitch = std::log2(kPitchRate / (static_cast<float>(lag) + shift));
      const float merit = height + kOctaveCost * pitch;
      if (merit > best) {
        best = merit;
        frame.harmonicity = std::min(height, 1.0F);
        frame.pitch = pitch;
      }
    }
    before = here;
    here = after;
  }
}

VadFrameAnalyser::VadFrameAnalyser() : impl_(std::make_unique<Impl>()) {}
VadFrameAnalyser::~VadFrameAnalyser() = default;

VadFrame VadFrameAnalyser::analyse(std::span<const float> window) {
  Impl& impl = *impl_;
  impl.take(window);
  kiss_fftr(impl.forward.get(), impl.padded.data(), impl.spectrum.data());
  impl.square();

  VadFrame frame;
  for (std::size_t band = 0; band < kVadBands; ++band) {
    frame.shape[band] = decibels(impl.sum(impl.edges[band], impl.edges[band + 1]));
    frame.mean += frame.shape[band] / kVadBands;
  }
  constexpr std::size_t kPerGroup = kVadBands / kVadGroups;
  for (std::size_t band = 0; band < kVadBands; ++band) {
    frame.groups[band / kPerGroup] += frame.shape[band] / kPerGroup;
    frame.shape[band] -= frame.mean;
  }
  frame.level = decibels(impl.sum(bin_of(200.0F), bin_of(3800.0F)));

  constexpr std::size_t kFlatBegin = bin_of(300.0F);
  constexpr std::size_t kFlatEnd = bin_of(3400.0F);
  constexpr float kFlatFloor = 1e-11F * kFullScale;
  float logs = 0;
  for (std::size_t bin = kFlatBegin; bin < kFlatEnd; ++bin) logs += std::log(impl.power[bin] + kFlatFloor);
  constexpr float kFlatBins = kFlatEnd - kFlatBegin;
  const float arithmetic = impl.sum(kFlatBegin, kFlatEnd) / kFlatBins + kFlatFloor;
  frame.flatness = 10.0F / std::numbers::ln10_v<float> * (logs / kFlatBins - std::log(arithmetic));

  impl.find_pitch(frame);
  return frame;
}

}  // namespace peregrine::sound
