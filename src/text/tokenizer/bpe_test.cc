#include "text/tokenizer/bpe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <thread>

#include "text/tokenizer/test_spec.h"

namespace peregrine::text {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

constexpr EncodeOptions kPlain{.add_special = false, .parse_special = false};

std::unique_ptr<Tokenizer> made(SpecBuilder& builder) {
  auto tokenizer = make_tokenizer(builder.spec());
  EXPECT_TRUE(tokenizer) << tokenizer.error().text();
  return std::move(*tokenizer);
}

std::vector<std::string> pieces(const Tokenizer& tokenizer, std::string_view text,
                                EncodeOptions options = kPlain) {
  return pieces_of(tokenizer, tokenizer.encode(text, options));
}

TEST(ByteLevelBpe, MergesByRankNotByPlace) {
  SpecBuilder builder = byte_level_spec();
  builder.merge("b", "c");
  builder.merge("a", "b");
  builder.merge("a", "bc");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "abc"), ElementsAre("abc"));
  EXPECT_THAT(pieces(*tokenizer, "ab"), ElementsAre("ab"));
  EXPECT_THAT(pieces(*tokenizer, "abbc"), ElementsAre("ab", "bc"));
}

TEST(ByteLevelBpe, EqualRanksMergeFromTheLeft) {
  SpecBuilder builder = byte_level_spec();
  builder.merge("a", "a");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "aaaaa"), ElementsAre("aa", "aa", "a"));
}

TEST(ByteLevelBpe, TheFirstOfTwoRanksForAPairCounts) {
  SpecBuilder builder = byte_level_spec();
  builder.merge("a", "b");
  builder.merge("b", "c");
  builder.merge("a", "b");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "abc"), ElementsAre("ab", "c"));
}

TEST(ByteLevelBpe, NothingMergesAcrossPreTokens) {
  SpecBuilder builder = byte_level_spec();
  builder.merge("a", "1");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "a1"), ElementsAre("a", "1"));
}

TEST(ByteLevelBpe, WholeWordsComeFirstOnlyWhereTheSchemeSaysSo) {
  for (const auto& [pre, first] : {std::pair{"llama-bpe", true},
                                   {"gpt-4o", true},
                                   {"kimi-k2", true},
                                   {"qwen2", false},
                                   {"deepseek-v3", false}}) {
    SpecBuilder builder = byte_level_spec();
    builder.spec().pre = pre;
    builder.add("abc");  // no merge leads there
    const auto tokenizer = made(builder);
    EXPECT_EQ(pieces(*tokenizer, "abc").size(), first ? 1U : 3U);
    EXPECT_EQ(pieces(*tokenizer, "abcd").size(), 4U);
  }
}

// Byte-pair encoding as its definition has it: look for the best pair, merge its leftmost place, start over.
std::vector<std::string> by_definition(std::string_view word,
                                       const std::vector<std::pair<std::string, std::string>>& merges) {
  std::vector<std::string> parts;
  for (const char c : word) parts.emplace_back(1, c);
  for (;;) {
    std::size_t best_rank = merges.size();
    std::size_t best_at = 0;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      for (std::size_t rank = 0; rank < best_rank; ++rank) {
        if (merges[rank].first == parts[i] && merges[rank].second == parts[i + 1]) {
          best_rank = rank;
          best_at = i;
        }
      }
    }
    if (best_rank == merges.size()) return parts;
    parts[best_at] += parts[best_at + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best_at) + 1);
  }
}

TEST(ByteLevelBpe, AgreesWithTheDefinition) {
  std::mt19937 random(3);
  for (int round = 0; round < 40; ++round) {
    SpecBuilder builder = byte_level_spec();
    std::vector<std::string> parts = {"a", "b", "c"};
    std::vector<std::pair<std::string, std::string>> merges;
    for (int i = 0; i < 25; ++i) {
      const std::string left = parts[random() % parts.size()];
      const std::string right = parts[random() % parts.size()];
      if (left.size() + right.size() > 12) continue;
      merges.emplace_back(left, right);
      builder.merge(left, right);
      parts.push_back(left + right);
    }
    const auto tokenizer = made(builder);
    for (int text = 0; text < 40; ++text) {
      std::string word;
      for (std::size_t n = 1 + random() % 40; n > 0; --n) word.push_back("abc"[random() % 3]);
      EXPECT_THAT(pieces(*tokenizer, word), ElementsAreArray(by_definition(word, merges))) << word;
    }
  }
}

