// Messages to prompt tokens, through a model's chat template.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "service/chat/answer_plan.h"
#include "service/chat/chat.h"
#include "service/library/text_side.h"

namespace peregrine::service {

struct Prompt {
  std::vector<engine::TokenId> tokens;
  bool opens_reasoning = false;  // ends within a think block
  std::optional<std::string> begun =
      {};  // the answer's beginning, which the client gave and the prompt ends with
};

// The tokens that make `model` answer the request's messages. A last message of the assistant is continued,
// unless it calls tools. Where the template refuses a conversation that the API allows, it is offered again
// in other words: neighbours of one role joined, system messages at the head of the first user's, calls one
// by one, their arguments as text. Errors: kInvalidArgument, `where` "messages", with the template's own
// words; kResourceExhausted when the template goes over a limit.
Result<Prompt> make_prompt(const TextSide& model, const ChatRequest& request, const AnswerPlan& plan);

}  // namespace peregrine::service
