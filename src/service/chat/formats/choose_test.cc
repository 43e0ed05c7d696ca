// Formats of published templates, and of templates made up to tell markers apart.
#include "service/chat/formats/choose.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "text/tokenizer/test_spec.h"

namespace peregrine::service {
namespace {

using enum FormatFamily;

// A vocabulary of bytes and some control tokens.
text::Vocabulary vocabulary_with(const std::vector<std::string>& control) {
  text::SpecBuilder builder = text::byte_level_spec();
  for (const std::string& piece : control) builder.add(piece, text::TokenKind::kControl);
  builder.add("<tool_response>", text::TokenKind::kUserDefined);
  return text::Vocabulary::create(builder.spec()).value();
}

const std::vector<std::string>& all_markers() {
  static const std::vector<std::string> kAll = {"<|channel|>", "<|start|>", "<|tool_calls_section_begin|>"};
  return kAll;
}

struct Expected {
  FormatFamily family;
  const char* format;
  bool takes_tools;
  bool thinks;
};

const std::map<std::string, Expected> kPublished = {
    {"CohereForAI-c4ai-command-r7b-12-2024-tool_use", {kGeneric, "generic", false, false}},
    {"GLM-4.6", {kGeneric, "generic", false, true}},
    {"HuggingFaceTB-SmolLM3-3B", {kGeneric, "generic", false, true}},
    {"NousResearch-Hermes-2-Pro-Llama-3-8B-tool_use", {kHermes, "hermes", true, false}},
    {"Qwen-Qwen2.5-7B-Instruct", {kHermes, "hermes", true, false}},
    {"Qwen-Qwen3-0.6B", {kHermes, "hermes", true, true}},
    {"deepseek-ai-DeepSeek-R1-Distill-Llama-8B", {kGeneric, "generic", false, true}},
    {"google-gemma-2-2b-it", {kGeneric, "generic", false, false}},
    {"google-gemma-4-31B-it", {kGeneric, "generic", false, false}},
    {"meta-llama-Llama-3.1-8B-Instruct", {kLlama3, "llama3", true, false}},
    {"mistralai-Mistral-Nemo-Instruct-2407", {kGeneric, "generic", false, false}},
    {"moonshotai-Kimi-K2", {kKimiK2, "kimi-k2", true, false}},
    {"openai-gpt-oss-120b", {kHarmony, "harmony", true, false}},
};

TEST(ChooseFormatTest, PublishedTemplates) {
  const std::filesystem::path folder = std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden/templates";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  const text::Vocabulary vocabulary = vocabulary_with(all_markers());
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".jinja") continue;
    const std::string name = entry.path().stem().string();
    SCOPED_TRACE(name);
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string source{std::istreambuf_iterator<char>(in), {}};
    const auto expected = kPublished.find(name);
    ASSERT_NE(expected, kPublished.end());
    const FormatTraits traits = format_traits(source, vocabulary);
    EXPECT_EQ(traits.family, expected->second.family);
    EXPECT_EQ(traits.thinks, expected->second.thinks);
    EXPECT_EQ(template_takes_tools(source, vocabulary), expected->second.takes_tools);
    EXPECT_EQ(choose_format(source, vocabulary)->name(), expected->second.format);
    ++seen;
  }
  EXPECT_EQ(seen, kPublished.size());
}

TEST(ChooseFormatTest, Markers) {
  const text::Vocabulary vocabulary = vocabulary_with(all_markers());
  const auto family = [&](std::string_view source) { return format_traits(source, vocabulary).family; };
  EXPECT_EQ(family("<|header_start|>{{ x }}<|header_end|>"), kLlama4);
  EXPECT_EQ(family("Task... <BEGIN UNSAFE CONTENT CATEGORIES> <|start_header_id|>"), kGuard);
  EXPECT_EQ(family("<|start_header_id|>{% for t in tools %}{{ t.parameters }}{% endfor %}"), kLlama3);
  EXPECT_EQ(family("<|start_header_id|>{{ messages }}"), kGeneric);
  EXPECT_EQ(family("<|start_header_id|>no tools{{ x }} parameters"), kGeneric);
  EXPECT_EQ(family("{{ '<tool_call>' }}<arg_key>"), kGeneric);
  EXPECT_EQ(family(""), kGeneric);
}

TEST(ChooseFormatTest, FamiliesOfControlTokensNeedThem) {
  const text::Vocabulary plain = vocabulary_with({});
  EXPECT_EQ(format_traits("<|start|><|channel|>", plain).family, kGeneric);
  EXPECT_EQ(format_traits("<|tool_calls_section_begin|>", plain).family, kGeneric);
}

TEST(ChooseFormatTest, MarkersThatAreControlTokens) {
  const text::Vocabulary plain = vocabulary_with({});
  EXPECT_FALSE(format_traits("<tool_call></think>", plain).control_markers);
  EXPECT_FALSE(format_traits("<tool_call></think>", plain).control_think);
  const text::Vocabulary control = vocabulary_with({"<tool_call>", "</think>"});
  EXPECT_TRUE(format_traits("<tool_call></think>", control).control_markers);
  EXPECT_TRUE(format_traits("<tool_call></think>", control).control_think);
}

TEST(ChooseFormatTest, ToolsMustBeAVariable) {
  const text::Vocabulary vocabulary = vocabulary_with({});
  EXPECT_TRUE(template_takes_tools("{% if tools %}<tool_call>{% endif %}", vocabulary));
  EXPECT_TRUE(template_takes_tools("<tool_call>{{- tools|tojson }}", vocabulary));
  EXPECT_FALSE(template_takes_tools("<tool_call> of tools {{ x }}", vocabulary));
  EXPECT_FALSE(template_takes_tools("<tool_call>{{ builtin_tools }}{% set tools_x = 1 %}", vocabulary));
  EXPECT_FALSE(template_takes_tools("<tool_call>{# tools #}{", vocabulary));
  EXPECT_FALSE(template_takes_tools("{% for tool in tools %}{% endfor %}", vocabulary));  // in no known form
}

}  // namespace
}  // namespace peregrine::service
