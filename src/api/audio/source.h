// The `url` of a request for sound: base64 in it, or an address to fetch from.
#pragma once

#include <atomic>
#include <string>

#include "api/api.h"
#include "base/result.h"
#include "http/form_reader.h"

namespace peregrine::api {

// Whether it is an address, http or https.
bool is_web_address(const std::string& url);

// A file without a name, read from offset 0, that holds what `url` is or leads to. Takes as long as a server
// takes: not for a thread that others wait on. Setting `stop` ends it. Errors, with `where` "url":
// kInvalidArgument (neither an address nor base64, not fetched here, not to be had), kResourceExhausted (over
// the limit of size), kUnavailable (too many are being fetched), kCancelled, kIo (the spool folder).
Result<http::FileDescriptor> open_url(const std::string& url, const AudioOptions& options,
                                      const std::atomic<bool>& stop);

}  // namespace peregrine::api
