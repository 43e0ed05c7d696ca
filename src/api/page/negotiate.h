// What a browser's headers ask of a file: which form of it, and whether it is needed at all (RFC 9110, 12 and
// 13).
#pragma once

#include <string_view>

namespace peregrine::api {

// Whether a list such as "gzip;q=1.0, br" holds `name` with a weight other than 0. Wildcards do not count.
bool accepts(std::string_view list, std::string_view name);

// Whether an If-None-Match field names `etag`, or any at all. Weak and strong tags compare alike.
bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace peregrine::api
