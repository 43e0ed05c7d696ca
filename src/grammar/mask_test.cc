// A mask is what trying every token byte by byte gives.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "grammar/builder.h"
#include "grammar/matcher.h"
#include "grammar/testing/schema_files.h"
#include "grammar/testing/vocabularies.h"
#include "grammar/testing/walk.h"

namespace peregrine::grammar {
namespace {

// Walks at random and compares the mask at every step.
void compare_along_walk(const std::shared_ptr<const Grammar>& grammar,
                        const std::shared_ptr<const Vocabulary>& vocabulary, unsigned seed, int steps) {
  std::mt19937 random(seed);
  auto matcher = Matcher::create(grammar, vocabulary).value();
  std::vector<std::uint64_t> mask(vocabulary->mask_words());
  std::string text;
  for (int step = 0; step < steps; ++step) {
    ASSERT_TRUE(matcher.compute_mask(mask));
    for (TokenId id = 0; id < vocabulary->size(); ++id) {
      auto copy = matcher;
      const bool tried = copy.accept_token(id).has_value();
      const bool masked = (mask[id / 64] >> (id % 64) & 1) != 0;
      ASSERT_EQ(masked, tried) << "after " << text << " token " << id << " " << vocabulary->bytes(id);
    }
    const auto allowed = testing::allowed_tokens(mask);
    ASSERT_FALSE(allowed.empty()) << text;
    const TokenId id = allowed[random() % allowed.size()];
    if (vocabulary->is_end(id)) return;
    ASSERT_TRUE(matcher.accept_token(id));
    text += vocabulary->bytes(id);
  }
}

TEST(MaskTest, EqualsTryingEveryToken) {
  const auto vocabulary = testing::small_vocabulary();
  unsigned seed = 0;
  for (const auto& [name, schema] : testing::read_schemas(PEREGRINE_SOURCE_DIR)) {
    SCOPED_TRACE(name);
    const auto grammar = compile_json_schema(schema).value();
    compare_along_walk(grammar, vocabulary, ++seed, 10);
    if (HasFatalFailure()) return;
  }
}

TEST(MaskTest, EqualsTryingEveryTokenOfPatterns) {
  const auto vocabulary = testing::small_vocabulary();
  unsigned seed = 0;
  for (const char* pattern : {"[a-z]{2,9}", "(a|aa){0,40}", "[a-z]{0,5}[a-e]{3}", ".*foo", "(foo|bar)*x?",
                              "[^\"]*\"[0-9]+", "\\w+( \\w+)*", "(\\w|-){1,3}[0-9]", "caf\\u00e9*",
                              "[\\u0080-\\uffff]*a", "a{3}b{0,2}(c|\\n)*", "[a-zA-Z0-9_]{1,64}"}) {
    SCOPED_TRACE(pattern);
    const auto grammar = compile_regex(pattern).value();
    for (int walk = 0; walk < 3; ++walk) compare_along_walk(grammar, vocabulary, ++seed, 8);
    if (HasFatalFailure()) return;
  }
  GrammarBuilder builder;
  const auto text = builder.text_until("\",\"").value();
  const auto number = builder.regex("[0-9]*").value();
  const auto grammar = std::move(builder).build(builder.sequence({text, number, text})).value();
  for (int walk = 0; walk < 6; ++walk) compare_along_walk(grammar, vocabulary, ++seed, 20);
}

TEST(MaskTest, HoldsOnARealVocabulary) {
  const auto vocabulary = testing::packed_vocabulary(std::filesystem::path(PEREGRINE_SHARED_DIR) /
                                                     "golden/tokenizer/ggml-vocab-llama-bpe.gguf.xz");
  if (vocabulary == nullptr) GTEST_SKIP() << "the reference vocabulary is not there";
  ASSERT_GT(vocabulary->size(), 100'000U);
  for (const char* schema :
       {R"({"type":"object","properties":{"a":{"type":"string","maxLength":7},"b":{"type":"string"}}})",
        R"({"type":"array","items":{"type":"string","pattern":"^[a-z0-9_]{1,20}$"}})"}) {
    compare_along_walk(compile_json_schema_text(schema).value(), vocabulary, 3, 3);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace peregrine::grammar
