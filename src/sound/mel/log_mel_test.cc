#include "sound/mel/log_mel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <numbers>
#include <random>
#include <sstream>
#include <string>

#include "sound/testing/sounds.h"

namespace peregrine::sound {
namespace {

const std::filesystem::path kGolden = std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden/whisper";

LogMel make_mel(std::uint32_t n_mels, std::vector<float> filters) {
  auto mel = LogMel::create(n_mels, std::move(filters));
  EXPECT_TRUE(mel.has_value());
  return std::move(*mel);
}

std::vector<float> noise(std::size_t samples, unsigned seed) {
  return testing::white_noise(static_cast<double>(samples) / kSampleRate, 0.1F, seed);
}

// The definition, in double precision, with a plain Fourier sum.
std::vector<double> by_definition(std::span<const float> samples, std::uint32_t n_mels,
                                  std::span<const float> filters, std::uint32_t n_frames) {
  std::vector<double> out(std::size_t{n_mels} * n_frames);
  for (std::uint32_t frame = 0; frame < n_frames; ++frame) {
    std::array<double, kMelBins> power{};
    for (std::uint32_t bin = 0; bin < kMelBins; ++bin) {
      std::complex<double> sum = 0;
      for (int i = 0; i < static_cast<int>(kMelWindow); ++i) {
        const auto at = static_cast<std::size_t>(std::abs(static_cast<int>(frame * kMelHop) + i - 200));
        const double sample = at < samples.size() ? samples[at] : 0.0;
        const double turn = 2.0 * std::numbers::pi / kMelWindow;
        sum += sample * (0.5 - 0.5 * std::cos(turn * i)) * std::polar(1.0, -turn * i * bin);
      }
      power[bin] = std::norm(sum);
    }
    for (std::uint32_t mel = 0; mel < n_mels; ++mel) {
      double sum = 0;
      for (std::uint32_t bin = 0; bin < kMelBins; ++bin) sum += filters[mel * kMelBins + bin] * power[bin];
      out[std::size_t{mel} * n_frames + frame] = std::log10(std::max(sum, 1e-10));
    }
  }
  const double floor = *std::max_element(out.begin(), out.end()) - 8.0;
  for (double& value : out) value = (std::max(value, floor) + 4.0) / 4.0;
  return out;
}

TEST(LogMel, EqualsItsDefinition) {
  for (const std::size_t length : {0U, 1U, 100U, 199U, 200U, 201U, 399U, 1600U, 1733U}) {
    const auto samples = noise(length, static_cast<unsigned>(length));
    const auto filters = slaney_mel_filters(80);
    constexpr std::uint32_t kFrames = 19;  // more than a block, fewer than two
    LogMel mel = make_mel(80, filters);
    std::vector<float> out(80 * kFrames);
    mel.compute(samples, kFrames, out);
    const auto expected = by_definition(samples, 80, filters, kFrames);
    for (std::size_t i = 0; i < out.size(); ++i) {
      ASSERT_NEAR(out[i], expected[i], 1e-4) << length << " samples, value " << i;
    }
  }
}

TEST(LogMel, SilenceAfterTheSoundNeedsNoSamples) {
  auto samples = noise(5000, 3);
  LogMel mel = make_mel(128, slaney_mel_filters(128));
  std::vector<float> out(128 * 60);
  mel.compute(samples, 60, out);
  samples.resize(16000);
  std::vector<float> padded(out.size());
  mel.compute(samples, 60, padded);
  EXPECT_EQ(out, padded);
}

TEST(LogMel, SilenceIsTheSameEverywhere) {
  LogMel mel = make_mel(80, slaney_mel_filters(80));
  std::vector<float> out(80 * 3000);
  mel.compute({}, 3000, out);
  EXPECT_TRUE(std::all_of(out.begin(), out.end(), [](float value) { return value == -1.5F; }));
}

TEST(LogMel, WhatIsNoNumberGivesNumbers) {
  auto samples = noise(16000, 4);
  samples[3000] = std::numeric_limits<float>::quiet_NaN();
  samples[9000] = std::numeric_limits<float>::infinity();
  samples[12000] = std::numeric_limits<float>::max();
  LogMel mel = make_mel(80, slaney_mel_filters(80));
  std::vector<float> out(80 * 100);
  mel.compute(samples, 100, out);
  EXPECT_TRUE(std::all_of(out.begin(), out.end(), [](float value) { return std::isfinite(value); }));
}

TEST(LogMel, FiltersOfOtherShapesAreRefused) {
  struct Case {
    std::uint32_t n_mels;
    std::size_t values;
  };
  constexpr Case kCases[] = {{0, 0},         {80, 0},           {80, 80 * 200}, {80, 80 * 201 + 1},
                             {81, 80 * 201}, {4294967295U, 201}};
  for (const Case& c : kCases) {
    const auto mel = LogMel::create(c.n_mels, std::vector<float>(c.values));
    ASSERT_FALSE(mel.has_value()) << c.n_mels << " mels, " << c.values << " values";
    EXPECT_EQ(mel.error().code, ErrorCode::kInvalidArgument);
  }
}

TEST(SlaneyMelFilters, HaveUnitAreaOverHertz) {
  const auto filters = slaney_mel_filters(40);
  // Wide filters only: narrow ones are sampled too coarsely for a sum to be an integral.
  for (std::uint32_t mel = 20; mel < 40; ++mel) {
    double area = 0;
    for (std::uint32_t bin = 0; bin < kMelBins; ++bin) area += filters[mel * kMelBins + bin] * 40.0;
    EXPECT_NEAR(area, 1.0, 0.02) << mel;
  }
}

// What a reference implementation computed: the files beside the reference models.
class GoldenMel : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kGolden / name(".json"))) GTEST_SKIP() << "no reference data";
  }

  static std::string name(const char* ending) { return std::string(GetParam()) + ending; }

  // The filters that the model file carries: after the magic and eleven parameters, their shape, then values.
  static std::vector<float> file_filters(std::uint32_t& n_mels) {
    const std::string command = "xz -dc '" + (kGolden / name(".bin.xz")).string() + "' 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return {};
    std::array<std::uint32_t, 14> header{};
    std::vector<float> filters;
    if (std::fread(header.data(), sizeof header, 1, pipe) == 1 && header[0] == 0x67676d6c &&
        header[13] == kMelBins && header[12] <= 128) {
      n_mels = header[12];
      filters.resize(std::size_t{n_mels} * kMelBins);
      if (std::fread(filters.data(), sizeof(float), filters.size(), pipe) != filters.size()) filters.clear();
    }
    pclose(pipe);
    return filters;
  }
};

