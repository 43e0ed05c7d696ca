// Rows of many sequences put together for one call of the decoder, and what comes out.
//
// All memory is taken at creation, in the budget.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/aligned_buffer.h"
#include "base/memory_budget.h"
#include "base/result.h"
#include "model/speech/speech_model.h"
#include "speech/align/dtw.h"

namespace peregrine::speech {

using model::TokenId;

class DecoderStep {
 public:
  // Bounds are those of the state's capacity. Errors: kResourceExhausted.
  static Result<DecoderStep> create(const model::SpeechModel& model, const model::SpeechCapacity& capacity,
                                    base::MemoryBudget& budget);

  void begin();
  std::uint32_t rows() const { return static_cast<std::uint32_t>(tokens_.size()); }
  // Appends a slice and returns its first row.
  std::uint32_t add(std::span<const TokenId> tokens, std::uint32_t start, std::uint32_t sequence,
                    std::uint32_t window);
  // The logits after `row` are wanted; rows in ascending order. Returns their place.
  std::uint32_t want(std::uint32_t row);
  void run(model::SpeechState& state);
  // After run(), until the next begin(); may be written to.
  std::span<float> logits(std::uint32_t place);

  // Room for rows of a step that is run for the alignment.
  std::uint32_t aligned_room() const { return capacity_.aligned_rows - rows(); }
  void run_aligned(model::SpeechState& state);
  AttentionView attention(std::uint32_t first_row, std::uint32_t rows, std::uint32_t frames) const;

 private:
  DecoderStep(const model::SpeechModel& model, const model::SpeechCapacity& capacity)
      : model_(&model), capacity_(capacity) {}
  model::TextStep step() const { return {tokens_, slices_, output_rows_}; }
  std::span<float> all_logits();

  const model::SpeechModel* model_;
  model::SpeechCapacity capacity_;
  base::MemoryBudget::Reservation reservation_;
  base::AlignedBuffer logits_;     // [output_rows, n_vocab]
  base::AlignedBuffer alignment_;  // [heads, rows, audio_positions]
  std::vector<TokenId> tokens_;
  std::vector<model::TextSlice> slices_;
  std::vector<std::uint32_t> output_rows_;
};

}  // namespace peregrine::speech
