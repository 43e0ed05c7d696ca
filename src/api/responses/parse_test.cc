#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "api/responses/render.h"
#include "api/responses/wire.h"

namespace peregrine::api {
namespace {

namespace bj = boost::json;

// A row of tests/api/response_requests.json: a body (`raw`, or `with` laid over a good one, less the key
// `omit`) and either what must come out (`expect`, a subset of describe()) or the error.
std::string body_of(const bj::object& row) {
  if (const auto* raw = row.if_contains("raw")) return std::string(raw->as_string());
  bj::object body = bj::parse(R"({"model":"m","input":"Hi"})").as_object();
  for (const auto& [key, value] : row.at("with").as_object()) body[key] = value;
  if (const auto* omit = row.if_contains("omit")) body.erase(std::string_view(omit->as_string()));
  return bj::serialize(body);
}

bj::array table() {
  std::ifstream file(PEREGRINE_SOURCE_DIR "/tests/api/response_requests.json");
  std::stringstream text;
  text << file.rdbuf();
  return bj::parse(text.str()).as_array();
}

// "user Hi", "assistant [thoughts] text f(call_id)arguments", "tool output =call_id".
std::string describe(const service::ChatMessage& message) {
  constexpr const char* kRoles[] = {"system ", "user ", "assistant ", "tool "};
  std::string out = kRoles[static_cast<int>(message.role)];
  if (message.reasoning) out += "[" + *message.reasoning + "] ";
  out += message.content;
  for (const service::ToolCall& call : message.tool_calls) {
    out += " " + call.name + "(" + call.id + ")" + call.arguments;
  }
  if (message.tool_call_id) out += " =" + *message.tool_call_id;
  return out;
}

std::string describe(const service::ToolUse& use) {
  constexpr const char* kChoices[] = {"none", "auto", "required", "function"};
  std::string out = kChoices[static_cast<int>(use.choice)];
  if (!use.function.empty()) out += " " + use.function;
  return out;
}

bj::object describe(const ResponseCall& call) {
  const service::ChatRequest& chat = call.request.chat;
  bj::object out;
  std::vector<service::Item> items;
  bj::array& references = out["references"].emplace_array();
  for (const InputItem& input : call.input) {
    if (const auto* item = std::get_if<service::Item>(&input)) {
      EXPECT_FALSE(service::item_id(*item).empty());
      items.push_back(*item);
    } else {
      references.emplace_back(std::get<ItemReference>(input).id);
    }
  }
  bj::array& messages = out["messages"].emplace_array();
  for (const auto& message : service::to_messages(call.request.instructions, items)) {
    messages.emplace_back(describe(message));
  }
  bj::array& tools = out["tools"].emplace_array();
  for (const service::Tool& tool : chat.tool_use.tools) tools.emplace_back(tool.name);
  constexpr const char* kFormats[] = {"text", "json_object", "json_schema"};
  out["model"] = chat.model;
  out["stream"] = call.stream;
  out["store"] = call.echo.store;
  out["temperature"] = chat.temperature;
  out["top_p"] = chat.top_p;
  out["cap"] = chat.max_completion_tokens ? bj::value(*chat.max_completion_tokens) : bj::value(nullptr);
  out["choice"] = describe(chat.tool_use);
  out["parallel"] = chat.tool_use.parallel;
  out["tool_choice"] = bj::parse(call.echo.tool_choice_json);
  out["tools_echo"] = bj::parse(call.echo.tools_json);
  out["format"] = kFormats[static_cast<int>(chat.answer.kind)];
  out["format_echo"] = bj::parse(call.echo.format_json);
  out["schema"] = chat.answer.schema;
  out["strict"] = chat.answer.strict;
  out["truncate"] = call.request.truncate;
  out["tier"] = call.echo.tier == ResponseTier::kFlex ? "flex" : "default";
  out["previous"] = call.echo.previous_response_id;
  out["include_reasoning"] = chat.include_reasoning.value_or(false);
  out["effort"] = call.echo.reasoning_effort ? bj::value(*call.echo.reasoning_effort) : bj::value(nullptr);
  bj::object& metadata = out["metadata"].emplace_object();
  for (const auto& [key, value] : call.echo.metadata) metadata[key] = value;
  return out;
}

bool same(const bj::value& a, const bj::value& b) {
  if (a.is_number() && b.is_number()) return a.to_number<double>() == b.to_number<double>();
  return a == b;
}

void check_accepted(const bj::object& row, const Result<ResponseCall>& call) {
  ASSERT_TRUE(call) << call.error().text();
  const bj::object got = describe(*call);
  for (const auto& [key, want] : row.at("expect").as_object()) {
    ASSERT_TRUE(got.contains(key)) << key;
    EXPECT_TRUE(same(got.at(key), want)) << std::string_view(key) << ": " << got.at(key) << ", not " << want;
  }
}

TEST(ResponseParse, TableOfRequests) {
  const bj::array rows = table();
  ASSERT_GE(rows.size(), 100U);
  for (const bj::value& value : rows) {
    const bj::object& row = value.as_object();
    SCOPED_TRACE(row.at("name").as_string().c_str());
    const Result<ResponseCall> call = parse_response_call(body_of(row));
    if (row.contains("expect")) {
      check_accepted(row, call);
      continue;
    }
    ASSERT_FALSE(call.has_value()) << "accepted";
    const bj::object& error = row.at("error").as_object();
    EXPECT_EQ(call.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(call.error().where, error.at("param").as_string().c_str());
    EXPECT_THAT(call.error().message, ::testing::HasSubstr(error.at("message").as_string().c_str()));
  }
}

// What is stored of an item is read again as the item that it was.
TEST(ResponseParse, StoredItemsComeBackAsTheyWere) {
  int items = 0;
  for (const bj::value& row : table()) {
    if (!row.as_object().contains("expect")) continue;
    const Result<ResponseCall> call = parse_response_call(body_of(row.as_object()));
    ASSERT_TRUE(call);
    for (const InputItem& input : call->input) {
      const auto* item = std::get_if<service::Item>(&input);
      if (item == nullptr) continue;
      ++items;
      const std::string text = render_item(*item);
      const Result<service::Item> again = parse_stored_item(text);
      ASSERT_TRUE(again) << text;
      EXPECT_EQ(render_item(*again), text);
      EXPECT_EQ(again->index(), item->index());
      EXPECT_EQ(service::item_id(*again), service::item_id(*item));
      const auto before = service::to_messages(std::nullopt, std::span(item, 1));
      const auto after = service::to_messages(std::nullopt, std::span(&*again, 1));
      ASSERT_EQ(before.size(), after.size());
      for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(describe(before[i]), describe(after[i]));
    }
  }
  EXPECT_GE(items, 30);
}

TEST(ResponseParse, AStoredItemThatCannotBeReadIsCorrupt) {
  for (const char* text :
       {"", "{}", "[]", R"({"type":"item_reference","id":"x"})", "{\"type\":\"message\"}"}) {
    const auto item = parse_stored_item(text);
    ASSERT_FALSE(item) << text;
    EXPECT_EQ(item.error().code, ErrorCode::kCorrupt);
  }
}

// Cut anywhere, a body is refused; never a crash, never half a request.
TEST(ResponseParse, EveryPrefixOfABodyIsRefused) {
  const std::string body =
      R"({"model":"m","input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"é"}]},)"
      R"({"type":"function_call","call_id":"c","name":"f","arguments":"{\"a\":1}"}],)"
      R"("tools":[{"type":"function","name":"f"}],"text":{"format":{"type":"text"}},"metadata":{"a":"b"}})";
  ASSERT_TRUE(parse_response_call(body));
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_FALSE(parse_response_call(body.substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace peregrine::api
