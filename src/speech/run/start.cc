#include "speech/run/start.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

#include "speech/run/loop.h"
#include "speech/run/mailbox.h"
#include "speech/run/metrics.h"
#include "speech/run/request_check.h"

namespace peregrine::speech {
namespace {

// Windows encoded by one call. The encoder is busy with one already; two share what is read of the weights,
// and more would keep the decoder waiting.
constexpr std::uint32_t kEncodeBatch = 2;
// Rows of a step that prompts may take: one prompt of the longest kind, so that nobody's next token waits
// long.
constexpr std::uint32_t kPromptRows = 256;
// Of an alignment, beside the text: what stands before and after it.
constexpr std::uint32_t kAlignmentFrame = 8;

model::SpeechCapacity capacity_for(const TranscriberOptions& options, const model::SpeechModelInfo& info) {
  const std::uint32_t aligned = info.text_context / 2 + kAlignmentFrame;
  return {.windows = options.max_running,
          .sequences = options.max_sequences,
          .encode_batch = std::min(kEncodeBatch, options.max_running),
          .rows = std::max(options.max_sequences + kPromptRows, aligned),
          // Of each sequence the next token's, and in a prompt the one where speech is asked for.
          .output_rows = 2 * options.max_sequences,
          .aligned_rows = aligned};
}

std::vector<std::uint32_t> all_slots(std::uint32_t n) {
  std::vector<std::uint32_t> slots(n);
  std::iota(slots.rbegin(), slots.rend(), 0U);  // the lowest is taken first
  return slots;
}

// Memory of feeds and of the encoder's input, beside what state and step take.
struct Scratch {
  static Result<Scratch> create(const TranscriberOptions& options, const model::SpeechModelInfo& info,
                                const model::SpeechCapacity& capacity, base::MemoryBudget& budget) {
    Scratch scratch;
    const std::uint64_t mels =
        std::uint64_t{capacity.encode_batch} * info.n_mels * info.mel_frames * sizeof(float);
    const std::uint64_t feeds = options.max_running * Feed::bytes(info.n_mels, info.mel_frames);
    PEREGRINE_ASSIGN(scratch.reservation, budget.reserve(base::MemoryKind::kScratch, mels + feeds,
                                                         "the sound of recordings that run"));
    PEREGRINE_ASSIGN(scratch.mels, base::AlignedBuffer::allocate(mels));
    return scratch;
  }
  base::MemoryBudget::Reservation reservation;
  base::AlignedBuffer mels;
};

// All that the loop works with.
struct Workplace {
  Vocabulary vocabulary;
  std::unique_ptr<model::SpeechState> state;
  DecoderStep step;
  Scratch scratch;
};

class ThreadTranscriber final : public Transcriber {
 public:
  ThreadTranscriber(Workplace place, std::vector<float> mel_filters, const model::SpeechModel& model,
                    const TranscriberOptions& options, const model::SpeechCapacity& capacity,
                    base::Metrics& metrics, const std::string& label)
      : place_(std::move(place)),
        mel_filters_(std::move(mel_filters)),
        n_mels_(model.info().n_mels),
        max_sequences_(options.max_sequences),
        metrics_(metrics, label),
        mailbox_(std::make_shared<Mailbox>(options.max_queued)),
        shared_{.vocabulary = place_.vocabulary,
                .model = model,
                .metrics = metrics_,
                .state = *place_.state,
                .sequence_slots = all_slots(capacity.sequences),
                .window_slots = all_slots(capacity.windows)},
        loop_({.encode_batch = capacity.encode_batch, .prompt_rows = kPromptRows}, shared_, place_.step,
              {reinterpret_cast<float*>(place_.scratch.mels.data()),
               place_.scratch.mels.size() / sizeof(float)},
              mailbox_),
        thread_([this] { loop_.run(); }),
        refresher_(
            metrics.on_collect([this] { metrics_.queued.Set(static_cast<double>(mailbox_->queued())); })) {}
  ThreadTranscriber(const ThreadTranscriber&) = delete;
  ThreadTranscriber& operator=(const ThreadTranscriber&) = delete;
  ~ThreadTranscriber() override {
    stop_and_join();
    refresher_ = {};
    metrics_.queued.Set(0);
  }

  Result<std::unique_ptr<Transcription>> submit(TranscriptionRequest request,
                                                std::unique_ptr<sound::AudioSource> audio) override;
  bool multilingual() const override { return place_.vocabulary.multilingual(); }
  void stop() override { stop_and_join(); }

 private:
  void stop_and_join() {
    mailbox_->stop();
    const std::lock_guard lock(joining_);
    if (thread_.joinable()) thread_.join();
  }

  Workplace place_;
  const std::vector<float> mel_filters_;
  const std::uint32_t n_mels_;
  const std::uint32_t max_sequences_;
  SpeechMetrics metrics_;
  const std::shared_ptr<Mailbox> mailbox_;
  Shared shared_;
  Loop loop_;
  std::mutex joining_;
  std::thread thread_;
  base::Metrics::Refresher refresher_;
};

Result<std::unique_ptr<Transcription>> ThreadTranscriber::submit(TranscriptionRequest request,
                                                                 std::unique_ptr<sound::AudioSource> audio) {
  PEREGRINE_TRY(check_request(request, place_.vocabulary, max_sequences_));
  if (audio == nullptr) return base::fail(ErrorCode::kInvalidArgument, "there is no sound", "audio");
  PEREGRINE_ASSIGN(std::vector<TokenId> prompt, encode_prompt(request.prompt, place_.vocabulary));
  PEREGRINE_ASSIGN(sound::LogMel mel, sound::LogMel::create(n_mels_, mel_filters_));
  auto stream = std::make_shared<Stream>();
  PEREGRINE_TRY(
      mailbox_->post({std::move(request), std::move(prompt), std::move(audio), std::move(mel), stream}));
  return std::make_unique<TranscriptionHandle>(std::move(stream), mailbox_);
}

}  // namespace

Result<std::unique_ptr<Transcriber>> start_transcriber(TranscriberParts parts,
                                                       const model::SpeechModel& model,
                                                       const TranscriberOptions& options,
                                                       base::MemoryBudget& budget, base::Metrics& metrics,
                                                       const std::string& label) {
  const model::SpeechModelInfo& info = model.info();
  PEREGRINE_TRY(check_options(options));
  PEREGRINE_TRY(check_model(info));
  PEREGRINE_ASSIGN(Vocabulary vocabulary,
                   Vocabulary::create(parts.tokens, info.n_vocab, info.audio_positions));
  // Refuses filters of another shape now, not with the first recording.
  PEREGRINE_TRY(sound::LogMel::create(info.n_mels, parts.mel_filters));
  const model::SpeechCapacity capacity = capacity_for(options, info);
  PEREGRINE_ASSIGN(Scratch scratch, Scratch::create(options, info, capacity, budget));
  PEREGRINE_ASSIGN(DecoderStep step, DecoderStep::create(model, capacity, budget));
  PEREGRINE_ASSIGN(std::unique_ptr<model::SpeechState> state, model.make_state(capacity));
  Workplace place{std::move(vocabulary), std::move(state), std::move(step), std::move(scratch)};
  return std::make_unique<ThreadTranscriber>(std::move(place), std::move(parts.mel_filters), model, options,
                                             capacity, metrics, label);
}

}  // namespace peregrine::speech
