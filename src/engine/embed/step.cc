#include "engine/embed/step.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "base/checked.h"
#include "engine/embed/pooling.h"

namespace peregrine::engine {
namespace {

constexpr std::uint32_t kBlockTokens = 16;

}  // namespace

Result<std::unique_ptr<EmbedStep>> EmbedStep::create(const model::Model& model, std::uint32_t step_tokens,
                                                     std::uint32_t max_context, base::MemoryBudget& budget) {
  std::unique_ptr<EmbedStep> step(new EmbedStep(model, step_tokens, max_context));
  const model::ModelInfo& info = model.info();
  const std::uint32_t max_rows = std::max(step_tokens, max_context);
  const bool all_rows = info.pooling == model::Pooling::kMean;
  const std::uint32_t max_outputs = all_rows ? max_rows : std::min(max_rows, kMaxStepInputs);
  const std::uint32_t n_blocks = base::ceil_div(max_rows, kBlockTokens) + kMaxStepInputs;
  PEREGRINE_ASSIGN(step->kv_, model::allocate_kv(model, kBlockTokens, tensor::DType::kF32, n_blocks));
  PEREGRINE_ASSIGN(step->workspace_, model.make_workspace(max_rows, max_outputs, max_context));
  const std::uint64_t bytes = std::uint64_t{max_outputs} * info.output_width() * sizeof(float);
  PEREGRINE_ASSIGN(step->reservation_,
                   budget.reserve(base::MemoryKind::kScratch, bytes, "the vectors of a step"));
  PEREGRINE_ASSIGN(step->values_, base::AlignedBuffer::allocate(bytes));
  step->blocks_.resize(n_blocks);
  std::iota(step->blocks_.begin(), step->blocks_.end(), 0U);
  step->tokens_.reserve(max_rows);
  step->segments_.reserve(max_rows);
  step->positions_.reserve(max_rows);
  step->slices_.reserve(kMaxStepInputs);
  step->output_rows_.reserve(max_outputs);
  step->outputs_.reserve(kMaxStepInputs);
  return step;
}

bool EmbedStep::fits(std::size_t n_tokens) const {
  if (rows() == 0) return true;
  return slices_.size() < kMaxStepInputs && rows() + n_tokens <= step_tokens_;
}

void EmbedStep::begin() {
  tokens_.clear();
  segments_.clear();
  positions_.clear();
  slices_.clear();
  output_rows_.clear();
  outputs_.clear();
  blocks_used_ = 0;
  done_ = false;
}

std::uint32_t EmbedStep::add(std::span<const model::TokenId> tokens, std::uint32_t second_text) {
  assert(!tokens.empty() && tokens.size() <= std::max(step_tokens_, max_context_) && fits(tokens.size()));
  if (done_) begin();
  const auto first_row = static_cast<std::uint32_t>(tokens_.size());
  const auto n = static_cast<std::uint32_t>(tokens.size());
  const std::uint32_t n_blocks = base::ceil_div(n, kBlockTokens);
  slices_.push_back({.first_row = first_row,
                     .n_rows = n,
                     .start = 0,
                     .blocks = std::span(blocks_).subspan(blocks_used_, n_blocks)});
  blocks_used_ += n_blocks;
  tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
  for (std::uint32_t i = 0; i < n; ++i) {
    positions_.push_back(static_cast<std::int32_t>(i));
    segments_.push_back(second_text != 0 && i >= second_text ? 1 : 0);
  }
  const std::size_t first_output = output_rows_.size();
  const std::size_t count = append_output_rows(model_.info().pooling, first_row, n, output_rows_);
  outputs_.push_back({first_output, count});
  return static_cast<std::uint32_t>(outputs_.size() - 1);
}

std::span<float> EmbedStep::output_values() {
  return {reinterpret_cast<float*>(values_.data()), output_rows_.size() * model_.info().output_width()};
}

void EmbedStep::run() {
  assert(!done_);
  // An encoder's layers share one KV group.
  const std::vector<std::span<const backend::SequenceSlice>> slices(kv_.size(), slices_);
  model_.forward({.tokens = tokens_,
                  .positions = positions_,
                  .slices = slices,
                  .output_rows = output_rows_,
                  .segments = segments_},
                 kv_, *workspace_, output_values());
  done_ = true;
}

bool EmbedStep::vector(std::uint32_t place, std::span<float> out) {
  const std::size_t width = model_.info().output_width();
  assert(done_ && out.size() == width);
  const Outputs& rows = outputs_[place];
  mean_of_rows(output_values().subspan(rows.first * width, rows.count * width), out);
  if (model_.info().output == model::OutputKind::kScore) return std::isfinite(out.front());
  return normalise(out);
}

}  // namespace peregrine::engine
