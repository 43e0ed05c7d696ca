#include "text/tokenizer/sentencepiece.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/utf8.h"
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

TEST(SentencePiece, MergesTheBestScoreFirst) {
  SpecBuilder builder = sentencepiece_spec();
  builder.spec().add_space_prefix = false;
  for (const char* letter : {"a", "b", "c"}) builder.add(letter, TokenKind::kNormal, -100);
  builder.add("ab", TokenKind::kNormal, -2);
  builder.add("bc", TokenKind::kNormal, -1);
  builder.add("abc", TokenKind::kNormal, -3);
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "abc"), ElementsAre("abc"));
  EXPECT_THAT(pieces(*tokenizer, "abbc"), ElementsAre("ab", "bc"));
  EXPECT_THAT(pieces(*tokenizer, "abab"), ElementsAre("ab", "ab"));
}

TEST(SentencePiece, PutsASpaceInFrontOfTextAndBehindSpecialTokens) {
  SpecBuilder builder = sentencepiece_spec();
  builder.add("▁", TokenKind::kNormal, -1);
  builder.add("a", TokenKind::kNormal, -2);
  builder.add("▁a", TokenKind::kNormal, -3);
  builder.add("<tool>", TokenKind::kUserDefined);
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "a a", {.add_special = true}), ElementsAre("<s>", "▁a", "▁a"));
  EXPECT_THAT(pieces(*tokenizer, " a"), ElementsAre("▁", "▁a"));
  EXPECT_THAT(pieces(*tokenizer, "a</s>a", {.add_special = false, .parse_special = true}),
              ElementsAre("▁a", "</s>", "▁a"));
  EXPECT_THAT(pieces(*tokenizer, "a<tool>a"), ElementsAre("▁a", "<tool>", "▁a"));
  EXPECT_THAT(pieces(*tokenizer, ""), ElementsAre());

  builder.spec().add_space_prefix = false;
  EXPECT_THAT(pieces(*made(builder), "a a"), ElementsAre("a", "▁a"));
}

TEST(SentencePiece, SpellsUnknownCharactersAsBytes) {
  SpecBuilder builder = sentencepiece_spec();
  builder.spec().add_space_prefix = false;
  builder.add("a", TokenKind::kNormal, -1);
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "aé\n\xFF"), ElementsAre("a", "<0xC3>", "<0xA9>", "<0x0A>", "<0xFF>"));
}

TEST(SentencePiece, TextNeverTurnsIntoByteOrControlTokensByItsSpelling) {
  SpecBuilder builder = sentencepiece_spec();
  builder.spec().add_space_prefix = false;
  for (const char* piece :
       {"<", "0", "x", "4", "1", ">", "/", "s", "<0", "<0x", "<0x4", "<0x41", "</", "</s"}) {
    builder.add(piece, TokenKind::kNormal, -1);
  }
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "<0x41>"), ElementsAre("<0x41", ">"));
  EXPECT_THAT(pieces(*tokenizer, "</s>"), ElementsAre("</s", ">"));
}

TEST(SentencePiece, WithoutByteTokensACharacterIsOneUnknownToken) {
  SpecBuilder builder(TokenizerKind::kSentencePiece);
  builder.spec().add_space_prefix = false;
  builder.spec().unk = builder.add("<unk>", TokenKind::kUnknown);
  builder.add("a");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "aéa"), ElementsAre("a", "<unk>", "a"));
}

// SentencePiece's BPE by its definition, over characters.
std::vector<std::string> by_definition(std::string text, const TokenizerSpec& spec) {
  for (std::size_t at = text.find(' '); at != std::string::npos; at = text.find(' '))
    text.replace(at, 1, "▁");
  std::vector<std::string> parts;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = base::utf8_decode(rest).length;
    parts.emplace_back(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  for (;;) {
    float best = -1e30F;
    std::size_t best_at = parts.size();
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      for (std::size_t id = 0; id < spec.tokens.size(); ++id) {
        if (spec.tokens[id] == parts[i] + parts[i + 1] && spec.scores[id] > best) {
          best = spec.scores[id];
          best_at = i;
        }
      }
    }
    if (best_at == parts.size()) return parts;
    parts[best_at] += parts[best_at + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(best_at) + 1);
  }
}

