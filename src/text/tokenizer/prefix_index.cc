#include "text/tokenizer/prefix_index.h"

#include <algorithm>
#include <utility>

namespace peregrine::text {

PrefixIndex::PrefixIndex(std::vector<Entry> entries) : entries_(std::move(entries)) {
  std::ranges::sort(entries_, {}, &Entry::text);
  for (const Entry& entry : entries_)
    ++first_byte_[static_cast<std::uint8_t>(entry.text[0]) + std::size_t{1}];
  for (std::size_t byte = 1; byte < first_byte_.size(); ++byte) first_byte_[byte] += first_byte_[byte - 1];
}

PrefixIndex::Match PrefixIndex::longest(std::string_view text) const noexcept {
  Match best;
  if (text.empty()) return best;
  const auto first = static_cast<std::uint8_t>(text[0]);
  auto low = entries_.begin() + first_byte_[first];
  auto high = entries_.begin() + first_byte_[first + std::size_t{1}];
  for (std::size_t depth = 1; low != high; ++depth) {
    // Every entry in the range begins with the first `depth` bytes of the text; the shortest sorts first.
    if (low->text.size() == depth) {
      best = {low->id, depth};
      ++low;
    }
    if (depth == text.size()) break;
    const auto at_depth = [depth](const Entry& entry) {
      return static_cast<std::uint8_t>(entry.text[depth]);
    };
    const auto range =
        std::ranges::equal_range(low, high, static_cast<std::uint8_t>(text[depth]), {}, at_depth);
    low = range.begin();
    high = range.end();
  }
  return best;
}

}  // namespace peregrine::text
