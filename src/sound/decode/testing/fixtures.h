// What the tests of the decoder share: the sound files made at build time, and ways to hear them.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sound/decode/decoder.h"
#include "sound/decode/sample_sink.h"

namespace peregrine::sound::testing {

// False on a machine without the programs that make the files.
bool have_fixtures();
std::string fixture_path(const std::string& name);

std::vector<std::uint8_t> read_bytes(const std::string& path);
std::vector<float> read_floats(const std::string& path);

// A descriptor of a memory file that holds `bytes`.
int memory_file(const std::vector<std::uint8_t>& bytes);
int open_fixture(const std::string& name);

// With the helper process of the tests, told what to do by `arguments`.
DecodeOptions test_options(const std::vector<std::string>& arguments = {});

// All of it, read in pieces of different sizes.
Result<std::vector<float>> hear(int file, const DecodeOptions& options = test_options());
Result<std::vector<float>> hear_all(AudioSource& source);

class VectorSink final : public SampleSink {
 public:
  explicit VectorSink(std::size_t max_samples = SIZE_MAX) : max_samples_(max_samples) {}
  bool take(std::span<const float> taken) override {
    samples.insert(samples.end(), taken.begin(), taken.end());
    return samples.size() < max_samples_;
  }
  std::vector<float> samples;

 private:
  std::size_t max_samples_;
};

// Decoded in this process, without a sandbox.
Result<std::vector<float>> decode_here(const std::vector<std::uint8_t>& bytes);

// `text` as a part of a test's name.
std::string test_name(std::string text);

struct Likeness {
  int lag = 0;             // samples that `heard` comes later than `expected`
  double gain = 0;         // heard is about gain * expected
  double correlation = 0;  // at that lag
  double snr_db = 0;       // of heard against gain * expected
};
// Over lags of at most `max_lag` samples.
Likeness compare(const std::vector<float>& heard, const std::vector<float>& expected, int max_lag);

}  // namespace peregrine::sound::testing

#define PEREGRINE_NEED_FIXTURES()                    \
  if (!peregrine::sound::testing::have_fixtures())   \
  GTEST_SKIP() << "espeak-ng, sox or ffmpeg is not " \
                  "installed"
