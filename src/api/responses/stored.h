// Responses that are kept: shown, deleted, cancelled while they are made, and what went into them.
#pragma once

#include <string>

#include "api/api.h"
#include "http/exchange.h"
#include "http/router.h"

namespace peregrine::api {

// Whose responses a request may see: an id of its key, or "" where no keys are needed.
std::string owner_of(http::Exchange& exchange);

void add_stored_response_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
