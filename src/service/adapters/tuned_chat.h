// A chat with a tuned model: its base's chat, with its adapter.
#pragma once

#include <memory>

#include "service/adapters/tuned_models.h"
#include "service/chat/chat.h"

namespace peregrine::service {

// As start_chat(), for any model; `model` is the base's if request.model is a tuned one. Errors besides:
// kNotFound when the tuned model was deleted meanwhile, kUnavailable when there is no memory for its adapter.
Result<std::unique_ptr<ChatStream>> start_tuned_chat(const TunedModels& tuned, const ChatRequest& request,
                                                     ModelLease model);

}  // namespace peregrine::service
