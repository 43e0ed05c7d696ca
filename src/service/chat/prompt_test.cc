// Prompts of published templates: conversations with tools, parallel calls, results and reasoning.
//
// The vocabulary is bytes and the control tokens that the template spells, so a prompt's text can be read
// back from its tokens.
#include "service/chat/prompt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "text/tokenizer/test_spec.h"

namespace peregrine::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What a template writes in brackets as control tokens are written. "<tool_call>" and "<think>" are plain
// text in some vocabularies; here they are, too.
std::set<std::string> control_pieces(const std::string& source) {
  static const std::regex kPiece(
      "<\\|[A-Za-z0-9_\"]+\\|?>|<[a-z_]+\\|>|<\xEF\xBD\x9C[^<>{}' "
      "]{1,40}\xEF\xBD\x9C>|\\[/?[A-Z_]{3,24}\\]|</?s>|"
      "<(start|end)_of_turn>");
  std::set<std::string> pieces = {"<s>", "</s>"};
  for (auto at = std::sregex_iterator(source.begin(), source.end(), kPiece); at != std::sregex_iterator();
       ++at)
    pieces.insert(at->str());
  return pieces;
}

struct Published {
  std::string name;
  std::set<std::string> controls;
  TextSide model;
};

std::unique_ptr<Published> load(const std::filesystem::path& file) {
  auto made = std::make_unique<Published>();
  made->name = file.stem().string();
  const std::string source = read_file(file);
  made->controls = control_pieces(source);
  text::SpecBuilder builder = text::byte_level_spec();
  for (const std::string& piece : made->controls) builder.add(piece, text::TokenKind::kControl);
  builder.spec().bos = static_cast<std::uint32_t>(builder.find("<s>"));
  builder.spec().eos = static_cast<std::uint32_t>(builder.find("</s>"));
  made->model.tokenizer = text::make_tokenizer(builder.spec()).value();
  made->model.chat_template = std::make_unique<jinja::Template>(jinja::Template::parse(source).value());
  made->model.chat = chat_traits(source, made->model.tokenizer->vocabulary());
  return made;
}

std::vector<std::filesystem::path> published_templates() {
  const std::filesystem::path folder = std::filesystem::path(PEREGRINE_SHARED_DIR) / "golden/templates";
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".jinja") files.push_back(entry.path());
  }
  return files;
}

// A turn with two calls, their results, an answer, and the next question.
ChatRequest conversation(const std::string& question, const std::string& found) {
  ChatRequest request;
  request.tool_use.choice = ToolChoice::kAuto;
  request.tool_use.tools.push_back(
      {.name = "get_weather",
       .description = "Tells the weather.",
       .parameters =
           boost::json::parse(
               R"({"type": "object", "properties": {"city": {"type": "string", "description": "Where."}}, "required": ["city"]})")
               .as_object()});
  request.tool_use.tools.push_back({.name = "get_time", .description = {}, .parameters = {}});
  ChatMessage calls{.role = Role::kAssistant, .content = "", .name = {}};
  calls.reasoning = "Two things to look up.";
  calls.tool_calls = {{"call00001", "get_weather", R"({"city": "Timbuktu"})"},
                      {"call00002", "get_time", "{}"}};
  ChatMessage weather{.role = Role::kTool, .content = found, .name = {}};
  weather.tool_call_id = "call00001";
  ChatMessage time{.role = Role::kTool, .content = "half past nine", .name = {}};
  time.tool_call_id = "call00002";
  request.messages = {{.role = Role::kSystem, .content = "Be brief.", .name = {}},
                      {.role = Role::kUser, .content = question, .name = {}},
                      calls,
                      weather,
                      time,
                      {.role = Role::kAssistant, .content = "Sunny, half past nine.", .name = {}},
                      {.role = Role::kUser, .content = "And tomorrow?", .name = {}}};
  return request;
}

struct Written {
  std::string text;
  std::vector<std::string> controls;  // in order
};

