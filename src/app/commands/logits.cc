#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "app/commands/commands.h"
#include "base/checked.h"
#include "base/log.h"
#include "base/memory_budget.h"
#include "model/model.h"

namespace peregrine::app {
namespace {

// Rows of one step, whatever the chunk: bounds the memory for logits.
constexpr std::uint32_t kMaxRows = 512;
constexpr std::uint32_t kBlockTokens = 16;

Status check_tokens(const LogitsOptions& options, const model::ModelInfo& info) {
  if (options.tokens.size() > (1U << 20))
    return fail(ErrorCode::kInvalidArgument, "too many tokens", "--tokens");
  for (const std::int32_t token : options.tokens) {
    if (token < 0 || static_cast<std::uint32_t>(token) >= info.n_vocab) {
      return fail(ErrorCode::kInvalidArgument,
                  fmt::format("{} is not in the vocabulary of {}", token, info.n_vocab), "--tokens");
    }
  }
  const auto last =
      static_cast<std::int64_t>(options.start_position) + static_cast<std::int64_t>(options.tokens.size());
  if (last > std::numeric_limits<std::int32_t>::max()) {
    return fail(ErrorCode::kInvalidArgument, "positions end beyond 2^31 - 1", "--start-position");
  }
  return {};
}

Status compute(const LogitsOptions& options, const model::Model& model) {
  const model::ModelInfo& info = model.info();
  if (info.output != model::OutputKind::kLogits) {
    return fail(ErrorCode::kUnsupported, "is a model for embeddings, which has no logits",
                options.model.string());
  }
  PEREGRINE_TRY(check_tokens(options, info));

  const auto n_tokens = static_cast<std::uint32_t>(options.tokens.size());
  const std::uint32_t chunk = std::min(options.chunk == 0 ? kMaxRows : options.chunk, kMaxRows);
  const std::uint32_t n_blocks = base::ceil_div(n_tokens, kBlockTokens);
  PEREGRINE_ASSIGN(const auto kv, model::allocate_kv(model, kBlockTokens, options.kv_type, n_blocks));
  PEREGRINE_ASSIGN(const auto workspace, model.make_workspace(chunk, chunk, n_tokens));
  std::vector<std::uint32_t> blocks(n_blocks);
  for (std::uint32_t i = 0; i < n_blocks; ++i) blocks[i] = i;

  std::ofstream out(options.out, std::ios::binary | std::ios::trunc);
  std::vector<float> logits;
  for (std::uint32_t start = 0; start < n_tokens; start += chunk) {
    const std::uint32_t rows = std::min(chunk, n_tokens - start);
    std::vector<std::int32_t> positions(rows);
    std::vector<std::uint32_t> outputs(rows);
    for (std::uint32_t i = 0; i < rows; ++i) {
      positions[i] = options.start_position + static_cast<std::int32_t>(start + i);
      outputs[i] = i;
    }
    logits.resize(std::size_t{rows} * info.n_vocab);
    const model::SequenceSlice slice{.first_row = 0,
                                     .n_rows = rows,
                                     .start = start,
                                     .blocks = blocks,
                                     .first_position = static_cast<std::uint32_t>(options.start_position)};
    // Every KV group has as many blocks, with the same numbers.
    const std::vector<std::span<const model::SequenceSlice>> slices(kv.size(), {&slice, 1});
    const std::span tokens(options.tokens);
    model.forward({tokens.subspan(start, rows), positions, slices, outputs}, kv, *workspace, logits);
    out.write(reinterpret_cast<const char*>(logits.data()),
              static_cast<std::streamsize>(logits.size() * sizeof(float)));
  }
  out.close();
  if (!out) return fail(ErrorCode::kIo, "cannot be written", options.out.string());
  fmt::print(stderr, "{} rows of {} float32 values in {}\n", n_tokens, info.n_vocab, options.out.string());
  return {};
}

}  // namespace

int logits(const LogitsOptions& options) {
  base::set_log_level(base::LogLevel::kWarning);
  const auto file = gguf::File::open(options.model);
  if (!file) return report(file.error());
  base::MemoryBudget budget(base::usable_memory_bytes());
  const auto backend = backend::make_cpu_backend({.threads = options.threads, .isa = {}}, budget);
  const auto model = model::load_model(*file, *backend);
  if (!model) return report(model.error(), options.model);
  const Status status = compute(options, **model);
  return status ? 0 : report(status.error());
}

}  // namespace peregrine::app
