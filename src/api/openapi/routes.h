// GET /openapi.json and /openapi.yaml: what this server takes and answers, for programs and for people.
//
// Open without a key: the description is that of the program, the same for everybody who has it, and tells
// nothing of this server's models, keys or users.
#pragma once

#include "api/api.h"

namespace peregrine::api {

void add_openapi_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
