// One recording in the loop: from sound to windows, from a window through attempts to segments.
//
// A stage at a time; the loop does what the stage needs, for all recordings together, and tells:
//
//   kSound -> kEncode -> kSlots -> kDetect? -> kPrompt -> kSearch -> kAlign? -> kSound ... -> kOver
//                           ^-------------------------------'  the next temperature
//
// It has a window's slot as long as it runs, and slots of sequences from kSlots to the end of the window, all
// or none, so that recordings never wait for each other's in a circle.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "model/speech/speech_model.h"
#include "speech/decode/search.h"
#include "speech/run/feed.h"
#include "speech/run/metrics.h"
#include "speech/run/step.h"
#include "speech/run/stream.h"
#include "speech/run/transcript.h"
#include "speech/transcriber.h"
#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech {

// What the recordings of a transcriber share. Slots are free ones.
struct Shared {
  const Vocabulary& vocabulary;
  const model::SpeechModel& model;
  SpeechMetrics& metrics;
  model::SpeechState& state;
  std::vector<std::uint32_t> sequence_slots;
  std::vector<std::uint32_t> window_slots;
};

// A recording that was accepted. The features are for its feed.
struct Order {
  TranscriptionRequest request;
  std::vector<TokenId> prompt;
  std::unique_ptr<sound::AudioSource> audio;
  sound::LogMel mel;
  std::shared_ptr<Stream> stream;
};

class Recording {
 public:
  enum class Stage : std::uint8_t { kSound, kEncode, kSlots, kDetect, kPrompt, kSearch, kAlign, kOver };

  // Takes a window's slot, one of which is free, and begins to read. `shared` outlives the recording.
  Recording(Shared& shared, Order order, const std::shared_ptr<Wakeup>& loop);
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
  ~Recording();

  Stage stage() const { return stage_; }
  // When the stage began, in the order of all stages: the oldest goes first.
  std::uint64_t since() const { return since_; }

  // Something happened at the reader's end.
  void attend();
  // Ends with `error`, which the reader is told.
  void fail(Error error);

  // kSound: takes the next window if it is there.
  void look_for_window(std::uint64_t now);
  // kEncode.
  std::span<const float> mel() const { return window_.mel; }
  std::uint32_t window_slot() const { return window_slot_; }
  void encoded(std::uint64_t now);
  // kSlots: false where there are too few.
  bool take_slots();
  // kDetect, kPrompt, kSearch: the recording's rows, of a prompt at most `prompt_room`; how many of a prompt
  // those were. Then what came out of them.
  std::uint32_t add_rows(DecoderStep& step, std::uint32_t prompt_room);
  void take_rows(DecoderStep& step, std::uint64_t now);
  // kAlign: false where the step has no room.
  bool add_aligned_rows(DecoderStep& step);
  void take_alignment(const DecoderStep& step);

 private:
  void enter(Stage stage, std::uint64_t now);
  float temperature() const { return ladder_[rung_]; }
  std::uint32_t width() const;
  void begin_attempt();
  void release_slots();

  void take_language(std::span<const float> logits);
  void take_prompt(DecoderStep& step);
  void continue_search(Search::Rows rows);
  void move_slots(std::span<const std::uint32_t> parents, std::span<const std::size_t> lengths);
  void conclude(std::uint64_t now);
  void finish_window(std::span<const std::vector<TimedWord>> words);
  void next_window(std::uint32_t advance);
  void over();

  Shared& shared_;
  const TranscriptionRequest request_;
  Transcript transcript_;
  const std::vector<float> ladder_;
  Outbox outbox_;
  const std::uint32_t window_slot_;
  std::optional<Feed> feed_;
  Stage stage_ = Stage::kSound;
  std::uint64_t since_ = 0;
  std::uint64_t reported_ = 0;  // samples of the recording

  // Of the window.
  SoundWindow window_;
  std::size_t rung_ = 0;
  DecodedWindow decoded_;
  std::vector<std::uint32_t> slots_;  // the first live().size() are those of the hypotheses that go on
  // Of the attempt.
  std::vector<TokenId> prefix_;
  std::uint32_t computed_ = 0;  // tokens of the prefix
  std::unique_ptr<Search> search_;
  float no_speech_prob_ = 0;
  std::vector<std::uint32_t> parents_;
  // Of the current step.
  std::uint32_t first_row_ = 0;
  std::uint32_t n_rows_ = 0;
  std::uint32_t first_output_ = 0;
  std::optional<std::uint32_t> no_speech_output_;
  std::optional<std::uint32_t> prompt_output_;
  std::vector<SpokenPiece> pieces_;
};

}  // namespace peregrine::speech
