// How large the KV cache is, and with it the longest sequence.
#pragma once

#include <cstdint>

#include "backend/backend.h"
#include "base/result.h"
#include "engine/engine.h"
#include "model/model.h"

namespace peregrine::engine {

struct Capacity {
  std::uint32_t n_blocks = 0;
  std::uint32_t max_context = 0;  // a sequence of so many tokens fits alone
};

// Errors: kInvalidArgument, with the option as `where`.
Status check_options(const EngineOptions& options);

backend::KvLayout kv_layout(const model::ModelInfo& info, const EngineOptions& options);

// Blocks for `options.kv_bytes`, or else for half of `available_bytes`; never more than all sequences could
// use. A context that the options ask for must fit; the model's own is cut to what fits. Errors:
// kResourceExhausted with the figures; kUnsupported for a vocabulary beyond kMaxVocab.
Result<Capacity> plan_capacity(const model::ModelInfo& info, const EngineOptions& options,
                               std::uint64_t block_bytes, std::uint64_t available_bytes);

}  // namespace peregrine::engine
