// Whisper's log-mel spectrogram (Radford et al., 2022): Hann windows of 400 samples every 160, power spectrum
// of 201 bins, mel filters, log10 clamped to 8 below the maximum, (x + 4) / 4.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/function_ref.h"
#include "base/result.h"

namespace peregrine::sound {

inline constexpr std::uint32_t kMelHop = 160;     // samples per frame: 10 ms
inline constexpr std::uint32_t kMelWindow = 400;  // samples of a frame
inline constexpr std::uint32_t kMelBins = 201;    // of the power spectrum

class LogMel {
 public:
  // `filters` is [n_mels, kMelBins], as model files carry it. kInvalidArgument for other shapes.
  static Result<LogMel> create(std::uint32_t n_mels, std::vector<float> filters);
  LogMel(LogMel&&) noexcept;
  LogMel& operator=(LogMel&&) noexcept;
  ~LogMel();

  std::uint32_t n_mels() const;

  // The spectrogram of `samples`, followed by as much silence as `n_frames` frames need; out is [n_mels,
  // n_frames], mel bin after mel bin. Frame i is centred on sample i * kMelHop; what lies before the first
  // sample is its mirror image. The maximum is the window's own. Not from two threads at a time.
  void compute(std::span<const float> samples, std::uint32_t n_frames, std::span<float> out);

  // The same, with what is known of frames already: known(i) is what measure() gave for frame i, or empty.
  using Known = base::FunctionRef<std::span<const float>(std::size_t)>;
  void compute(std::span<const float> samples, std::uint32_t n_frames, std::span<float> out, Known known);

  // Frame `index` of the spectrogram of `samples` before it is clamped: log10 of each mel bin's power.
  void measure(std::span<const float> samples, std::size_t index, std::span<float> mels);

 private:
  struct Impl;
  explicit LogMel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Slaney's mel filter bank for 16 kHz, as whisper's models were trained with: [n_mels, kMelBins]. For files
// that carry none, and to make such files.
std::vector<float> slaney_mel_filters(std::uint32_t n_mels);

}  // namespace peregrine::sound
