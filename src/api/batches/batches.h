// The Batches API's face: its routes beside those of make_router(), and what answers the lines of batches.
#pragma once

#include <memory>

#include "api/api.h"
#include "http/router.h"
#include "service/batches/batch_work.h"
#include "service/batches/batches.h"

namespace peregrine::api {

// POST and GET /openai/v1/batches, GET /openai/v1/batches/{id}, POST /openai/v1/batches/{id}/cancel.
// `batches` outlives the router.
void add_batch_routes(http::Router& router, const Services& services, service::Batches& batches);

// Answers lines by the routes of make_router(), in the program itself, below whatever else is served. What
// `services` refers to outlives it; its lines are over when it is destroyed.
std::unique_ptr<service::BatchWork> make_batch_work(const Services& services, const Options& options);

}  // namespace peregrine::api
