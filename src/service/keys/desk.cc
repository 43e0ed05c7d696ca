#include "service/keys/desk.h"

#include <algorithm>
#include <utility>

namespace peregrine::service {

Result<std::vector<ApiKey>> KeyDesk::gather(const std::vector<ApiKey>& configured) const {
  std::vector<ApiKey> keys;
  if (store_ != nullptr) {
    PEREGRINE_ASSIGN(keys, KeyRegistry(*store_).list());
  }
  keys.insert(keys.end(), configured.begin(), configured.end());
  return keys;
}

Status KeyDesk::configure(std::vector<ApiKey> configured, const Agree& agree) {
  const std::lock_guard lock(mutex_);
  PEREGRINE_ASSIGN(std::vector<ApiKey> keys, gather(configured));
  PEREGRINE_TRY(agree(keys));
  configured_ = std::move(configured);
  ring_.replace(std::move(keys));
  return {};
}

Result<std::vector<ApiKey>> KeyDesk::list() const {
  const std::lock_guard lock(mutex_);
  return gather(configured_);
}

Result<IssuedKey> KeyDesk::issue(const KeyOrder& order, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  if (ring_.open() && !order.scope.allows(EndpointGroup::kAdmin)) {
    return fail(
        ErrorCode::kInvalidArgument,
        "the first key needs the scope 'admin': from then on every request needs a key, and without one "
        "for administration nobody could make another here",
        "scopes");
  }
  PEREGRINE_ASSIGN(IssuedKey issued, KeyRegistry(*store_).issue(order, now));
  PEREGRINE_ASSIGN(std::vector<ApiKey> keys, gather(configured_));
  ring_.replace(std::move(keys));
  return issued;
}

Result<ApiKey> KeyDesk::revoke(std::string_view id, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(configured_, id, &ApiKey::id) != configured_.end()) {
    return fail(ErrorCode::kUnsupported, "the key stands in the configuration file, and is revoked there");
  }
  PEREGRINE_ASSIGN(ApiKey key, KeyRegistry(*store_).revoke(id, now));
  PEREGRINE_ASSIGN(std::vector<ApiKey> keys, gather(configured_));
  ring_.replace(std::move(keys));
  return key;
}

}  // namespace peregrine::service
