// URLs that downloads may visit: https anywhere, http on this machine or where the hub's endpoint is one.
//
// Parsed by libcurl, which also connects to them: what is checked is what is visited. An Url holds no user
// name, no password and no fragment, and its host is ASCII in lower case.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace peregrine::hub {

struct Url {
  std::string text;    // the whole, normalised
  std::string scheme;  // "http" or "https"
  std::string host;    // IPv6 addresses without brackets
  std::uint16_t port = 0;
  std::string path;  // from the leading '/', still percent-encoded; without the query

  // For messages: without the query, which may hold a signature that works like a password.
  std::string shown() const;
  // "scheme://host:port".
  std::string origin() const;
};

// Errors: kInvalidArgument; `where` is what may be shown of the text.
Result<Url> parse_url(std::string_view text);

bool same_origin(const Url& a, const Url& b);
// Addresses and names that only this machine can reach.
bool is_loopback(const Url& url);

// Errors: kPermissionDenied for http that is neither on loopback nor the endpoint's origin.
Status check_start(const Url& url, const Url& endpoint);
// Whether a server at `from` may send us to `to`, in a chain that began at `start`: never from https to http,
// never from another machine back into this one. Errors: kPermissionDenied.
Status check_redirect(const Url& start, const Url& from, const Url& to, const Url& endpoint);

// What may be stored and compared: a query often is a signature, which works like a password and runs out.
std::string_view without_query(std::string_view url);

// Percent-encodes all but unreserved characters (RFC 3986) and '/'.
std::string encode_path(std::string_view path);

}  // namespace peregrine::hub
