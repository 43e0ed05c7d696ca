// Any bytes end as sound or as an error that a client can read, within bounds: everything the helper process
// does to a file, without the sandbox around it.
#include <cstdint>
#include <cstdlib>
#include <span>

#include "sound/audio_source.h"
#include "sound/decode/decode_audio.h"

namespace {

using namespace peregrine;

constexpr std::uint64_t kMaxSamples = 10ULL * sound::kSampleRate;

class CountingSink final : public sound::SampleSink {
 public:
  bool take(std::span<const float> samples) override {
    if (samples.empty()) std::abort();
    count_ += samples.size();
    return count_ < kMaxSamples;
  }
  std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool prepared = [] {
    sound::prepare_ffmpeg();
    return true;
  }();
  static_cast<void>(prepared);
  CountingSink sink;
  const Status decoded = sound::decode_audio(sound::MemoryBytes({data, size}), sink);
  if (!decoded && decoded.error().message.empty()) std::abort();
  if (!decoded && decoded.error().code == ErrorCode::kCancelled && sink.count() < kMaxSamples) std::abort();
  return 0;
}
