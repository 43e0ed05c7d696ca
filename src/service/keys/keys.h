// Who may use the server: bearer keys from the configuration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace peregrine::service {

class KeyRing {
 public:
  KeyRing() = default;
  explicit KeyRing(const std::vector<std::string>& keys);

  // Without keys every caller is welcome, whatever it sends.
  bool open() const { return digests_.empty(); }
  // Compares in constant time per key.
  bool accepts(std::string_view key) const;

 private:
  std::vector<std::string> digests_;  // SHA-256, so that comparison time tells nothing of a key's length
};

}  // namespace peregrine::service
