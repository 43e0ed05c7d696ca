// Issuing, listing and revoking keys, as an operator does. A key's text exists once: in the answer of
// issue().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "service/keys/api_key.h"
#include "store/keys/key_store.h"

namespace peregrine::service {

inline constexpr std::size_t kMaxKeys = 100'000;

struct KeyOrder {
  std::string name;                                // 1 .. 64 printable ASCII characters
  std::string organisation{kDefaultOrganisation};  // 1 .. 64 letters, digits, '_', '-' and '.'
  KeyScope scope = {};
  Limits limits = {};
  std::optional<std::int64_t> expires_at = {};  // Unix seconds
};

struct IssuedKey {
  std::string text;  // "gsk_" and 52 characters of Crockford's base 32: 256 random bits
  ApiKey key;
};

class KeyRegistry {
 public:
  // The store outlives this.
  explicit KeyRegistry(store::KeyStore& store) : store_(store) {}

  // Times are Unix seconds. Errors: kInvalidArgument with `where` "name", "org" or "expires";
  // kResourceExhausted beyond kMaxKeys; the store's.
  Result<IssuedKey> issue(const KeyOrder& order, std::int64_t now);
  // All of them, revoked and expired ones too, in the order in which they were made. Errors: the store's,
  // kCorrupt for a record that this program cannot read.
  Result<std::vector<ApiKey>> list() const;
  // The key of that id, or the only valid one of that name. Errors: kNotFound, kInvalidArgument (several of
  // that name, or revoked before), the store's.
  Result<ApiKey> revoke(std::string_view id_or_name, std::int64_t now);

 private:
  store::KeyStore& store_;
};

}  // namespace peregrine::service
