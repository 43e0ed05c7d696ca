// Which Host headers are answered. A page on the web can make a browser resolve the page's own name to a
// loopback address (DNS rebinding) and so reach us under that name, but it cannot make the browser say
// another name: refusing names that nobody gave us keeps such pages out.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace peregrine::api {

// The host of "name", "name:port", "1.2.3.4:port" or "[v6]:port": without port, brackets and final dot.
std::string_view host_name(std::string_view host_header);

// Names and addresses of the loopback, and those of `allowed`, without regard to case; "*" there allows all.
bool host_allowed(std::string_view host_header, std::span<const std::string> allowed);

// Whether a page of `origin` ("https://name:port") came from the server that `host_header` names. The scheme
// is not looked at: what stands before us and speaks TLS need not say so.
bool same_host(std::string_view origin, std::string_view host_header);

}  // namespace peregrine::api
