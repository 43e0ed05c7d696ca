// POST /openai/v1/reranking.
#pragma once

#include "api/api.h"

namespace peregrine::api {

void add_reranking_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
