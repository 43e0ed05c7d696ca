// Vectors of texts, or scores of pairs of texts, from one encoder: token ids in, numbers out.
//
// One thread takes whole inputs of whoever asks, in turn, up to step_tokens rows a step, so that many small
// requests share a step and a large one delays nobody for long. A vector depends on its input alone: not on
// what else is in the step, nor on the number of threads. The queue is bounded: a full one refuses with
// kUnavailable. Destroying a job takes it out of the queue within one step.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/memory_budget.h"
#include "base/metrics.h"
#include "base/result.h"
#include "model/model.h"

namespace peregrine::engine {

struct EmbedderOptions {
  // Tokens of one input. 0: what the model was trained for, or less if a step of that does not fit the
  // budget; a number is a demand: start() fails when it does not fit.
  std::uint32_t max_context = 0;
  std::uint32_t step_tokens = 512;  // rows of a step; an input that is longer has a step of its own
  std::uint32_t max_queued = 256;   // jobs; beyond it submit() answers kUnavailable
};

struct EmbedInput {
  std::vector<model::TokenId> tokens;  // 1 .. max_context(), special tokens included
  // Of a pair: index of the second text's first token. 0: one text.
  std::uint32_t second_text = 0;
};

struct EmbedResult {
  std::uint32_t width = 0;
  std::vector<float> values;  // [inputs, width]; vectors of length 1, or logits of pairs (width 1)
  std::uint64_t tokens = 0;   // of all inputs
};

class EmbedJob {
 public:
  virtual ~EmbedJob() = default;
  // The result, or why there is none, once; nothing for now. Errors: kUnavailable when the embedder stops,
  // kInternal when the model's numbers are none.
  virtual std::optional<Result<EmbedResult>> poll() = 0;
  // Called, on some other thread, when poll() has something; at once if it has. Must not block.
  virtual void on_ready(std::function<void()> callback) = 0;
};

class Embedder {
 public:
  // `label` becomes the metrics' label "model". model, budget and metrics outlive the embedder and its jobs.
  // Errors: kInvalidArgument (options), kResourceExhausted when what a step writes to does not fit the
  // budget; kUnsupported for models with logits, and for files that do not say how tokens become a vector.
  static Result<std::unique_ptr<Embedder>> start(const model::Model& model, const EmbedderOptions& options,
                                                 base::MemoryBudget& budget, base::Metrics& metrics,
                                                 const std::string& label);
  virtual ~Embedder() = default;

  // Errors: kInvalidArgument (no inputs, an empty one, a token that the vocabulary does not have),
  // kResourceExhausted (an input of more than max_context() tokens), kUnavailable (queue full, no memory for
  // the result now, or stopping).
  virtual Result<std::unique_ptr<EmbedJob>> submit(std::vector<EmbedInput> inputs) = 0;

  virtual std::uint32_t max_context() const = 0;
  // Values per input: the width of a vector, 1 for scores.
  virtual std::uint32_t width() const = 0;
  // Inputs that no step has taken yet.
  virtual std::uint64_t queued_inputs() const = 0;

  // Refuses new jobs and ends those that are not done; returns when the thread has ended. Also done by the
  // destructor.
  virtual void stop() = 0;
};

}  // namespace peregrine::engine
