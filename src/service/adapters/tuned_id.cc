#include "service/adapters/tuned_id.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "base/ids.h"

namespace peregrine::service {
namespace {

constexpr std::string_view kPrefix = "ft:";
constexpr std::uint64_t kSuffixMask = (std::uint64_t{1} << 48) - 1;

}  // namespace

std::string_view tuned_base(std::string_view id) {
  const auto same = [](char a, char b) { return a == b || (a >= 'A' && a <= 'Z' && a - 'A' + 'a' == b); };
  if (id.size() < kPrefix.size() || !std::ranges::equal(id.substr(0, kPrefix.size()), kPrefix, same))
    return {};
  id.remove_prefix(kPrefix.size());
  // A base may have colons and slashes of its own; organisations and names have neither.
  const std::size_t colon = id.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string_view rest = id.substr(colon + 1);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == rest.size()) return {};
  return id.substr(0, colon);
}

bool is_tuned_id(std::string_view id) {
  return !tuned_base(id).empty();
}

std::string make_tuned_id(std::string_view base, std::string_view organisation, std::string_view name) {
  return fmt::format("{}{}:{}/{}-{:012x}", kPrefix, base, organisation, name,
                     base::random_u64() & kSuffixMask);
}

}  // namespace peregrine::service
