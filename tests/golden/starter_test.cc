// The starter's template and tokenizer against the ones it was trained with: Jinja2 and a byte-level BPE in
// Python (training/golden.py writes the cases).
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "service/library/library.h"

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

}  // namespace
}  // namespace peregrine::golden
