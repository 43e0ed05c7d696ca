#include "api/door/host.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>

#include "http/message.h"

namespace peregrine::api {
namespace {

bool is_loopback(std::string_view name) {
  if (http::equal_ignoring_case(name, "localhost")) return true;
  boost::system::error_code ec;
  const auto address = boost::asio::ip::make_address(name, ec);
  return !ec && address.is_loopback();
}

}  // namespace

std::string_view host_name(std::string_view host_header) {
  if (host_header.starts_with('[')) {
    const std::size_t end = host_header.find(']');
    return end == std::string_view::npos ? std::string_view() : host_header.substr(1, end - 1);
  }
  std::string_view name = host_header.substr(0, host_header.find(':'));
  if (name.ends_with('.')) name.remove_suffix(1);
  return name;
}

bool host_allowed(std::string_view host_header, std::span<const std::string> allowed) {
  const std::string_view name = host_name(host_header);
  if (name.empty()) return false;
  return is_loopback(name) || std::any_of(allowed.begin(), allowed.end(), [name](const std::string& entry) {
           return entry == "*" || http::equal_ignoring_case(entry, name);
         });
}

bool same_host(std::string_view origin, std::string_view host_header) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!http::equal_ignoring_case(origin.substr(0, scheme.size()), scheme)) continue;
    return !host_header.empty() && http::equal_ignoring_case(origin.substr(scheme.size()), host_header);
  }
  return false;
}

}  // namespace peregrine::api