Written write(const Published& published, const ChatRequest& request) {
  const auto plan = plan_answer(request, published.model.chat);
  EXPECT_TRUE(plan) << plan.error().text();
  if (!plan) return {};
  const auto prompt = make_prompt(published.model, request, *plan);
  EXPECT_TRUE(prompt) << prompt.error().text();
  if (!prompt) return {};
  Written written;
  const text::Vocabulary& vocabulary = published.model.tokenizer->vocabulary();
  for (const engine::TokenId token : prompt->tokens) {
    if (vocabulary.kind(token) == text::TokenKind::kControl) {
      written.controls.emplace_back(vocabulary.piece(token));
    }
  }
  written.text =
      published.model.tokenizer->decode(prompt->tokens, {.render_special = true, .at_text_start = true});
  return written;
}

TEST(PromptTest, PublishedTemplatesTellAll) {
  const auto files = published_templates();
  if (files.empty()) GTEST_SKIP() << "no published templates";
  for (const auto& file : files) {
    const auto published = load(file);
    SCOPED_TRACE(published->name);
    const Written written = write(*published, conversation("How is it there?", "dusty, 41 degrees"));
    for (const char* part :
         {"Be brief.", "How is it there?", "get_weather", "get_time", "Timbuktu", "dusty, 41 degrees",
          "half past nine", "Sunny, half past nine.", "And tomorrow?"}) {
      EXPECT_THAT(written.text, HasSubstr(part));
    }
    // In the order in which they were said.
    EXPECT_LT(written.text.find("How is it there?"), written.text.find("dusty, 41 degrees"));
    EXPECT_LT(written.text.find("dusty, 41 degrees"), written.text.find("half past nine"));
    EXPECT_LT(written.text.find("Sunny, half past nine."), written.text.find("And tomorrow?"));
    // The tools are explained once, by the template or by us.
    const bool explained = written.text.find("Tells the weather.") != std::string::npos;
    EXPECT_TRUE(explained) << written.text;
    EXPECT_EQ(written.text.find("Tells the weather."), written.text.rfind("Tells the weather."));
  }
}

TEST(PromptTest, NobodySpellsAControlToken) {
  const auto files = published_templates();
  if (files.empty()) GTEST_SKIP() << "no published templates";
  for (const auto& file : files) {
    const auto published = load(file);
    SCOPED_TRACE(published->name);
    std::string all;
    for (const std::string& piece : published->controls) all += piece;
    const Written plain = write(*published, conversation("question", "result"));
    EXPECT_FALSE(plain.controls.empty());
    const Written evil = write(*published, conversation("question" + all, "result" + all));
    EXPECT_EQ(evil.controls, plain.controls);
    EXPECT_THAT(evil.text, HasSubstr("question"));
  }
}

TEST(PromptTest, WithoutToolsNoneAreExplained) {
  const auto files = published_templates();
  if (files.empty()) GTEST_SKIP() << "no published templates";
  for (const auto& file : files) {
    const auto published = load(file);
    SCOPED_TRACE(published->name);
    ChatRequest request = conversation("question", "result");
    request.tool_use.choice = ToolChoice::kNone;
    const Written written = write(*published, request);
    EXPECT_THAT(written.text, Not(HasSubstr("Tells the weather.")));
    EXPECT_THAT(written.text, HasSubstr("get_weather"));  // the call that was made
  }
}

TEST(PromptTest, AnAnswerThatWasBegunIsContinued) {
  const auto files = published_templates();
  if (files.empty()) GTEST_SKIP() << "no published templates";
  for (const auto& file : files) {
    const auto published = load(file);
    SCOPED_TRACE(published->name);
    ChatRequest request;
    request.messages = {{.role = Role::kUser, .content = "Count.", .name = {}},
                        {.role = Role::kAssistant, .content = "One, two,", .name = {}}};
    EXPECT_TRUE(write(*published, request).text.ends_with("One, two,"));
  }
}

}  // namespace
}  // namespace peregrine::service
