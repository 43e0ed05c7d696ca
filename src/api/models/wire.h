// The model objects of GET /openai/v1/models.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/api.h"

namespace peregrine::api {

std::string render_model(const service::ModelStatus& card);
std::string render_model_list(std::span<const service::ModelStatus> cards);

}  // namespace peregrine::api
