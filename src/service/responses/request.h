// A response as a use case: the items so far in, a chat that answers them out.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/chat/chat.h"
#include "service/responses/items.h"

namespace peregrine::service {

struct ResponseRequest {
  ChatRequest chat;  // but for its messages, which are made of what follows
  std::optional<std::string> instructions;
  std::vector<Item> items;  // the whole conversation, oldest first
  bool truncate = false;    // leave out the oldest turns if the context does not hold them all
};

// Starts a chat, each time that it is called.
using TryChat = std::function<Result<std::unique_ptr<ChatStream>>(const ChatRequest&)>;

// Starts the chat. With `truncate`, turns are left out until it fits: the first few one at a time, then as
// many more as make an eighth of those that are out already, so that a long conversation takes few tries and
// loses little more than it must. Instructions, system messages and the last turn always stay. Errors are
// those of `start`.
Result<std::unique_ptr<ChatStream>> start_response(ResponseRequest request, const TryChat& start);

}  // namespace peregrine::service
