#include "service/keys/keys.h"

#include "base/ids.h"

namespace peregrine::service {

KeyRing::KeyRing(const std::vector<std::string>& keys) {
  digests_.reserve(keys.size());
  for (const std::string& key : keys) digests_.push_back(base::sha256_hex(key));
}

bool KeyRing::accepts(std::string_view key) const {
  if (open()) return true;
  const std::string digest = base::sha256_hex(key);
  bool found = false;
  for (const std::string& known : digests_) found |= base::constant_time_equal(digest, known);
  return found;
}

}  // namespace peregrine::service
