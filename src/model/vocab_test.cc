#include "model/vocab.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "gguf/file.h"
#include "gguf/writer.h"

namespace peregrine::model {
namespace {

using ::testing::ElementsAre;

const std::vector<std::string> kTokens = {"[PAD]", "[UNK]", "[CLS]", "a"};

gguf::Writer writer_for(const char* model) {
  gguf::Writer writer;
  writer.add_string("tokenizer.ggml.model", model);
  writer.add_strings("tokenizer.ggml.tokens", kTokens);
  return writer;
}

// A file in memory; the spec views it.
struct Parsed {
  explicit Parsed(const gguf::Writer& writer)
      : bytes(*writer.bytes()), file(*gguf::File::parse(bytes)), spec(tokenizer_spec(file.metadata())) {}
  std::vector<std::byte> bytes;
  gguf::File file;
  Result<text::TokenizerSpec> spec;
};

TEST(TokenizerSpec, MapsEveryKey) {
  gguf::Writer writer = writer_for("gpt2");
  writer.add_string("tokenizer.ggml.pre", "llama-bpe");
  writer.add_array<std::int32_t>("tokenizer.ggml.token_type", std::vector<std::int32_t>{3, 2, 3, 1});
  writer.add_strings("tokenizer.ggml.merges", std::vector<std::string>{"a b", "c d"});
  writer.add_u32("tokenizer.ggml.bos_token_id", 1);
  writer.add_u64("tokenizer.ggml.eos_token_id", 2);
  writer.add_i32("tokenizer.ggml.unknown_token_id", 3);
  writer.add_u32("tokenizer.ggml.seperator_token_id", 4);
  writer.add_u32("tokenizer.ggml.eot_token_id", 5);
  writer.add_u32("tokenizer.ggml.eom_token_id", 6);
  writer.add_bool("tokenizer.ggml.add_bos_token", false);
  writer.add_bool("tokenizer.ggml.add_eos_token", true);
  writer.add_bool("tokenizer.ggml.add_space_prefix", false);
  writer.add_bool("tokenizer.ggml.normalizer.lowercase", false);
  writer.add_bool("tokenizer.ggml.normalizer.strip_accents", true);
  const Parsed parsed(writer);
  ASSERT_TRUE(parsed.spec) << parsed.spec.error().text();
  const text::TokenizerSpec& spec = *parsed.spec;
  EXPECT_EQ(spec.kind, text::TokenizerKind::kByteLevelBpe);
  EXPECT_EQ(spec.pre, "llama-bpe");
  EXPECT_THAT(spec.tokens, ElementsAre("[PAD]", "[UNK]", "[CLS]", "a"));
  EXPECT_THAT(spec.token_types, ElementsAre(3, 2, 3, 1));
  EXPECT_THAT(spec.merges, ElementsAre("a b", "c d"));
  EXPECT_EQ(spec.bos, 1U);
  EXPECT_EQ(spec.eos, 2U);
  EXPECT_EQ(spec.unk, 3U);
  EXPECT_EQ(spec.sep, 4U);
  EXPECT_EQ(spec.eot, 5U);
  EXPECT_EQ(spec.eom, 6U);
  EXPECT_EQ(spec.add_bos, false);
  EXPECT_EQ(spec.add_eos, true);
  EXPECT_EQ(spec.add_space_prefix, false);
  EXPECT_EQ(spec.lowercase, false);
  EXPECT_EQ(spec.strip_accents, true);
}

TEST(TokenizerSpec, AbsentKeysStayAbsent) {
  gguf::Writer writer = writer_for("llama");
  writer.add_array<float>("tokenizer.ggml.scores", std::vector<float>{0, 0, 0, -1});
  const Parsed parsed(writer);
  ASSERT_TRUE(parsed.spec) << parsed.spec.error().text();
  EXPECT_EQ(parsed.spec->kind, text::TokenizerKind::kSentencePiece);
  EXPECT_THAT(parsed.spec->scores, ElementsAre(0, 0, 0, -1));
  EXPECT_EQ(parsed.spec->pre, "default");
  EXPECT_TRUE(parsed.spec->token_types.empty());
  EXPECT_FALSE(parsed.spec->bos || parsed.spec->eos || parsed.spec->add_bos || parsed.spec->add_space_prefix);
}

TEST(TokenizerSpec, BertBeginsWithClsUnlessBosIsNamed) {
  gguf::Writer writer = writer_for("bert");
  writer.add_u32("tokenizer.ggml.cls_token_id", 2);
  EXPECT_EQ(Parsed(writer).spec->bos, 2U);
  writer.add_u32("tokenizer.ggml.bos_token_id", 1);
  EXPECT_EQ(Parsed(writer).spec->bos, 1U);
}

TEST(TokenizerSpec, RefusesBadFilesNamingTheKey) {
  struct Case {
    const char* model;
    std::function<void(gguf::Writer&)> spoil;
    ErrorCode code;
    const char* where;
  };
  const Case cases[] = {
      {"t5", [](gguf::Writer&) {}, ErrorCode::kUnsupported, "tokenizer.ggml.model"},
      {"gpt2", [](gguf::Writer&) {}, ErrorCode::kNotFound, "tokenizer.ggml.merges"},
      {"llama", [](gguf::Writer&) {}, ErrorCode::kNotFound, "tokenizer.ggml.scores"},
      {"gpt2", [](gguf::Writer& w) { w.add_u32("tokenizer.ggml.merges", 1); }, ErrorCode::kInvalidArgument,
       "tokenizer.ggml.merges"},
      {"bert", [](gguf::Writer& w) { w.add_string("tokenizer.ggml.eos_token_id", "2"); },
       ErrorCode::kInvalidArgument, "tokenizer.ggml.eos_token_id"},
      {"bert", [](gguf::Writer& w) { w.add_i32("tokenizer.ggml.unknown_token_id", -1); },
       ErrorCode::kInvalidArgument, "tokenizer.ggml.unknown_token_id"},
      {"bert", [](gguf::Writer& w) { w.add_u32("tokenizer.ggml.add_bos_token", 1); },
       ErrorCode::kInvalidArgument, "tokenizer.ggml.add_bos_token"},
      {"bert", [](gguf::Writer& w) { w.add_strings("tokenizer.ggml.token_type", kTokens); },
       ErrorCode::kInvalidArgument, "tokenizer.ggml.token_type"},
  };
  for (const Case& c : cases) {
    gguf::Writer writer = writer_for(c.model);
    c.spoil(writer);
    const Parsed parsed(writer);
    ASSERT_FALSE(parsed.spec) << c.where;
    EXPECT_EQ(parsed.spec.error().where, c.where);
    EXPECT_EQ(parsed.spec.error().code, c.code) << c.where;
  }
  const Parsed nothing((gguf::Writer()));
  ASSERT_FALSE(nothing.spec);
  EXPECT_EQ(nothing.spec.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(nothing.spec.error().where, "tokenizer.ggml.model");
}

}  // namespace
}  // namespace peregrine::model
