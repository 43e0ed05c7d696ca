#include "service/keys/api_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/ids.h"

namespace peregrine::service {
namespace {

struct Group {
  std::string_view name;
  EndpointGroup group;
};

constexpr std::array<Group, 10> kGroups = {{
    {"chat", EndpointGroup::kChat},
    {"responses", EndpointGroup::kResponses},
    {"embeddings", EndpointGroup::kEmbeddings},
    {"reranking", EndpointGroup::kReranking},
    {"audio", EndpointGroup::kAudio},
    {"models", EndpointGroup::kModels},
    {"files", EndpointGroup::kFiles},
    {"batches", EndpointGroup::kBatches},
    {"fine_tunings", EndpointGroup::kFineTunings},
    {"admin", EndpointGroup::kAdmin},
}};
constexpr std::string_view kAllName = "all";
constexpr std::size_t kMaxModelName = 256;
constexpr std::size_t kDigestInId = 12;

constexpr std::uint32_t bit(EndpointGroup group) {
  return std::uint32_t{1} << static_cast<unsigned>(group);
}

constexpr std::uint32_t all_but_admin() {
  std::uint32_t groups = 0;
  for (const Group& one : kGroups) groups |= bit(one.group);
  return groups & ~bit(EndpointGroup::kAdmin);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The parts of a list, in order; none of an empty one.
std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    parts.push_back(list.substr(0, list.find(',')));
    list.remove_prefix(std::min(parts.back().size() + 1, list.size()));
  }
  return parts;
}

bool good_model(std::string_view name) {
  return !name.empty() && name.size() <= kMaxModelName &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

KeyScope::KeyScope() : groups_(all_but_admin()) {}

Result<KeyScope> KeyScope::parse(std::string_view endpoints, std::string_view models) {
  KeyScope scope;
  scope.groups_ = 0;
  for (const std::string_view name : split(endpoints)) {
    const auto found = std::ranges::find(kGroups, name, &Group::name);
    if (name == kAllName) {
      scope.groups_ |= all_but_admin();
    } else if (found != kGroups.end()) {
      scope.add(found->group);
    } else {
      std::string known(kAllName);
      for (const Group& one : kGroups) known += fmt::format(", {}", one.name);
      return fail(ErrorCode::kInvalidArgument, fmt::format("'{}' is no scope: there are {}", name, known));
    }
  }
  if (scope.groups_ == 0) return fail(ErrorCode::kInvalidArgument, "a key needs a scope, such as 'all'");
  for (const std::string_view model : split(models)) {
    if (!good_model(model)) {
      return fail(ErrorCode::kInvalidArgument, fmt::format("'{}' is no id of a model", model));
    }
    std::string& name = scope.models_.emplace_back(model);
    std::ranges::transform(name, name.begin(), lower);
  }
  if (scope.models_.size() > kMaxScopeModels) {
    return fail(ErrorCode::kInvalidArgument, fmt::format("a key names {} models at most", kMaxScopeModels));
  }
  return scope;
}

std::string KeyScope::endpoints_text() const {
  std::string text(allows_all() ? kAllName : "");
  for (const Group& one : kGroups) {
    if (!allows(one.group) || (allows_all() && one.group != EndpointGroup::kAdmin)) continue;
    text += fmt::format("{}{}", text.empty() ? "" : ",", one.name);
  }
  return text;
}

std::string KeyScope::models_text() const {
  return fmt::format("{}", fmt::join(models_, ","));
}

bool KeyScope::allows(EndpointGroup group) const {
  return (groups_ & bit(group)) != 0;
}

bool KeyScope::allows_all() const {
  return (groups_ & all_but_admin()) == all_but_admin();
}

bool KeyScope::allows_model(std::string_view id) const {
  if (models_.empty()) return true;
  std::string name(id);
  std::ranges::transform(name, name.begin(), lower);
  return std::ranges::any_of(models_, [&](std::string_view pattern) {
    if (!pattern.ends_with('*')) return pattern == name;
    return name.starts_with(pattern.substr(0, pattern.size() - 1));
  });
}

void KeyScope::add(EndpointGroup group) {
  groups_ |= bit(group);
}

std::optional<EndpointGroup> endpoint_group(std::string_view name) {
  if (name == "usage") return EndpointGroup::kAdmin;
  const auto found = std::ranges::find(kGroups, name, &Group::name);
  if (found == kGroups.end()) return std::nullopt;
  return found->group;
}

ApiKey configured_key(std::string_view text, bool admin) {
  ApiKey key;
  key.digest = base::sha256_hex(text);
  key.id = "config_" + key.digest.substr(0, kDigestInId);
  key.name = "configuration";
  if (admin) key.scope.add(EndpointGroup::kAdmin);
  return key;
}

}  // namespace peregrine::service
