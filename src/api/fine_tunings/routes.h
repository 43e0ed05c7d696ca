// /fine_tunings: adapters that were uploaded as files, made into models of the caller's organisation.
#pragma once

#include "api/api.h"
#include "http/router.h"

namespace peregrine::api {

// `services.tuned` is not null.
void add_fine_tuning_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