TEST_P(GoldenMel, EqualsTheReference) {
  std::uint32_t n_mels = 0;
  const auto filters = file_filters(n_mels);
  if (filters.empty()) GTEST_SKIP() << "no xz";
  std::ifstream file(kGolden / name(".json"));
  const std::string json{std::istreambuf_iterator<char>(file), {}};
  const auto after = [&](const char* key, std::size_t from) {
    return json.find(key, from) + std::strlen(key);
  };
  const std::size_t mel_at = after("\"mel\":", 0);
  const auto n_frames = static_cast<std::uint32_t>(std::stoul(json.substr(after("\"frames\":", mel_at), 12)));
  const std::size_t samples_at = after("\"samples\":", mel_at);
  std::string list = json.substr(samples_at, json.find("]]", samples_at) - samples_at);
  std::replace_if(list.begin(), list.end(), [](char c) { return c == '[' || c == ']' || c == ','; }, ' ');

  const auto samples = testing::from_wav(kGolden / "jfk.wav");
  ASSERT_EQ(n_frames, samples.size() / kMelHop + 3000);  // 30 s of silence follow
  LogMel mel = make_mel(n_mels, filters);
  std::vector<float> out(std::size_t{n_mels} * n_frames);
  mel.compute(samples, n_frames, out);
  std::istringstream values(list);
  std::size_t bin = 0;
  std::size_t frame = 0;
  float expected = 0;
  int compared = 0;
  while (values >> bin >> frame >> expected) {
    ASSERT_LT(bin, n_mels);
    ASSERT_LT(frame, n_frames);
    EXPECT_NEAR(out[bin * n_frames + frame], expected, 1e-4) << "bin " << bin << ", frame " << frame;
    ++compared;
  }
  EXPECT_GE(compared, 64);
}

TEST_P(GoldenMel, FileCarriesSlaneysFilters) {
  std::uint32_t n_mels = 0;
  const auto filters = file_filters(n_mels);
  if (filters.empty()) GTEST_SKIP() << "no xz";
  const auto ours = slaney_mel_filters(n_mels);
  ASSERT_EQ(ours.size(), filters.size());
  for (std::size_t i = 0; i < ours.size(); ++i) ASSERT_NEAR(ours[i], filters[i], 1e-6) << i;
}

INSTANTIATE_TEST_SUITE_P(Models, GoldenMel, ::testing::Values("whisper-80mel-f16", "whisper-128mel-q5_0"),
                         [](const auto& model) { return model.index == 0 ? "Mels80" : "Mels128"; });

}  // namespace
}  // namespace peregrine::sound
