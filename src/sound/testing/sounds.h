// Sounds for tests: 16 kHz mono, made here, by espeak-ng and sox where they are installed, or read from a
// file.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sound/audio_source.h"

namespace peregrine::sound::testing {

using Sound = std::vector<float>;

inline Sound silence(double seconds) {
  return Sound(static_cast<std::size_t>(std::lround(seconds * kSampleRate)));
}

inline Sound white_noise(double seconds, float deviation, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal(0.0F, deviation);
  Sound out = silence(seconds);
  for (float& sample : out) sample = normal(random);
  return out;
}

inline Sound sine(double seconds, double hz, float amplitude) {
  Sound out = silence(seconds);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = amplitude *
             static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / kSampleRate));
  }
  return out;
}

inline Sound joined(std::initializer_list<Sound> parts) {
  Sound out;
  for (const Sound& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

inline Sound mixed(Sound a, const Sound& b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) a[i] += b[i];
  return a;
}

inline Sound louder(Sound sound, double decibels) {
  for (float& sample : sound) sample *= static_cast<float>(std::pow(10.0, decibels / 20.0));
  return sound;
}

inline float root_mean_square(std::span<const float> sound) {
  double sum = 0;
  for (const float sample : sound) sum += static_cast<double>(sample) * sample;
  return static_cast<float>(std::sqrt(sum / static_cast<double>(std::max<std::size_t>(1, sound.size()))));
}

// A voice without words (Klatt's idea, 1980): pulses of a gliding pitch, or noise, through resonances that
// move from one place to the next with every syllable.
inline Sound voice(double seconds, unsigned seed = 1) {
  struct Resonance {
    double before = 0;
    double earlier = 0;
    double filter(double in, double hz, double width) {
      const double radius = std::exp(-std::numbers::pi * width / kSampleRate);
      const double out = in * (1.0 - radius) +
                         2.0 * radius * std::cos(2.0 * std::numbers::pi * hz / kSampleRate) * before -
                         radius * radius * earlier;
      earlier = std::exchange(before, out);
      return out;
    }
  };
  constexpr std::array<std::array<double, 3>, 6> kVowels = {{{730, 1090, 2440},
                                                             {270, 2290, 3010},
                                                             {300, 870, 2240},
                                                             {530, 1840, 2480},
                                                             {570, 840, 2410},
                                                             {660, 1720, 2410}}};
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  Sound out = silence(seconds);
  std::array<Resonance, 3> tract;
  std::array<double, 3> place = kVowels[0];
  double phase = 0;
  double pitch = 120;
  double last_noise = 0;
  std::size_t at = 0;
  while (at < out.size()) {
    const auto& target = kVowels[random() % kVowels.size()];
    const auto hiss = static_cast<std::size_t>((0.04 + 0.06 * uniform(random)) * kSampleRate);
    const auto vowel = static_cast<std::size_t>((0.1 + 0.1 * uniform(random)) * kSampleRate);
    const double goal = 95 + 60 * uniform(random);
    for (std::size_t i = 0; i < hiss + vowel && at < out.size(); ++i, ++at) {
      for (std::size_t r = 0; r < 3; ++r) place[r] += (target[r] - place[r]) * 0.002;
      const double noise = uniform(random) - 0.5;
      if (i < hiss) {  // a sibilant: noise, its lows taken away
        out[at] = static_cast<float>(0.06 * (noise - last_noise));
        last_noise = noise;
        continue;
      }
      pitch += (goal - pitch) * 0.0005;
      phase += pitch / kSampleRate;
      double sample = 0.02 * noise;
      if (phase >= 1.0) {
        phase -= 1.0;
        sample += 3.0;
      }
      for (std::size_t r = 0; r < 3; ++r)
        sample = tract[r].filter(sample, place[r], 60.0 + 40.0 * static_cast<double>(r)) * 6.0;
      const double place_in = static_cast<double>(i - hiss) / static_cast<double>(vowel);
      out[at] = static_cast<float>(sample * std::sin(std::numbers::pi * place_in));
    }
  }
  float loudest = 1e-9F;
  for (const float sample : out) loudest = std::max(loudest, std::abs(sample));
  for (float& sample : out) sample *= 0.5F / loudest;
  return out;
}

// What a shell command writes as raw 16-bit samples; nothing when it fails.
inline Sound from_command(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return {};
  Sound out;
  std::array<std::int16_t, 4096> piece;
  for (std::size_t count; (count = std::fread(piece.data(), 2, piece.size(), pipe)) > 0;) {
    for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<float>(piece[i]) / 32768.0F);
  }
  return pclose(pipe) == 0 ? out : Sound{};
}

// sox's effects on nothing, or on what `from` says.
inline Sound sox(const std::string& effects) {
  return from_command("sox -R -n -r 16000 -b 16 -c 1 -t raw - " + effects);
}

// espeak-ng's; its own loudness is a peak of about 0.5.
inline Sound spoken(const std::string& voice_name, const std::string& text, int speed = 165) {
  return from_command("espeak-ng -v '" + voice_name + "' -s " + std::to_string(speed) + " --stdout '" + text +
                      "' | sox -R -t wav - -r 16000 -b 16 -c 1 -t raw -");
}

// Of a 16 kHz mono PCM16 file; nothing when there is none.
inline Sound from_wav(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t data = bytes.find("data");
  if (data == std::string::npos) return {};
  Sound out((bytes.size() - data - 8) / 2);
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::int16_t value;
    std::memcpy(&value, bytes.data() + data + 8 + 2 * i, 2);
    out[i] = static_cast<float>(value) / 32768.0F;
  }
  return out;
}

class VectorSource : public AudioSource {
 public:
  explicit VectorSource(Sound sound) : sound_(std::move(sound)) {}

  Result<std::size_t> read(std::span<float> out) override {
    if (cancelled_) return fail(ErrorCode::kCancelled, "cancelled");
    const std::size_t count = std::min(out.size(), sound_.size() - at_);
    std::copy_n(sound_.begin() + static_cast<std::ptrdiff_t>(at_), count, out.begin());
    at_ += count;
    return count;
  }
  void cancel() override { cancelled_ = true; }

 private:
  Sound sound_;
  std::size_t at_ = 0;
  bool cancelled_ = false;
};

}  // namespace peregrine::sound::testing
