#include "sound/mel/log_mel.h"

#include <kiss_fftr.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <string>
#include <utility>

namespace peregrine::sound {
namespace {

constexpr std::uint32_t kMaxMels = 1024;  // models have 80 or 128
constexpr float kSmallestPower = 1e-10F;
constexpr float kDynamicRange = 8.0F;  // of the base 10 logarithm, below the maximum
// Frames that are computed before they are written: rows of `out` are filled a cache line at a time.
constexpr std::uint32_t kBlock = 16;

// A mel filter is zero but for a run of neighbouring bins.
struct Filter {
  std::uint32_t first_bin = 0;
  std::uint32_t first_weight = 0;  // in `weights`
  std::uint32_t bins = 0;
};

struct FftFree {
  void operator()(kiss_fftr_cfg fft) const { kiss_fftr_free(fft); }
};

}  // namespace

struct LogMel::Impl {
  std::vector<Filter> filters;
  std::vector<float> weights;
  std::array<float, kMelWindow> hann{};
  std::unique_ptr<kiss_fftr_state, FftFree> fft;
  std::array<float, kMelWindow> frame{};
  std::array<kiss_fft_cpx, kMelBins> spectrum{};
  std::array<float, kMelBins> power{};
  std::vector<float> block;  // [kBlock, n_mels]

  void load_frame(std::span<const float> samples, std::size_t index);
  void transform(std::span<float> mels);
};

Result<LogMel> LogMel::create(std::uint32_t n_mels, std::vector<float> filters) {
  if (n_mels == 0 || n_mels > kMaxMels || filters.size() != std::size_t{n_mels} * kMelBins) {
    return fail(ErrorCode::kInvalidArgument, std::to_string(filters.size()) +
                                                 " values are no mel filter bank of " +
                                                 std::to_string(n_mels) + " x " + std::to_string(kMelBins));
  }
  auto impl = std::make_unique<Impl>();
  impl->fft.reset(kiss_fftr_alloc(static_cast<int>(kMelWindow), 0, nullptr, nullptr));
  if (impl->fft == nullptr) return fail(ErrorCode::kResourceExhausted, "no memory for a Fourier transform");
  for (std::uint32_t i = 0; i < kMelWindow; ++i) {
    impl->hann[i] = static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / kMelWindow));
  }
  for (std::uint32_t mel = 0; mel < n_mels; ++mel) {
    const auto row = std::span<const float>(filters).subspan(std::size_t{mel} * kMelBins, kMelBins);
    std::uint32_t begin = 0;
    std::uint32_t end = kMelBins;
    while (begin < end && row[begin] == 0.0F) ++begin;
    while (end > begin && row[end - 1] == 0.0F) --end;
    impl->filters.push_back({begin, static_cast<std::uint32_t>(impl->weights.size()), end - begin});
    impl->weights.insert(impl->weights.end(), row.begin() + begin, row.begin() + end);
  }
  impl->block.resize(std::size_t{kBlock} * n_mels);
  return LogMel(std::move(impl));
}

LogMel::LogMel(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LogMel::LogMel(LogMel&&) noexcept = default;
LogMel& LogMel::operator=(LogMel&&) noexcept = default;
LogMel::~LogMel() = default;

std::uint32_t LogMel::n_mels() const {
  return static_cast<std::uint32_t>(impl_->filters.size());
}

// The window around sample `index` * kMelHop, times the Hann window.
void LogMel::Impl::load_frame(std::span<const float> samples, std::size_t index) {
  constexpr std::size_t kHalf = kMelWindow / 2;
  const std::size_t centre = index * kMelHop;
  const std::size_t mirrored = centre < kHalf ? kHalf - centre : 0;
  for (std::size_t i = 0; i < mirrored; ++i) {
    const std::size_t source = mirrored - i;
    frame[i] = source < samples.size() ? samples[source] * hann[i] : 0.0F;
  }
  const std::size_t first = centre + mirrored - kHalf;
  const auto rest = samples.subspan(std::min(first, samples.size()));
  const std::size_t end = mirrored + std::min(rest.size(), kMelWindow - mirrored);
  for (std::size_t i = mirrored; i < end; ++i) frame[i] = rest[i - mirrored] * hann[i];
  std::fill(frame.begin() + static_cast<std::ptrdiff_t>(end), frame.end(), 0.0F);
}

// `frame` to the base 10 logarithms of its mel bins' power.
void LogMel::Impl::transform(std::span<float> mels) {
  kiss_fftr(fft.get(), frame.data(), spectrum.data());
  for (std::uint32_t bin = 0; bin < kMelBins; ++bin) {
    power[bin] = spectrum[bin].r * spectrum[bin].r + spectrum[bin].i * spectrum[bin].i;
  }
  for (std::size_t mel = 0; mel < mels.size(); ++mel) {
    const Filter& filter = filters[mel];
    const float* weight = weights.data() + filter.first_weight;
    const float* bins = power.data() + filter.first_bin;
    float sum = 0.0F;
    for (std::uint32_t i = 0; i < filter.bins; ++i) sum += weight[i] * bins[i];
    // In this order what is not a number becomes silence.
    const float audible = std::min(std::max(kSmallestPower, sum), std::numeric_limits<float>::max());
    mels[mel] = std::log10(audible);
  }
}

void LogMel::measure(std::span<const float> samples, std::size_t index, std::span<float> mels) {
  impl_->load_frame(samples, index);
  impl_->transform(mels);
}

void LogMel::compute(std::span<const float> samples, std::uint32_t n_frames, std::span<float> out) {
  compute(samples, n_frames, out, [](std::size_t) { return std::span<const float>(); });
}

void LogMel::compute(std::span<const float> samples, std::uint32_t n_frames, std::span<float> out,
                     Known known) {
  Impl& impl = *impl_;
  const std::size_t mels = impl.filters.size();
  assert(out.size() == mels * n_frames);
  const float silence = std::log10(kSmallestPower);
  // Frames from here on hold no sample.
  const std::size_t sounding = (samples.size() + kMelWindow / 2 + kMelHop - 1) / kMelHop;
  float maximum = silence;
  for (std::uint32_t begin = 0; begin < n_frames; begin += kBlock) {
    const std::uint32_t frames = std::min(kBlock, n_frames - begin);
    for (std::uint32_t i = 0; i < frames; ++i) {
      const auto row = std::span(impl.block).subspan(i * mels, mels);
      if (begin + i < sounding) {
        if (const std::span<const float> measured = known(begin + i); !measured.empty()) {
          std::ranges::copy(measured, row.begin());
        } else {
          measure(samples, begin + i, row);
        }
        maximum = std::max(maximum, *std::max_element(row.begin(), row.end()));
      } else {
        std::fill(row.begin(), row.end(), silence);
      }
    }
    for (std::size_t mel = 0; mel < mels; ++mel) {
      float* target = out.data() + mel * n_frames + begin;
      for (std::uint32_t i = 0; i < frames; ++i) target[i] = impl.block[i * mels + mel];
    }
  }
  const float floor = maximum - kDynamicRange;
  for (float& value : out) value = (std::max(value, floor) + 4.0F) / 4.0F;
}

}  // namespace peregrine::sound
