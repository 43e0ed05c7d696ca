// Runs the rows of one step on the model.
//
// Owns what a step writes to: KV store, workspace, logits. All memory is taken at creation, in the budget.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/aligned_buffer.h"
#include "base/memory_budget.h"
#include "engine/kv/block_table.h"
#include "engine/run/capacity.h"
#include "model/model.h"

namespace peregrine::engine {

class Executor {
 public:
  // Steps of at most `max_rows` rows, `max_outputs` of them with logits.
  // Errors: kResourceExhausted, and what the backend says of the layout.
  static Result<std::unique_ptr<Executor>> create(const model::Model& model,
                                                  const std::vector<backend::KvLayout>& layouts,
                                                  const Capacity& capacity, std::uint32_t max_rows,
                                                  std::uint32_t max_outputs, base::MemoryBudget& budget);

  // Adds the sequence's tokens [start, start + tokens.size()) to the step, computed with `adapter` if it is
  // not null. `table` and `adapter` must stay as they are until run(). The logits after each of the last
  // `n_outputs` tokens will be computed; returns the place of the first, the others follow it.
  std::uint32_t add(std::span<const TokenId> tokens, std::uint32_t start, const BlockTable& table,
                    std::uint32_t n_outputs, const model::Adapter* adapter = nullptr);

  // Computes the step; the next add() begins another.
  void run();

  // After run(): logits of the output at `place`, n_vocab of them. The caller may write to them.
  std::span<float> logits(std::uint32_t place);
  std::uint32_t n_vocab() const { return n_vocab_; }
  std::uint32_t max_outputs() const {
    return static_cast<std::uint32_t>(logits_.size() / sizeof(float) / n_vocab_);
  }
  std::uint32_t rows() const { return static_cast<std::uint32_t>(tokens_.size()); }

 private:
  explicit Executor(const model::Model& model) : model_(model), n_vocab_(model.info().n_vocab) {}

  const model::Model& model_;
  const std::uint32_t n_vocab_;
  std::vector<std::unique_ptr<backend::KvStore>> kv_;  // by KV group
  std::unique_ptr<model::Workspace> workspace_;
  base::MemoryBudget::Reservation logits_reservation_;
  base::AlignedBuffer logits_;
  bool done_ = true;  // what stands in the vectors below has been run
  std::vector<TokenId> tokens_;
  std::vector<std::int32_t> positions_;
  std::vector<std::vector<backend::SequenceSlice>> slices_;  // by KV group
  std::vector<std::span<const backend::SequenceSlice>> slice_views_;
  std::vector<const model::Adapter*> adapters_;  // by slice
  std::vector<std::uint32_t> output_rows_;
};

}  // namespace peregrine::engine
