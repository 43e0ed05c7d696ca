// A model for tests that shows what a real one hides.
//
// Its KV store holds token ids, and its logits are a hash of all tokens that a row can see through its block
// table: a block that is shared, evicted or written wrongly changes the completion. It records every step and
// can be held before one, so that tests arrange what a step finds without waiting for time to pass.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "model/lora/adapter.h"
#include "model/model.h"

namespace peregrine::engine::testing {

using model::TokenId;

inline constexpr std::uint32_t kScriptedVocab = 97;
// A row that computes this token has logits that are not numbers.
inline constexpr TokenId kPoison = 96;

// What is computed with an adapter bears its mark, in the KV store too, and so gives other logits.
class ScriptedAdapter final : public model::Adapter {
 public:
  ScriptedAdapter(std::uint64_t model, std::int32_t mark) : Adapter(model), mark_(mark) {}
  std::uint64_t bytes() const override { return 0; }
  std::int32_t mark() const { return mark_; }

 private:
  std::int32_t mark_;
};
std::int32_t mark_of(const model::Adapter* adapter);  // 0 without one

// Logits after `tokens`: what the model must answer, computed without it.
std::vector<float> scripted_logits(const std::vector<TokenId>& tokens, std::int32_t mark = 0);

class TokenStore final : public backend::KvStore {
 public:
  TokenStore(const backend::KvLayout& layout, std::uint32_t n_blocks,
             base::MemoryBudget::Reservation reservation)
      : KvStore(layout, n_blocks),
        reservation_(std::move(reservation)),
        tokens_(std::size_t{n_blocks} * layout.block_tokens, -1) {}

  TokenId& at(std::span<const std::uint32_t> blocks, std::uint32_t index) {
    return tokens_[std::size_t{blocks[index / layout().block_tokens]} * layout().block_tokens +
                   index % layout().block_tokens];
  }

 private:
  base::MemoryBudget::Reservation reservation_;
  std::vector<TokenId> tokens_;
};

// Only the KV store is of use here.
class TokenBackend final : public backend::Backend {
 public:
  explicit TokenBackend(base::MemoryBudget& budget) : budget_(budget) {}
  std::string_view name() const override { return "tokens"; }
  Result<std::unique_ptr<backend::KvStore>> allocate_kv(const backend::KvLayout& layout,
                                                        std::uint32_t n_blocks) override;

