// Finds stop sequences in text that arrives in pieces, wherever the pieces are cut.
//
// Text that may still become a stop sequence is held back, and nothing else: the emitted text is the same at
// every split, and ends right before the first stop sequence to be completed (the earliest start wins a tie).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace peregrine::service {

class StopMatcher {
 public:
  explicit StopMatcher(std::vector<std::string> stops);

  // Takes the next piece and returns what is safe to emit now.
  std::string push(std::string_view piece);

  // No more text will come: what was held back, if no stop sequence was found.
  std::string flush();

  bool found() const { return found_; }

 private:
  std::vector<std::string> stops_;  // none empty
  std::string held_;
  bool found_ = false;
};

}  // namespace peregrine::service
