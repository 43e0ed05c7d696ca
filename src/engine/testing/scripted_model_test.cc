// The scripted model itself; in a test's file, so that no library carries it.
#include <gtest/gtest.h>

#include "base/rng.h"
#include "engine/testing/scripted_model.h"

namespace peregrine::engine::testing {
namespace {

class NoWorkspace final : public model::Workspace {};

std::uint64_t extend_hash(std::uint64_t hash, TokenId token) {
  return (hash ^ (static_cast<std::uint64_t>(token) + 1)) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
}

// What the KV store holds of a token.
TokenId marked(TokenId token, std::int32_t mark) {
  constexpr std::int32_t kMarkStep = 1024;
  return token + kMarkStep * mark;
}

std::int32_t mark_at(const model::Batch& batch, std::size_t slice) {
  return batch.adapters.empty() ? 0 : mark_of(batch.adapters[slice]);
}

void write_logits(std::uint64_t hash, std::span<float> logits) {
  base::Rng rng(hash);
  for (float& logit : logits) logit = static_cast<float>(rng.uniform() * 8);
  // Never sampled by itself.
  logits[static_cast<std::size_t>(kPoison)] = -std::numeric_limits<float>::infinity();
}

}  // namespace

std::int32_t mark_of(const model::Adapter* adapter) {
  return adapter == nullptr ? 0 : dynamic_cast<const ScriptedAdapter&>(*adapter).mark();
}

std::vector<float> scripted_logits(const std::vector<TokenId>& tokens, std::int32_t mark) {
  std::uint64_t hash = 0;
  for (const TokenId token : tokens) hash = extend_hash(hash, marked(token, mark));
  std::vector<float> logits(kScriptedVocab);
  write_logits(hash, logits);
  return logits;
}

Result<std::unique_ptr<backend::KvStore>> TokenBackend::allocate_kv(const backend::KvLayout& layout,
                                                                    std::uint32_t n_blocks) {
  PEREGRINE_ASSIGN(auto reservation, budget_.reserve(base::MemoryKind::kKvCache,
                                                     layout.block_bytes() * n_blocks, "the KV cache"));
  return std::make_unique<TokenStore>(layout, n_blocks, std::move(reservation));
}

ScriptedModel::ScriptedModel(backend::Backend& backend, std::uint32_t context_length,
                             std::vector<backend::View> views)
    : backend_(backend) {
  info_.architecture = "scripted";
  info_.n_vocab = kScriptedVocab;
  info_.context_length = context_length;
  const model::KvGroup group{.n_layers = 1, .n_kv_heads = 1, .key_dim = 1, .value_dim = 1};
  info_.kv = {group};
  for (const backend::View& view : views) {
    info_.kv.push_back(group);
    info_.kv.back().view = view;
  }
}

Result<std::unique_ptr<model::Workspace>> ScriptedModel::make_workspace(std::uint32_t, std::uint32_t,
                                                                        std::uint32_t) const {
  return std::make_unique<NoWorkspace>();
}

// Writes the step's tokens to the side groups and compares all that a row sees there with the first group.
void ScriptedModel::check_sides(const model::Batch& batch, model::KvStores kv) {
  auto& first = dynamic_cast<TokenStore&>(*kv[0]);
  for (std::size_t g = 1; g < kv.size(); ++g) {
    auto& side = dynamic_cast<TokenStore&>(*kv[g]);
    for (std::size_t s = 0; s < batch.slices[g].size(); ++s) {
      const backend::SequenceSlice& slice = batch.slices[g][s];
      for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
        side.at(slice.blocks, slice.start + i) = marked(batch.tokens[slice.first_row + i], mark_at(batch, s));
      }
      for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
        const std::uint32_t index = slice.start + i;
        for (std::uint32_t j = side.layout().view.first_visible(index); j <= index; ++j) {
          ASSERT_NE(slice.blocks[j / side.layout().block_tokens], backend::kNoKvBlock);
          ASSERT_EQ(side.at(slice.blocks, j), first.at(batch.slices[0][s].blocks, j))
              << "row " << index << " sees " << j;
        }
      }
    }
  }
}

