// The vendor's rules for schemas of strict structured outputs: every object is closed and requires all of its
// properties (one that may be left out is a union with null instead).
#pragma once

#include <boost/json/value.hpp>

#include "base/result.h"

namespace peregrine::service {

// The first breach in the order of the document. Errors: kInvalidArgument, kResourceExhausted for schemas
// that nest deeper than the grammar takes; `where` is the JSON pointer of the object, or of its "required".
Status check_strict_schema(const boost::json::value& schema);

}  // namespace peregrine::service
