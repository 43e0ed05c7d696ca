// What a request may ask of each kind of reasoning model, and what it then sees: the API reference's rules on
// reasoning, row by row.
#include "service/chat/traits.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "text/tokenizer/test_spec.h"

namespace peregrine::service {
namespace {

using enum ReasoningFormat;
using Effort = ReasoningEffort;

enum class Model { kPlain, kThinks, kThinksWithEffort, kChannels, kGuard };
enum class Shape { kText, kJson, kTools };

ChatTraits traits_of(Model model) {
  text::SpecBuilder builder = text::byte_level_spec();
  if (model == Model::kChannels) {
    builder.add("<|start|>", text::TokenKind::kControl);
    builder.add("<|channel|>", text::TokenKind::kControl);
  }
  const text::Vocabulary vocabulary = text::Vocabulary::create(builder.spec()).value();
  switch (model) {
    case Model::kPlain:
      break;
    case Model::kThinks:
      return chat_traits("{{ tools }}<tool_call></tool_call><think></think>", vocabulary);
    case Model::kThinksWithEffort:
      return chat_traits("{{ tools }}<tool_call></tool_call><think></think>{{ reasoning_effort }}",
                         vocabulary);
    case Model::kChannels:
      return chat_traits("<|start|><|channel|>{{ tools }}{{ reasoning_effort }}", vocabulary);
    case Model::kGuard:
      return chat_traits("<BEGIN UNSAFE CONTENT CATEGORIES> </think>", vocabulary);
  }
  return chat_traits("{{ messages }}", vocabulary);
}

struct Asked {
  std::optional<ReasoningFormat> format = {};
  std::optional<bool> include = {};
  std::optional<ReasoningEffort> effort = {};
  Shape shape = Shape::kText;

