#include "text/tokenizer/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <utility>

#include "text/tokenizer/test_spec.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::text {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;

Vocabulary made(SpecBuilder& builder) {
  auto vocabulary = Vocabulary::create(builder.spec());
  EXPECT_TRUE(vocabulary) << vocabulary.error().text();
  return std::move(*vocabulary);
}

TEST(Vocabulary, BytesAreWhatATokenAddsToText) {
  SpecBuilder spm = sentencepiece_spec();
  const TokenId word = spm.add("▁the▁");
  const TokenId user = spm.add("▁u", TokenKind::kUserDefined);
  const TokenId unused = spm.add("gap", TokenKind::kUnused);
  const Vocabulary sentencepiece = made(spm);
  EXPECT_EQ(sentencepiece.bytes(word), " the ");
  EXPECT_EQ(sentencepiece.bytes(user), "▁u");
  EXPECT_EQ(sentencepiece.bytes(unused), "");
  EXPECT_EQ(sentencepiece.bytes(2), "</s>");
  for (int byte = 0; byte < 256; ++byte) {
    EXPECT_EQ(sentencepiece.bytes(3 + byte), std::string(1, static_cast<char>(byte)));
  }

  SpecBuilder bpe = byte_level_spec();
  bpe.merge("Ġ", "t");
  const Vocabulary byte_level = made(bpe);
  EXPECT_EQ(byte_level.piece(256), "Ġt");
  EXPECT_EQ(byte_level.bytes(256), " t");
  EXPECT_EQ(byte_level.bytes(255), "\xFF");

  SpecBuilder wpm = wordpiece_spec({"▁play", "ing"});
  const Vocabulary wordpiece = made(wpm);
  EXPECT_EQ(wordpiece.bytes(4), " play");
  EXPECT_EQ(wordpiece.bytes(5), "ing");
}

TEST(Vocabulary, IdsOutsideBehaveAsUnused) {
  SpecBuilder builder = byte_level_spec();
  const Vocabulary vocabulary = made(builder);
  for (const TokenId id :
       {-1, 256, std::numeric_limits<TokenId>::min(), std::numeric_limits<TokenId>::max()}) {
    EXPECT_EQ(vocabulary.kind(id), TokenKind::kUnused);
    EXPECT_EQ(vocabulary.piece(id), "");
    EXPECT_EQ(vocabulary.bytes(id), "");
    EXPECT_FALSE(vocabulary.is_special(id));
    EXPECT_FALSE(vocabulary.is_text(id));
    EXPECT_FALSE(vocabulary.ends_generation(id));
  }
}

TEST(Vocabulary, FindsTokensByTheirText) {
  SpecBuilder builder = byte_level_spec();
  builder.add("");
  builder.add("", TokenKind::kUnused);
  const TokenId control = builder.add("<c>", TokenKind::kControl);
  Vocabulary vocabulary = made(builder);
  const Vocabulary moved = std::move(vocabulary);
  EXPECT_EQ(moved.find("<c>"), control);
  EXPECT_EQ(moved.find_text("<c>"), kNoToken);
  EXPECT_EQ(moved.find_text("a"), 'a');
  EXPECT_EQ(moved.find("nothing"), kNoToken);
  EXPECT_EQ(moved.find(""), kNoToken);
  EXPECT_EQ(moved.longest_piece(), 3U);
}

TEST(Vocabulary, RolesByKeyThenByCustom) {
  SpecBuilder builder = sentencepiece_spec();
  const Vocabulary by_custom = made(builder);
  EXPECT_EQ(by_custom.unk(), 0);
  EXPECT_EQ(by_custom.bos(), 1);
  EXPECT_EQ(by_custom.eos(), 2);
  EXPECT_FALSE(by_custom.sep());
  builder.spec().bos = 7;
  EXPECT_EQ(made(builder).bos(), 7);

  SpecBuilder wordpiece = wordpiece_spec({});
  EXPECT_EQ(made(wordpiece).bos(), 2);
  EXPECT_EQ(made(wordpiece).sep(), 3);

  SpecBuilder ordinary(TokenizerKind::kSentencePiece);
  ordinary.add("<s>");  // a normal token by that name has no role
  EXPECT_FALSE(made(ordinary).bos());
}

