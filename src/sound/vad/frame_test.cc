#include "sound/vad/frame.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sound/testing/sounds.h"

namespace peregrine::sound {
namespace {

using testing::Sound;

VadFrame analyse(const Sound& sound) {
  VadFrameAnalyser analyser;
  return analyser.analyse(std::span(sound).first(kVadWindow));
}

// Partials of `hz` up to 3.8 kHz, each weaker than the one before.
Sound harmonic(double hz) {
  Sound out = testing::silence(0.04);
  for (int n = 1; n * hz < 3800; ++n) {
    out = testing::mixed(std::move(out), testing::sine(0.04, n * hz, 0.2F / static_cast<float>(n)));
  }
  return out;
}

TEST(VadFrame, PitchOfHarmonicSounds) {
  for (const double hz : {75.0, 90.0, 110.0, 147.0, 200.0, 263.0, 310.0, 380.0}) {
    const VadFrame frame = analyse(harmonic(hz));
    EXPECT_NEAR(std::exp2(frame.pitch), hz, hz * 0.01) << hz;
    EXPECT_GT(frame.harmonicity, 0.9F) << hz;
  }
}

TEST(VadFrame, PitchWithoutItsFundamental) {
  const Sound sound =
      testing::mixed(testing::mixed(testing::sine(0.04, 450, 0.1F), testing::sine(0.04, 600, 0.1F)),
                     testing::sine(0.04, 750, 0.1F));
  const VadFrame frame = analyse(sound);
  EXPECT_NEAR(std::exp2(frame.pitch), 150.0, 1.5);
}

TEST(VadFrame, NoiseIsFlatAndHasNoPitch) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const VadFrame noise = analyse(testing::white_noise(0.04, 0.1F, seed));
    EXPECT_LT(noise.harmonicity, 0.55F) << seed;
    EXPECT_GT(noise.flatness, -6.0F) << seed;
  }
  EXPECT_LT(analyse(harmonic(150)).flatness, -15.0F);
}

TEST(VadFrame, LevelIsRelativeToAFullScaleSine) {
  EXPECT_NEAR(analyse(testing::sine(0.04, 1000, 1.0F)).level, 0.0F, 1.0F);
  EXPECT_NEAR(analyse(testing::sine(0.04, 1000, 0.01F)).level, -40.0F, 1.0F);
  EXPECT_FLOAT_EQ(analyse(testing::silence(0.04)).level, kVadSilence);
  EXPECT_EQ(analyse(testing::silence(0.04)).harmonicity, 0.0F);
}

TEST(VadFrame, LoudnessChangesLevelsOnly) {
  const Sound sound = testing::mixed(harmonic(130), testing::white_noise(0.04, 0.02F));
  const VadFrame loud = analyse(sound);
  const VadFrame quiet = analyse(testing::louder(sound, -30.0));
  EXPECT_NEAR(loud.level - quiet.level, 30.0F, 0.01F);
  EXPECT_NEAR(loud.pitch, quiet.pitch, 1e-4F);
  EXPECT_NEAR(loud.harmonicity, quiet.harmonicity, 1e-3F);
  EXPECT_NEAR(loud.flatness, quiet.flatness, 0.05F);
  for (std::size_t band = 0; band < kVadBands; ++band)
    EXPECT_NEAR(loud.shape[band], quiet.shape[band], 0.05F);
}

TEST(VadFrame, BandsFollowTheSpectrum) {
  std::size_t before = 0;
  for (const double hz : {120.0, 500.0, 1000.0, 2000.0, 4000.0, 7000.0}) {
    const VadFrame frame = analyse(testing::sine(0.04, hz, 0.5F));
    const auto loudest = std::max_element(frame.shape.begin(), frame.shape.end());
    const auto band = static_cast<std::size_t>(loudest - frame.shape.begin());
    EXPECT_GE(band, before) << hz;
    if (hz > 120.0) {
      EXPECT_GT(band, before) << hz;
    }
    before = band;
    // Half of full scale; a tone may lie between two bands.
    EXPECT_NEAR(frame.shape[band] + frame.mean, -8.0F, 2.5F) << hz;
  }
}

TEST(VadFrame, WhatIsNoNumberIsBounded) {
  Sound sound = harmonic(100);
  sound[100] = std::numeric_limits<float>::quiet_NaN();
  sound[200] = std::numeric_limits<float>::infinity();
  sound[300] = -std::numeric_limits<float>::max();
  const VadFrame frame = analyse(sound);
  EXPECT_TRUE(std::isfinite(frame.level) && std::isfinite(frame.harmonicity) && std::isfinite(frame.pitch) &&
              std::isfinite(frame.flatness) && std::isfinite(frame.mean));
}

}  // namespace
}  // namespace peregrine::sound
