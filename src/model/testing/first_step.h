// A loaded model's first step on a few tokens, as an engine would run it. For tests and fuzzing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "base/checked.h"
#include "model/model.h"

namespace peregrine::model::testing {

// The outputs of the first `n_tokens` tokens of a sequence 0, 1, 2, ... (ids modulo the vocabulary),
// row-major; of fewer where the model's context ends before. Errors: kResourceExhausted.
inline Result<std::vector<float>> first_step(const Model& model, std::uint32_t n_tokens) {
  constexpr std::uint32_t kBlockTokens = 16;
  const ModelInfo& info = model.info();
  const std::uint32_t n = std::min(n_tokens, info.context_length);
  const std::uint32_t n_blocks = base::ceil_div(n, kBlockTokens);
  PEREGRINE_ASSIGN(const auto kv, allocate_kv(model, kBlockTokens, tensor::DType::kF32, n_blocks));
  PEREGRINE_ASSIGN(const auto workspace, model.make_workspace(n, n, n));
  std::vector<TokenId> tokens(n);
  for (std::uint32_t i = 0; i < n; ++i) tokens[i] = static_cast<TokenId>(i % info.n_vocab);
  std::vector<std::int32_t> positions(n);
  std::iota(positions.begin(), positions.end(), 0);
  std::vector<std::uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0U);
  std::vector<std::uint32_t> blocks(n_blocks);
  std::iota(blocks.begin(), blocks.end(), 0U);
  const SequenceSlice slice{.first_row = 0, .n_rows = n, .start = 0, .blocks = blocks, .first_position = 0};
  // Every KV group has as many blocks, with the same numbers.
  const std::vector<std::span<const SequenceSlice>> slices(kv.size(), {&slice, 1});
  std::vector<float> outputs(std::size_t{n} * info.output_width());
  model.forward({tokens, positions, slices, rows}, kv, *workspace, outputs);
  return outputs;
}

}  // namespace peregrine::model::testing
