// A KeyStore without a disk.
#pragma once

#include "store/keys/key_store.h"
#include "store/testing/memory_store.h"

namespace peregrine::store::testing {

class MemoryKeyStore final : public KeyStore {
 public:
  Status add(const StoredKey& key) override {
    PEREGRINE_TRY(records_.add(
        key, [](const auto&) { return true; },
        [&](const StoredKey& known) { return known.digest == key.digest; }));
    return {};
  }
  Result<std::vector<StoredKey>> list(std::size_t most) override {
    std::vector<StoredKey> keys = records_.scan("", SIZE_MAX);
    if (keys.size() > most) return fail(ErrorCode::kResourceExhausted, "too many keys");
    return keys;
  }
  Result<bool> revoke(std::string_view id, std::int64_t now) override {
    return records_.change(id, [now](StoredKey& key) {
      if (key.revoked_at) return false;
      key.revoked_at = now;
      return true;
    });
  }

 private:
  MemoryRecords<StoredKey> records_;
};

}  // namespace peregrine::store::testing
