// The text of a JSON string, character by character as it comes; of valid ones only (see JsonScanner).
#pragma once

#include <cstdint>
#include <string>

namespace peregrine::service {

class JsonUnescape {
 public:
  // The next byte between the quotes; appends to `out` what is known of the text. Half of a surrogate pair
  // becomes U+FFFD.
  void push(char c, std::string& out);
  // The closing quote.
  void finish(std::string& out);

 private:
  void code_unit(std::string& out);

  std::uint32_t unit_ = 0;
  std::uint32_t high_ = 0;  // first half of a surrogate pair
  std::uint8_t hex_due_ = 0;
  bool escaped_ = false;
};

}  // namespace peregrine::service
