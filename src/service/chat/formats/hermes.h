// Calls of Hermes, Qwen and others:
//
//   <tool_call>
//   {"name": "f", "arguments": {...}}
//   </tool_call>
//
// after text or without, one such block a call. The markers are tokens in some vocabularies: as plain text,
// or as control tokens.
#pragma once

#include <memory>

#include "service/chat/formats/format.h"

namespace peregrine::service {

std::shared_ptr<const ChatFormat> make_hermes_format(bool markers_are_control);

}  // namespace peregrine::service
