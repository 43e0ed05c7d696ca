// POST /openai/v1/responses, and GET, DELETE, cancel and input_items of those that are kept.
#pragma once

#include "api/api.h"
#include "http/router.h"

namespace peregrine::api {

// `services.responses` is there.
void add_response_routes(http::Router& router, const Services& services, const Options& options);

}  // namespace peregrine::api
