// POST /openai/v1/chat/completions: what a body says beyond the generation itself, and what every chunk of an
// answer repeats.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "service/chat/chat.h"

namespace peregrine::api {

// The tier that serves a request. "auto" is served as on_demand.
enum class ServiceTier { kOnDemand, kFlex, kPerformance };

std::string_view wire_name(ServiceTier tier);
std::string_view wire_name(service::ChatFinishReason reason);

// The field under which the client gave its completion budget.
enum class TokenCapField { kMaxCompletionTokens, kMaxTokens };

std::string_view wire_name(TokenCapField field);

struct ChatCall {
  service::ChatRequest request;
  bool stream = false;
  bool include_usage = false;  // stream_options.include_usage
  ServiceTier tier = ServiceTier::kOnDemand;
  bool old_functions = false;  // `functions` instead of `tools`: the answer has `function_call`
  TokenCapField token_cap_field = TokenCapField::kMaxCompletionTokens;
};

// The body, checked once: whoever holds a ChatCall need not look at a range again. Errors are
// kInvalidArgument with a message for the client and the offending path as `where`.
Result<ChatCall> parse_chat_call(std::string_view body);

// Constant over one answer.
struct AnswerHead {
  std::string id;            // "chatcmpl-" and a UUID
  std::string request_id;    // also the x-request-id header
  std::int64_t created = 0;  // Unix seconds
  std::string model;         // as the client spelled it
  std::string fingerprint;
  std::uint64_t seed = 0;
  ServiceTier tier = ServiceTier::kOnDemand;
  bool old_functions = false;  // calls are written in the deprecated form
  bool only_calls = false;     // the answer is certain to have no content
};

}  // namespace peregrine::api
