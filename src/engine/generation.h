// What one can ask of the engine, and what comes back: token ids, never text.
//
// A request becomes one Generation per sample. Its events arrive through a bounded channel: a full channel
// pauses that sequence only. Destroying a Generation cancels it within one step and frees its KV blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/constraint.h"
#include "model/model.h"

namespace peregrine::engine {

using model::TokenId;

// Bounds of a request.
inline constexpr std::size_t kMaxStopTokens = 1024;
inline constexpr std::size_t kMaxLogitBiases = 4096;
inline constexpr std::uint32_t kMaxTopLogprobs = 128;

struct SamplingParams {
  float temperature = 1.0F;        // finite, at least 0; up to 1e-6: greedy, ties go to the lowest id
  float top_p = 1.0F;              // nucleus, 0..1; 1 keeps everything, 0 the likeliest token
  float frequency_penalty = 0.0F;  // subtracted from a logit per earlier occurrence in the completion
  float presence_penalty = 0.0F;   // subtracted once for a token that occurred in the completion
  // Added to logits before everything else; repeats add up.
  std::vector<std::pair<TokenId, float>> logit_bias;
  std::uint64_t seed = 0;
  // Log-probabilities of the chosen token and of this many most likely ones; nullopt: none wanted.
  std::optional<std::uint32_t> top_logprobs;
};

// Who goes first when sequences wait; among equals, who came first. Nothing is computed for kFlex while there
// is something to compute for kHigh or kNormal, and nothing for kBatch while there is for any other.
enum class Priority : std::uint8_t { kHigh, kNormal, kFlex, kBatch };

struct GenerationRequest {
  std::vector<TokenId> prompt;       // at least one token
  std::uint32_t max_tokens = 1;      // at least 1; prompt + max_tokens may not exceed Engine::max_context()
  std::vector<TokenId> stop_tokens;  // sampling one of these ends the completion; it is not part of it
  SamplingParams sampling;
  std::uint32_t n = 1;  // samples of one prompt; sample i draws from seed + i
  // What each completion must look like; each sample follows a clone. Null: anything.
  std::shared_ptr<const Constraint> constraint = {};
  // Of the engine's model, in use until the generations end; null: the model as it is.
  std::shared_ptr<const model::Adapter> adapter = {};
  Priority priority = Priority::kNormal;
};

// From the model's own distribution (softmax of the raw logits), before bias, penalties, temperature and
// top_p.
struct TokenLogprobs {
  float chosen = 0.0F;
  std::vector<std::pair<TokenId, float>> top;  // descending; ties by id
};

struct TokenEvent {
  TokenId token = 0;
  std::optional<TokenLogprobs> logprobs;
  // Tokens after it that the constraint left no choice about: part of the completion, but not sampled. Empty
  // where log-probabilities are wanted, which every token then has.
  std::vector<TokenId> forced = {};
};

enum class FinishReason {
  kStop,
  kLength,
  kCancelled,
  kFailed,       // the model's logits were no numbers
  kConstrained,  // the constraint could not go on
};

struct Finished {
  FinishReason reason = FinishReason::kStop;
  std::uint32_t prompt_tokens = 0;
  std::uint32_t cached_tokens = 0;      // of the prompt, found in the KV cache
  std::uint32_t completion_tokens = 0;  // of the events before this one
  double queue_seconds = 0;             // submit to first step
  double prompt_seconds = 0;            // first step to first token
  double completion_seconds = 0;        // first token to last
};

using Event = std::variant<TokenEvent, Finished>;

class Generation {
 public:
  virtual ~Generation() = default;
  // The next event, or nothing for now. After Finished there is nothing more.
  virtual std::optional<Event> poll() = 0;
  // Called, on some other thread, when poll() may have something; at once if it has. Must not block. A call
  // may still be under way when the Generation is destroyed: the callback owns what it touches.
  virtual void on_ready(std::function<void()> callback) = 0;
  // Ends the completion early; Finished follows, with kCancelled unless the completion had ended by itself.
  // Idempotent, thread-safe.
  virtual void cancel() = 0;
};

}  // namespace peregrine::engine
