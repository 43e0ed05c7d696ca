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
// move from one place to the next.
class Voice {
 public:
  explicit Voice(unsigned seed) : random_(seed) {}

  Sound speak(double seconds) {
    Sound out = silence(seconds);
    for (std::size_t at = 0; at < out.size();) {
      const double kind = uniform();
      const bool vowel = kind < 0.65;
      const bool sibilant = !vowel && kind < 0.8;
      const double strength = vowel      ? 0.5 + 0.5 * uniform()
                              : sibilant ? 0.1 + 0.2 * uniform()
                                         : 0.4 * uniform();
      const Place target = vowel
                               ? Place{250 + 600 * uniform(), 800 + 1500 * uniform(), 2200 + 900 * uniform()}
                               : Place{250, 1100 + 600 * uniform(), 2300};
      const double goal = 90 + 90 * uniform();
      const double length = vowel ? 0.07 + 0.2 * uniform() : 0.04 + 0.08 * uniform();
      for (std::size_t i = 0; i < length * kSampleRate && at < out.size(); ++i, ++at) {
        for (std::size_t r = 0; r < place_.size(); ++r) place_[r] += (target[r] - place_[r]) * 0.002;
        pitch_ += (goal - pitch_) * 0.0005;
        loudness_ += (strength - loudness_) * 0.006;
        out[at] = static_cast<float>(loudness_ * (sibilant ? hiss() : vowel_sample()));
      }
    }
    float loudest = 1e-9F;
    for (const float sample : out) loudest = std::max(loudest, std::abs(sample));
    for (float& sample : out) sample *= 0.5F / loudest;
    return out;
  }

 private:
  using Place = std::array<double, 3>;  // of resonances, Hz

  double uniform() { return std::uniform_real_distribution<double>(0.0, 1.0)(random_); }

  // Noise, its lows taken away.
  double hiss() {
    const double noise = uniform() - 0.5;
    return noise - std::exchange(noise_, noise);
  }

  double vowel_sample() {
    phase_ += pitch_ / kSampleRate;
    const double pulse = phase_ >= 1.0 ? 1.0 : 0.0;
    phase_ -= pulse;
    glottis_ += 0.3 * (pulse + 0.02 * (uniform() - 0.5) - glottis_);
    double sample = glottis_;
    for (std::size_t r = 0; r < place_.size(); ++r) {
      const double radius =
          std::exp(-std::numbers::pi * (80.0 + 40.0 * static_cast<double>(r)) / kSampleRate);
      const double feed = 2.0 * radius * std::cos(2.0 * std::numbers::pi * place_[r] / kSampleRate);
      auto& [before, earlier] = tract_[r];
      // Gain 1 at 0 Hz, as a tube has it.
      const double out = (1.0 - feed + radius * radius) * sample + feed * before - radius * radius * earlier;
      earlier = std::exchange(before, out);
      sample = out;
    }
    return 8.0 * sample;
  }

  std::mt19937 random_;
  Place place_ = {500, 1500, 2500};
  std::array<std::pair<double, double>, 3> tract_{};
  double pitch_ = 120;
  double phase_ = 0;
  double glottis_ = 0;
  double noise_ = 0;
  double loudness_ = 0;
};

inline Sound voice(double seconds, unsigned seed = 1) {
  return Voice(seed).speak(seconds);
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
