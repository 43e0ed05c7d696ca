#include "engine/run/capacity.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/checked.h"
#include "base/memory_budget.h"
#include "engine/kv/prefix_index.h"
#include "engine/kv/side_pool.h"
#include "engine/sample/weights.h"

namespace peregrine::engine {
namespace {

constexpr std::uint32_t kMaxBlockTokens = 1024;
constexpr std::uint32_t kMaxStepTokens = 1U << 16;
constexpr std::uint32_t kMaxSequences = 4096;
constexpr std::uint32_t kMaxQueued = 1U << 20;
constexpr std::uint32_t kMaxEventCapacity = 1U << 20;

Status check_range(std::uint32_t value, std::uint32_t max, const char* where) {
  if (value >= 1 && value <= max) return {};
  return fail(ErrorCode::kInvalidArgument, fmt::format("{} does not lie in 1..{}", value, max), where);
}

}  // namespace

Status check_options(const EngineOptions& options) {
  PEREGRINE_TRY(check_range(options.kv_block_tokens, kMaxBlockTokens, "kv_block_tokens"));
  PEREGRINE_TRY(check_range(options.step_tokens, kMaxStepTokens, "step_tokens"));
  PEREGRINE_TRY(check_range(options.max_sequences, kMaxSequences, "max_sequences"));
  PEREGRINE_TRY(check_range(options.max_queued, kMaxQueued, "max_queued"));
  PEREGRINE_TRY(check_range(options.event_capacity, kMaxEventCapacity, "event_capacity"));
  if (options.step_tokens < options.max_sequences) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("a step of {} tokens has no row for each of {} sequences", options.step_tokens,
                            options.max_sequences),
                "step_tokens");
  }
  return {};
}

std::vector<backend::KvLayout> kv_layouts(const model::ModelInfo& info, const EngineOptions& options) {
  std::vector<backend::KvLayout> layouts;
  layouts.reserve(info.kv.size());
  for (const model::KvGroup& group : info.kv) {
    layouts.push_back(group.layout(options.kv_block_tokens, options.kv_dtype));
  }
  return layouts;
}

namespace {

// What every group needs when the first one has `n` blocks.
class KvSizes {
 public:
  KvSizes(const EngineOptions& options, const std::vector<backend::KvLayout>& layouts) : layouts_(layouts) {
    for (const backend::KvLayout& layout : layouts) {
      const std::uint64_t seen = max_blocks_in_view(layout.view, options.step_tokens, layout.block_tokens);
      const bool bounded = layout.view.kind != backend::View::Kind::kAll;
      caps_.push_back(bounded ? seen * options.max_sequences : kNoBlock - std::uint64_t{1});
    }
  }
  std::uint64_t blocks(std::size_t group, std::uint64_t n) const { return std::min(n, caps_[group]); }
  std::uint64_t bytes(std::uint64_t n) const {
    std::uint64_t total = 0;
    for (std::size_t g = 0; g < caps_.size(); ++g) total += blocks(g, n) * layouts_[g].block_bytes();
    return total;
  }
  // The largest n up to `most` whose bytes are within `limit`.
  std::uint64_t largest(std::uint64_t most, std::uint64_t limit) const {
    std::uint64_t low = 0;
    std::uint64_t high = most;
    while (low < high) {
      const std::uint64_t middle = low + (high - low + 1) / 2;
      if (bytes(middle) <= limit) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

 private:
  const std::vector<backend::KvLayout>& layouts_;
  std::vector<std::uint64_t> caps_;
};

}  // namespace

Result<Capacity> plan_capacity(const model::ModelInfo& info, const EngineOptions& options,
                               const std::vector<backend::KvLayout>& layouts, std::uint64_t available_bytes) {
  if (info.n_vocab == 0 || info.n_vocab > kMaxVocab) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("a vocabulary of {} tokens; 1..{} can be sampled from", info.n_vocab, kMaxVocab));
  }
  const bool asked = options.max_context != 0;
  const std::uint32_t context =
      asked ? std::min(options.max_context, info.context_length) : info.context_length;
  const std::uint64_t blocks_per_sequence = base::ceil_div(context, options.kv_block_tokens);
  const std::uint64_t bytes = options.kv_bytes != 0 ? options.kv_bytes : available_bytes / 2;
  const KvSizes sizes(options, layouts);
  const std::uint64_t n = sizes.largest(
      std::min(blocks_per_sequence * options.max_sequences, std::uint64_t{kNoBlock} - 1), bytes);
  const std::uint64_t fitting = n * options.kv_block_tokens;
  if (n == 0 || (asked && fitting < context)) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("a context of {} tokens needs a KV cache of {}, but it may have {}", context,
                            base::format_bytes(sizes.bytes(blocks_per_sequence)), base::format_bytes(bytes)));
  }
  Capacity capacity;
  for (std::size_t g = 0; g < layouts.size(); ++g) {
    capacity.n_blocks.push_back(static_cast<std::uint32_t>(sizes.blocks(g, n)));
  }
  capacity.max_context = static_cast<std::uint32_t>(std::min<std::uint64_t>(context, fitting));
  capacity.kv_bytes = sizes.bytes(n);
  return capacity;
}

}  // namespace peregrine::engine