  ChatRequest request() const {
    ChatRequest request;
    request.reasoning_format = format;
    request.include_reasoning = include;
    request.reasoning_effort = effort;
    if (shape == Shape::kJson) request.answer.kind = AnswerKind::kJsonObject;
    if (shape == Shape::kTools)
      request.tool_use.tools.push_back({.name = "f", .description = {}, .parameters = {}});
    return request;
  }
};

struct TraitsCase {
  const char* name;
  Model model;
  Asked asked;
  const char* refused;  // the field; empty: accepted
};

const std::vector<TraitsCase> kRows = {
    {"thinks raw", Model::kThinks, {.format = kRaw}, ""},
    {"thinks parsed", Model::kThinks, {.format = kParsed}, ""},
    {"thinks hidden", Model::kThinks, {.format = kHidden}, ""},
    {"thinks included", Model::kThinks, {.include = true}, ""},
    {"thinks left out", Model::kThinks, {.include = false}, ""},
    {"thinks effort none", Model::kThinks, {.effort = Effort::kNone}, ""},
    {"thinks effort default", Model::kThinks, {.effort = Effort::kDefault}, ""},
    {"thinks no effort", Model::kThinks, {}, ""},
    {"thinks effort low", Model::kThinks, {.effort = Effort::kLow}, "reasoning_effort"},
    {"thinks effort medium", Model::kThinks, {.effort = Effort::kMedium}, "reasoning_effort"},
    {"thinks effort high", Model::kThinks, {.effort = Effort::kHigh}, "reasoning_effort"},
    {"newer effort low", Model::kThinksWithEffort, {.effort = Effort::kLow}, ""},
    {"newer effort medium", Model::kThinksWithEffort, {.effort = Effort::kMedium}, ""},
    {"newer effort high", Model::kThinksWithEffort, {.effort = Effort::kHigh}, ""},
    {"newer effort none", Model::kThinksWithEffort, {.effort = Effort::kNone}, ""},
    {"thinks raw json", Model::kThinks, {.format = kRaw, .shape = Shape::kJson}, "reasoning_format"},
    {"thinks raw tools", Model::kThinks, {.format = kRaw, .shape = Shape::kTools}, "reasoning_format"},
    {"thinks parsed json", Model::kThinks, {.format = kParsed, .shape = Shape::kJson}, ""},
    {"thinks hidden tools", Model::kThinks, {.format = kHidden, .shape = Shape::kTools}, ""},
    {"thinks both", Model::kThinks, {.format = kParsed, .include = true}, "reasoning_format"},
    {"thinks both, false", Model::kThinks, {.format = kHidden, .include = false}, "reasoning_format"},
    {"channels raw", Model::kChannels, {.format = kRaw}, "reasoning_format"},
    {"channels parsed", Model::kChannels, {.format = kParsed}, ""},
    {"channels hidden", Model::kChannels, {.format = kHidden}, ""},
    {"channels included", Model::kChannels, {.include = true}, ""},
    {"channels left out", Model::kChannels, {.include = false}, ""},
    {"channels both", Model::kChannels, {.format = kParsed, .include = true}, "reasoning_format"},
    {"channels effort low", Model::kChannels, {.effort = Effort::kLow}, ""},
    {"channels effort medium", Model::kChannels, {.effort = Effort::kMedium}, ""},
    {"channels effort high", Model::kChannels, {.effort = Effort::kHigh}, ""},
    {"channels effort none", Model::kChannels, {.effort = Effort::kNone}, "reasoning_effort"},
    {"channels effort default", Model::kChannels, {.effort = Effort::kDefault}, "reasoning_effort"},
    {"plain raw", Model::kPlain, {.format = kRaw}, "reasoning_format"},
    {"plain parsed", Model::kPlain, {.format = kParsed}, "reasoning_format"},
    {"plain hidden", Model::kPlain, {.format = kHidden}, "reasoning_format"},
    {"plain included", Model::kPlain, {.include = true}, ""},
    {"plain left out", Model::kPlain, {.include = false}, ""},
    {"plain both", Model::kPlain, {.format = kParsed, .include = true}, "reasoning_format"},
    {"plain effort none", Model::kPlain, {.effort = Effort::kNone}, "reasoning_effort"},
    {"plain effort high", Model::kPlain, {.effort = Effort::kHigh}, "reasoning_effort"},
    {"plain nothing", Model::kPlain, {.shape = Shape::kTools}, ""},
    {"guard parsed", Model::kGuard, {.format = kParsed}, "reasoning_format"},
};

TEST(TraitsTest, WhatMayBeAskedOfReasoning) {
  for (const TraitsCase& row : kRows) {
    SCOPED_TRACE(row.name);
    const Status status = check_reasoning(row.asked.request(), traits_of(row.model));
    EXPECT_EQ(status.has_value(), row.refused[0] == '\0');
    if (status) continue;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(status.error().where, row.refused);
    EXPECT_NE(status.error().message, "");
  }
}

TEST(TraitsTest, WhatIsShownOfReasoning) {
  struct Shown {
    Model model;
    Asked asked;
    ReasoningFormat shown;
  };
  const std::vector<Shown> rows = {
      {Model::kThinks, {}, kRaw},
      {Model::kThinks, {.shape = Shape::kJson}, kParsed},
      {Model::kThinks, {.shape = Shape::kTools}, kParsed},
      {Model::kThinks, {.format = kRaw}, kRaw},
      {Model::kThinks, {.format = kParsed}, kParsed},
      {Model::kThinks, {.format = kHidden}, kHidden},
      {Model::kThinks, {.include = true}, kParsed},
      {Model::kThinks, {.include = false}, kHidden},
      {Model::kThinks, {.include = false, .shape = Shape::kTools}, kHidden},
      {Model::kChannels, {}, kParsed},
      {Model::kChannels, {.shape = Shape::kTools}, kParsed},
      {Model::kChannels, {.include = true}, kParsed},
      {Model::kChannels, {.include = false}, kHidden},
      {Model::kChannels, {.format = kHidden}, kHidden},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Shown& row = rows[i];
    EXPECT_EQ(shown_reasoning(row.asked.request(), traits_of(row.model)), row.shown) << "row " << i;
  }
}

TEST(TraitsTest, FormatsReadReasoningApart) {
  EXPECT_EQ(traits_of(Model::kThinks).format->name(), "think+hermes");
  EXPECT_EQ(traits_of(Model::kThinks).raw_format->name(), "hermes");
  EXPECT_EQ(traits_of(Model::kChannels).format->name(), "harmony");
  const ChatTraits channels = traits_of(Model::kChannels);
  EXPECT_EQ(channels.raw_format, channels.format);
  EXPECT_EQ(traits_of(Model::kPlain).format->name(), "generic");
  EXPECT_EQ(traits_of(Model::kGuard).format->name(), "guard");
}

TEST(TraitsTest, AGuardTakesNeitherToolsNorShapes) {
  const ChatTraits guard = traits_of(Model::kGuard);
  EXPECT_TRUE(check_guard(Asked{}.request(), guard));
  const Status tools = check_guard(Asked{.shape = Shape::kTools}.request(), guard);
  ASSERT_FALSE(tools);
  EXPECT_EQ(tools.error().where, "tools");
  const Status shape = check_guard(Asked{.shape = Shape::kJson}.request(), guard);
  ASSERT_FALSE(shape);
  EXPECT_EQ(shape.error().where, "response_format");
  EXPECT_TRUE(check_guard(Asked{.shape = Shape::kTools}.request(), traits_of(Model::kPlain)));
}

}  // namespace
}  // namespace peregrine::service
