#include "api/door/scope.h"

#include <optional>
#include <string>

#include "http/target.h"

namespace peregrine::api {
namespace {

constexpr std::string_view kRoots[] = {"/openai/v1/", "/v1/"};
constexpr std::string_view kAdminRoot = "/admin";

std::optional<service::EndpointGroup> group_of(std::string_view path) {
  for (const std::string_view root : kRoots) {
    if (!path.starts_with(root)) continue;
    const std::string_view rest = path.substr(root.size());
    return service::endpoint_group(rest.substr(0, rest.find('/')));
  }
  return std::nullopt;
}

}  // namespace

// The router compares decoded segments, so this does.
bool administers(std::string_view path) {
  const std::optional<std::string> plain = http::percent_decode(path, http::Plus::kLiteral);
  if (!plain) return true;
  if (*plain == kAdminRoot || plain->starts_with(std::string(kAdminRoot) + "/")) return true;
  return group_of(*plain) == service::EndpointGroup::kAdmin;
}

bool permits(const service::KeyScope& scope, std::string_view method, std::string_view path) {
  if (administers(path)) return scope.allows(service::EndpointGroup::kAdmin);
  const std::optional<service::EndpointGroup> group = group_of(path);
  if (!group) return scope.allows_all();
  const bool reads = method == "GET" || method == "HEAD";
  if (*group == service::EndpointGroup::kModels && reads) return true;
  return scope.allows(*group);
}

}  // namespace peregrine::api