TEST(ByteLevelBpe, KeepsEveryByte) {
  SpecBuilder builder = byte_level_spec();
  builder.merge("Ã", "©");
  const auto tokenizer = made(builder);
  std::string bytes = "h\xC3\xA9 \xFF\xC3";
  for (int byte = 0; byte < 256; ++byte) bytes.push_back(static_cast<char>(byte));
  const auto tokens = tokenizer->encode(bytes, kPlain);
  EXPECT_EQ(decode_bytes(tokenizer->vocabulary(), *tokens, {}), bytes);
  EXPECT_EQ((*tokens)[1], builder.find("Ã©"));
}

TEST(ByteLevelBpe, OneEndlessWord) {
  SpecBuilder builder = byte_level_spec();
  for (std::string part = "a"; part.size() < 64; part += part) builder.merge(part, part);
  const auto tokenizer = made(builder);
  const auto tokens = tokenizer->encode(std::string((1 << 20) + 3, 'a'), kPlain);
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->size(), (1U << 20) / 64 + 2);
}

TEST(ByteLevelBpe, AddsWhatTheFileOrTheSchemeAsksFor) {
  struct Case {
    const char* pre;
    std::optional<bool> add_bos, add_eos;
    std::vector<std::string> expected;
  };
  const Case cases[] = {
      {"gpt-2", {}, {}, {"x"}},
      {"gpt-2", true, {}, {"<bos>", "x"}},
      {"gpt-2", {}, true, {"x", "<end>"}},
      {"llama-bpe", {}, {}, {"<bos>", "x"}},
      {"llama-bpe", false, {}, {"x"}},
      {"qwen2", true, true, {"<bos>", "x", "<end>"}},
  };
  for (const Case& c : cases) {
    SpecBuilder builder = byte_level_spec();
    builder.spec().bos = builder.add("<bos>", TokenKind::kControl);
    builder.spec().eos = builder.add("<end>", TokenKind::kControl);
    builder.spec().pre = c.pre;
    builder.spec().add_bos = c.add_bos;
    builder.spec().add_eos = c.add_eos;
    const auto tokenizer = made(builder);
    EXPECT_THAT(pieces(*tokenizer, "x", {.add_special = true}), ElementsAreArray(c.expected));
    EXPECT_THAT(pieces(*tokenizer, "x"), ElementsAre("x"));
    EXPECT_EQ(tokenizer->adds_bos(), c.expected.front() == "<bos>");
    EXPECT_EQ(tokenizer->adds_eos(), c.expected.back() == "<end>");
  }
}

TEST(ByteLevelBpe, MergesNeverMakeControlTokens) {
  SpecBuilder builder = byte_level_spec();
  builder.spec().pre = "llama-bpe";
  builder.add("<<", TokenKind::kControl);
  builder.add("!!", TokenKind::kUnused);
  builder.merge("<", "<");
  builder.merge("!", "!");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "<<"), ElementsAre("<", "<"));
  EXPECT_THAT(pieces(*tokenizer, "!!"), ElementsAre("!", "!"));
}

TEST(ByteLevelBpe, BytesWithoutATokenBecomeTheUnknownToken) {
  SpecBuilder builder(TokenizerKind::kByteLevelBpe);
  builder.spec().pre = "gpt-2";
  builder.add("a");
  builder.spec().unk = builder.add("<unk>", TokenKind::kUnknown);
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "aba"), ElementsAre("a", "<unk>", "a"));
}

TEST(ByteLevelBpe, ManyThreadsMayEncodeAtOnce) {
  SpecBuilder builder = byte_level_spec();
  builder.merge("a", "b");
  builder.merge("ab", "ab");
  const auto tokenizer = made(builder);
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "abab cab ";
  const auto alone = *tokenizer->encode(text, kPlain);
  std::vector<std::vector<TokenId>> results(4);
  std::vector<std::jthread> threads;
  threads.reserve(results.size());
  for (auto& result : results) threads.emplace_back([&] { result = *tokenizer->encode(text, kPlain); });
  threads.clear();
  for (const auto& result : results) EXPECT_EQ(result, alone);
}

TEST(ByteLevelBpe, RefusesMoreTextThanItsLimit) {
  SpecBuilder builder = byte_level_spec();
  const auto tokenizer = made(builder);
  const std::string half(kMaxTextBytes / 2 + 1, 'a');
  const Segment segments[] = {{half, false}, {half, false}};
  const auto tokens = tokenizer->encode(segments, false);
  ASSERT_FALSE(tokens);
  EXPECT_EQ(tokens.error().code, ErrorCode::kResourceExhausted);
}

}  // namespace
}  // namespace peregrine::text
