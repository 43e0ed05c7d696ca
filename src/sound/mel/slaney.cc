// The mel scale of Slaney's Auditory Toolbox (1998): linear below 1 kHz, logarithmic above. Triangles between
// neighbouring points of the scale, each of area 1 over frequency in Hz.
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "sound/audio_source.h"
#include "sound/mel/log_mel.h"

namespace peregrine::sound {
namespace {

constexpr double kHzPerMel = 200.0 / 3.0;  // in the linear part
constexpr double kLogBeginHz = 1000.0;
constexpr double kLogBeginMel = kLogBeginHz / kHzPerMel;
constexpr double kLogRatio = 6.4;  // of frequencies, over kLogMels
constexpr double kLogMels = 27.0;

double mel_of(double hz) {
  if (hz < kLogBeginHz) return hz / kHzPerMel;
  return kLogBeginMel + std::log(hz / kLogBeginHz) / std::log(kLogRatio) * kLogMels;
}

double hz_of(double mel) {
  if (mel < kLogBeginMel) return mel * kHzPerMel;
  return kLogBeginHz * std::pow(kLogRatio, (mel - kLogBeginMel) / kLogMels);
}

}  // namespace

std::vector<float> slaney_mel_filters(std::uint32_t n_mels) {
  constexpr double kNyquist = kSampleRate / 2.0;
  const double step = mel_of(kNyquist) / (n_mels + 1.0);
  std::vector<float> filters(std::size_t{n_mels} * kMelBins);
  for (std::uint32_t mel = 0; mel < n_mels; ++mel) {
    const double low = hz_of(mel * step);
    const double centre = hz_of((mel + 1.0) * step);
    const double high = hz_of((mel + 2.0) * step);
    for (std::uint32_t bin = 0; bin < kMelBins; ++bin) {
      const double hz = bin * kNyquist / (kMelBins - 1);
      const double height = std::min((hz - low) / (centre - low), (high - hz) / (high - centre));
      filters[std::size_t{mel} * kMelBins + bin] =
          static_cast<float>(std::max(0.0, height) * 2.0 / (high - low));
    }
  }
  return filters;
}

}  // namespace peregrine::sound
