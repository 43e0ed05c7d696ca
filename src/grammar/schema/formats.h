// The values of `format` that are enforced, as patterns over the whole string.
#pragma once

#include <optional>
#include <string_view>

namespace peregrine::grammar {

// The pattern of a format, or nothing for one that is not supported.
std::optional<std::string_view> format_pattern(std::string_view format);

}  // namespace peregrine::grammar
