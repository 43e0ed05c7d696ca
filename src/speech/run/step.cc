#include "speech/run/step.h"

#include <cassert>

namespace peregrine::speech {

Result<DecoderStep> DecoderStep::create(const model::SpeechModel& model,
                                        const model::SpeechCapacity& capacity, base::MemoryBudget& budget) {
  DecoderStep step(model, capacity);
  const model::SpeechModelInfo& info = model.info();
  const std::uint64_t logits = std::uint64_t{capacity.output_rows} * info.n_vocab * sizeof(float);
  const std::uint64_t alignment = std::uint64_t{capacity.aligned_rows} * info.alignment_heads.size() *
                                  info.audio_positions * sizeof(float);
  PEREGRINE_ASSIGN(step.reservation_, budget.reserve(base::MemoryKind::kScratch, logits + alignment,
                                                     "what a step of the transcriber gives"));
  PEREGRINE_ASSIGN(step.logits_, base::AlignedBuffer::allocate(logits));
  PEREGRINE_ASSIGN(step.alignment_, base::AlignedBuffer::allocate(alignment));
  step.tokens_.reserve(capacity.rows);
  step.slices_.reserve(capacity.sequences);
  step.output_rows_.reserve(capacity.output_rows);
  return step;
}

void DecoderStep::begin() {
  tokens_.clear();
  slices_.clear();
  output_rows_.clear();
}

std::uint32_t DecoderStep::add(std::span<const TokenId> tokens, std::uint32_t start, std::uint32_t sequence,
                               std::uint32_t window) {
  const std::uint32_t first = rows();
  assert(!tokens.empty() && first + tokens.size() <= capacity_.rows);
  slices_.push_back({.first_row = first,
                     .n_rows = static_cast<std::uint32_t>(tokens.size()),
                     .start = start,
                     .sequence = sequence,
                     .window = window});
  tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
  return first;
}

std::uint32_t DecoderStep::want(std::uint32_t row) {
  assert(output_rows_.size() < capacity_.output_rows && (output_rows_.empty() || output_rows_.back() < row));
  output_rows_.push_back(row);
  return static_cast<std::uint32_t>(output_rows_.size() - 1);
}

std::span<float> DecoderStep::all_logits() {
  return {reinterpret_cast<float*>(logits_.data()), output_rows_.size() * model_->info().n_vocab};
}

void DecoderStep::run(model::SpeechState& state) {
  model_->decode(step(), state, all_logits());
}

std::span<float> DecoderStep::logits(std::uint32_t place) {
  const std::size_t n_vocab = model_->info().n_vocab;
  return all_logits().subspan(place * n_vocab, n_vocab);
}

void DecoderStep::run_aligned(model::SpeechState& state) {
  const model::SpeechModelInfo& info = model_->info();
  const std::size_t values = std::size_t{rows()} * info.alignment_heads.size() * info.audio_positions;
  model_->decode(step(), state, all_logits(), {reinterpret_cast<float*>(alignment_.data()), values});
}

AttentionView DecoderStep::attention(std::uint32_t first_row, std::uint32_t n_rows,
                                     std::uint32_t frames) const {
  const model::SpeechModelInfo& info = model_->info();
  const auto heads = static_cast<std::uint32_t>(info.alignment_heads.size());
  const std::size_t values = std::size_t{rows()} * heads * info.audio_positions;
  return {.values = {reinterpret_cast<const float*>(alignment_.data()), values},
          .heads = heads,
          .all_rows = rows(),
          .stride = info.audio_positions,
          .first_row = first_row,
          .rows = n_rows,
          .frames = frames};
}

}  // namespace peregrine::speech
