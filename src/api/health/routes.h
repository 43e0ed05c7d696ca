// GET /health (the process answers), /ready (models are loaded), /metrics (Prometheus), and / for people.
#pragma once

#include "api/api.h"

namespace peregrine::api {

void add_health_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
