// Forms (multipart/form-data) as the routes that take uploads read them.
#pragma once

#include <string_view>
#include <tl/expected.hpp>

#include "api/errors/errors.h"
#include "http/form_reader.h"

namespace peregrine::api {

// The form of a request on a route that streams its body. Without one the error is the status to return from
// the endpoint: the client has been answered, or will be by the server.
//
// A web page may send a form anywhere without being asked for permission, so one whose origin is neither
// our own nor one that the operator allowed is refused before anything is read.
http::Task<tl::expected<http::Form, unsigned>> read_form_or_answer(http::Exchange& exchange,
                                                                   const http::FormOptions& options);

// Why http::read_form() gave no form, in the client's words.
ApiError explain_form(const Error& error, std::string_view request_id);

}  // namespace peregrine::api
