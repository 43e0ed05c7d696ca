// kimi-k2: text, then a section of calls. All marks are control tokens.
//
//   TEXT<|tool_calls_section_begin|>
//   <|tool_call_begin|>functions.NAME:INDEX<|tool_call_argument_begin|>{...}<|tool_call_end|>
//   <|tool_calls_section_end|>          (no line breaks in between)
//
// The call's id is "functions.NAME:INDEX"; the index counts over the conversation.
#pragma once

#include <memory>

#include "service/chat/formats/format.h"

namespace peregrine::service {

// Blanks beside calls are no content. Without tools and with any text for an answer there is no constraint.
std::shared_ptr<const ChatFormat> make_kimi_k2_format();

}  // namespace peregrine::service
