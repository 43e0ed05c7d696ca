// What a path asks a key for.
#pragma once

#include <string_view>

#include "service/keys/api_key.h"

namespace peregrine::api {

// Whether the path, however it is spelled, is one that administrators alone may ask for.
bool administers(std::string_view path);

// Whether `scope` permits the request. Decides by the path as it was sent, and fails closed: what is not
// plainly a known group of the API, however it may be spelled, is for keys without a restriction only. Every
// key may ask which models there are.
bool permits(const service::KeyScope& scope, std::string_view method, std::string_view path);

}  // namespace peregrine::api
