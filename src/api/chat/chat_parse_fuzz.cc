// Any bytes as a chat request: parsed or refused, never worse. What is accepted obeys the ranges that the
// rest of the house relies on.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/chat/wire.h"
#include "api/testing/parse_fuzz.h"
#include "base/utf8.h"

namespace {

using peregrine::api::testing::check_refusal;
using peregrine::api::testing::require;

void check_accepted(const peregrine::api::ChatCall& call) {
  const peregrine::service::ChatRequest& request = call.request;
  require(!request.model.empty() && request.model.size() <= 256);
  require(!request.messages.empty());
  for (const auto& message : request.messages) require(peregrine::base::utf8_valid(message.content));
  require(request.temperature >= 0 && request.temperature <= 2);
  require(request.top_p >= 0 && request.top_p <= 1);
  require(std::abs(request.frequency_penalty) <= 2 && std::abs(request.presence_penalty) <= 2);
  require(request.n >= 1 && request.n <= 128);
  require(request.stop.size() <= 4);
  for (const std::string& stop : request.stop) require(!stop.empty());
  for (const auto& [id, bias] : request.logit_bias) require(id >= 0 && std::abs(bias) <= 100);
  require(request.top_logprobs.value_or(0) <= 20);
  require(request.max_completion_tokens.value_or(1) >= 1);
  require(call.stream || !call.include_usage);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(data, data + size);
  const auto call = peregrine::api::parse_chat_call(body);
  if (call) {
    check_accepted(*call);
    return 0;
  }
  check_refusal(call.error());
  return 0;
}
