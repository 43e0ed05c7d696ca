// The starter's template and tokenizer against the ones it was trained with: Jinja2 and a byte-level BPE in
// Python (training/golden.py writes the cases).
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "service/library/library.h"
#include "tests/golden/model_harness.h"

namespace peregrine::golden {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

TEST(Starter, RendersAndTokenisesAsInTraining) {
  const fs::path root(PEREGRINE_SOURCE_DIR);
  const auto model = service::load_text_side(root / "models" / "peregrine-starter.gguf");
  ASSERT_TRUE(model.has_value()) << model.error().text();
  std::ifstream stream(root / "tests" / "golden" / "starter_prompts.json", std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  const json::value cases = json::parse(text);
  ASSERT_GT(cases.as_array().size(), 20U);
  for (const json::value& item : cases.as_array()) {
    const json::object& test = item.as_object();
    json::object context{{"messages", test.at("messages")},
                         {"add_generation_prompt", test.at("add_generation_prompt")}};
    if (!test.at("tools").is_null()) context["tools"] = test.at("tools");
    const auto rendered = (*model)->chat_template->render(context, {});
    ASSERT_TRUE(rendered.has_value()) << rendered.error().text();
    EXPECT_EQ(*rendered, std::string(test.at("text").as_string()));
    const auto tokens = (*model)->tokenizer->encode(*rendered, {.add_special = false, .parse_special = true});
    ASSERT_TRUE(tokens.has_value());
    EXPECT_EQ(*tokens, json::value_to<std::vector<text::TokenId>>(test.at("tokens"))) << *rendered;
    EXPECT_LE(tokens->size(), 2048U);
  }
}

// What keys and values in Q8_0 change, against F32: measured 1.0e-4 nats a token on average, 5.2e-3 at most,
// and 99.6 % of the likeliest tokens are the same. F16 has 7.9e-5 nats: what rounds activations to bytes anew
// is most of either.
TEST(Starter, KeysAndValuesInQ8ChangeLittle) {
  const fs::path root(PEREGRINE_SOURCE_DIR);
  const fs::path model = root / "models" / "peregrine-starter.gguf";
  std::ifstream stream(root / "tests" / "golden" / "starter_prompts.json", std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  ModelHarness exact(model, "", 2, tensor::DType::kF32);
  ModelHarness packed(model, "", 2, tensor::DType::kQ8_0);
  const std::size_t n_vocab = exact.info().n_vocab;
  const json::value cases = json::parse(text);
  std::size_t positions = 0;
  std::size_t agreed = 0;
  double divergence = 0;
  for (const json::value& item : cases.as_array()) {
    Prompt prompt;
    prompt.tokens = json::value_to<Tokens>(item.at("tokens"));
    const std::vector<float> expected = exact.run({{&prompt, {512}}})[0];
    const std::vector<float> actual = packed.run({{&prompt, {512}}})[0];
    EXPECT_NE(actual, expected);
    EXPECT_EQ(packed.run({{&prompt, {20, 1, 7}}})[0], actual);
    const Difference d = compare(expected, actual, n_vocab);
    EXPECT_LE(d.kl_max, 0.02);
    divergence += d.kl_mean * static_cast<double>(prompt.tokens.size());
    positions += prompt.tokens.size();
    for (std::size_t at = 0; at < expected.size(); at += n_vocab) {
      const auto best = [&](const std::vector<float>& logits) {
        const auto row = logits.begin() + static_cast<std::ptrdiff_t>(at);
        return std::max_element(row, row + static_cast<std::ptrdiff_t>(n_vocab)) - row;
      };
      agreed += best(expected) == best(actual) ? 1 : 0;
    }
  }
  EXPECT_LE(divergence / static_cast<double>(positions), 3e-4);
  EXPECT_GE(static_cast<double>(agreed) / static_cast<double>(positions), 0.99);
}

}  // namespace
}  // namespace peregrine::golden
