// The API's own description (docs/openapi.yaml), carried by the program. Its info.version is the program's.
#pragma once

#include <string_view>

namespace peregrine::api {

extern const std::string_view kOpenapiJson;
extern const std::string_view kOpenapiYaml;

}  // namespace peregrine::api
