// How large the KV cache is, and with it the longest sequence.
#pragma once

#include <cstdint>
#include <vector>

#include "backend/backend.h"
#include "base/result.h"
#include "engine/engine.h"
#include "model/model.h"

namespace peregrine::engine {

struct Capacity {
  std::vector<std::uint32_t> n_blocks;  // by KV group; the first group's is what the scheduler counts
  std::uint32_t max_context = 0;        // a sequence of so many tokens fits alone
  std::uint64_t kv_bytes = 0;           // of all groups
};

// Errors: kInvalidArgument, with the option as `where`.
Status check_options(const EngineOptions& options);

// By KV group.
std::vector<backend::KvLayout> kv_layouts(const model::ModelInfo& info, const EngineOptions& options);

// Blocks for `options.kv_bytes`, or else for half of `available_bytes`; never more than all sequences could
// use. Groups that see a window or a chunk get as many blocks as the first, but at most what all sequences
// can see at once. A context that the options ask for must fit; the model's own is cut to what fits. Errors:
// kResourceExhausted with the figures; kUnsupported for a vocabulary beyond kMaxVocab.
Result<Capacity> plan_capacity(const model::ModelInfo& info, const EngineOptions& options,
                               const std::vector<backend::KvLayout>& layouts, std::uint64_t available_bytes);

}  // namespace peregrine::engine
