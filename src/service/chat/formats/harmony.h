// harmony, the format of gpt-oss: an answer is several messages, each on a channel.
//
//   <|channel|>analysis<|message|>TEXT<|end|><|start|>assistant
//   <|channel|>commentary to=functions.NAME <|constrain|>json<|message|>{...}<|call|>
//   <|channel|>final<|message|>TEXT<|return|>
//
// The prompt ends with "<|start|>assistant". Analysis is reasoning; final, and commentary to nobody, are
// content. Source: OpenAI's description of the harmony response format.
#pragma once

#include <memory>

#include "service/chat/formats/format.h"

namespace peregrine::service {

// All marks are control tokens; <|return|> and <|call|> end a generation and need not be in the raw text.
// There is always a constraint, and it allows one call. Content and reasoning in no readable message are
// content.
std::shared_ptr<const ChatFormat> make_harmony_format();

}  // namespace peregrine::service
