// Messages to prompt tokens, through a model's chat template.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "service/chat/chat.h"
#include "service/library/library.h"

namespace peregrine::service {

// The tokens that make `model` answer `messages`. A last message of the assistant is continued. Where the
// template refuses a conversation that the API allows, it is offered again with neighbours of one role
// joined, then with system messages at the head of the first user's. Errors: kInvalidArgument, `where`
// "messages", with the template's own words; kResourceExhausted when the template goes over a limit.
Result<std::vector<engine::TokenId>> make_prompt(const LoadedModel& model,
                                                 std::span<const ChatMessage> messages);

}  // namespace peregrine::service
