// GET /openai/v1/usage: what a query says, and the list it is answered with.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "store/usage/usage_store.h"

namespace peregrine::api {

// Closed, as bodies are. Errors: kInvalidArgument with a message for the client and the field as `where`.
Result<store::UsageQuery> parse_usage_query(const http::Params& query, std::int64_t today);

std::string render_usage(const store::UsageQuery& query, const std::vector<store::UsageRow>& rows);

}  // namespace peregrine::api
