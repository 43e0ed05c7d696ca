// What models of a family wrote, as data, and what it means: tests/formats/FAMILY.json.
//
// A case: {"name", "tools": [name or {"name", "parameters"}], "choice", "any_name", "raw": [text or
// {"control": piece}], "content", "reasoning", "tool_calls": [{"id", "name", "arguments"}], "dropped": calls
// begun in vain, "opens_reasoning", "opens_answer", "control": whether think markers are control tokens}.
// What is missing is empty or false; the choice is auto where there are tools. Arguments that are a string
// are compared as text.
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

#include "base/utf8.h"
#include "grammar/testing/schema_files.h"
#include "service/chat/formats/format.h"
#include "service/chat/formats/marks.h"

namespace peregrine::service::testing {

struct HeardCall {
  std::string id;
  std::string name;
  std::string arguments;
  bool complete = false;

  bool operator==(const HeardCall&) const = default;
};

// What a sink was told; `problem` says what no sink may be told.
struct Heard {
  std::string content;
  std::string reasoning;
  std::vector<HeardCall> calls;
  std::string problem;

  bool operator==(const Heard&) const = default;
};

class RecordingSink final : public OutputSink {
 public:
  explicit RecordingSink(std::string_view raw) : raw_(raw) {}

  void content(std::string_view text, std::size_t raw) override {
    require(raw >= end_ && raw <= raw_.size() && raw_.substr(raw, text.size()) == text,
            "content is elsewhere");
    require(!within_, "content within a call");
    end_ = raw + text.size();
    take(text, heard.content);
  }
  void reasoning(std::string_view text) override {
    require(!within_, "reasoning within a call");
    take(text, heard.reasoning);
  }
  void call_begin(std::string_view id, std::string_view name) override {
    require(!within_, "a call within a call");
    within_ = true;
    heard.calls.push_back({std::string(id), std::string(name), {}, false});
  }
  void call_arguments(std::string_view piece) override {
    require(within_, "arguments of no call");
    if (within_) take(piece, heard.calls.back().arguments);
  }
  void call_end(bool complete) override {
    require(within_, "the end of no call");
    if (within_) heard.calls.back().complete = complete;
    within_ = false;
  }
  void finished() { require(!within_, "a call without an end"); }

  Heard heard;

 private:
  void require(bool condition, const char* problem) {
    if (!condition) heard.problem = problem;
  }
  void take(std::string_view text, std::string& to) {
    require(text.find(kControlMark) == std::string_view::npos, "a mark");
    require(!text.empty(), "nothing");
    to += text;
  }

  std::string_view raw_;
  std::size_t end_ = 0;
  bool within_ = false;
};

// Characters and marks: what no piece of a raw text may divide.
inline std::vector<std::string> atoms(std::string_view raw) {
  std::vector<std::string> all;
  while (!raw.empty()) {
    std::size_t length = mark_length(raw);
    if (length == 0) length = base::utf8_decode(raw).length;
    all.emplace_back(raw.substr(0, length));
    raw.remove_prefix(length);
  }
  return all;
}

// Reads atoms that are pushed together until cut_after(index) says so.
inline Heard read_cut(const ChatFormat& format, const FormatRequest& request,
                      const std::vector<std::string>& pieces,
                      const std::function<bool(std::size_t)>& cut_after) {
  std::string raw;
  for (const std::string& piece : pieces) raw += piece;
  RecordingSink sink(raw);
  const auto parser = format.parser(request);
  std::string due;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    due += pieces[i];
    if (!cut_after(i)) continue;
    parser->push(due, sink);
    due.clear();
  }
  parser->push(due, sink);
  parser->finish(sink);
  sink.finished();
  return sink.heard;
}

inline Heard read_whole(const ChatFormat& format, const FormatRequest& request, std::string_view raw) {
  return read_cut(format, request, {std::string(raw)}, [](std::size_t) { return false; });
}

// In two pieces everywhere, one by one, and `random_sets` times at random: always the same.
inline void expect_same_however_split(const ChatFormat& format, const FormatRequest& request,
                                      std::string_view raw, int random_sets) {
  const Heard whole = read_whole(format, request, raw);
  const std::vector<std::string> pieces = atoms(raw);
  for (std::size_t split = 0; split < pieces.size(); ++split) {
    ASSERT_EQ(read_cut(format, request, pieces, [&](std::size_t i) { return i == split; }), whole) << split;
  }
  ASSERT_EQ(read_cut(format, request, pieces, [](std::size_t) { return true; }), whole);
  std::mt19937 random(7);
  for (int set = 0; set < random_sets; ++set) {
    const auto one_in = 2 + random() % 7;
    ASSERT_EQ(read_cut(format, request, pieces, [&](std::size_t) { return random() % one_in == 0; }), whole)
        << "set " << set;
  }
}

inline std::ostream& operator<<(std::ostream& out, const Heard& heard) {
  out << "content \"" << heard.content << "\", reasoning \"" << heard.reasoning << "\"";
  for (const HeardCall& call : heard.calls) {
    out << ", " << (call.complete ? "" : "broken ") << "call " << call.id << " " << call.name << " "
        << call.arguments;
  }
  return out << (heard.problem.empty() ? "" : ", problem: ") << heard.problem;
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
      } else {
        made.name = tool.at("name").as_string().c_str();
        made.parameters = tool.at("parameters").as_object();
      }
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

inline std::vector<RawTrace> read_traces(const std::string& family) {
  const auto file = std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests/formats" / (family + ".json");
  std::vector<RawTrace> traces;
  for (const boost::json::value& value : boost::json::parse(grammar::testing::read_text(file)).as_array()) {
    RawTrace& trace = traces.emplace_back();
    trace.data = value.as_object();
    trace.name = trace.text("name");
    trace.tool_use = read_tool_use(trace.data);
    for (const boost::json::value& part : trace.data.at("raw").as_array()) {
      trace.raw += part.is_string() ? std::string(part.as_string())
                                    : control_mark(std::string(part.at("control").as_string()));
    }
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
