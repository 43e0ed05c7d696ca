// Validates a request once; behind it the engine trusts what it holds.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "engine/generation.h"

namespace peregrine::engine {

struct RequestLimits {
  std::uint32_t n_vocab = 0;
  std::uint32_t max_context = 0;
  std::uint32_t max_samples = 0;
  const model::Model* model = nullptr;  // that adapters are bound to
};

// Errors: kInvalidArgument, with the field as `where`.
Status check_request(const GenerationRequest& request, const RequestLimits& limits);

}  // namespace peregrine::engine
