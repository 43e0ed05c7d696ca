// Continuous batching of generations over one model.
//
// One thread runs the loop: take new requests, let the scheduler write a StepPlan, execute it, sample, send
// events. The queue is bounded: a full one refuses with kUnavailable. Running generations never fail for want
// of KV blocks: the youngest is preempted and recomputed, with the same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "engine/generation.h"

namespace peregrine::engine {

// As decode_latency_ms: no bound at all.
inline constexpr std::uint32_t kMaxDecodeLatencyMs = 60000;

struct EngineOptions {
  // Tokens of one sequence. 0: what the model was trained for, or less if the KV cache does not hold that; a
  // number is a demand: start() fails when it does not fit.
  std::uint32_t max_context = 0;
  // Memory for the KV cache, at most as much as all sequences could use. 0: that, within half of what is left
  // in the budget.
  std::uint64_t kv_bytes = 0;
  std::uint32_t kv_block_tokens = 16;
  tensor::DType kv_dtype = tensor::DType::kF16;
  std::uint32_t max_sequences = 64;  // running at once
  std::uint32_t max_queued = 256;    // waiting; beyond it submit() answers kUnavailable
  // Rows of one step: decodes, then chunks of prompts. At least max_sequences.
  std::uint32_t step_tokens = 512;
  // What a step may take, in milliseconds, while it decodes and reads prompts; the prompts' share is cut to
  // fit. 0: 2.2 times what its decodes take alone.
  std::uint32_t decode_latency_ms = 0;
  std::uint32_t event_capacity = 64;  // events a slow reader may lag behind before its sequence pauses
  bool prefix_cache = true;
  // A sequence that runs alone computes guesses at its next tokens along with the last one, and keeps those
  // that turn out right: the same tokens, sooner where text repeats itself.
  bool speculation = true;
};

struct EngineSnapshot {
  std::uint32_t running = 0;
  std::uint32_t queued = 0;
  std::uint32_t kv_blocks_total = 0;
  std::uint32_t kv_blocks_used = 0;    // referenced by a sequence
  std::uint32_t kv_blocks_cached = 0;  // unreferenced, kept for prefix reuse
  // Since the start: tokens of prompts that were computed, and tokens that were generated.
  std::uint64_t prompt_tokens = 0;
  std::uint64_t generated_tokens = 0;
};

class Engine {
 public:
  // `label` becomes the metrics' label "model". model, budget and metrics outlive the engine.
  // Errors: kInvalidArgument (options), kResourceExhausted when the KV cache for a single sequence, or what a
  // step writes to, does not fit the budget; kUnsupported for models without logits. With `draft`, a model of
  // the same vocabulary that outlives the engine, its guesses are made where options.speculation allows any.
  static Result<std::unique_ptr<Engine>> start(const model::Model& model, const EngineOptions& options,
                                               base::MemoryBudget& budget, base::Metrics& metrics,
                                               const std::string& label, const model::Model* draft = nullptr);
  virtual ~Engine() = default;

  // request.n generations, in order. Errors: kInvalidArgument (a request that breaks GenerationRequest's
  // rules, with both counts when it is too long), kUnavailable (queue full, or stopping).
  virtual Result<std::vector<std::unique_ptr<Generation>>> submit(GenerationRequest request) = 0;

  // Largest prompt plus completion of one sequence: bounded by the options, the model and the KV cache.
  virtual std::uint32_t max_context() const = 0;
  virtual EngineSnapshot snapshot() const = 0;

  // Refuses new requests and cancels the running ones; returns when the loop has ended. Also done by the
  // destructor. Not from a Generation's callback, which may run on the loop's thread.
  virtual void stop() = 0;
};

}  // namespace peregrine::engine
