// What the routes of administration have in common: whom they refuse, and how they answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/admin/admin.h"
#include "api/door/door.h"
#include "api/entry/stored.h"
#include "api/errors/errors.h"
#include "http/exchange.h"

namespace peregrine::api {

// Runs on a worker.
using AdminWork = StoredWork<const Services>;

// Adds the route under /admin/v1.
void add_admin_route(http::Router& router, const Services& services, std::string method,
                     const std::string& path, Endpoint endpoint);
void add_admin_route(http::Router& router, const Services& services, std::string method,
                     const std::string& path, AdminWork work);

// Whether a page of another origin asks, or one that could do so without leave.
std::optional<ApiError> refuse_foreign(const http::Request& request);

// `cause` as an administrator reads it: what was asked for in vain is named, faults of the server are logged.
ApiError admin_error(const Error& cause, http::Exchange& exchange);

// The body of a request that takes none: empty, or an object without properties.
Status check_no_body(std::string_view body);

void add_admin_model_routes(http::Router& router, const Services& services);
void add_admin_pull_routes(http::Router& router, const Services& services);
void add_admin_key_routes(http::Router& router, const Services& services);
void add_admin_live_routes(http::Router& router, const Services& services);

}  // namespace peregrine::api
