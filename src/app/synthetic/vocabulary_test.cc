#include "app/synthetic/vocabulary.h"

#include <gtest/gtest.h>

#include <set>
#include <span>
#include <string>

#include "gguf/file.h"
#include "model/vocab.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::app::synthetic {
namespace {

std::unique_ptr<text::Tokenizer> tokenizer_of(std::uint32_t size) {
  gguf::Writer writer;
  add_vocabulary(writer, size, true);
  const std::vector<std::byte> bytes = *writer.bytes();
  const gguf::File file = *gguf::File::parse(bytes);
  const auto spec = model::tokenizer_spec(file.metadata());
  EXPECT_TRUE(spec) << spec.error().text();
  auto tokenizer = text::make_tokenizer(*spec);
  EXPECT_TRUE(tokenizer) << tokenizer.error().text();
  return std::move(*tokenizer);
}

TEST(SyntheticVocabulary, EveryTextIsItsBytes) {
  const auto tokenizer = tokenizer_of(100000);
  const std::string prose = "Gr\u00fc\u00dfe, \u4e16\u754c! <|im_end|>\n\t ";
  std::string text = prose;
  for (int byte = 0; byte < 256; ++byte) text += static_cast<char>(byte);
  const auto tokens = tokenizer->encode(text, {.add_special = true, .parse_special = false});
  ASSERT_TRUE(tokens);
  ASSERT_EQ(tokens->size(), text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    EXPECT_EQ((*tokens)[i], static_cast<unsigned char>(text[i]));
  }
  EXPECT_EQ(tokenizer->decode(std::span(*tokens).first(prose.size()), {}), prose);
}

TEST(SyntheticVocabulary, EveryOtherTokenIsAWordOfItsOwn) {
  for (const std::uint32_t size : {kMinVocabulary, kMinVocabulary + 1, 512U, 128256U}) {
    const auto tokenizer = tokenizer_of(size);
    const text::Vocabulary& vocabulary = tokenizer->vocabulary();
    ASSERT_EQ(vocabulary.size(), size);
    std::set<std::string_view> words;
    for (std::uint32_t id = kMinVocabulary; id < size; ++id) {
      words.insert(vocabulary.bytes(static_cast<text::TokenId>(id)));
    }
    EXPECT_EQ(words.size(), size - kMinVocabulary);
    for (const std::string_view word : words) EXPECT_TRUE(word.size() >= 3 && word[0] == ' ') << word;
  }
}

TEST(SyntheticVocabulary, TurnsEnd) {
  const auto tokenizer = tokenizer_of(kMinVocabulary);
  const auto tokens =
      tokenizer->encode("<|im_start|>user\n<|im_end|>", {.add_special = true, .parse_special = true});
  ASSERT_TRUE(tokens);
  EXPECT_EQ(tokens->front(), 257);
  EXPECT_EQ(tokens->back(), 258);
  EXPECT_EQ(tokenizer->vocabulary().eos(), 258);
  EXPECT_FALSE(tokenizer->adds_bos());
}

}  // namespace
}  // namespace peregrine::app::synthetic