TEST(SentencePiece, AgreesWithTheDefinition) {
  const std::vector<std::string> letters = {"a", "b", "▁", "é"};
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    SpecBuilder builder = sentencepiece_spec();
    builder.spec().add_space_prefix = false;
    for (const std::string& letter : letters) builder.add(letter, TokenKind::kNormal, -1000);
    // Every other round no token has a space inside, so that the text falls into words.
    const bool spaces_inside = round % 2 == 0;
    for (int i = 0; i < 30; ++i) {
      std::string piece;
      for (std::size_t n = 2 + random() % 4; n > 0; --n) {
        const std::string& letter = letters[random() % letters.size()];
        if (spaces_inside || letter != "▁" || piece.ends_with("▁") || piece.empty()) piece += letter;
      }
      // Few scores, so that many are equal.
      const auto score = -static_cast<float>(random() % 5);
      if (builder.find(piece) == kNoToken) builder.add(piece, TokenKind::kNormal, score);
    }
    const auto tokenizer = made(builder);
    for (int i = 0; i < 40; ++i) {
      std::string text;
      for (std::size_t n = 1 + random() % 30; n > 0; --n) {
        const std::string& letter = letters[random() % letters.size()];
        text += letter == "▁" ? " " : letter;
      }
      EXPECT_THAT(pieces(*tokenizer, text), ElementsAreArray(by_definition(text, builder.spec()))) << text;
    }
  }
}

SpecBuilder ranked_spec() {
  SpecBuilder builder = sentencepiece_spec();
  builder.spec().kind = TokenizerKind::kRankedSentencePiece;
  builder.spec().scores.clear();
  builder.spec().bos = 1;
  for (const char* letter : {"a", "b", "c", "▁", "\n"}) builder.add(letter);
  return builder;
}

TEST(RankedSentencePiece, MergesOnlyWhatIsListedByItsRank) {
  SpecBuilder builder = ranked_spec();
  builder.merge("b", "c");
  builder.merge("a", "b");
  builder.merge("a", "bc");
  builder.add("cc");
  builder.merge("▁", "a");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "abc"), ElementsAre("abc"));
  EXPECT_THAT(pieces(*tokenizer, "abbc"), ElementsAre("ab", "bc"));
  EXPECT_THAT(pieces(*tokenizer, "acc a  b"), ElementsAre("a", "c", "c", "▁a", "▁", "▁", "b"));
  EXPECT_THAT(pieces(*tokenizer, "aé\xFF"), ElementsAre("a", "<0xC3>", "<0xA9>", "<0xFF>"));
}

TEST(RankedSentencePiece, ARunOfNewlinesThatIsATokenStaysWhole) {
  SpecBuilder builder = ranked_spec();
  builder.merge("\n", "\n");
  builder.add("\n\n\n");  // no merge leads there
  builder.merge("\n", "a");
  const auto tokenizer = made(builder);
  EXPECT_THAT(pieces(*tokenizer, "b\n\n\nb"), ElementsAre("b", "\n\n\n", "b"));
  EXPECT_THAT(pieces(*tokenizer, "\n\n\n\n\n"), ElementsAre("\n\n", "\n\n", "\n"));
  EXPECT_THAT(pieces(*tokenizer, "\na"), ElementsAre("\n", "a"));
}

TEST(RankedSentencePiece, AddsBosWhateverTheFileSaysAndNoSpace) {
  for (const std::optional<bool> add_bos :
       {std::optional<bool>(), std::optional(false), std::optional(true)}) {
    SpecBuilder builder = ranked_spec();
    builder.spec().add_bos = add_bos;
    builder.merge("b", "c");
    EXPECT_THAT(pieces(*made(builder), "a a", {.add_special = true}), ElementsAre("<s>", "a", "▁", "a"));
  }
  SpecBuilder builder = ranked_spec();
  builder.merge("b", "c");
  const auto tokenizer = made(builder);
  const auto tokens = tokenizer->encode(" a", kPlain);
  EXPECT_EQ(tokenizer->decode(*tokens, {}), " a");
}

TEST(RankedSentencePiece, OneEndlessWord) {
  SpecBuilder builder = ranked_spec();
  for (std::string part = "a"; part.size() < 64; part += part) builder.merge(part, part);
  const auto tokenizer = made(builder);
  const auto tokens = tokenizer->encode(std::string(1 << 20, 'a'), kPlain);
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->size(), (1U << 20) / 64);
}

TEST(SentencePiece, OneEndlessWord) {
  SpecBuilder builder = sentencepiece_spec();
  builder.spec().add_space_prefix = false;
  std::string part = "a";
  for (int i = 0; i < 7; ++i, part += part) builder.add(part, TokenKind::kNormal, -static_cast<float>(i));
  const auto tokenizer = made(builder);
  const auto tokens = tokenizer->encode(std::string(1 << 20, 'a'), kPlain);
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->size(), (1U << 20) / 64);
}

}  // namespace
}  // namespace peregrine::text
