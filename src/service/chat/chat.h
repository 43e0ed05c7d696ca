// Chat as a use case: messages in, text deltas out, in domain types. No HTTP, no wire JSON.
//
// start_chat() renders the model's chat template, tokenises (text of users never becomes a control token),
// checks the context and queues the generation. Events then arrive in order per choice; concatenated deltas
// are the answer, however it was split. Destroying a ChatStream cancels what still runs.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "service/library/library.h"

namespace peregrine::service {

enum class Role { kSystem, kUser, kAssistant, kTool };

struct ChatMessage {
  Role role = Role::kUser;
  std::string content;
  std::optional<std::string> name;
};

struct ChatRequest {
  std::string model;
  std::vector<ChatMessage> messages;  // if the last one is the assistant's, its text is continued
  std::optional<std::uint32_t> max_completion_tokens;  // nothing: as much as the context holds
  float temperature = 1.0F;
  float top_p = 1.0F;
  float frequency_penalty = 0.0F;
  float presence_penalty = 0.0F;
  std::vector<std::pair<std::int32_t, float>> logit_bias;
  std::vector<std::string> stop;  // not part of the answer; may span tokens
  std::optional<std::uint64_t> seed;
  std::optional<std::uint32_t> top_logprobs;  // nothing: no log-probabilities
  std::uint32_t n = 1;
  bool debug = false;  // collect DebugDump
};

struct TokenLogprob {
  struct Alternative {
    std::string token;  // text as far as it is UTF-8; broken parts as U+FFFD
    std::string bytes;  // exact bytes; empty for a token without a byte form
    float logprob = 0.0F;
  };
  Alternative chosen;
  std::vector<Alternative> top;
};

struct TextDelta {
  std::uint32_t choice = 0;
  std::string text;                    // whole UTF-8 characters; may be empty when only logprobs are due
  std::vector<TokenLogprob> logprobs;  // of the tokens that this text came from, when asked for
};

enum class ChatFinishReason { kStop, kLength };

struct ChoiceFinished {
  std::uint32_t choice = 0;
  ChatFinishReason reason = ChatFinishReason::kStop;
};

struct Usage {
  std::uint32_t prompt_tokens = 0;
  std::uint32_t cached_tokens = 0;
  std::uint32_t completion_tokens = 0;  // all choices
  double queue_seconds = 0;
  double prompt_seconds = 0;
  double completion_seconds = 0;
};

struct DebugDump {
  std::vector<std::int32_t> input_token_ids;
  std::vector<std::string> input_tokens;
  std::vector<std::int32_t> output_token_ids;
  std::vector<std::string> output_tokens;
};

// The last event of a stream that ran to its end.
struct ChatDone {
  Usage usage;
  std::optional<DebugDump> debug;
};

// The last event of a stream that broke.
struct ChatFailed {
  Error error;
};

using ChatEvent = std::variant<TextDelta, ChoiceFinished, ChatDone, ChatFailed>;

class ChatStream {
 public:
  virtual ~ChatStream() = default;
  // The next event, or nothing for now. After ChatDone or ChatFailed there is nothing more.
  virtual std::optional<ChatEvent> poll() = 0;
  // Called, on some other thread, when poll() may have something; at once if it has. Must not block.
  virtual void on_ready(std::function<void()> callback) = 0;
  // The seed in use, also when the request named none.
  virtual std::uint64_t seed() const = 0;
  // "fp_" and ten hexadecimal digits: constant for build, weights and quantisation.
  virtual const std::string& fingerprint() const = 0;
};

// A chat with `model`, which request.model named; the stream keeps the lease. Takes milliseconds for a long
// prompt: not for a thread that others wait on. Errors:
//   kInvalidArgument     `where` names the field: "messages" (the template refuses them), "logit_bias",
//                        "max_completion_tokens" (over the model's cap; the message has the cap)
//   kResourceExhausted   prompt and completion do not fit the context; the message has both counts
//   kUnavailable         queue full, or shutting down
Result<std::unique_ptr<ChatStream>> start_chat(const ChatRequest& request, ModelLease model);

}  // namespace peregrine::service
