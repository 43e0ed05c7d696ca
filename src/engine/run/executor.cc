#include "engine/run/executor.h"

#include <cassert>

namespace peregrine::engine {

Result<std::unique_ptr<Executor>> Executor::create(const model::Model& model,
                                                   const std::vector<backend::KvLayout>& layouts,
                                                   const Capacity& capacity, std::uint32_t max_rows,
                                                   std::uint32_t max_outputs, base::MemoryBudget& budget) {
  std::unique_ptr<Executor> executor(new Executor(model));
  for (std::size_t g = 0; g < layouts.size(); ++g) {
    PEREGRINE_ASSIGN(auto store, model.backend().allocate_kv(layouts[g], capacity.n_blocks[g]));
    executor->kv_.push_back(std::move(store));
    executor->slices_.emplace_back().reserve(max_outputs);
  }
  PEREGRINE_ASSIGN(executor->workspace_, model.make_workspace(max_rows, max_outputs, capacity.max_context));
  const std::uint64_t logits_bytes = std::uint64_t{max_outputs} * executor->n_vocab_ * sizeof(float);
  PEREGRINE_ASSIGN(executor->logits_reservation_,
                   budget.reserve(base::MemoryKind::kScratch, logits_bytes, "the logits of a step"));
  PEREGRINE_ASSIGN(executor->logits_, base::AlignedBuffer::allocate(logits_bytes));
  executor->tokens_.reserve(max_rows);
  executor->positions_.reserve(max_rows);
  executor->adapters_.reserve(max_outputs);
  executor->output_rows_.reserve(max_outputs);
  return executor;
}

std::uint32_t Executor::add(std::span<const TokenId> tokens, std::uint32_t start, const BlockTable& table,
                            std::uint32_t n_outputs, const model::Adapter* adapter) {
  if (done_) {
    tokens_.clear();
    positions_.clear();
    for (auto& slices : slices_) slices.clear();
    adapters_.clear();
    output_rows_.clear();
    done_ = false;
  }
  const auto n_rows = static_cast<std::uint32_t>(tokens.size());
  assert(std::size_t{start} + n_rows <= std::size_t{table.size()} * kv_.front()->layout().block_tokens);
  for (std::size_t g = 0; g < slices_.size(); ++g) {
    const auto blocks = g == 0 ? table.blocks() : table.side_blocks(g - 1);
    slices_[g].push_back({.first_row = rows(), .n_rows = n_rows, .start = start, .blocks = blocks});
  }
  adapters_.push_back(adapter);
  tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
  for (std::uint32_t i = 0; i < n_rows; ++i) positions_.push_back(static_cast<std::int32_t>(start + i));
  const auto place = static_cast<std::uint32_t>(output_rows_.size());
  for (std::uint32_t i = n_outputs; i > 0; --i) output_rows_.push_back(rows() - i);
  return place;
}

void Executor::run() {
  assert(!done_ && output_rows_.size() * n_vocab_ * sizeof(float) <= logits_.size());
  const std::span<float> outputs(logits(0).data(), output_rows_.size() * n_vocab_);
  slice_views_.assign(slices_.begin(), slices_.end());
  model_.forward({.tokens = tokens_,
                  .positions = positions_,
                  .slices = slice_views_,
                  .output_rows = output_rows_,
                  .adapters = adapters_},
                 kv_, *workspace_, outputs);
  done_ = true;
}

std::span<float> Executor::logits(std::uint32_t place) {
  return {reinterpret_cast<float*>(logits_.data()) + std::size_t{place} * n_vocab_, n_vocab_};
}

}  // namespace peregrine::engine
