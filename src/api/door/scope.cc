#include "api/door/scope.h"

#include <optional>

namespace peregrine::api {
namespace {

constexpr std::string_view kRoots[] = {"/openai/v1/", "/v1/"};

}  // namespace

bool permits(const service::KeyScope& scope, std::string_view method, std::string_view path) {
  std::optional<service::EndpointGroup> group;
  for (const std::string_view root : kRoots) {
    if (!path.starts_with(root)) continue;
    const std::string_view rest = path.substr(root.size());
    group = service::endpoint_group(rest.substr(0, rest.find('/')));
    break;
  }
  if (!group) return scope.allows_all();
  const bool reads = method == "GET" || method == "HEAD";
  if (*group == service::EndpointGroup::kModels && reads) return true;
  return scope.allows(*group);
}

}  // namespace peregrine::api
