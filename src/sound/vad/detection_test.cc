// Does the detector hear speech, and nothing else? Real speech, espeak-ng's, and what is none.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sound/testing/sounds.h"
#include "sound/vad/speech_reader.h"

namespace peregrine::sound {
namespace {

using testing::Sound;

struct Stretch {
  double begin;  // seconds
  double end;
};

std::vector<SpeechSpan> hear(const Sound& sound) {
  testing::VectorSource source(sound);
  SpeechReader reader(source, {});
  Sound out(sound.size() + 1);
  EXPECT_TRUE(reader.read(out).has_value());
  return {reader.spans().begin(), reader.spans().end()};
}

double seconds_of(const std::vector<SpeechSpan>& spans) {
  std::uint64_t samples = 0;
  for (const SpeechSpan& span : spans) samples += span.samples;
  return static_cast<double>(samples) / kSampleRate;
}

// Seconds of the stretch that were left out.
double missing(const std::vector<SpeechSpan>& spans, const Stretch& stretch) {
  double heard = 0;
  for (const SpeechSpan& span : spans) {
    const double begin = static_cast<double>(span.original) / kSampleRate;
    const double end = begin + static_cast<double>(span.samples) / kSampleRate;
    heard += std::max(0.0, std::min(end, stretch.end) - std::max(begin, stretch.begin));
  }
  return stretch.end - stretch.begin - heard;
}

std::string listed(const std::vector<SpeechSpan>& spans) {
  std::string text;
  for (const SpeechSpan& span : spans) {
    text += std::to_string(static_cast<double>(span.original) / kSampleRate) + " to " +
            std::to_string(static_cast<double>(span.original + span.samples) / kSampleRate) + ", ";
  }
  return text;
}

// A telephone's 300 to 3400 Hz: two poles and two zeros, thrice.
Sound telephone(Sound sound) {
  const auto biquad = [](Sound in, double hz, bool high) {
    const double turn = 2.0 * std::numbers::pi * hz / kSampleRate;
    const double alpha = std::sin(turn) / (2.0 * 0.8);
    const double scale = 1.0 + alpha;
    const double middle = high ? -(1.0 + std::cos(turn)) : 1.0 - std::cos(turn);
    const double side = std::abs(middle) / 2.0;
    double x1 = 0;
    double x2 = 0;
    double y1 = 0;
    double y2 = 0;
    for (float& sample : in) {
      const double y =
          (side * sample + middle * x1 + side * x2 + 2.0 * std::cos(turn) * y1 - (1.0 - alpha) * y2) / scale;
      x2 = std::exchange(x1, sample);
      y2 = std::exchange(y1, y);
      sample = static_cast<float>(y);
    }
    return in;
  };
  for (int i = 0; i < 3; ++i) sound = biquad(biquad(std::move(sound), 300, true), 3400, false);
  return sound;
}

// Where words are in the recording of an inaugural address, 1961.
constexpr Stretch kWords[] = {{0.3, 2.2}, {3.25, 3.75}, {4.0, 4.35}, {5.4, 7.65}, {8.2, 10.4}};

TEST(VoiceActivity, RealSpeechIsKeptWhole) {
  const Sound clean = testing::from_wav(PEREGRINE_SHARED_DIR "/golden/whisper/jfk.wav");
  if (clean.empty()) GTEST_SKIP() << "no reference recording";
  const double seconds = static_cast<double>(clean.size()) / kSampleRate;
  const float loudness = testing::root_mean_square(clean);
  const auto with_noise = [&](double decibels) {
    return testing::mixed(clean, testing::louder(testing::white_noise(seconds, loudness, 5), -decibels));
  };
  Sound quantised = testing::louder(clean, -30.0);
  for (float& sample : quantised) sample = std::round(sample * 32768.0F) / 32768.0F;
  const std::pair<const char*, Sound> variants[] = {
      {"as it is", clean},
      {"30 dB quieter, in 16 bits", quantised},
      {"50 dB quieter", testing::louder(clean, -50.0)},
      {"white noise 20 dB below", with_noise(20.0)},
      {"white noise 10 dB below", with_noise(10.0)},
      {"white noise 5 dB below", with_noise(5.0)},
      {"telephone", telephone(clean)},
      {"telephone, noise 10 dB below", telephone(with_noise(10.0))},
      {"after digital silence", testing::joined({testing::silence(5.0), clean})},
  };
  for (const auto& [name, sound] : variants) {
    const double offset = static_cast<double>(sound.size() - clean.size()) / kSampleRate;
    const auto spans = hear(sound);
    for (const Stretch& words : kWords) {
      EXPECT_LT(missing(spans, {words.begin + offset, words.end + offset}), 0.001)
          << name << ", words at " << words.begin << " s; heard " << listed(spans);
    }
    EXPECT_LT(seconds_of(spans), seconds - 0.5) << name << ": its long pauses are left out";
  }
}

TEST(VoiceActivity, EverySpeakerIsHeard) {
  const char* const kVoices[] = {"en-us",       "en-us+f1",     "en-us+f2", "en-us+f3",      "en-us+f4",
                                 "en-us+f5",    "en-us+m1",     "en-us+m2", "en-us+m3",      "en-us+m4",
                                 "en-us+m5",    "en-us+m6",     "en-us+m7", "en-us+whisper", "en-us+whisperf",
                                 "en-us+croak", "en-us+klatt3", "de+f3",    "fr+m5",         "ru",
                                 "cmn+f2",      "hi+m3"};
  if (testing::spoken("en-us", "one").empty()) GTEST_SKIP() << "no espeak-ng or sox";
  int speed = 120;
  for (const char* voice : kVoices) {
    const Sound words =
        testing::spoken(voice, "My fellow citizens, 16 ships sailed to the harbour at 7.", speed);
    ASSERT_FALSE(words.empty()) << voice;
    speed = speed >= 240 ? 120 : speed + 30;
    // Its own edges: the first and the last sample above a hundredth of full scale.
    const auto loud = [](float sample) { return std::abs(sample) > 0.01F; };
    const auto first = std::find_if(words.begin(), words.end(), loud) - words.begin();
    const auto last = words.rend() - std::find_if(words.rbegin(), words.rend(), loud);
    const Stretch spoken{2.0 + static_cast<double>(first) / kSampleRate,
                         2.0 + static_cast<double>(last) / kSampleRate};
    const Sound padded = testing::joined({testing::silence(2.0), words, testing::silence(2.0)});
    const double seconds = static_cast<double>(padded.size()) / kSampleRate;
    for (const float noise : {0.0F, 0.001F, 0.01F}) {
      const auto spans = hear(testing::mixed(padded, testing::white_noise(seconds, noise)));
      EXPECT_LT(missing(spans, spoken), 0.03) << voice << ", noise " << noise << "; heard " << listed(spans);
      EXPECT_LT(seconds_of(spans), seconds - 2.5)
          << voice << ", noise " << noise << "; heard " << listed(spans);
    }
  }
}

TEST(VoiceActivity, ASingleWordIsHeard) {
  if (testing::spoken("en-us", "one").empty()) GTEST_SKIP() << "no espeak-ng or sox";
  for (const char* word : {"yes", "no", "seven", "stop", "hello"}) {
    const Sound said = testing::spoken("en-us", word);
    EXPECT_GT(seconds_of(hear(said)), 0.15) << word << " alone";
    const auto spans = hear(testing::joined({testing::silence(3.0), said, testing::silence(3.0)}));
    EXPECT_EQ(spans.size(), 1U) << word << "; heard " << listed(spans);
  }
}

// A synthesiser unlike the one it was fitted on, and unlike a throat: a known weakness, 2.0 s of 4.9 s
// missed. The bound keeps it from growing.
TEST(VoiceActivity, AVoiceWithoutWordsIsHeardInPart) {
  const Sound sound = testing::joined({testing::silence(2.0), testing::voice(5.0), testing::silence(2.0)});
  const auto spans = hear(sound);
  EXPECT_LT(missing(spans, {2.05, 6.95}), 2.1) << listed(spans);
  EXPECT_LT(seconds_of(spans), 6.0) << listed(spans);
}

TEST(VoiceActivity, SilenceNoiseAndTonesAreNotHeard) {
  const Sound none[] = {
      testing::silence(20.0),
      testing::white_noise(20.0, 0.3F),
      testing::white_noise(20.0, 1e-5F),
      testing::sine(10.0, 150, 0.5F),
      testing::sine(10.0, 3000, 0.5F),
      testing::mixed(testing::sine(10.0, 50, 0.3F), testing::white_noise(10.0, 0.01F)),
      Sound(160000, 0.5F),
  };
  int index = 0;
  for (const Sound& sound : none) {
    const auto spans = hear(sound);
    EXPECT_TRUE(spans.empty()) << "sound " << index << ": " << listed(spans);
    ++index;
  }
}

TEST(VoiceActivity, SoxesNoiseAndMusicAreNotHeard) {
  const char* const kEffects[] = {
      "trim 0 10",
      "synth 10 whitenoise vol 0.3",
      "synth 10 pinknoise vol 0.5",
      "synth 10 brownnoise vol 0.5",
      "synth 10 tpdfnoise vol 0.1",
      "synth 10 square 50 vol 0.3",
      "synth 10 sawtooth 120 vol 0.3",
      "synth 10 sine 220 synth sine mix 277.2 synth sine mix 329.6",
      "synth 10 sawtooth 196 synth sawtooth mix 246.9 synth sawtooth mix 293.7 lowpass 1500 reverb vol 0.3",
      "synth 4 pluck G2 synth pluck mix B2 synth pluck mix D3 vol 0.5",
      "synth 0.5 pluck A3 : synth 0.5 pluck C4 : synth 0.25 pluck E4 : synth 1 pluck E3 vol 0.5",
      "synth 0.25 pluck E2 : synth 0.25 pluck G2 : synth 0.5 pluck A2 : synth 1 pluck D3",
      "synth 10 sine 100:6000 vol 0.5",
      "synth 10 sine 100/6000 vol 0.5",
      "synth 10 square 80:400 vol 0.5",
      "synth 10 sine 440 tremolo 5 90",
      "synth 10 sawtooth 150 tremolo 4 80",
      "synth 10 pinknoise tremolo 4 90",
      "synth 10 whitenoise tremolo 3 100",
      "synth 10 sawtooth 200 bend 0.5,300,1 0.5,-500,1 1,400,1 vol 0.5",
      "synth 0.3 whitenoise pad 0 0.2 repeat 15 vol 0.3",
      "synth 0.005 whitenoise pad 0 0.395 repeat 20",
      "synth 0.2 sine 1000 pad 0 0.3 repeat 15",
      "synth 10 brownnoise tremolo 6 60 vol 0.5",
  };
  if (testing::sox("synth 1 sine 100").empty()) GTEST_SKIP() << "no sox";
  for (const char* effects : kEffects) {
    const Sound sound = testing::sox(effects);
    ASSERT_FALSE(sound.empty()) << effects;
    for (const double decibels : {0.0, -30.0}) {
      const auto spans = hear(testing::louder(sound, decibels));
      EXPECT_TRUE(spans.empty()) << effects << ", " << decibels << " dB; heard " << listed(spans);
    }
  }
}

}  // namespace
}  // namespace peregrine::sound
