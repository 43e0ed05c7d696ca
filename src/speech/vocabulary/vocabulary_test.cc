#include "speech/vocabulary/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <string>

#include "gguf/file.h"
#include "model/vocab.h"
#include "speech/testing/test_vocabulary.h"
#include "text/tokenizer/byte_level.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::speech {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using testing::test_vocabulary;

constexpr std::uint32_t kPositions = 1500;

// `n` text tokens, the last of which is `last`.
std::vector<std::string_view> tokens_ending_with(std::size_t n, std::string_view last) {
  std::vector<std::string_view> tokens(n, "x");
  tokens.back() = last;
  return tokens;
}

TEST(SpecialTokens, FollowFromTheSizesOfPublishedVocabularies) {
  struct Case {
    const char* name;
    std::size_t n_tokens;
    const char* last;
    std::uint32_t n_vocab;
    bool multilingual;
    std::uint32_t languages;
    TokenId end_of_text, transcribe, no_timestamps, first_timestamp;
  };
  constexpr Case kCases[] = {
      {"english, its end of text listed", 50257, "<|endoftext|>", 51864, false, 99, 50256, 50358, 50362,
       50363},
      {"english, listed otherwise", 50257, "", 51864, false, 99, 50256, 50358, 50362, 50363},
      {"english, not listed", 50256, "x", 51864, false, 99, 50256, 50358, 50362, 50363},
      {"multilingual", 50257, "", 51865, true, 99, 50257, 50359, 50363, 50364},
      {"large-v3", 50257, "", 51866, true, 100, 50257, 50360, 50364, 50365},
  };
  for (const Case& c : kCases) {
    const auto special = special_tokens(tokens_ending_with(c.n_tokens, c.last), c.n_vocab, kPositions);
    ASSERT_TRUE(special) << c.name << special.error().text();
    EXPECT_EQ(special->multilingual, c.multilingual) << c.name;
    EXPECT_EQ(special->n_languages, c.languages) << c.name;
    EXPECT_EQ(special->end_of_text, c.end_of_text) << c.name;
    EXPECT_EQ(special->start_of_transcript, c.end_of_text + 1) << c.name;
    EXPECT_EQ(special->transcribe, c.transcribe) << c.name;
    EXPECT_EQ(special->no_timestamps, c.no_timestamps) << c.name;
    EXPECT_EQ(special->first_timestamp, c.first_timestamp) << c.name;
    EXPECT_EQ(special->n_timestamps, kPositions + 1) << c.name;
    EXPECT_EQ(special->first_timestamp + static_cast<TokenId>(special->n_timestamps),
              static_cast<TokenId>(c.n_vocab));
  }
}

TEST(SpecialTokens, OfClosedVocabulariesFollowTheSameRule) {
  const auto one = special_tokens(tokens_ending_with(460, "x"), 460 + 8 + 1 + 251, 250);
  ASSERT_TRUE(one);
  EXPECT_TRUE(one->multilingual);
  EXPECT_EQ(one->n_languages, 1U);
  EXPECT_EQ(one->translate, 463);
  const auto none = special_tokens(tokens_ending_with(460, "x"), 460 + 8 + 251, 250);
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->multilingual);
}

TEST(SpecialTokens, OtherSizesAreRefused) {
  EXPECT_FALSE(special_tokens({}, 51865, kPositions));
  EXPECT_FALSE(special_tokens(tokens_ending_with(100, "x"), 100 + 8 + 1500, kPositions));
  EXPECT_FALSE(special_tokens(tokens_ending_with(100, "x"), 100 + 8 + 101 + 1501, kPositions));
  EXPECT_FALSE(special_tokens(tokens_ending_with(100, "x"), UINT32_MAX, kPositions));
  EXPECT_FALSE(special_tokens(tokens_ending_with(100, "x"), 51865, UINT32_MAX));
}

TEST(Vocabulary, WholeWordsAreTokensAndOthersBytes) {
  const Vocabulary vocabulary = test_vocabulary();
  EXPECT_THAT(vocabulary.encode(" ash cod").value(), ElementsAre(256, 258));
  EXPECT_THAT(vocabulary.encode("ash").value(), ElementsAre('a', 's', 'h'));
  EXPECT_THAT(vocabulary.encode(" ä").value(), ElementsAre(' ', 0xC3, 0xA4));
  EXPECT_EQ(vocabulary.decode(vocabulary.encode(" ä ash, ☃").value()), " ä ash, ☃");
  EXPECT_FALSE(vocabulary.encode(std::string(kMaxPromptBytes + 1, 'a')));
}

TEST(Vocabulary, DecodesToWholeUtf8WithoutSpecialTokens) {
  const Vocabulary vocabulary = test_vocabulary();
  const SpecialTokens& special = vocabulary.special();
  const std::array<TokenId, 6> tokens = {special.first_timestamp,    256, 0xC3, 257, special.end_of_text,
                                         special.first_timestamp + 9};
  EXPECT_EQ(vocabulary.decode(tokens), " ash\xEF\xBF\xBD bay");
  EXPECT_EQ(vocabulary.bytes(-1), "");
  EXPECT_EQ(vocabulary.bytes(special.end_of_text), "");
}

TEST(Vocabulary, BytesWithoutATokenAreLeftOut) {
  const std::array<std::string_view, 3> tokens = {"a", "b", "ab"};
  const Vocabulary vocabulary = Vocabulary::create(tokens, 3 + 8 + 1 + 101, 100).value();
  EXPECT_THAT(vocabulary.encode("abcab").value(), ElementsAre(2, 2));
}

