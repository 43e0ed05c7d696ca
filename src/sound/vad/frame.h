// What the voice activity detector hears in 10 ms of sound: levels of frequency bands, and how much the sound
// is like a voice's periodic one.
//
// Frame i stands for samples [160 i, 160 (i + 1)) and is computed from a Hann window of 640 samples centred
// on them. All levels are in dB of a full-scale sine and differ by a constant when the sound is made louder.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

namespace peregrine::sound {

inline constexpr std::uint32_t kVadHop = 160;
inline constexpr std::uint32_t kVadWindow = 640;
// Of the window, before the first sample of the frame's hop.
inline constexpr std::uint32_t kVadWindowLead = (kVadWindow - kVadHop) / 2;
inline constexpr std::size_t kVadBands = 18;   // equally wide on the mel scale, 80 to 7600 Hz
inline constexpr std::size_t kVadGroups = 3;   // of bands: vowels' first formants, higher ones, sibilants
inline constexpr float kVadSilence = -100.0F;  // dB; no level is below it

struct VadFrame {
  std::array<float, kVadBands> shape{};    // band levels less their mean: the spectrum without its loudness
  std::array<float, kVadGroups> groups{};  // mean levels of neighbouring bands
  float mean = 0;                          // of the band levels
  float level = 0;                         // of all between 200 and 3800 Hz
  float harmonicity = 0;                   // 0..1: autocorrelation at the pitch, of what is below 4 kHz
  float pitch = 0;                         // log2 of Hz, 70 to 400 Hz
  float flatness = 0;  // dB: geometric over arithmetic mean of the power from 300 to 3400 Hz, <= 0
};

class VadFrameAnalyser {
 public:
  VadFrameAnalyser();
  ~VadFrameAnalyser();

  // `window` has kVadWindow samples; what is no number counts as 0, what is beyond full scale as that.
  VadFrame analyse(std::span<const float> window);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace peregrine::sound
