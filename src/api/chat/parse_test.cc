#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "api/chat/wire.h"
#include "api/json/document.h"

namespace peregrine::api {
namespace {

namespace bj = boost::json;

// A row of tests/api/chat_requests.json: a body (`raw`, `hex`, or `with` laid over a good one, less the key
// `omit`) and either what must come out (`expect`, a subset of describe()) or the error.
struct Row {
  std::string name;
  std::string body;
  bj::object expect;
  bj::object error;
};

std::string unhex(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

std::string body_of(const bj::object& row) {
  if (const auto* raw = row.if_contains("raw")) return std::string(raw->as_string());
  if (const auto* hex = row.if_contains("hex")) return unhex(hex->as_string());
  bj::object body = bj::parse(R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})").as_object();
  for (const auto& [key, value] : row.at("with").as_object()) body[key] = value;
  if (const auto* omit = row.if_contains("omit")) body.erase(std::string_view(omit->as_string()));
  return bj::serialize(body);
}

std::vector<Row> rows() {
  std::ifstream file(PEREGRINE_SOURCE_DIR "/tests/api/chat_requests.json");
  std::stringstream text;
  text << file.rdbuf();
  std::vector<Row> rows;
  const bj::value table = bj::parse(text.str());
  for (const bj::value& value : table.as_array()) {
    const bj::object& row = value.as_object();
    Row& out = rows.emplace_back();
    out.name = row.at("name").as_string().c_str();
    out.body = body_of(row);
    if (const auto* expect = row.if_contains("expect")) out.expect = expect->as_object();
    if (const auto* error = row.if_contains("error")) out.error = error->as_object();
  }
  return rows;
}

std::string_view role_name(service::Role role) {
  switch (role) {
    case service::Role::kSystem:
      return "system";
    case service::Role::kUser:
      return "user";
    case service::Role::kAssistant:
      return "assistant";
    case service::Role::kTool:
      return "tool";
  }
  return "";
}

template <class T>
bj::value optional_value(const std::optional<T>& value) {
  return value ? bj::value(*value) : bj::value(nullptr);
}

void describe_tools(const ChatCall& call, bj::object& out) {
  const service::ToolUse& use = call.request.tool_use;
  bj::array& names = out["tools"].emplace_array();
  for (const service::Tool& tool : use.tools) names.emplace_back(tool.name);
  switch (use.choice) {
    case service::ToolChoice::kNone:
      out["tool_choice"] = "none";
      break;
    case service::ToolChoice::kAuto:
      out["tool_choice"] = "auto";
      break;
    case service::ToolChoice::kRequired:
      out["tool_choice"] = "required";
      break;
    case service::ToolChoice::kFunction:
      out["tool_choice"] = "function " + use.function;
      break;
  }
  out["parallel"] = use.parallel;
  out["any_name"] = use.any_name;
  out["old_functions"] = call.old_functions;
}

std::string answer_text(const service::AnswerFormat& answer) {
  switch (answer.kind) {
    case service::AnswerKind::kText:
      return "text";
    case service::AnswerKind::kJsonObject:
      return "json_object";
    case service::AnswerKind::kJsonSchema:
      return "json_schema " + answer.name + " " + bj::serialize(answer.schema);
    case service::AnswerKind::kRegex:
      return "regex " + answer.pattern;
    case service::AnswerKind::kChoice:
      return fmt::format("choice {}", fmt::join(answer.choices, ","));
  }
  return {};
}

void describe_context(const service::ChatRequest& request, bj::object& out) {
  constexpr std::array kFormats = {"raw", "parsed", "hidden"};
  constexpr std::array kEfforts = {"none", "default", "low", "medium", "high"};
  constexpr std::array kCitations = {"disabled", "with_documents", "enabled"};
  if (request.reasoning_format) {
    out["reasoning_format"] = kFormats.at(static_cast<std::size_t>(*request.reasoning_format));
  }
  if (request.reasoning_effort) {
    out["reasoning_effort"] = kEfforts.at(static_cast<std::size_t>(*request.reasoning_effort));
  }
  out["include_reasoning"] = optional_value(request.include_reasoning);
  bj::array& documents = out["documents"].emplace_array();
  for (const service::Document& document : request.documents) {
    documents.emplace_back(document.id + ": " + document.text);
  }
  out["citations"] = kCitations.at(static_cast<std::size_t>(request.citations));
}

bj::object describe(const ChatCall& call) {
  const service::ChatRequest& request = call.request;
  bj::object out;
  out["model"] = request.model;
  bj::array& messages = out["messages"].emplace_array();
  for (const service::ChatMessage& message : request.messages) {
    bj::object& item = messages.emplace_back(bj::object()).as_object();
    item["role"] = role_name(message.role);
    item["content"] = message.content;
    if (message.name) item["name"] = *message.name;
    if (message.reasoning) item["reasoning"] = *message.reasoning;
    if (message.tool_call_id) item["tool_call_id"] = *message.tool_call_id;
    for (const service::ToolCall& tool_call : message.tool_calls) {
      if (!item.contains("tool_calls")) item["tool_calls"].emplace_array();
      item["tool_calls"].as_array().push_back(
          {{"id", tool_call.id}, {"name", tool_call.name}, {"arguments", tool_call.arguments}});
    }
  }
  describe_tools(call, out);
  out["answer"] = answer_text(request.answer);
  describe_context(request, out);
  out["max_completion_tokens"] = optional_value(request.max_completion_tokens);
  out["temperature"] = request.temperature;
  out["top_p"] = request.top_p;
  out["frequency_penalty"] = request.frequency_penalty;
  out["presence_penalty"] = request.presence_penalty;
  bj::object& biases = out["logit_bias"].emplace_object();
  for (const auto& [id, bias] : request.logit_bias) biases[fmt::format("{}", id)] = bias;
  out["stop"] = bj::array(request.stop.begin(), request.stop.end());
  out["seed"] = request.seed ? bj::value(static_cast<std::int64_t>(*request.seed)) : bj::value(nullptr);
  out["top_logprobs"] = optional_value(request.top_logprobs);
  out["n"] = request.n;
  out["debug"] = request.debug;
  out["stream"] = call.stream;
  out["include_usage"] = call.include_usage;
  out["tier"] = wire_name(call.tier);
  out["cap_field"] = wire_name(call.token_cap_field);
  return out;
}

// Numbers compare as numbers: the table may write 1 for 1.0.
bool same(const bj::value& a, const bj::value& b) {
  if (a.is_number() && b.is_number()) return a.to_number<double>() == b.to_number<double>();
  if (a.kind() != b.kind()) return false;
  if (a.is_object()) {
    if (a.as_object().size() != b.as_object().size()) return false;
    for (const auto& [key, value] : a.as_object()) {
      const bj::value* other = b.as_object().if_contains(key);
      if (other == nullptr || !same(value, *other)) return false;
    }
    return true;
  }
  if (a.is_array()) {
    return std::equal(a.as_array().begin(), a.as_array().end(), b.as_array().begin(), b.as_array().end(),
                      same);
  }
  return a == b;
}

void check_accepted(const Row& row, const ChatCall& call) {
  const bj::object got = describe(call);
  for (const auto& [key, want] : row.expect) {
    ASSERT_TRUE(got.contains(key)) << key;
    EXPECT_TRUE(same(got.at(key), want)) << std::string_view(key) << ": " << got.at(key) << ", not " << want;
  }
}

TEST(ChatParse, TableOfRequests) {
  const std::vector<Row> table = rows();
  ASSERT_GE(table.size(), 120U);
  for (const Row& row : table) {
    SCOPED_TRACE(row.name);
    const Result<ChatCall> call = parse_chat_call(row.body);
    if (row.error.empty()) {
      if (call) {
        check_accepted(row, *call);
      } else {
        ADD_FAILURE() << "refused: " << call.error().text();
      }
      continue;
    }
    ASSERT_FALSE(call.has_value()) << "accepted";
    EXPECT_EQ(call.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(call.error().where, row.error.at("param").as_string().c_str());
    EXPECT_THAT(call.error().message, testing::HasSubstr(row.error.at("message").as_string().c_str()));
  }
}

std::string error_of(std::string_view body) {
  const Result<ChatCall> call = parse_chat_call(body);
  return call ? "accepted" : call.error().message;
}

TEST(ChatParse, LimitsHoldForBodiesOfAnySize) {
  EXPECT_THAT(error_of(std::string(1'000'000, '[')), testing::HasSubstr("nested deeper than 64 levels"));

  std::string values = R"({"tools":[0)";
  for (std::size_t i = 0; i < kMaxValues; ++i) values += ",0";
  values += "]}";
  EXPECT_THAT(error_of(values), testing::HasSubstr("more than 1000000 JSON values"));

  std::string biases = R"({"logit_bias":{)";
  for (int i = 0; i < 4097; ++i) biases += fmt::format("{}\"{}\":1", i == 0 ? "" : ",", i);
  biases += "}}";
  EXPECT_THAT(error_of(biases), testing::HasSubstr("maximum number of properties is 4096"));
}

TEST(ChatParse, ErrorsRepeatLittleOfTheBody) {
  const std::string key(100'000, 'k');
  const Result<ChatCall> call = parse_chat_call(R"({")" + key + R"(":1})");
  ASSERT_FALSE(call.has_value());
  EXPECT_LT(call.error().message.size(), 300U);
  EXPECT_LT(call.error().where.size(), 300U);
}

// Cut anywhere, a body is refused; never a crash, never half a request.
TEST(ChatParse, EveryPrefixOfABodyIsRefused) {
  const std::string body =
      R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"\u00e9\ud83d\ude00é"}]}],)"
      R"("temperature":0.5,"logit_bias":{"5":-1e1},"stop":["a"],"stream":true,"stream_options":{"include_usage":true}})";
  ASSERT_EQ(error_of(body), "accepted");
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_NE(error_of(body.substr(0, size)), "accepted") << size;
  }
}

}  // namespace
}  // namespace peregrine::api
