// POST /openai/v1/chat/completions, whole and streamed.
#pragma once

#include "api/api.h"

namespace peregrine::api {

void add_chat_routes(http::Router& router, const Services& services, const Options& options);

}  // namespace peregrine::api
