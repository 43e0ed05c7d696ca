// The conversation: one closed shape per role, and the tolerances that let a client send back what it
// received.
#pragma once

#include <vector>

#include "api/json/schema.h"
#include "service/chat/chat.h"

namespace peregrine::api {

// An array of at least one message. Documents within messages join `documents`.
Status read_messages(const Json& value, const Path& path, std::vector<service::ChatMessage>& out,
                     std::vector<service::Document>& documents);

}  // namespace peregrine::api