TEST(Vocabulary, KnowsWhatEndsGeneration) {
  SpecBuilder builder = byte_level_spec();
  const TokenId end = builder.add("<|end|>", TokenKind::kUserDefined);
  const TokenId eom = builder.add("<eom>", TokenKind::kControl);
  const TokenId eos = builder.add("<fin>", TokenKind::kControl);
  const TokenId im_end = builder.add("<|im_end|>");
  builder.add("<|fim_prefix|>");
  builder.spec().eos = eos;
  builder.spec().eom = eom;
  const Vocabulary vocabulary = made(builder);
  EXPECT_THAT(vocabulary.end_of_generation(), ElementsAre(end, eom, eos, im_end));
  EXPECT_TRUE(vocabulary.ends_generation(im_end));
  EXPECT_FALSE(vocabulary.ends_generation('a'));
  EXPECT_EQ(vocabulary.eot(), im_end);
  // Whatever the file says of them, users must not be able to write these.
  EXPECT_EQ(vocabulary.kind(im_end), TokenKind::kControl);
  EXPECT_EQ(vocabulary.kind(end), TokenKind::kControl);
  EXPECT_EQ(vocabulary.kind(vocabulary.find("<|fim_prefix|>")), TokenKind::kControl);
}

// The special tokens of published models, as a file without keys and kinds would have them.
struct Family {
  const char* name;
  std::vector<const char*> tokens;
  std::vector<std::string> ends;
  const char* end_of_turn;  // "": none
};

const Family kFamilies[] = {
    {"Llama 3",
     {"<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|eot_id|>", "<|eom_id|>"},
     {"<|end_of_text|>", "<|eot_id|>", "<|eom_id|>"},
     "<|eot_id|>"},
    {"Llama 4",
     {"<|begin_of_text|>", "<|end_of_text|>", "<|header_start|>", "<|eom|>", "<|eot|>"},
     {"<|end_of_text|>", "<|eom|>", "<|eot|>"},
     "<|eot|>"},
    {"Qwen", {"<|endoftext|>", "<|im_start|>", "<|im_end|>"}, {"<|endoftext|>", "<|im_end|>"}, "<|im_end|>"},
    {"Phi", {"<|user|>", "<|end|>", "<|endoftext|>"}, {"<|end|>", "<|endoftext|>"}, "<|end|>"},
    // In Harmony "<|end|>" closes one message of an answer that goes on.
    {"gpt-oss",
     {"<|endoftext|>", "<|return|>", "<|channel|>", "<|start|>", "<|end|>", "<|message|>", "<|call|>"},
     {"<|endoftext|>", "<|return|>", "<|call|>"},
     "<|end|>"},
    {"Kimi",
     {"[BOS]", "[EOS]", "<|im_end|>", "<|im_user|>", "<|im_middle|>", "[EOT]"},
     {"[EOS]", "<|im_end|>", "[EOT]"},
     "<|im_end|>"},
    {"Gemma 2",
     {"<eos>", "<bos>", "<start_of_turn>", "<end_of_turn>", "</s>"},
     {"<eos>", "<end_of_turn>"},
     "<end_of_turn>"},
    {"Gemma 4",
     {"<eos>", "<bos>", "<|tool_response>", "<|turn>", "<turn|>", "</s>"},
     {"<eos>", "<|tool_response>", "<turn|>"},
     "<turn|>"},
    {"DeepSeek V3",
     {"<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>"},
     {"<｜end▁of▁sentence｜>"},
     "<｜end▁of▁sentence｜>"},
    {"DeepSeek Coder", {"<｜begin▁of▁sentence｜>", "<｜fim▁hole｜>", "<|EOT|>"}, {"<|EOT|>"}, "<|EOT|>"},
    {"Mistral", {"<s>", "</s>", "[INST]"}, {"</s>"}, ""},
};

