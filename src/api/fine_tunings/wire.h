// Fine tunings on the wire: adapters that make models of their own.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "service/adapters/tuned_models.h"
#include "store/adapters/adapter_store.h"

namespace peregrine::api {

// The body of POST /fine_tunings, checked once; the organisation is the caller's to fill in. Errors are
// kInvalidArgument with a message for the client and the offending path as `where`.
Result<service::NewAdapter> parse_fine_tuning(std::string_view body);

std::string render_fine_tuning(const store::StoredAdapter& adapter);
std::string render_fine_tunings(std::span<const store::StoredAdapter> adapters);

}  // namespace peregrine::api
