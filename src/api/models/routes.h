// GET /openai/v1/models, GET and DELETE /openai/v1/models/{model}.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/api.h"

namespace peregrine::api {

void add_model_routes(http::Router& router, const Services& services);

// Ids match without regard to case.
std::optional<service::ModelStatus> find_model(const std::vector<service::ModelStatus>& cards,
                                               std::string_view id);

}  // namespace peregrine::api
