// Records of API keys. The key itself is nowhere: a record has its digest. Scopes and limits are opaque text
// to this room.
//
// Records are never deleted: one that is revoked says when. Times are Unix seconds and come from the caller.
// Any thread. A write that returned without an error is kept. Whatever implements this passes the tests of
// key_store_test.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace peregrine::store {

struct StoredKey {
  std::string id;  // grows with time: lists are in its order
  std::string name;
  std::string organisation;
  std::string digest;  // SHA-256 of the key, 64 hexadecimal digits
  std::string hint;    // how the key begins, for people
  std::string endpoints;
  std::string models;
  std::string limits;
  std::int64_t created_at = 0;
  std::optional<std::int64_t> expires_at = {};
  std::optional<std::int64_t> revoked_at = {};

  bool operator==(const StoredKey&) const = default;
};

class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // One whose id and digest are not there yet.
  virtual Status add(const StoredKey& key) = 0;
  // All of them, revoked ones too. kResourceExhausted if there are more than `most`.
  virtual Result<std::vector<StoredKey>> list(std::size_t most) = 0;
  // False: there is none of that id, or it was revoked before.
  virtual Result<bool> revoke(std::string_view id, std::int64_t now) = 0;
};

}  // namespace peregrine::store
