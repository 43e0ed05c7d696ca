// Llama Guard: the answer is a verdict, "safe", or "unsafe" and on a second line the categories violated.
//
// Source: Meta's model cards of Llama Guard 3 and 4, whose categories are S1 to S14.
#pragma once

#include <memory>

#include "service/chat/formats/format.h"

namespace peregrine::service {

// Line breaks before the verdict are no content. The constraint is always there: categories in order, each at
// most once. Tools and answer formats are none of a guard's business and have no effect.
std::shared_ptr<const ChatFormat> make_guard_format();

}  // namespace peregrine::service
