// An encoder for tests whose vectors are arithmetic on tokens, positions and segments, and which can be held
// before a step, so that tests arrange what it finds without waiting for time to pass.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>
#include <vector>

#include "engine/testing/scripted_model.h"

namespace peregrine::engine::testing {

inline constexpr std::uint32_t kEncoderWidth = 3;

class ScriptedEncoder final : public model::Model {
 public:
  ScriptedEncoder(backend::Backend& backend, std::uint32_t context_length, model::OutputKind output,
                  model::Pooling pooling)
      : backend_(backend) {
    info_.architecture = "scripted";
    info_.n_vocab = kScriptedVocab;
    info_.context_length = context_length;
    info_.embedding_length = kEncoderWidth;
    info_.output = output;
    info_.pooling = pooling;
    info_.kv = {{.n_layers = 1, .n_kv_heads = 1, .key_dim = 1, .value_dim = 1}};
  }

  // What the model answers for the token at `index` of a sequence: not for kPoison, which is not a number.
  static float value_of(const std::vector<TokenId>& sequence, std::uint32_t index, TokenId segment,
                        std::uint32_t column) {
    const TokenId token = sequence[index];
    if (token == kPoison) return std::numeric_limits<float>::quiet_NaN();
    return static_cast<float>(token) + 0.5F * static_cast<float>(index) +
           10.0F * static_cast<float>(sequence.size()) + 100.0F * static_cast<float>(segment) +
           static_cast<float>(column * column);
  }

  const model::ModelInfo& info() const override { return info_; }
  backend::Backend& backend() const override { return backend_; }
  Result<std::unique_ptr<model::Workspace>> make_workspace(std::uint32_t max_rows, std::uint32_t,
                                                           std::uint32_t) const override {
    if (max_rows > max_workspace_rows) return fail(ErrorCode::kResourceExhausted, "no room for the step");
    return std::make_unique<model::Workspace>();
  }

  void forward(const model::Batch& batch, model::KvStores, model::Workspace&,
               std::span<float> outputs) const override {
    record_and_wait(batch);
    const std::uint32_t width = info_.output_width();
    std::size_t at = 0;
    for (const backend::SequenceSlice& slice : batch.slices[0]) {
      const auto rows = batch.tokens.subspan(slice.first_row, slice.n_rows);
      const std::vector<TokenId> sequence(rows.begin(), rows.end());
      for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
        if (!std::ranges::binary_search(batch.output_rows, slice.first_row + i)) continue;
        for (std::uint32_t column = 0; column < width; ++column) {
          outputs[at++] = value_of(sequence, i, batch.segments[slice.first_row + i], column);
        }
      }
    }
  }

  // From now on steps wait for release(); await_held() returns when one does.
  void hold() {
    const std::lock_guard lock(mutex_);
    turns_ = 0;
  }
  void await_held() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return held_; });
  }
  void release() {
    const std::lock_guard lock(mutex_);
    turns_ = std::numeric_limits<std::uint32_t>::max();
    changed_.notify_all();
  }
  // By step: the first token of every sequence in it.
  std::vector<std::vector<TokenId>> steps() const {
    const std::lock_guard lock(mutex_);
    return steps_;
  }

  std::uint32_t max_workspace_rows = std::numeric_limits<std::uint32_t>::max();

 private:
  void record_and_wait(const model::Batch& batch) const {
    std::unique_lock lock(mutex_);
    std::vector<TokenId>& step = steps_.emplace_back();
    for (const backend::SequenceSlice& slice : batch.slices[0]) {
      step.push_back(batch.tokens[slice.first_row]);
    }
    held_ = turns_ == 0;
    changed_.notify_all();
    changed_.wait(lock, [this] { return turns_ > 0; });
    held_ = false;
  }

  backend::Backend& backend_;
  model::ModelInfo info_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::uint32_t turns_ = std::numeric_limits<std::uint32_t>::max();
  mutable bool held_ = false;
  mutable std::vector<std::vector<TokenId>> steps_;
};

}  // namespace peregrine::engine::testing
