#include "text/tokenizer/prefix_index.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

namespace peregrine::text {
namespace {

TEST(PrefixIndex, FindsTheLongest) {
  const PrefixIndex index({{"a", 1}, {"abc", 2}, {"abcde", 3}, {"\xFF", 4}, {"b", 5}});
  EXPECT_EQ(index.longest("abcd").id, 2);
  EXPECT_EQ(index.longest("abcd").size, 3U);
  EXPECT_EQ(index.longest("abcdef").id, 3);
  EXPECT_EQ(index.longest("ab").id, 1);
  EXPECT_EQ(index.longest("\xFF\xFE").id, 4);
  EXPECT_EQ(index.longest("c").id, kNoToken);
  EXPECT_EQ(index.longest("").id, kNoToken);
  EXPECT_EQ(PrefixIndex().longest("a").id, kNoToken);
}

TEST(PrefixIndex, AgreesWithTryingEveryText) {
  std::mt19937 random(7);
  const auto word = [&](std::size_t longest) {
    std::string out;
    for (std::size_t n = 1 + random() % longest; n > 0; --n) out.push_back("ab\x80\xFF"[random() % 4]);
    return out;
  };
  std::set<std::string> texts;
  while (texts.size() < 60) texts.insert(word(5));
  std::vector<PrefixIndex::Entry> entries;
  entries.reserve(texts.size());
  for (const std::string& text : texts) entries.push_back({text, static_cast<TokenId>(entries.size())});
  const PrefixIndex index(entries);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = word(8);
    PrefixIndex::Match expected;
    for (const PrefixIndex::Entry& entry : entries) {
      if (text.starts_with(entry.text) && entry.text.size() > expected.size)
        expected = {entry.id, entry.text.size()};
    }
    EXPECT_EQ(index.longest(text).id, expected.id);
    EXPECT_EQ(index.longest(text).size, expected.size);
  }
}

}  // namespace
}  // namespace peregrine::text
