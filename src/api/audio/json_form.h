// JSON in place of a form, as the lines of batches have it: a request for sound without an upload.
#pragma once

#include <string_view>

#include "base/result.h"
#include "http/form_reader.h"

namespace peregrine::api {

// The form with the same fields: texts as they are, numbers and booleans as forms spell them, arrays of
// granularities item by item; null is not given. Errors: kInvalidArgument with the path as `where`.
Result<http::Form> form_of_json(std::string_view body);

}  // namespace peregrine::api
