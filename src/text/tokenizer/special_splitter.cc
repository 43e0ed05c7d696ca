#include "text/tokenizer/special_splitter.h"

#include <utility>

namespace peregrine::text {
namespace {

template <class Wanted>
PrefixIndex index_of(const Vocabulary& vocabulary, const Wanted& wanted) {
  std::vector<PrefixIndex::Entry> entries;
  for (TokenId id = 0; static_cast<std::size_t>(id) < vocabulary.size(); ++id) {
    if (wanted(id) && !vocabulary.piece(id).empty()) entries.push_back({vocabulary.piece(id), id});
  }
  return PrefixIndex(std::move(entries));
}

// Calls `visit` for each match of `index` in text[begin, end), leftmost first, the longest of those.
template <class Visit>
void for_each_match(const PrefixIndex& index, std::string_view text, std::size_t begin, std::size_t end,
                    const Visit& visit) {
  if (index.empty()) return;
  text = text.substr(0, end);
  while (begin < end) {
    const PrefixIndex::Match match = index.longest(text.substr(begin));
    if (match.id == kNoToken) {
      ++begin;
    } else {
      visit(Fragment{begin, match.size, match.id});
      begin += match.size;
    }
  }
}

}  // namespace

SpecialSplitter::SpecialSplitter(const Vocabulary& vocabulary) : is_special_(vocabulary.size()) {
  const auto user_defined = [&](TokenId id) { return vocabulary.kind(id) == TokenKind::kUserDefined; };
  verbatim_ = index_of(vocabulary, [&](TokenId id) { return vocabulary.is_special(id) || user_defined(id); });
  user_defined_ = index_of(vocabulary, user_defined);
  for (std::size_t i = 0; i < is_special_.size(); ++i)
    is_special_[i] = vocabulary.is_special(static_cast<TokenId>(i));
}

std::vector<Fragment> SpecialSplitter::split(std::string_view text, std::span<const Segment> segments) const {
  std::vector<Fragment> specials;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < segments.size();) {
    // Adjacent segments with the same permission are one stretch.
    const bool allowed = segments[i].parse_special;
    std::size_t end = begin;
    for (; i < segments.size() && segments[i].parse_special == allowed; ++i) end += segments[i].text.size();
    if (allowed) find_special(text, begin, end, specials);
    begin = end;
  }
  std::vector<Fragment> out;
  std::size_t done = 0;
  for (const Fragment& special : specials) {
    split_plain(text, done, special.begin, out);
    out.push_back(special);
    done = special.begin + special.size;
  }
  split_plain(text, done, text.size(), out);
  return out;
}

void SpecialSplitter::find_special(std::string_view text, std::size_t begin, std::size_t end,
                                   std::vector<Fragment>& out) const {
  // User-defined tokens compete here too, so that a longer one still hides a control token inside it.
  for_each_match(verbatim_, text, begin, end, [&](const Fragment& match) {
    if (is_special_[static_cast<std::size_t>(match.id)]) out.push_back(match);
  });
}

void SpecialSplitter::split_plain(std::string_view text, std::size_t begin, std::size_t end,
                                  std::vector<Fragment>& out) const {
  for_each_match(user_defined_, text, begin, end, [&](const Fragment& match) {
    if (match.begin > begin) out.push_back({begin, match.begin - begin, kNoToken});
    out.push_back(match);
    begin = match.begin + match.size;
  });
  if (begin < end) out.push_back({begin, end - begin, kNoToken});
}

}  // namespace peregrine::text