TEST(Vocabulary, KnowsTheEndsOfEachFamily) {
  for (const Family& family : kFamilies) {
    SCOPED_TRACE(family.name);
    SpecBuilder builder = byte_level_spec();
    for (const char* token : family.tokens) builder.add(token);
    const Vocabulary vocabulary = made(builder);
    std::vector<std::string> ends;
    for (const TokenId id : vocabulary.end_of_generation()) {
      ends.emplace_back(vocabulary.piece(id));
      EXPECT_EQ(vocabulary.kind(id), TokenKind::kControl) << ends.back();
    }
    EXPECT_THAT(ends, ElementsAreArray(family.ends));
    EXPECT_EQ(vocabulary.eot() ? vocabulary.piece(*vocabulary.eot()) : "", family.end_of_turn);
  }
}

TEST(Vocabulary, UsersCannotWriteTheStructureOfTurns) {
  for (const char* token :
       {"<|im_start|>", "<|start_header_id|>", "<|header_start|>", "<|start|>", "<|channel|>", "<|message|>",
        "<|im_user|>", "<start_of_turn>", "<|turn>", "<｜User｜>", "<|end|>"}) {
    for (const TokenKind kind : {TokenKind::kNormal, TokenKind::kUserDefined, TokenKind::kControl}) {
      SpecBuilder builder = byte_level_spec();
      const TokenId id = builder.add(token, kind);
      EXPECT_EQ(made(builder).kind(id), TokenKind::kControl) << token;
    }
  }
}

TEST(Vocabulary, AStruckThroughTextInGemmaIsText) {
  for (const bool gemma : {false, true}) {
    SpecBuilder builder = sentencepiece_spec();  // has "</s>", a control token
    builder.spec().token_types[2] = static_cast<std::int32_t>(TokenKind::kNormal);
    if (gemma) builder.add("<eos>");
    EXPECT_EQ(made(builder).kind(2), gemma ? TokenKind::kNormal : TokenKind::kControl);
    EXPECT_EQ(made(builder).ends_generation(2), !gemma);
    builder.spec().eos = 2;
    EXPECT_TRUE(made(builder).ends_generation(2));
  }
}

// Specs that no honest file has, and the key that each error must name.
struct Hostile {
  const char* what;
  void (*spoil)(SpecBuilder&);
  ErrorCode code;
  std::string_view where;
};

