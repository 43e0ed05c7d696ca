// Chat as a use case: messages in, an answer in parts out, in domain types. No HTTP, no wire JSON.
//
// start_chat() renders the model's chat template, tokenises (text of users never becomes a control token),
// checks the context, compiles what the answer must look like and queues the generation. Events then arrive
// in order per choice; concatenated deltas are the answer, however it was split. Destroying a ChatStream
// cancels what still runs.
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
#include "service/chat/conversation.h"
#include "service/library/library.h"

namespace peregrine::service {

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

// What the model thought before it answered, where it is shown apart from the answer.
struct ReasoningDelta {
  std::uint32_t choice = 0;
  std::string text;       // as TextDelta's
  bool analysis = false;  // the model has a channel of that name for it
};

// A piece of a call, in order; calls of a choice come one after the other.
struct ToolCallDelta {
  std::uint32_t choice = 0;
  std::uint32_t index = 0;  // of the call among the choice's
  std::string id;           // in the first piece of a call only, as is the name
  std::string name;
  std::string arguments;  // the pieces together are the text of a JSON object
};

// A call has all of its pieces, or will get no more: the answer was cut short, and the call is none.
struct ToolCallEnd {
  std::uint32_t choice = 0;
  std::uint32_t index = 0;
  bool complete = true;
};

// A stretch of the answer rests on a source.
struct CitationFound {
  std::uint32_t choice = 0;
  Citation citation;
};

enum class ChatFinishReason { kStop, kLength, kToolCalls };

struct ChoiceFinished {
  std::uint32_t choice = 0;
  ChatFinishReason reason = ChatFinishReason::kStop;
};

struct Usage {
  std::uint32_t prompt_tokens = 0;
  std::uint32_t cached_tokens = 0;
  std::uint32_t completion_tokens = 0;  // all choices
  std::uint32_t reasoning_tokens = 0;   // of these
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

enum class FailureKind {
  kBroken,       // nothing that the client could have asked otherwise
  kInvalidJson,  // the answer did not become the document that was asked for
  kToolCall,     // likewise, the call
};

// The last event of a stream that broke.
struct ChatFailed {
  Error error;
  FailureKind kind = FailureKind::kBroken;
  std::string generation = {};  // what the model wrote, or why it is not shown
};

using ChatEvent = std::variant<TextDelta, ReasoningDelta, ToolCallDelta, ToolCallEnd, CitationFound,
                               ChoiceFinished, ChatDone, ChatFailed>;

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
  // Generated until now, of all choices: what there is to pay for when the stream is given up.
  virtual std::uint32_t completion_tokens() const { return 0; }
};

// A chat with `model`, which request.model named; the stream keeps the lease. Takes milliseconds for a long
// prompt: not for a thread that others wait on. Errors:
//   kInvalidArgument     `where` names the field: "model" (it generates no text), "messages" (the template
//                        refuses them), "logit_bias", "max_completion_tokens" (over the model's cap; the
//                        message has the cap), "reasoning_format", "reasoning_effort", "tools",
//                        "response_format". A schema that is refused adds '#' and the JSON pointer of the
//                        keyword: "response_format#/items/if".
//   kUnsupported         the same of a schema whose keyword there is not supported
//   kResourceExhausted   prompt and completion do not fit the context; the message has both counts
//   kUnavailable         queue full, or shutting down
//   and those of request.admit
Result<std::unique_ptr<ChatStream>> start_chat(const ChatRequest& request, ModelLease model);

}  // namespace peregrine::service
