#include "sound/decode/testing/fixtures.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sound/decode/decode_audio.h"

namespace peregrine::sound::testing {

bool have_fixtures() {
  return std::filesystem::exists(fixture_path("made"));
}

std::string fixture_path(const std::string& name) {
  return std::string(PEREGRINE_SOUND_FIXTURES) + "/" + name;
}

std::vector<std::uint8_t> read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<float> read_floats(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_bytes(path);
  std::vector<float> floats(bytes.size() / sizeof(float));
  std::memcpy(floats.data(), bytes.data(), floats.size() * sizeof(float));
  return floats;
}

std::string test_name(std::string text) {
  for (char& c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return text;
}

int memory_file(const std::vector<std::uint8_t>& bytes) {
  const int file = ::memfd_create("sound", MFD_CLOEXEC);
  EXPECT_EQ(::write(file, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  return file;
}

int open_fixture(const std::string& name) {
  const int file = ::open(fixture_path(name).c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_GE(file, 0) << name;
  return file;
}

DecodeOptions test_options(const std::vector<std::string>& arguments) {
  DecodeOptions options;
  options.command = {PEREGRINE_DECODE_HELPER};
  options.command.insert(options.command.end(), arguments.begin(), arguments.end());
  return options;
}

Result<std::vector<float>> hear_all(AudioSource& source) {
  constexpr std::size_t kPieces[] = {1, 4096, 777, 16000, 65536};
  std::vector<float> heard;
  for (std::size_t i = 0;; ++i) {
    const std::size_t wanted = kPieces[i % std::size(kPieces)];
    const std::size_t before = heard.size();
    heard.resize(before + wanted);
    PEREGRINE_ASSIGN(const std::size_t got, source.read(std::span(heard).subspan(before)));
    heard.resize(before + got);
    if (got < wanted) break;
  }
  // The end stays the end.
  float more = 0;
  PEREGRINE_ASSIGN(const std::size_t after, source.read({&more, 1}));
  EXPECT_EQ(after, 0U);
  return heard;
}

Result<std::vector<float>> hear(int file, const DecodeOptions& options) {
  PEREGRINE_ASSIGN(const std::unique_ptr<AudioSource> source, open_audio(file, options));
  return hear_all(*source);
}

Result<std::vector<float>> decode_here(const std::vector<std::uint8_t>& bytes) {
  prepare_ffmpeg();
  VectorSink sink;
  PEREGRINE_TRY(decode_audio(MemoryBytes(bytes), sink));
  return std::move(sink.samples);
}

namespace {

// At one lag, over every `stride`th sample of those that both have whatever the lag.
Likeness compare_at(const std::vector<float>& heard, const std::vector<float>& expected, int lag, int max_lag,
                    int stride) {
  const int end = static_cast<int>(std::min(heard.size(), expected.size())) - max_lag;
  double product = 0;
  double heard_square = 0;
  double expected_square = 0;
  for (int i = max_lag; i < end; i += stride) {
    const double h = heard[static_cast<std::size_t>(i + lag)];
    const double e = expected[static_cast<std::size_t>(i)];
    product += h * e;
    heard_square += h * h;
    expected_square += e * e;
  }
  constexpr double kTiny = 1e-30;
  const double gain = product / (expected_square + kTiny);
  const double noise = std::max(heard_square - gain * product, 1e-12 * heard_square) + kTiny;
  return {lag, gain, product / std::sqrt(heard_square * expected_square + kTiny),
          10 * std::log10(heard_square / noise)};
}

}  // namespace

Likeness compare(const std::vector<float>& heard, const std::vector<float>& expected, int max_lag) {
  constexpr int kSearchStride = 7;
  Likeness best;
  for (int lag = -max_lag; lag <= max_lag; ++lag) {
    const Likeness candidate = compare_at(heard, expected, lag, max_lag, kSearchStride);
    if (candidate.correlation > best.correlation) best = candidate;
  }
  return compare_at(heard, expected, best.lag, max_lag, 1);
}

}  // namespace peregrine::sound::testing
