// Keys made and revoked while the server runs. What is done here holds at once, for every request that comes
// after it; what others do to the store, as the command line does, holds when configure() is called next.
// Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "service/keys/keys.h"
#include "service/keys/registry.h"
#include "store/keys/key_store.h"

namespace peregrine::service {

class KeyDesk {
 public:
  // Both outlive this. `store` may be null: then there are keys of the configuration only.
  KeyDesk(KeyRing& ring, store::KeyStore* store) : ring_(ring), store_(store) {}

  // The keys are those of the store and `configured` from now on, if `agree` has nothing against them.
  // Errors: the store's, and that of `agree`; then nothing has changed.
  using Agree = std::function<Status(const std::vector<ApiKey>& keys)>;
  Status configure(std::vector<ApiKey> configured, const Agree& agree);

  // Whether keys can be made.
  bool keeps() const { return store_ != nullptr; }

  // As KeyRegistry's, if keeps(). Those of the configuration come last in the list, and cannot be revoked:
  // kUnsupported. The first key must be one for administration: kInvalidArgument with `where` "scopes".
  Result<std::vector<ApiKey>> list() const;
  Result<IssuedKey> issue(const KeyOrder& order, std::int64_t now);
  Result<ApiKey> revoke(std::string_view id, std::int64_t now);

 private:
  Result<std::vector<ApiKey>> gather(const std::vector<ApiKey>& configured) const;  // with the mutex held

  KeyRing& ring_;
  store::KeyStore* const store_;
  mutable std::mutex mutex_;
  std::vector<ApiKey> configured_;  // under mutex_
};

}  // namespace peregrine::service
