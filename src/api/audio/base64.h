// Base64 as clients write it: standard or URL-safe alphabet (RFC 4648, sections 4 and 5), padded or not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace peregrine::api {

// Nothing when it is none. Line breaks are passed over; the alphabets may not be mixed.
std::optional<std::string> decode_base64(std::string_view text);

// What a data URL (RFC 2397) with ";base64" holds, still encoded; nothing for other texts.
std::optional<std::string_view> base64_of_data_url(std::string_view url);

}  // namespace peregrine::api
