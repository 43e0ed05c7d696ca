#include "text/tokenizer/merge_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>

namespace peregrine::text {

static_assert(kMaxMerges <= std::size_t{1} << 24, "a rank must be exact as a float");

Result<MergeTable> MergeTable::create(const Vocabulary& vocabulary,
                                      std::span<const std::string_view> merges) {
  const std::string key(keys::kMerges);
  if (merges.size() > kMaxMerges) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("{} merges; at most {} are supported", merges.size(), kMaxMerges), key);
  }
  MergeTable table;
  table.entries_.reserve(merges.size());
  std::string joined;
  for (std::uint32_t rank = 0; rank < merges.size(); ++rank) {
    const std::string_view merge = merges[rank];
    // The left part may itself begin with a space, in vocabularies that are not byte-level throughout.
    const std::size_t space = merge.find(' ', 1);
    if (space == std::string_view::npos) {
      return fail(ErrorCode::kCorrupt, fmt::format("merge {} is not two parts with a space between", rank),
                  key);
    }
    const std::string_view left_piece = merge.substr(0, space);
    const std::string_view right_piece = merge.substr(space + 1);
    joined.assign(left_piece).append(right_piece);
    const TokenId left = vocabulary.find(left_piece);
    const TokenId right = vocabulary.find(right_piece);
    const TokenId merged = vocabulary.find(joined);
    if (left == kNoToken || right == kNoToken || merged == kNoToken) {
      return fail(ErrorCode::kCorrupt, fmt::format("merge {} has a part or a result that is no token", rank),
                  key);
    }
    if (!vocabulary.is_text(left) || !vocabulary.is_text(right) || !vocabulary.is_text(merged)) continue;
    table.entries_.push_back({left, right, rank, merged});
  }
  std::ranges::sort(table.entries_, {}, [](const Entry& e) { return std::tuple(e.left, e.right, e.rank); });
  const auto repeated =
      std::ranges::unique(table.entries_, {}, [](const Entry& e) { return std::pair(e.left, e.right); });
  table.entries_.erase(repeated.begin(), repeated.end());
  table.by_left_.assign(vocabulary.size() + 1, 0);
  for (const Entry& entry : table.entries_) ++table.by_left_[static_cast<std::size_t>(entry.left) + 1];
  for (std::size_t i = 1; i < table.by_left_.size(); ++i) table.by_left_[i] += table.by_left_[i - 1];
  return table;
}

Merge MergeTable::find(TokenId left, TokenId right) const noexcept {
  if (left == kNoToken || right == kNoToken) return {};
  const auto index = static_cast<std::size_t>(left);
  const auto begin = entries_.begin() + by_left_[index];
  const auto end = entries_.begin() + by_left_[index + 1];
  const auto found = std::ranges::lower_bound(begin, end, right, {}, &Entry::right);
  if (found == end || found->right != right) return {};
  return {static_cast<float>(found->rank), found->merged};
}

}  // namespace peregrine::text
