// GET /openai/v1/usage: the ledger, for keys of administrators.
#pragma once

#include "api/api.h"

namespace peregrine::api {

void add_usage_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
