// What models of a family wrote, as data, and what it means: tests/formats/FAMILY.json.
//
// A list of cases, or {"tools": {name: schema}, "cases"}: the tools of cases that have no list of their own.
// A case: {"name", "tools": [name or {"name", "parameters"}], "choice", "any_name", "raw": text or [text or
// {"control": piece} or {"repeat": text, "times"}], "content", "reasoning", "tool_calls": [{"id", "name",
// "arguments"}], "dropped": calls begun in vain, "malformed", "opens_reasoning", "opens_answer", "control":
// whether the family's markers are control tokens}. What is missing is empty or false; the choice is auto
// where there are tools. Arguments that are a string are compared as text.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/testing/schema_files.h"
#include "service/chat/formats/format.h"
#include "service/chat/formats/testing/hearing.h"

namespace peregrine::service::testing {

// In two pieces everywhere, one by one, and `random_sets` times at random: always the same. Of a long text a
// sample is enough.
inline constexpr std::size_t kLongText = 4096;
inline void expect_same_however_split(const ChatFormat& format, const FormatRequest& request,
                                      std::string_view raw, int random_sets) {
  const Heard whole = read_whole(format, request, raw);
  const std::vector<std::string> pieces = atoms(raw);
  const bool long_text = pieces.size() > kLongText;
  for (std::size_t split = 0; split < (long_text ? 0 : pieces.size()); ++split) {
    ASSERT_EQ(read_cut(format, request, pieces, [&](std::size_t i) { return i == split; }), whole) << split;
  }
  ASSERT_EQ(read_cut(format, request, pieces, [](std::size_t) { return true; }), whole);
  std::mt19937 random(7);
  for (int set = 0; set < (long_text ? random_sets / 20 : random_sets); ++set) {
    const auto one_in = 1U << (1 + random() % 7);
    ASSERT_EQ(read_cut(format, request, pieces, [&](std::size_t) { return random() % one_in == 0; }), whole)
        << "set " << set;
  }
}

struct RawTrace {
  std::string name;
  std::string raw;
  boost::json::object data;
  ToolUse tool_use;
  AnswerFormat answer;

  bool flag(std::string_view key) const { return data.contains(key) && data.at(key).as_bool(); }
  std::string text(std::string_view key) const {
    return data.contains(key) ? std::string(data.at(key).as_string()) : std::string();
  }
  FormatRequest request() const {
    return {.tool_use = tool_use,
            .answer = answer,
            .prompt_opens_reasoning = flag("opens_reasoning"),
            .prompt_opens_answer = flag("opens_answer")};
  }
};

inline ToolUse read_tool_use(const boost::json::object& data) {
  ToolUse use;
  if (const auto* tools = data.if_contains("tools")) {
    use.choice = ToolChoice::kAuto;
    for (const boost::json::value& tool : tools->as_array()) {
      Tool& made = use.tools.emplace_back();
      if (tool.is_string()) {
        made.name = tool.as_string().c_str();
        continue;
      }
      made.name = tool.at("name").as_string().c_str();
      if (const auto* schema = tool.as_object().if_contains("parameters"))
        made.parameters = schema->as_object();
    }
  }
  if (const auto* any = data.if_contains("any_name")) use.any_name = any->as_bool();
  if (const auto* choice = data.if_contains("choice")) {
    use.choice = choice->as_string() == "none"       ? ToolChoice::kNone
                 : choice->as_string() == "required" ? ToolChoice::kRequired
                                                     : ToolChoice::kAuto;
  }
  return use;
}

inline std::string read_raw(const boost::json::value& raw) {
  if (raw.is_string()) return std::string(raw.get_string());
  std::string text;
  for (const boost::json::value& part : raw.as_array()) {
    if (part.is_string()) {
      text += part.get_string();
    } else if (const boost::json::value* piece = part.as_object().if_contains("control")) {
      text += control_mark(piece->as_string());
    } else {
      for (auto i = part.at("times").as_int64(); i > 0; --i) text += part.at("repeat").as_string();
    }
  }
  return text;
}

inline std::vector<RawTrace> read_traces(const std::string& family) {
  const auto file = std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests/formats" / (family + ".json");
  std::vector<RawTrace> traces;
  const boost::json::value all = boost::json::parse(grammar::testing::read_text(file));
  boost::json::array shared_tools;
  if (all.is_object()) {
    for (const auto& tool : all.at("tools").as_object()) shared_tools.emplace_back(tool.key());
  }
  for (const boost::json::value& value : (all.is_object() ? all.at("cases") : all).as_array()) {
    RawTrace& trace = traces.emplace_back();
    trace.data = value.as_object();
    if (!shared_tools.empty() && !trace.data.contains("tools")) trace.data["tools"] = shared_tools;
    trace.name = trace.text("name");
    trace.tool_use = read_tool_use(trace.data);
    trace.raw = read_raw(trace.data.at("raw"));
  }
  return traces;
}

inline void expect_calls(const RawTrace& trace, const std::vector<HeardCall>& calls) {
  std::vector<HeardCall> complete;
  for (const HeardCall& call : calls) {
    if (call.complete) complete.push_back(call);
  }
  const auto dropped = trace.data.contains("dropped") ? trace.data.at("dropped").as_int64() : 0;
  EXPECT_EQ(calls.size() - complete.size(), static_cast<std::size_t>(dropped));
  boost::json::array expected;
  if (const auto* list = trace.data.if_contains("tool_calls")) expected = list->as_array();
  ASSERT_EQ(complete.size(), expected.size());
  for (std::size_t i = 0; i < complete.size(); ++i) {
    const boost::json::object& call = expected[i].as_object();
    EXPECT_EQ(complete[i].id, call.contains("id") ? call.at("id").as_string().c_str() : "");
    EXPECT_EQ(complete[i].name, call.at("name").as_string().c_str());
    if (call.at("arguments").is_string()) {
      EXPECT_EQ(complete[i].arguments, call.at("arguments").as_string().c_str());
    } else {
      EXPECT_EQ(boost::json::parse(complete[i].arguments), call.at("arguments"));
    }
  }
}

// Every case reads as it says, however it is split.
inline void expect_traces(const std::string& family,
                          const std::function<std::shared_ptr<const ChatFormat>(const RawTrace&)>& format) {
  const std::vector<RawTrace> traces = read_traces(family);
  ASSERT_GE(traces.size(), 25U);
  for (const RawTrace& trace : traces) {
    SCOPED_TRACE(trace.name);
    const auto of_trace = format(trace);
    const Heard heard = read_whole(*of_trace, trace.request(), trace.raw);
    EXPECT_EQ(heard.problem, "");
    EXPECT_EQ(heard.content, trace.text("content"));
    EXPECT_EQ(heard.reasoning, trace.text("reasoning"));
    expect_calls(trace, heard.calls);
    expect_same_however_split(*of_trace, trace.request(), trace.raw, 200);
  }
}

}  // namespace peregrine::service::testing
