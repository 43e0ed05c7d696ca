// A transcriber over the HearingModel, and a reader of its events.
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "speech/run/start.h"
#include "speech/testing/hearing_model.h"
#include "speech/testing/test_sound.h"
#include "speech/testing/test_vocabulary.h"

namespace peregrine::speech::testing {

struct Transcribed {
  std::vector<Segment> segments;
  std::vector<double> progress;
  std::optional<Finished> finished;
  std::optional<Error> error;

  std::string text() const {
    std::string all;
    for (const Segment& segment : segments) all += segment.text;
    return all;
  }
};

class Reader {
 public:
  explicit Reader(std::unique_ptr<Transcription> transcription) : transcription_(std::move(transcription)) {
    transcription_->on_ready([signal = signal_] {
      const std::lock_guard lock(signal->mutex);
      signal->ready = true;
      signal->changed.notify_all();
    });
  }

  Event next() {
    for (;;) {
      if (std::optional<Event> event = transcription_->poll()) return std::move(*event);
      std::unique_lock lock(signal_->mutex);
      signal_->changed.wait(lock, [this] { return signal_->ready; });
      signal_->ready = false;
    }
  }

  Transcribed rest() {
    Transcribed all;
    while (!all.finished && !all.error) {
      Event event = next();
      if (auto* segment = std::get_if<Segment>(&event)) all.segments.push_back(std::move(*segment));
      if (auto* progress = std::get_if<Progress>(&event)) all.progress.push_back(progress->seconds);
      if (auto* finished = std::get_if<Finished>(&event)) all.finished = std::move(*finished);
      if (auto* error = std::get_if<Error>(&event)) all.error = std::move(*error);
    }
    return all;
  }

 private:
  struct Signal {
    std::mutex mutex;
    std::condition_variable changed;
    bool ready = false;
  };
  std::shared_ptr<Signal> signal_ = std::make_shared<Signal>();
  std::unique_ptr<Transcription> transcription_;
};

inline std::unique_ptr<backend::Backend> one_thread(base::MemoryBudget& budget) {
  backend::CpuOptions options;
  options.threads = 1;
  return backend::make_cpu_backend(options, budget);
}

class TranscriberTest : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kBudget = std::uint64_t{1} << 30;

  void start(const TranscriberOptions& options = {}) {
    auto started = start_transcriber({.tokens = test_tokens(), .mel_filters = tone_filters()}, *model,
                                     options, budget, metrics, "test");
    ASSERT_TRUE(started) << started.error().text();
    transcriber = std::move(*started);
  }

  // Tones are no speech to a detector of it.
  static TranscriptionRequest request() {
    TranscriptionRequest asked;
    asked.vad.enabled = false;
    return asked;
  }

  Reader submit(const TranscriptionRequest& asked, std::vector<float> samples, TestSource::Plan plan = {}) {
    auto submitted = transcriber->submit(asked, std::make_unique<TestSource>(std::move(samples), plan));
    EXPECT_TRUE(submitted) << submitted.error().text();
    return Reader(std::move(*submitted));
  }

  Transcribed transcribe(const TranscriptionRequest& asked, std::vector<float> samples) {
    return submit(asked, std::move(samples)).rest();
  }

  std::string metric(const std::string& name) {
    const std::string text = metrics.render();
    const std::size_t at = text.find("\n" + name + "{");
    if (at == std::string::npos) return "";
    const std::size_t space = text.find(' ', at);
    return text.substr(space + 1, text.find('\n', space) - space - 1);
  }

  base::MemoryBudget budget{kBudget};
  base::Metrics metrics;
  std::unique_ptr<backend::Backend> backend = one_thread(budget);
  std::unique_ptr<HearingModel> model = std::make_unique<HearingModel>(*backend);
  std::unique_ptr<Transcriber> transcriber;
};

}  // namespace peregrine::speech::testing
