// Traces of tests/formats: what models of each family write, whole and in pieces.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "service/chat/formats/generic.h"
#include "service/chat/formats/hermes.h"
#include "service/chat/formats/llama3.h"
#include "service/chat/formats/llama4.h"
#include "service/chat/formats/testing/splits.h"

namespace peregrine::service {
namespace {

namespace json = boost::json;
using testing::Recorded;

constexpr std::size_t kFewestCases = 25;
constexpr std::size_t kFewestMalformed = 8;
constexpr int kRandomSplits = 200;
// Longer traces are split at some places only, and less often.
constexpr std::size_t kLong = 4096;
constexpr int kRandomSplitsOfLong = 10;

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::shared_ptr<const ChatFormat> make_format(std::string_view name, bool control_markers) {
  if (name == "hermes") return make_hermes_format(control_markers);
  if (name == "llama3") return make_llama3_format();
  if (name == "llama4") return make_llama4_format();
  return make_generic_format();
}

// A text, or a list of texts, control tokens and repetitions.
std::string raw_text(const json::value& raw) {
  if (raw.is_string()) return std::string(raw.get_string());
  std::string text;
  for (const json::value& part : raw.as_array()) {
    if (part.is_string()) {
      text += part.get_string();
    } else if (const json::value* piece = part.as_object().if_contains("control")) {
      text += control_mark(piece->as_string());
    } else {
      const json::string& repeated = part.at("repeat").as_string();
      for (std::int64_t i = 0; i < part.at("times").as_int64(); ++i) text += repeated;
    }
  }
  return text;
}

ToolUse tool_use(const json::object& test, const json::object& schemas) {
  ToolUse use;
  const auto add = [&](std::string_view name) {
    Tool tool{.name = std::string(name), .description = {}, .parameters = {}};
    if (const json::value& schema = schemas.at(name); schema.is_object())
      tool.parameters = schema.get_object();
    use.tools.push_back(std::move(tool));
  };
  if (const json::value* names = test.if_contains("tools")) {
    for (const json::value& name : names->as_array()) add(name.as_string());
  } else {
    for (const auto& member : schemas) add(member.key());
  }
  const json::value* choice = test.if_contains("choice");
  use.choice = choice != nullptr && *choice == "none" ? ToolChoice::kNone : ToolChoice::kAuto;
  use.any_name = test.contains("any_name");
  return use;
}

void expect_case(const json::object& test, const Recorded& found) {
  const json::value* content = test.if_contains("content");
  EXPECT_EQ(found.content, content == nullptr ? "" : content->as_string()) << found;
  std::size_t broken = 0;
  std::vector<testing::RecordedCall> whole;
  for (const testing::RecordedCall& call : found.calls) {
    if (call.complete) whole.push_back(call);
    broken += call.complete ? 0 : 1;
  }
  const json::value* broken_calls = test.if_contains("broken_calls");
  EXPECT_EQ(broken, broken_calls == nullptr ? 0U : broken_calls->to_number<std::size_t>()) << found;
  const json::value* calls = test.if_contains("tool_calls");
  ASSERT_EQ(whole.size(), calls == nullptr ? 0U : calls->as_array().size()) << found;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const json::value& expected = calls->as_array()[i];
    EXPECT_EQ(whole[i].name, expected.at("name").as_string());
    boost::system::error_code error;
    const json::value arguments = json::parse(whole[i].arguments, error);
    EXPECT_FALSE(error) << whole[i].arguments;
    EXPECT_EQ(arguments, expected.at("arguments")) << whole[i].arguments;
  }
}

class TraceTest : public ::testing::TestWithParam<const char*> {
 protected:
  json::object file_ = json::parse(read_text(std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests/formats" /
                                             (std::string(GetParam()) + ".json")))
                           .as_object();
};

TEST_P(TraceTest, WholeAndInPieces) {
  const json::object& schemas = file_.at("tools").as_object();
  const json::array& cases = file_.at("cases").as_array();
  std::size_t malformed = 0;
  std::mt19937 random(1);
  for (const json::value& value : cases) {
    const json::object& test = value.as_object();
    SCOPED_TRACE(std::string(test.at("name").as_string()));
    malformed += test.contains("malformed") ? 1 : 0;
    const auto format = make_format(GetParam(), test.contains("control_markers"));
    const ToolUse use = tool_use(test, schemas);
    const AnswerFormat answer;
    const FormatRequest request{.tool_use = use, .answer = answer};
    const std::string raw = raw_text(test.at("raw"));
    const Recorded whole = testing::parse_split(*format, request, raw, {});
    expect_case(test, whole);
    const std::vector<std::size_t> points = testing::split_points(raw);
    if (raw.size() <= kLong) {
      for (const std::size_t point : points) {
        ASSERT_EQ(testing::parse_split(*format, request, raw, {point}), whole) << "split at " << point;
      }
    }
    ASSERT_EQ(testing::parse_split(*format, request, raw, points), whole) << "split everywhere";
    for (int i = 0; i < (raw.size() <= kLong ? kRandomSplits : kRandomSplitsOfLong); ++i) {
      ASSERT_EQ(testing::parse_split(*format, request, raw, testing::some_of(points, random)), whole);
    }
  }
  EXPECT_GE(cases.size(), kFewestCases);
  EXPECT_GE(malformed, kFewestMalformed);
}

INSTANTIATE_TEST_SUITE_P(JsonFamilies, TraceTest, ::testing::Values("hermes", "llama3", "llama4", "generic"),
                         [](const auto& family) { return std::string(family.param); });

}  // namespace
}  // namespace peregrine::service
