// The model objects of GET /openai/v1/models.
#pragma once

#include <span>
#include <string>

#include "api/api.h"

namespace peregrine::api {

std::string render_model(const ModelCard& card);
std::string render_model_list(std::span<const ModelCard> cards);

}  // namespace peregrine::api