TEST(Vocabulary, SuppressesMarksAndSpecialTokens) {
  const Vocabulary vocabulary = test_vocabulary();
  const auto suppressed = [&](TokenId token) {
    return std::ranges::binary_search(vocabulary.suppressed(), token);
  };
  for (const char mark : std::string("\"#()*+/:;<=>@[\\]^_`{|}~")) EXPECT_TRUE(suppressed(mark)) << mark;
  for (const char spoken : std::string("-'.,!?$%& aZ0")) EXPECT_FALSE(suppressed(spoken)) << spoken;
  EXPECT_TRUE(suppressed(256 + 12));  // " -"
  EXPECT_TRUE(suppressed(256 + 13));  // " '"
  EXPECT_TRUE(suppressed(256 + 14));  // " ("
  EXPECT_TRUE(suppressed(0xE2));      // begins a music note
  for (TokenId id = vocabulary.special().start_of_transcript; id < vocabulary.special().first_timestamp;
       ++id) {
    EXPECT_TRUE(suppressed(id));
  }
  EXPECT_FALSE(suppressed(vocabulary.special().end_of_text));
  EXPECT_FALSE(suppressed(vocabulary.special().first_timestamp));
  EXPECT_EQ(vocabulary.blank(), ' ');
}

TEST(Vocabulary, HasTheFirstLanguages) {
  const Vocabulary vocabulary = test_vocabulary();
  EXPECT_EQ(vocabulary.language("Chinese")->code, "zh");
  EXPECT_FALSE(vocabulary.language("de"));
  EXPECT_EQ(vocabulary.language_token(1), vocabulary.special().first_language + 1);
}

// Output of `xz -dc FILE`; empty when there is none.
std::string unpack(const std::filesystem::path& packed) {
  std::string bytes;
  if (!std::filesystem::exists(packed)) return bytes;
  std::FILE* pipe = ::popen(("xz -dc '" + packed.string() + "'").c_str(), "r");
  if (pipe == nullptr) return bytes;
  std::array<char, 1 << 16> buffer{};
  while (const std::size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe))
    bytes.append(buffer.data(), n);
  return ::pclose(pipe) == 0 ? bytes : std::string();
}

// GPT-2's vocabulary as a file of an English-only model lists it, and its tokenizer by merges.
class Gpt2VocabularyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    image_ =
        unpack(std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden/tokenizer/ggml-vocab-gpt-2.gguf.xz");
    if (image_.empty()) GTEST_SKIP() << "needs golden/tokenizer/ggml-vocab-gpt-2.gguf.xz and xz";
    const auto file = gguf::File::parse(std::as_bytes(std::span(image_)));
    ASSERT_TRUE(file);
    const text::TokenizerSpec spec = model::tokenizer_spec(file->metadata()).value();
    for (const std::string_view piece : spec.tokens) {
      text::append_byte_level_decoded(bytes_.emplace_back(), piece);
      views_.push_back(bytes_.back());
    }
    by_merges_ = text::make_tokenizer(spec).value();
    vocabulary_.emplace(Vocabulary::create(views_, 51864, kPositions).value());
  }

  std::string image_;
  std::deque<std::string> bytes_;
  std::vector<std::string_view> views_;
  std::unique_ptr<text::Tokenizer> by_merges_;
  std::optional<Vocabulary> vocabulary_;
};

TEST_F(Gpt2VocabularyTest, RanksGiveWhatMergesGive) {
  const std::string texts[] = {
      "hello world",
      " And so my fellow Americans, ask not what your country can do for you.",
      "IT'S DON'T WE'LL THEY'VE I'M YOU'RE HE'D",
      "hyphen-ated em—dash en–dash",
      "  a  b\n\n\nc \t d",
      "3.14159 1234 0x1F 2024-02-29T23:59:59Z",
      "İstanbul ışık Æsir øl łódź řeka Čšž ﬁnance",
      "Γειά σου Κόσμε مرحبا بالعالم नमस्ते",
      "我在2024年5月买了3本书。こんにちは世界 안녕하세요",
      "👨‍👩‍👧‍👦 family 🚀 text",
      "wordwordwordwordwordwordwordword aaaaaaaaaaaaaaaaaaaaaaaaaa",
      "antidisestablishmentarianism supercalifragilisticexpialidocious",
      "bad \xFF\xC3 bytes",
  };
  for (const std::string& text : texts) {
    EXPECT_EQ(vocabulary_->encode(text).value(),
              by_merges_->encode(text, {.add_special = false, .parse_special = false}).value())
        << text;
  }
}

// The list that was published with English-only models.
TEST_F(Gpt2VocabularyTest, SuppressesThePublishedTokens) {
  const std::vector<TokenId> published = {
      1,     2,     7,     8,     9,     10,    14,    25,    26,    27,    28,    29,    31,    58,
      59,    60,    61,    62,    63,    90,    91,    92,    93,    357,   366,   438,   532,   685,
      705,   796,   930,   1058,  1220,  1267,  1279,  1303,  1343,  1377,  1391,  1635,  1782,  1875,
      2162,  2361,  2488,  3467,  4008,  4211,  4600,  4808,  5299,  5855,  6329,  7203,  9609,  9959,
      10563, 10786, 11420, 11709, 11907, 13163, 13697, 13700, 14808, 15306, 16410, 16791, 17992, 19203,
      19510, 20724, 22305, 22935, 27007, 30109, 30420, 33409, 34949, 40283, 40493, 40549, 47282, 49146};
  std::vector<TokenId> text(vocabulary_->suppressed().begin(), vocabulary_->suppressed().end());
  std::erase_if(text, [&](TokenId token) { return !vocabulary_->is_text(token); });
  EXPECT_THAT(text, ElementsAreArray(published));
}

}  // namespace
}  // namespace peregrine::speech
