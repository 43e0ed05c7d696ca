#include "engine/run/capacity.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/checked.h"
#include "base/memory_budget.h"
#include "engine/kv/prefix_index.h"
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

backend::KvLayout kv_layout(const model::ModelInfo& info, const EngineOptions& options) {
  return {.n_layers = info.kv.n_layers,
          .n_kv_heads = info.kv.n_kv_heads,
          .head_dim = info.kv.head_dim,
          .block_tokens = options.kv_block_tokens,
          .dtype = options.kv_dtype};
}

Result<Capacity> plan_capacity(const model::ModelInfo& info, const EngineOptions& options,
                               std::uint64_t block_bytes, std::uint64_t available_bytes) {
  if (info.n_vocab == 0 || info.n_vocab > kMaxVocab) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("a vocabulary of {} tokens; 1..{} can be sampled from", info.n_vocab, kMaxVocab));
  }
  const bool asked = options.max_context != 0;
  const std::uint32_t context =
      asked ? std::min(options.max_context, info.context_length) : info.context_length;
  const std::uint64_t blocks_per_sequence = base::ceil_div(context, options.kv_block_tokens);
  const std::uint64_t bytes = options.kv_bytes != 0 ? options.kv_bytes : available_bytes / 2;
  const std::uint64_t n_blocks =
      std::min({bytes / std::max<std::uint64_t>(block_bytes, 1), blocks_per_sequence * options.max_sequences,
                std::uint64_t{kNoBlock} - 1});
  const std::uint64_t fitting = n_blocks * options.kv_block_tokens;
  if (n_blocks == 0 || (asked && fitting < context)) {
    return fail(
        ErrorCode::kResourceExhausted,
        fmt::format("a context of {} tokens needs a KV cache of {}, but it may have {}", context,
                    base::format_bytes(blocks_per_sequence * block_bytes), base::format_bytes(bytes)));
  }
  return Capacity{.n_blocks = static_cast<std::uint32_t>(n_blocks),
                  .max_context = static_cast<std::uint32_t>(std::min<std::uint64_t>(context, fitting))};
}

}  // namespace peregrine::engine
