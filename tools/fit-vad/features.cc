// Sounds to the detector's features, for fit.py: reads records of a count (uint32) and so many samples (F32)
// from standard input, and writes for each a count of frames and kVadFeatures values a frame.
#include <cstdint>
#include <cstdio>
#include <vector>

#include "sound/vad/detector.h"

namespace {

constexpr std::uint32_t kMaxSamples = 3600U * 16000U;

}  // namespace

int main() {
  using namespace peregrine::sound;
  std::uint32_t count = 0;
  while (std::fread(&count, sizeof count, 1, stdin) == 1) {
    if (count > kMaxSamples) return 1;
    std::vector<float> samples(count);
    if (std::fread(samples.data(), sizeof(float), count, stdin) != count) return 1;
    VadFeatureStream stream;
    stream.push(samples);
    stream.finish();
    std::vector<VadFeatures> frames;
    VadFeatures features{};
    while (stream.next(features)) frames.push_back(features);
    const auto n_frames = static_cast<std::uint32_t>(frames.size());
    std::fwrite(&n_frames, sizeof n_frames, 1, stdout);
    std::fwrite(frames.data(), sizeof(VadFeatures), frames.size(), stdout);
    std::fflush(stdout);
  }
  return 0;
}
