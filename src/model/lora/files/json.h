// Strict JSON of adapter files: one value, UTF-8, bounded depth, no key twice.
#pragma once

#include <boost/json/value.hpp>
#include <string_view>

#include "base/result.h"

namespace peregrine::model {

// Errors: kCorrupt, with what is wrong. The length is the caller's to bound.
Result<boost::json::value> parse_adapter_json(std::string_view json);

}  // namespace peregrine::model
