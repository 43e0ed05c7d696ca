// Numbers as base64 (RFC 4648, section 4) of their little-endian IEEE 754 binary32 bytes, as OpenAI's clients
// ask for vectors.
#pragma once

#include <span>
#include <string>

namespace peregrine::api {

void append_base64(std::string& out, std::span<const float> values);

}  // namespace peregrine::api
