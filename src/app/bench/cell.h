// One measurement: some streams with a prompt each, read and then continued together by the engine.
//
// Measured where a request meets the engine, submit() to the events, with everything the server does to
// tokens in between. Prompts are random token ids, other ones every time, since the prefix cache would answer
// a prompt that it has seen; guessing ahead is off, since completions without sense repeat themselves.
// Nothing ends a completion early; tokens are the likeliest ones.
//
// Prefill lasts from submitting to the moment when every stream has its first token. Decode is what follows:
// `generate` steps with every stream in each of them. Streams that began before the last one go on for as
// long, so the batch is always full.
#pragma once

#include <cstdint>
#include <vector>

#include "base/function_ref.h"
#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "base/rng.h"
#include "engine/engine.h"
#include "model/model.h"
#include "tensor/dtype.h"

namespace peregrine::app::bench {

struct Cell {
  std::uint32_t prompt = 512;   // tokens of each prompt
  std::uint32_t generate = 64;  // tokens of each stream that are timed, behind the first
  std::uint32_t streams = 1;
  tensor::DType kv_type = tensor::DType::kF16;  // of keys and values

  std::uint64_t prompt_tokens() const { return std::uint64_t{prompt} * streams; }
  std::uint64_t generated_tokens() const { return std::uint64_t{generate} * streams; }
  // Steps that read the prompts, if nothing else is in them.
  std::uint32_t prefill_steps() const;
  // Tokens before the one that decoding adds, on average over the timed steps.
  std::uint32_t mean_context() const { return prompt + generate / 2; }
  // The longest that a sequence may become.
  std::uint32_t longest() const;
};

inline constexpr std::uint32_t kMaxStreams = 256;

struct Seconds {
  double prefill = 0;
  double decode = 0;
};

// Errors: kInvalidArgument, with the figures, when the model's context does not hold the cell's sequences.
Status check(const Cell& cell, const model::ModelInfo& info);

// Measures `cell` `repeat` times, with an engine of its own. `progress` is called before each time.
// Errors: those of check(); kResourceExhausted when the memory is too small; kUnsupported for a model that
// generates nothing.
Result<std::vector<Seconds>> measure(const model::Model& model, const Cell& cell, std::uint32_t repeat,
                                     base::MemoryBudget& budget, base::Rng& rng,
                                     base::FunctionRef<void(std::uint32_t)> progress);

}  // namespace peregrine::app::bench
