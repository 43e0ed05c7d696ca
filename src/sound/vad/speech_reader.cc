#include "sound/vad/speech_reader.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "sound/vad/detector.h"
#include "sound/vad/segmenter.h"

namespace peregrine::sound {
namespace {

// Samples asked of the source at once, however much the caller asks for.
constexpr std::size_t kPiece = 1600;

// Notes that samples from `original` on are passed on after all those of `spans`.
void extend(std::vector<SpeechSpan>& spans, std::uint64_t original, std::uint64_t samples) {
  if (!spans.empty() && spans.back().original + spans.back().samples == original) {
    spans.back().samples += samples;
    return;
  }
  const std::uint64_t passed = spans.empty() ? 0 : spans.back().passed + spans.back().samples;
  spans.push_back({passed, original, samples});
}

}  // namespace

struct SpeechReader::Impl {
  AudioSource& source;
  const bool enabled;
  VadFeatureStream features;
  SpeechSegmenter segmenter;
  std::vector<float> kept;  // samples of the recording, from kept_begin on
  std::uint64_t kept_begin = 0;
  std::uint64_t original = 0;     // samples read
  std::deque<SpeechRange> ready;  // to be passed on, all of it in `kept`
  bool ended = false;
  std::optional<Error> error;
  std::vector<SpeechSpan> spans;

  Impl(AudioSource& from, const VadOptions& options)
      : source(from), enabled(options.enabled), segmenter(options) {}

  Result<std::size_t> pull(std::span<float> out);
  std::size_t pass_on(std::span<float> out);
  Status listen();
  void drop_decided();
};

// From the source, minding its errors.
Result<std::size_t> SpeechReader::Impl::pull(std::span<float> out) {
  if (error) return tl::unexpected(*error);
  auto count = source.read(out);
  if (!count) {
    error = count.error();
    return count;
  }
  original += *count;
  ended = *count < out.size();
  return count;
}

// What is ready, as much as fits.
std::size_t SpeechReader::Impl::pass_on(std::span<float> out) {
  std::size_t done = 0;
  while (done < out.size() && !ready.empty()) {
    SpeechRange& range = ready.front();
    const std::size_t count = std::min<std::size_t>(out.size() - done, range.end - range.begin);
    const auto from = kept.begin() + static_cast<std::ptrdiff_t>(range.begin - kept_begin);
    std::copy_n(from, count, out.begin() + static_cast<std::ptrdiff_t>(done));
    extend(spans, range.begin, count);
    done += count;
    range.begin += count;
    if (range.begin == range.end) ready.pop_front();
  }
  return done;
}

// One more piece of the recording.
Status SpeechReader::Impl::listen() {
  drop_decided();
  const std::size_t had = kept.size();
  kept.resize(had + kPiece);
  const auto count = pull(std::span(kept).subspan(had));
  kept.resize(had + (count ? *count : 0));
  if (!count) return tl::unexpected(count.error());
  features.push(std::span(kept).subspan(had));
  if (ended) features.finish();
  VadFeatures next;
  while (features.next(next)) {
    auto range = segmenter.push(speech_probability(next));
    if (!range) continue;
    // The last frame may be incomplete.
    range->end = std::min(range->end, original);
    if (range->begin >= range->end) continue;
    if (!ready.empty() && ready.back().end == range->begin) {
      ready.back().end = range->end;
    } else {
      ready.push_back(*range);
    }
  }
  return {};
}

void SpeechReader::Impl::drop_decided() {
  const std::uint64_t needed = std::min(ready.empty() ? segmenter.decided() : ready.front().begin, original);
  kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(needed - kept_begin));
  kept_begin = needed;
}

SpeechReader::SpeechReader(AudioSource& source, const VadOptions& options)
    : impl_(std::make_unique<Impl>(source, options)) {}
SpeechReader::~SpeechReader() = default;

Result<std::size_t> SpeechReader::read(std::span<float> out) {
  Impl& impl = *impl_;
  if (!impl.enabled) {
    if (impl.ended && !impl.error) return 0;
    const std::uint64_t begin = impl.original;
    PEREGRINE_ASSIGN(const std::size_t count, impl.pull(out));
    if (count > 0) extend(impl.spans, begin, count);
    return count;
  }
  std::size_t done = impl.pass_on(out);
  while (done < out.size() && !impl.ended) {
    PEREGRINE_TRY(impl.listen());
    done += impl.pass_on(out.subspan(done));
  }
  return done;
}

std::span<const SpeechSpan> SpeechReader::spans() const {
  return impl_->spans;
}

void SpeechReader::forget(std::uint64_t passed) {
  auto& spans = impl_->spans;
  // The last one says where the next begins.
  const auto needed = std::find_if(spans.begin(), spans.end(), [&](const SpeechSpan& span) {
    return &span == &spans.back() || span.passed + span.samples >= passed;
  });
  spans.erase(spans.begin(), needed);
}

std::uint64_t SpeechReader::original_samples() const {
  return impl_->original;
}

std::uint64_t original_time(std::span<const SpeechSpan> spans, std::uint64_t passed, bool end_of_something) {
  if (spans.empty()) return passed;
  // The first span that ends at or, for a beginning, after `passed`.
  const auto span = std::partition_point(spans.begin(), spans.end(), [&](const SpeechSpan& candidate) {
    const std::uint64_t end = candidate.passed + candidate.samples;
    return end_of_something ? end < passed : end <= passed;
  });
  if (span == spans.end()) return spans.back().original + spans.back().samples;
  return span->original + (passed > span->passed ? passed - span->passed : 0);
}

}  // namespace peregrine::sound
