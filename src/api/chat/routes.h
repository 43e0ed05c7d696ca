// POST /openai/v1/chat/completions, whole and streamed.
#pragma once

#include "api/api.h"
#include "api/chat/wire.h"
#include "api/errors/errors.h"

namespace peregrine::api {

void add_chat_routes(http::Router& router, const Services& services, const Options& options);

// What the client reads when start_chat() refused `call`.
ApiError chat_error(const Error& error, const ChatCall& call, const Services& services);

}  // namespace peregrine::api
