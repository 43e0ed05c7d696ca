// Which characters stand next to each other inside tokens. Between two that never do no token can reach
// across, so a text may be cut there before merging, with the same result.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

namespace peregrine::text {

class CharacterPairs {
 public:
  // All pairs of neighbours in `piece`, valid UTF-8.
  void add(std::string_view piece);
  // After the last add(), before the first contains().
  void finish();

  bool contains(char32_t left, char32_t right) const;

 private:
  static constexpr char32_t kAscii = 128;

  std::bitset<std::size_t{kAscii} * kAscii> ascii_;
  std::vector<std::uint64_t> others_;  // left and right in 32 bits each; sorted
};

}  // namespace peregrine::text
