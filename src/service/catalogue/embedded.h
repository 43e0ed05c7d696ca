// data/catalogue.json, in the program.
#pragma once

#include <string_view>

namespace peregrine::service {

extern const std::string_view kCatalogueJson;

}  // namespace peregrine::service
