// Calls of Llama 4: as Llama 3's, the control tokens <|python_start|> and <|python_end|> around them at
// times, or as a list in Python:
//
//   [f(a=1), g(b="x")]
#pragma once

#include <memory>

#include "service/chat/formats/format.h"

namespace peregrine::service {

std::shared_ptr<const ChatFormat> make_llama4_format();

}  // namespace peregrine::service
