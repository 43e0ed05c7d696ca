// A KeyStore without a disk. For tests only.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "store/keys/key_store.h"

namespace peregrine::store::testing {

class MemoryKeyStore final : public KeyStore {
 public:
  Status add(const StoredKey& key) override {
    const std::lock_guard lock(mutex_);
    for (const StoredKey& known : keys_) {
      if (known.id == key.id || known.digest == key.digest) return fail(ErrorCode::kIo, "is there already");
    }
    const auto place = std::ranges::upper_bound(keys_, key.id, {}, &StoredKey::id);
    keys_.insert(place, key);
    return {};
  }

  Result<std::vector<StoredKey>> list(std::size_t most) override {
    const std::lock_guard lock(mutex_);
    if (keys_.size() > most) return fail(ErrorCode::kResourceExhausted, "too many keys");
    return keys_;
  }

  Result<bool> revoke(std::string_view id, std::int64_t now) override {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(keys_, id, &StoredKey::id);
    if (found == keys_.end() || found->revoked_at) return false;
    found->revoked_at = now;
    return true;
  }

 private:
  std::mutex mutex_;
  std::vector<StoredKey> keys_;
};

}  // namespace peregrine::store::testing
