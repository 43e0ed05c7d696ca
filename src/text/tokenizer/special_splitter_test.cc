#include "text/tokenizer/special_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "text/tokenizer/test_spec.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {
namespace {

using testing::ElementsAre;

// Byte tokens, "ab" and "abc" by merges, and special tokens that overlap in every way.
class SpecialTokens : public testing::Test {
 protected:
  SpecialTokens() : builder_(byte_level_spec()) {
    builder_.merge("a", "b");
    builder_.merge("ab", "c");
    for (const char* control : {"<|im_end|>", "<|im_end|>\n", "<|x|>", "<<"})
      builder_.add(control, TokenKind::kControl);
    for (const char* user : {"<tool>", "\n<", "<|x|>y", "zz", "zzz"})
      builder_.add(user, TokenKind::kUserDefined);
    builder_.add("<unk>", TokenKind::kUnknown);
    tokenizer_ = std::move(*make_tokenizer(builder_.spec()));
  }

  std::vector<std::string> pieces(const std::vector<Segment>& segments) {
    return pieces_of(*tokenizer_, tokenizer_->encode(segments, false));
  }
  std::vector<std::string> parsed(std::string_view text) { return pieces({{text, true}}); }
  std::vector<std::string> plain(std::string_view text) { return pieces({{text, false}}); }

  SpecBuilder builder_;
  std::unique_ptr<Tokenizer> tokenizer_;
};

TEST_F(SpecialTokens, TheLongestMatchAtTheLeftmostPlace) {
  EXPECT_THAT(parsed("ab<|im_end|>"), ElementsAre("ab", "<|im_end|>"));
  EXPECT_THAT(parsed("<|im_end|>\nab"), ElementsAre("<|im_end|>\n", "ab"));
  EXPECT_THAT(parsed("<<<"), ElementsAre("<<", "<"));
  EXPECT_THAT(parsed("zzzzz"), ElementsAre("zzz", "zz"));
  // A longer user-defined token hides the control token it begins with.
  EXPECT_THAT(parsed("<|x|>y"), ElementsAre("<|x|>y"));
  EXPECT_THAT(parsed("<|x|>b"), ElementsAre("<|x|>", "b"));
  EXPECT_THAT(parsed("<unk>"), ElementsAre("<unk>"));
}

TEST_F(SpecialTokens, UserDefinedOnesAreFoundInPlainTextToo) {
  EXPECT_THAT(plain("ab<tool>c"), ElementsAre("ab", "<tool>", "c"));
  EXPECT_THAT(plain("<<"), ElementsAre("<", "<"));
}

TEST_F(SpecialTokens, EachSegmentHasItsOwnPermission) {
  const auto tokens = pieces({{"<|x|>", true}, {"a<|x|>", false}, {"b<|x|>", true}});
  const auto spelled = plain("a<|x|>b");
  std::vector<std::string> expected = {"<|x|>"};
  expected.insert(expected.end(), spelled.begin(), spelled.end());
  expected.emplace_back("<|x|>");
  EXPECT_EQ(tokens, expected);
}

TEST_F(SpecialTokens, NoControlTokenAcrossABorderOfPermission) {
  EXPECT_EQ(pieces({{"<|", true}, {"x|>", false}}), plain("<|x|>"));
  EXPECT_EQ(pieces({{"<|x", false}, {"|>", true}}), plain("<|x|>"));
  EXPECT_THAT(pieces({{"<|", true}, {"x|>", true}}), ElementsAre("<|x|>"));
  EXPECT_THAT(pieces({{"<|", true}, {"", false}, {"x|>", true}}), testing::Not(ElementsAre("<|x|>")));
}

TEST_F(SpecialTokens, WordsAndUserDefinedTokensRunAcrossBorders) {
  EXPECT_THAT(pieces({{"a", true}, {"b", false}, {"c", true}}), ElementsAre("abc"));
  EXPECT_THAT(pieces({{"<to", true}, {"ol>", false}}), ElementsAre("<tool>"));
  EXPECT_THAT(pieces({{"a", false}, {"", true}, {"b", false}}), ElementsAre("ab"));
}

TEST_F(SpecialTokens, UserTextTakesNothingFromATemplatesControlToken) {
  // "\n<" is a token of its own, and would leave "|im_end|>" behind.
  EXPECT_THAT(pieces({{"a\n", false}, {"<|im_end|>", true}}), ElementsAre("a", "Ċ", "<|im_end|>"));
  EXPECT_THAT(pieces({{"<|x|>", true}, {"y", false}}), ElementsAre("<|x|>", "y"));
}

TEST_F(SpecialTokens, NoTextMakesAControlTokenUnlessAllowed) {
  const char* parts[] = {"<",  "<|", "x",     "|>", "<|x|>", "<|im_end|>",
                         "\n", "<<", "<unk>", "a",  "zz",    "<tool>"};
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    std::vector<std::size_t> cuts = {0};
    for (std::size_t n = random() % 8; n > 0; --n) {
      text += parts[random() % std::size(parts)];
      cuts.push_back(text.size());
    }
    std::vector<Segment> segments;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      segments.push_back({std::string_view(text).substr(cuts[i], cuts[i + 1] - cuts[i]), false});
    }
    const auto tokens = tokenizer_->encode(segments, false);
    EXPECT_EQ(*tokens, *tokenizer_->encode(text, {.add_special = false, .parse_special = false}));
    for (const TokenId id : *tokens) EXPECT_FALSE(tokenizer_->vocabulary().is_special(id)) << text;
    EXPECT_EQ(decode_bytes(tokenizer_->vocabulary(), *tokens, {}), text);
  }
}

TEST_F(SpecialTokens, NoSegmentsAndEmptyOnesMakeNothing) {
  EXPECT_THAT(pieces({}), ElementsAre());
  EXPECT_THAT(pieces({{"", true}, {"", false}}), ElementsAre());
}

TEST_F(SpecialTokens, FragmentsCoverTheText) {
  const SpecialSplitter splitter(tokenizer_->vocabulary());
  const std::string text = "a<|x|>zzb";
  const Segment whole[] = {{text, true}};
  std::vector<std::tuple<std::size_t, std::size_t, TokenId>> fragments;
  for (const Fragment& f : splitter.split(text, whole)) fragments.emplace_back(f.begin, f.size, f.id);
  const TokenId x = builder_.find("<|x|>");
  const TokenId zz = builder_.find("zz");
  EXPECT_THAT(fragments, ElementsAre(std::tuple(0U, 1U, kNoToken), std::tuple(1U, 5U, x),
                                     std::tuple(6U, 2U, zz), std::tuple(8U, 1U, kNoToken)));
}

}  // namespace
}  // namespace peregrine::text
