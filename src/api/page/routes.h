// GET / and the files of the page behind it.
//
// They carry no data and need no key: what the page shows it asks of the API, as anyone would. The page may
// load nothing from anywhere else, and nothing may frame it; see kContentSecurityPolicy.
#pragma once

#include "api/api.h"

namespace peregrine::api {

void add_page_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