const Hostile kHostile[] = {
    {"no tokens", [](SpecBuilder& b) { b.spec().tokens.clear(); }, ErrorCode::kCorrupt, keys::kTokens},
    {"too many tokens", [](SpecBuilder& b) { b.spec().tokens.resize(kMaxVocabulary + 1); },
     ErrorCode::kResourceExhausted, keys::kTokens},
    {"a huge token", [](SpecBuilder& b) { b.add(std::string(kMaxTokenBytes + 1, 'a')); },
     ErrorCode::kResourceExhausted, keys::kTokens},
    {"too many bytes",
     [](SpecBuilder& b) {
       b.add(std::string(kMaxTokenBytes, 'a'));
       b.spec().tokens.resize(kMaxVocabularyBytes / kMaxTokenBytes + 300, b.spec().tokens.back());
     },
     ErrorCode::kResourceExhausted, keys::kTokens},
    {"a token that is not UTF-8", [](SpecBuilder& b) { b.add("a\xFF"); }, ErrorCode::kCorrupt, keys::kTokens},
    {"two equal tokens", [](SpecBuilder& b) { b.add("a"); }, ErrorCode::kCorrupt, keys::kTokens},
    {"a missing byte", [](SpecBuilder& b) { b.spec().tokens[7] = "x7"; }, ErrorCode::kCorrupt, keys::kTokens},
    {"a byte that is a control token", [](SpecBuilder& b) { b.spec().token_types[7] = 3; },
     ErrorCode::kCorrupt, keys::kTokens},
    {"a byte token without a byte", [](SpecBuilder& b) { b.add("<0xG0>", TokenKind::kByte); },
     ErrorCode::kCorrupt, keys::kTokens},
    {"an empty byte token", [](SpecBuilder& b) { b.add("", TokenKind::kByte); }, ErrorCode::kCorrupt,
     keys::kTokens},
    {"too few types", [](SpecBuilder& b) { b.spec().token_types.pop_back(); }, ErrorCode::kCorrupt,
     keys::kTokenTypes},
    {"too many types", [](SpecBuilder& b) { b.spec().token_types.push_back(1); }, ErrorCode::kCorrupt,
     keys::kTokenTypes},
    {"an unknown type", [](SpecBuilder& b) { b.spec().token_types[0] = 7; }, ErrorCode::kCorrupt,
     keys::kTokenTypes},
    {"a negative type", [](SpecBuilder& b) { b.spec().token_types[0] = -1; }, ErrorCode::kCorrupt,
     keys::kTokenTypes},
    {"bos outside", [](SpecBuilder& b) { b.spec().bos = 256; }, ErrorCode::kCorrupt, keys::kBos},
    {"eos far outside", [](SpecBuilder& b) { b.spec().eos = UINT32_MAX; }, ErrorCode::kCorrupt, keys::kEos},
    {"unk outside", [](SpecBuilder& b) { b.spec().unk = 256; }, ErrorCode::kCorrupt, keys::kUnk},
    {"sep outside", [](SpecBuilder& b) { b.spec().sep = 256; }, ErrorCode::kCorrupt, keys::kSep},
    {"eot outside", [](SpecBuilder& b) { b.spec().eot = 256; }, ErrorCode::kCorrupt, keys::kEot},
    {"eom outside", [](SpecBuilder& b) { b.spec().eom = 256; }, ErrorCode::kCorrupt, keys::kEom},
    {"bos wanted but not named", [](SpecBuilder& b) { b.spec().add_bos = true; }, ErrorCode::kCorrupt,
     keys::kBos},
    {"eos wanted but not named", [](SpecBuilder& b) { b.spec().add_eos = true; }, ErrorCode::kCorrupt,
     keys::kEos},
    {"an unknown pre-tokenizer", [](SpecBuilder& b) { b.spec().pre = "?"; }, ErrorCode::kUnsupported,
     keys::kPre},
    {"too many merges", [](SpecBuilder& b) { b.spec().merges.resize(kMaxMerges + 1, "a b"); },
     ErrorCode::kResourceExhausted, keys::kMerges},
    {"an empty merge", [](SpecBuilder& b) { b.spec().merges = {""}; }, ErrorCode::kCorrupt, keys::kMerges},
    {"a merge of one part", [](SpecBuilder& b) { b.spec().merges = {"ab"}; }, ErrorCode::kCorrupt,
     keys::kMerges},
    {"a merge with an empty part", [](SpecBuilder& b) { b.spec().merges = {"a "}; }, ErrorCode::kCorrupt,
     keys::kMerges},
    {"a merge of no token", [](SpecBuilder& b) { b.spec().merges = {"a bc"}; }, ErrorCode::kCorrupt,
     keys::kMerges},
    {"a merge into no token", [](SpecBuilder& b) { b.spec().merges = {"a b"}; }, ErrorCode::kCorrupt,
     keys::kMerges},
    {"SentencePiece without scores",
     [](SpecBuilder& b) {
       b.spec().kind = TokenizerKind::kSentencePiece;
       b.spec().scores.clear();
     },
     ErrorCode::kCorrupt, keys::kScores},
    {"a score that is no number",
     [](SpecBuilder& b) {
       b.spec().kind = TokenizerKind::kSentencePiece;
       b.spec().scores[3] = std::numeric_limits<float>::quiet_NaN();
     },
     ErrorCode::kCorrupt, keys::kScores},
    {"SentencePiece with neither bytes nor unk",
     [](SpecBuilder& b) { b.spec().kind = TokenizerKind::kSentencePiece; }, ErrorCode::kCorrupt,
     keys::kTokens},
    {"ranked SentencePiece with neither bytes nor unk",
     [](SpecBuilder& b) {
       b.spec().kind = TokenizerKind::kRankedSentencePiece;
       b.merge("a", "b");
     },
     ErrorCode::kCorrupt, keys::kTokens},
    {"ranked SentencePiece without merges",
     [](SpecBuilder& b) { b.spec().kind = TokenizerKind::kRankedSentencePiece; }, ErrorCode::kCorrupt,
     keys::kMerges},
    {"ranked SentencePiece with a merge of no token",
     [](SpecBuilder& b) {
       b.spec().kind = TokenizerKind::kRankedSentencePiece;
       b.spec().merges = {"a bc"};
     },
     ErrorCode::kCorrupt, keys::kMerges},
    {"WordPiece without [CLS]", [](SpecBuilder& b) { b.spec().kind = TokenizerKind::kWordPiece; },
     ErrorCode::kCorrupt, keys::kCls},
    {"WordPiece without [SEP]",
     [](SpecBuilder& b) {
       b.spec().kind = TokenizerKind::kWordPiece;
       b.spec().bos = 1;
     },
     ErrorCode::kCorrupt, keys::kSep},
    {"WordPiece without [UNK]",
     [](SpecBuilder& b) {
       b.spec().kind = TokenizerKind::kWordPiece;
       b.spec().bos = b.spec().sep = 1;
     },
     ErrorCode::kCorrupt, keys::kUnk},
};

