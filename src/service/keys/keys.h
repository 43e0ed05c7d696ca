// Who may use the server: the keys there are, by their digests. Thread-safe; replaced as a whole while the
// server runs.
//
// Keys are random with 256 bits (registry.h), so a plain SHA-256 is enough: there is no dictionary to try,
// and a slow hash would only let strangers keep the server busy. Digests are found by their first digits, and
// compared in constant time: what the time of a search tells is how a digest begins, of which nobody can make
// a key.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "service/keys/api_key.h"

namespace peregrine::service {

class KeyRing {
 public:
  KeyRing() = default;
  // Keys as the configuration has them, none for administration.
  explicit KeyRing(const std::vector<std::string>& keys);

  // From now on these. Revoked and expired keys belong here too: they open nothing, but a server that has
  // keys, of whatever kind, never becomes one that needs none.
  void replace(std::vector<ApiKey> keys);

  // Without keys every caller is welcome, whatever it sends.
  bool open() const;
  // The key with that text, if it opens at `now` (Unix seconds); else null. When open(), a key for everything
  // without an id.
  std::shared_ptr<const ApiKey> find(std::string_view text, std::int64_t now) const;
  // Whether what was begun with the key of that id may go on: it opens at `now`. Always when open().
  bool still_opens(std::string_view id, std::int64_t now) const;

 private:
  using Key = std::shared_ptr<const ApiKey>;
  struct Table {
    std::multimap<std::string, Key, std::less<>> by_digest;  // its first kIndexDigits
    std::map<std::string, Key, std::less<>> by_id;
  };
  std::shared_ptr<const Table> table() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const Table> table_ = std::make_shared<Table>();
};

}  // namespace peregrine::service
