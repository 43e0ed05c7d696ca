// Pre-tokenizers and vocabularies of published models against the tokenizers of their makers: see
// tokenizer/README.md, which also says how the expected values were made.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "text/tokenizer/pretokenizer.h"
#include "text/tokenizer/pretokenizer_schemes.h"
#include "text/tokenizer/tokenizer.h"

namespace peregrine::golden {
namespace {

namespace json = boost::json;
using text::TokenId;

json::value read_json(const std::string& name) {
  std::ifstream file(PEREGRINE_SOURCE_DIR "/tests/golden/tokenizer/" + name);
  EXPECT_TRUE(file) << name;
  return json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

// "3 1 4"
template <class Number>
std::vector<Number> numbers(const json::value& list) {
  std::istringstream in(std::string(list.as_string()));
  return {std::istream_iterator<Number>(in), {}};
}

std::string marked(std::string_view text, const std::vector<std::size_t>& sizes) {
  std::string out;
  for (const std::size_t size : sizes) {
    out.append(text.substr(0, size)).push_back('|');
    text.remove_prefix(std::min(size, text.size()));
  }
  return out;
}

class PublishedSplits : public testing::TestWithParam<const char*> {};

TEST_P(PublishedSplits, AreOurs) {
  const json::value golden = read_json("splits.json");
  const json::array& texts = golden.at("texts").as_array();
  const json::array& splits = golden.at(GetParam()).as_array();
  ASSERT_GT(texts.size(), 1000U);
  ASSERT_EQ(splits.size(), texts.size());
  const auto scheme = text::find_pre_tokenizer(GetParam());
  ASSERT_TRUE(scheme);
  const auto pre_tokenizer = text::PreTokenizer::compile((*scheme)->patterns);
  ASSERT_TRUE(pre_tokenizer);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string_view input = texts[i].as_string();
    std::vector<std::size_t> sizes;
    ASSERT_TRUE(pre_tokenizer->split(input, [&](std::string_view piece) { sizes.push_back(piece.size()); }));
    const auto expected = numbers<std::size_t>(splits[i]);
    EXPECT_EQ(sizes, expected) << marked(input, sizes) << "\nexpected " << marked(input, expected);
  }
}

std::string test_name(const testing::TestParamInfo<const char*>& param) {
  std::string name = param.param;
  std::erase(name, '-');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Schemes, PublishedSplits,
                         testing::Values("gpt-2", "llama-bpe", "qwen2", "gpt-4o", "kimi-k2", "deepseek-v3",
                                         "deepseek-coder", "deepseek-llm"),
                         test_name);

class PublishedVocabularies : public testing::TestWithParam<const char*> {};

TEST_P(PublishedVocabularies, GiveTheSameTokens) {
  const json::value golden = read_json(std::string(GetParam()) + ".json");
  text::TokenizerSpec spec;
  spec.pre = golden.at("pre").as_string();
  for (const json::value& token : golden.at("tokens").as_array()) spec.tokens.push_back(token.as_string());
  for (const json::value& merge : golden.at("merges").as_array()) spec.merges.push_back(merge.as_string());
  const auto tokenizer = text::make_tokenizer(spec);
  ASSERT_TRUE(tokenizer) << tokenizer.error().text();
  ASSERT_GT(golden.at("cases").as_array().size(), 200U);
  for (const json::value& entry : golden.at("cases").as_array()) {
    const std::string_view input = entry.at(0).as_string();
    const auto tokens = (*tokenizer)->encode(input, {.add_special = false, .parse_special = false});
    ASSERT_TRUE(tokens);
    EXPECT_EQ(*tokens, numbers<TokenId>(entry.at(1))) << input;
    EXPECT_EQ((*tokenizer)->decode(*tokens, {}), input);
  }
}

INSTANTIATE_TEST_SUITE_P(Models, PublishedVocabularies, testing::Values("gpt-4o", "deepseek-v3"), test_name);

}  // namespace
}  // namespace peregrine::golden