TEST(MakeTokenizer, RefusesHostileSpecsNamingTheKey) {
  for (const Hostile& hostile : kHostile) {
    SpecBuilder builder = byte_level_spec();
    ASSERT_TRUE(make_tokenizer(builder.spec()));
    hostile.spoil(builder);
    const auto tokenizer = make_tokenizer(builder.spec());
    ASSERT_FALSE(tokenizer) << hostile.what;
    EXPECT_EQ(tokenizer.error().where, hostile.where) << hostile.what;
    EXPECT_EQ(tokenizer.error().code, hostile.code) << hostile.what;
    EXPECT_FALSE(tokenizer.error().message.empty()) << hostile.what;
  }
}

TEST(MakeTokenizer, CopiesWhatItKeeps) {
  std::unique_ptr<Tokenizer> tokenizer;
  {
    SpecBuilder builder = byte_level_spec();
    builder.merge("a", "b");
    builder.add("<|im_end|>", TokenKind::kControl);
    tokenizer = std::move(*make_tokenizer(builder.spec()));
  }
  const auto tokens = tokenizer->encode("ab<|im_end|>", {.add_special = false, .parse_special = true});
  EXPECT_THAT(*tokens, ElementsAre(256, 257));
  EXPECT_EQ(tokenizer->decode(*tokens, {.render_special = true}), "ab<|im_end|>");
}

TEST(TokenizerKind, RefusesOtherModelsListingItsOwn) {
  EXPECT_EQ(tokenizer_kind("gpt2"), TokenizerKind::kByteLevelBpe);
  EXPECT_EQ(tokenizer_kind("llama"), TokenizerKind::kSentencePiece);
  EXPECT_EQ(tokenizer_kind("gemma4"), TokenizerKind::kRankedSentencePiece);
  EXPECT_EQ(tokenizer_kind("bert"), TokenizerKind::kWordPiece);
  const auto kind = tokenizer_kind("t5");
  ASSERT_FALSE(kind);
  EXPECT_EQ(kind.error().code, ErrorCode::kUnsupported);
  EXPECT_EQ(kind.error().where, keys::kModel);
  for (const char* name : {"'t5'", "gpt2", "llama", "gemma4", "bert"})
    EXPECT_THAT(kind.error().message, HasSubstr(name));
}

}  // namespace
}  // namespace peregrine::text
