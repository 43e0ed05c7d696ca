// The transcriber's thread. A round encodes some of the windows that wait, then runs one step of the decoder
// for all recordings: languages to detect, prompts, next tokens; then the alignments of windows that are
// done.
//
// Who waits longest goes first, everywhere; next tokens have a row in every step. A recording that has ended
// has given its slots back, and its feed has ended, before its reader is told.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "base/aligned_buffer.h"
#include "speech/run/mailbox.h"
#include "speech/run/recording.h"
#include "speech/run/step.h"

namespace peregrine::speech {

struct LoopLimits {
  std::uint32_t encode_batch = 1;
  std::uint32_t prompt_rows = 1;  // of one step, for all prompts together
};

class Loop {
 public:
  // `mels` has room for encode_batch spectrograms. All outlive the loop; `shared` belongs to its thread while
  // run() runs.
  Loop(const LoopLimits& limits, Shared& shared, DecoderStep& step, std::span<float> mels,
       const std::shared_ptr<Mailbox>& mailbox);

  // Until the mailbox is stopped; then every recording has ended and every reader has been told.
  void run();

 private:
  void accept(std::deque<Order>& arrived);
  void attend();
  void admit();
  void end_all();

  // False when there was nothing to do, which only mail can change.
  bool round();
  bool encode();
  void grant_slots();
  bool decode();
  bool align();
  void sweep();
  // Those in `stage`, longest waiting first.
  std::vector<Recording*> in_stage(Recording::Stage stage) const;

  const LoopLimits limits_;
  Shared& shared_;
  DecoderStep& step_;
  const std::span<float> mels_;
  const std::shared_ptr<Mailbox> mailbox_;
  std::deque<Order> waiting_;
  std::vector<std::unique_ptr<Recording>> running_;  // in order of arrival
  std::uint64_t now_ = 0;                            // counts stages
};

}  // namespace peregrine::speech