  Result<std::unique_ptr<backend::Matrix>> load_matrix(const backend::WeightSource&) override {
    return none();
  }
  Status read_weights(const backend::WeightReading&) override { return {}; }
  Result<std::unique_ptr<backend::Buffer>> load_vector(const backend::WeightSource&) override {
    return none();
  }
  Result<std::unique_ptr<backend::LowRank>> load_low_rank(const backend::LowRankSource&) override {
    return none();
  }
  Result<std::unique_ptr<backend::Buffer>> allocate(std::uint32_t, std::uint32_t) override { return none(); }
  Result<std::shared_ptr<const backend::Rope>> make_rope(const backend::RopeSpec&) override { return none(); }
  Status reserve(const backend::ScratchNeeds&) override { return none(); }
  void embed(const backend::Matrix&, std::span<const TokenId>, backend::Tensor) override {}
  void matmul(backend::Tensor, std::span<const backend::Product>) override {}
  void add_low_rank(backend::Tensor, std::span<const backend::Correction>) override {}
  void add_bias(const backend::Buffer&, backend::Tensor) override {}
  void add(backend::Tensor, backend::Tensor) override {}
  void rms_norm(backend::Tensor, const backend::Buffer&, float, backend::Tensor) override {}
  Result<std::unique_ptr<backend::Routes>> allocate_routes(std::uint32_t, std::uint32_t,
                                                           std::uint32_t) override {
    return none();
  }
  void rms_norm_heads(backend::Tensor, std::uint32_t, const backend::Buffer*, float) override {}
  void layer_norm(backend::Tensor, const backend::Buffer&, const backend::Buffer*, float,
                  backend::Tensor) override {}
  void gate_mul(backend::Gate, backend::Tensor, backend::Tensor) override {}
  void gelu(backend::Tensor) override {}
  void softcap(backend::Tensor, float) override {}
  void scale(backend::Tensor, float) override {}
  void scale_rows(backend::Tensor, std::span<const float>) override {}
  void copy_heads(backend::Tensor, std::uint32_t, backend::Tensor, std::uint32_t, std::uint32_t,
                  std::uint32_t) override {}
  void head_matmul(const backend::Matrix&, std::uint32_t, backend::Tensor, backend::Tensor) override {}
  void route(const backend::RouterSpec&, backend::Tensor, backend::Routes&) override {}
  void dispatch(const backend::Routes&, backend::Tensor, bool, backend::Tensor) override {}
  void expert_matmul(const backend::Routes&, backend::Tensor, std::span<const backend::Product>) override {}
  void expert_add_bias(const backend::Buffer&, const backend::Routes&, backend::Tensor) override {}
  void combine(const backend::Routes&, backend::Tensor, bool, backend::Tensor) override {}
  void rotations(const backend::Rope&, std::span<const std::int32_t>, backend::Tensor) override {}
  void rope(const backend::Rope&, backend::Tensor, std::uint32_t, backend::Tensor) override {}
  void store_kv(backend::KvStore&, std::uint32_t, std::span<const backend::SequenceSlice>, backend::Tensor,
                backend::Tensor) override {}
  void attention(const backend::KvStore&, std::span<const backend::SequenceSlice>,
                 const backend::AttentionArgs&) override {}
  void attention_weights(const backend::KvStore&, std::span<const backend::SequenceSlice>,
                         const backend::AttentionArgs&, std::uint32_t, backend::Tensor) override {}
  void copy_kv(backend::KvStore&, std::uint32_t, std::uint32_t, std::uint32_t) override {}
  void unfold(backend::Tensor, bool, std::uint32_t, backend::Tensor) override {}
  void gather_rows(backend::Tensor, std::span<const std::uint32_t>, backend::Tensor) override {}
  void write(std::span<const float>, backend::Tensor) override {}
  void read(backend::Tensor, std::span<float>) override {}

 private:
  static tl::unexpected<Error> none() { return fail(ErrorCode::kUnsupported, "not this backend"); }
  base::MemoryBudget& budget_;
};

// What one step computed of one sequence.
struct RecordedSlice {
  TokenId first_token = 0;  // of the sequence: tests tell sequences apart by it
  std::uint32_t start = 0;
  std::uint32_t n_rows = 0;
  std::int32_t mark = 0;  // of its adapter
};
struct RecordedStep {
  std::vector<RecordedSlice> slices;
  std::size_t n_outputs = 0;
};

class ScriptedModel final : public model::Model {
 public:
  // With `views`, one more KV group each: what a row sees there is compared with what the first group holds.
  ScriptedModel(backend::Backend& backend, std::uint32_t context_length,
                std::vector<backend::View> views = {});

  const model::ModelInfo& info() const override { return info_; }
  Result<std::unique_ptr<model::Workspace>> make_workspace(std::uint32_t, std::uint32_t,
                                                           std::uint32_t) const override;
  void forward(const model::Batch& batch, model::KvStores kv, model::Workspace& workspace,
               std::span<float> logits) const override;
  backend::Backend& backend() const override { return backend_; }

  std::shared_ptr<const model::Adapter> adapter(std::int32_t mark) const {
    return std::make_shared<const ScriptedAdapter>(identity(), mark);
  }

  // From now on steps wait for release(); returns when one does.
  void hold();
  void await_held();
  // Lets `n` steps go.
  void release(std::uint32_t n = std::numeric_limits<std::uint32_t>::max());
  std::vector<RecordedStep> steps() const;

 private:
  void wait_for_turn() const;
  static void check_sides(const model::Batch& batch, model::KvStores kv);

  backend::Backend& backend_;
  model::ModelInfo info_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::uint32_t turns_ = std::numeric_limits<std::uint32_t>::max();
  mutable bool held_ = false;
  mutable std::vector<RecordedStep> steps_;
};

}  // namespace peregrine::engine::testing
