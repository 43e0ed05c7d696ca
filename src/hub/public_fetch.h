// Fetches what a stranger names: https and http, from public addresses only.
//
// Redirects are followed here, hop by hop. Each connection's address is checked when it is made, after the
// name was resolved, so that no name can lead into this machine or its network. No token, no cookies, no
// proxy, which would resolve the name itself.
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::hub {

// Neither this machine's nor of a private, link-local, shared, multicast, documentation or reserved range
// (IANA special-purpose registries), IPv4 in IPv6 included.
bool is_public_address(const sockaddr& address);

struct FetchLimits {
  std::uint64_t max_bytes = 0;
  std::chrono::seconds timeout{60};  // of the whole
  // Whether a connection to the address may be made. Tests say otherwise.
  bool (*address_allowed)(const sockaddr& address) = &is_public_address;
};

// Gives the body, once its server answers 200, to `keep`, piece by piece; false ends it with kCancelled. So
// does `go_on`, asked about once a second. Errors have a sentence that a client may read and no `where`:
// kInvalidArgument (no URL), kPermissionDenied (an address, or a redirect from https to http),
// kResourceExhausted (over max_bytes), kNotFound and kIo (the server, the network), kCancelled.
Status fetch_public(const std::string& url, const FetchLimits& limits,
                    const std::function<bool(std::string_view)>& keep, const std::function<bool()>& go_on);

}  // namespace peregrine::hub