void ScriptedModel::forward(const model::Batch& batch, model::KvStores kv, model::Workspace&,
                            std::span<float> logits) const {
  wait_for_turn();
  auto& store = dynamic_cast<TokenStore&>(*kv[0]);
  RecordedStep step;
  step.n_outputs = batch.output_rows.size();
  std::size_t output = 0;
  EXPECT_TRUE(batch.adapters.empty() || batch.adapters.size() == batch.slices[0].size());
  for (std::size_t s = 0; s < batch.slices[0].size(); ++s) {
    const backend::SequenceSlice& slice = batch.slices[0][s];
    const std::int32_t mark = mark_at(batch, s);
    for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
      const std::uint32_t row = slice.first_row + i;
      EXPECT_EQ(batch.positions[row], static_cast<std::int32_t>(slice.start + i));
      store.at(slice.blocks, slice.start + i) = marked(batch.tokens[row], mark);
      if (output == batch.output_rows.size() || batch.output_rows[output] != row) continue;
      std::uint64_t hash = 0;
      for (std::uint32_t j = 0; j <= slice.start + i; ++j)
        hash = extend_hash(hash, store.at(slice.blocks, j));
      const auto out = logits.subspan(output++ * kScriptedVocab, kScriptedVocab);
      write_logits(hash, out);
      if (batch.tokens[row] == kPoison) out[7] = std::numeric_limits<float>::quiet_NaN();
    }
    step.slices.push_back({store.at(slice.blocks, 0) - marked(0, mark), slice.start, slice.n_rows, mark});
  }
  check_sides(batch, kv);
  EXPECT_EQ(output, batch.output_rows.size());
  EXPECT_EQ(logits.size(), output * kScriptedVocab);
  const std::lock_guard lock(mutex_);
  steps_.push_back(std::move(step));
}

void ScriptedModel::wait_for_turn() const {
  std::unique_lock lock(mutex_);
  held_ = turns_ == 0;
  if (held_) changed_.notify_all();
  changed_.wait(lock, [this] { return turns_ > 0; });
  held_ = false;
  if (turns_ != std::numeric_limits<std::uint32_t>::max()) --turns_;
}

void ScriptedModel::hold() {
  const std::lock_guard lock(mutex_);
  turns_ = 0;
}

void ScriptedModel::await_held() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return held_; });
}

void ScriptedModel::release(std::uint32_t n) {
  const std::lock_guard lock(mutex_);
  turns_ = n;
  held_ = held_ && n == 0;
  changed_.notify_all();
}

std::vector<RecordedStep> ScriptedModel::steps() const {
  const std::lock_guard lock(mutex_);
  return steps_;
}

TEST(ScriptedModel, SeesTokensThroughItsBlocks) {
  base::MemoryBudget budget(1U << 20);
  TokenBackend backend(budget);
  const ScriptedModel model(backend, 64);
  const auto kv = model::allocate_kv(model, 16, tensor::DType::kF16, 4);
  ASSERT_TRUE(kv.has_value());
  NoWorkspace workspace;
  std::vector<TokenId> tokens(20);
  for (std::size_t i = 0; i < tokens.size(); ++i) tokens[i] = static_cast<TokenId>(i);
  const std::vector<std::uint32_t> blocks = {2, 0};
  std::vector<float> logits(kScriptedVocab);
  // In two steps: 17 tokens, then 3.
  for (const auto& [start, n] : {std::pair{0U, 17U}, std::pair{17U, 3U}}) {
    std::vector<std::int32_t> positions;
    for (std::uint32_t i = 0; i < n; ++i) positions.push_back(static_cast<std::int32_t>(start + i));
    const backend::SequenceSlice slice{.first_row = 0, .n_rows = n, .start = start, .blocks = blocks};
    const std::span<const backend::SequenceSlice> slices(&slice, 1);
    const std::uint32_t last = n - 1;
    model.forward({.tokens = std::span(tokens).subspan(start, n),
                   .positions = positions,
                   .slices = {&slices, 1},
                   .output_rows = {&last, 1}},
                  *kv, workspace, logits);
  }
  EXPECT_EQ(logits, scripted_logits(tokens));
}

}  // namespace peregrine::engine::testing
