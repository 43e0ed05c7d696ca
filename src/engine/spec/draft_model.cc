#include "engine/spec/draft_model.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "base/checked.h"
#include "engine/sample/row_passes.h"

namespace peregrine::engine {
namespace {

// Rows of a prompt that one guess may read: what a step waits for at most.
constexpr std::uint32_t kRowsPerGuess = 256;

}  // namespace

Result<std::unique_ptr<DraftModel>> DraftModel::create(const model::Model& model,
                                                       const EngineOptions& options, std::uint32_t n_vocab,
                                                       std::uint32_t max_context,
                                                       base::MemoryBudget& budget) {
  const model::ModelInfo& info = model.info();
  if (info.output != model::OutputKind::kLogits || info.n_vocab == 0) {
    return fail(ErrorCode::kUnsupported, "a model for embeddings cannot draft text");
  }
  const std::vector<backend::KvLayout> layouts = kv_layouts(info, options);
  const std::uint32_t context = std::min({max_context, info.context_length, kMaxDraftContext});
  const std::uint32_t blocks = base::ceil_div(context, options.kv_block_tokens);
  // One sequence that gives nothing back: every group has a block for every token.
  Capacity capacity;
  capacity.n_blocks.assign(layouts.size(), blocks);
  capacity.max_context = context;
  PEREGRINE_ASSIGN(auto executor, Executor::create(model, layouts, capacity, kRowsPerGuess, 1, budget));
  std::unique_ptr<DraftModel> draft(
      new DraftModel(options, std::min(n_vocab, info.n_vocab), capacity, std::move(executor)));
  for (std::size_t g = 1; g < layouts.size(); ++g) draft->pool_.add_side(layouts[g].view, blocks);
  draft->table_ = BlockTable(draft->pool_);
  [[maybe_unused]] const bool extended = draft->table_.extend(blocks);
  assert(extended);
  return draft;
}

DraftModel::DraftModel(const EngineOptions& options, std::uint32_t n_vocab, const Capacity& capacity,
                       std::unique_ptr<Executor> executor)
    : n_vocab_(n_vocab),
      max_context_(capacity.max_context),
      executor_(std::move(executor)),
      pool_(capacity.n_blocks.front(), options.kv_block_tokens, /*keep_prefixes=*/false),
      table_(pool_) {
  computed_.reserve(max_context_);
}

void DraftModel::guess(std::span<const TokenId> tokens, std::uint32_t max, std::vector<TokenId>& draft) {
  draft.clear();
  if (max == 0 || tokens.empty() || tokens.size() + max > max_context_) return;
  const auto same = std::ranges::mismatch(tokens, computed_).in1 - tokens.begin();
  // The last token is computed again if need be: its logits are wanted.
  computed_.resize(std::min(static_cast<std::size_t>(same), tokens.size() - 1));
  auto rest = tokens.subspan(computed_.size());
  const auto unknown = [this](TokenId token) { return static_cast<std::uint32_t>(token) >= n_vocab_; };
  if (std::ranges::any_of(rest, unknown)) return;
  const bool too_many = rest.size() > kRowsPerGuess;
  std::optional<TokenId> next = compute(rest.first(std::min<std::size_t>(rest.size(), kRowsPerGuess)));
  if (too_many) return;
  while (next) {
    draft.push_back(*next);
    if (draft.size() == max) return;
    next = compute(std::span(draft).last(1));
  }
}

std::optional<TokenId> DraftModel::compute(std::span<const TokenId> tokens) {
  const auto start = static_cast<std::uint32_t>(computed_.size());
  const std::uint32_t place = executor_->add(tokens, start, table_, 1);
  executor_->run();
  computed_.insert(computed_.end(), tokens.begin(), tokens.end());
  const std::span<const float> logits = executor_->logits(place).first(n_vocab_);
  const RowScan scan = row_passes().scan(logits.data(), logits.size());
  if (!scan.drawable || scan.max == -std::numeric_limits<float>::infinity()) return std::nullopt;
  return static_cast<TokenId>(std::ranges::find(logits, scan.max) - logits.begin());
}

}  // namespace peregrine::engine
