// /files: uploads that other requests refer to.
#pragma once

#include "api/api.h"
#include "http/router.h"

namespace peregrine::api {

// `services.files` is not null.
void add_file_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
