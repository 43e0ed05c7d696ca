// POST /openai/v1/embeddings.
#pragma once

#include "api/api.h"

namespace peregrine::api {

void add_embeddings_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
