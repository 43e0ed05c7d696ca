// Calls of Llama 3: JSON where an answer would begin, no marker,
//
//   {"name": "f", "parameters": {...}}; {"name": "g", "parameters": {...}}
//
// after the control token <|python_tag|> at times. Seen as well: <function=f>{...}</function>, and Hermes'
// form.
#pragma once

#include <memory>

#include "service/chat/formats/format.h"

namespace peregrine::service {

std::shared_ptr<const ChatFormat> make_llama3_format();

}  // namespace peregrine::service
