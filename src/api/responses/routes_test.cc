#include "api/responses/routes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>
#include <vector>

#include "api/testing/live_server.h"
#include "store/testing/folder.h"

namespace peregrine::api {
namespace {

namespace bj = boost::json;
using service::ChatDone;
using service::ChatFailed;
using service::ChatFinishReason;
using service::ChatRequest;
using service::ChatStream;
using service::ChoiceFinished;
using service::CitationFound;
using service::ReasoningDelta;
using service::TextDelta;
using service::ToolCallDelta;
using service::ToolCallEnd;
using testing::Client;
using testing::ClientRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Reply;
using testing::Script;
using ::testing::StartsWith;

const ChatDone kDone{{.prompt_tokens = 7,
                      .cached_tokens = 4,
                      .completion_tokens = 5,
                      .reasoning_tokens = 2,
                      .queue_seconds = 0.5,
                      .prompt_seconds = 0.25,
                      .completion_seconds = 0.125},
                     {}};

std::vector<service::ChatEvent> hello() {
  return {TextDelta{0, "Hel", {}}, TextDelta{0, "lo", {}}, ChoiceFinished{0, ChatFinishReason::kStop}, kDone};
}

std::string text_of(const bj::value& value) {
  return std::string(value.as_string());
}

struct Event {
  std::string type;
  bj::object data;
};

// The frames of a stream, each by the letter: an event line and a data line that agree, numbered without
// gaps.
std::vector<Event> events_of(const std::string& body) {
  std::vector<Event> events;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = body.find("\n\n", at);
    if (end == std::string::npos) {
      ADD_FAILURE() << "the last frame is cut: " << body.substr(at);
      break;
    }
    const std::string frame = body.substr(at, end - at);
    at = end + 2;
    if (frame.starts_with(':')) continue;
    const std::size_t line = frame.find('\n');
    EXPECT_THAT(frame, StartsWith("event: "));
    EXPECT_THAT(frame.substr(line + 1), StartsWith("data: {"));
    Event event{frame.substr(7, line - 7), bj::parse(frame.substr(line + 7)).as_object()};
    EXPECT_EQ(text_of(event.data.at("type")), event.type);
    EXPECT_EQ(event.data.at("sequence_number").as_int64(), static_cast<std::int64_t>(events.size()));
    events.push_back(std::move(event));
  }
  return events;
}

std::vector<std::string> types_of(const std::vector<Event>& events) {
  std::vector<std::string> types;
  for (const Event& event : events) types.push_back(event.type.substr(std::string("response.").size()));
  return types;
}

// The API over a script and a store of its own; requests that the chat was given are remembered.
class ResponseRoute : public ::testing::Test {
 protected:
  void SetUp() override { start(); }

  void start(std::vector<std::string> keys = {}, bool with_store = true) {
    server_.reset();
    responses_.reset();
    store_.reset();
    database_.reset();
    database_ = std::move(*store::Database::open(folder_.path()));
    store_.emplace(*database_, store::Retention{});
    responses_ = std::make_unique<service::Responses>(with_store ? &*store_ : nullptr);
    server_ = std::make_unique<testing::LiveServer>(Options{}, std::move(keys), responses_.get());
    server_->on_start = [this](const ChatRequest& request) -> Result<std::unique_ptr<ChatStream>> {
      chats_.push_back(request);
      if (refusal_) return tl::unexpected(*refusal_);
      if (request.messages.size() > room_) return fail(ErrorCode::kResourceExhausted, "9 tokens and 8 fit");
      return std::make_unique<testing::ScriptedStream>(server_->script, 1);
    };
  }

  void say(std::vector<service::ChatEvent> events) {
    for (auto& event : events) server_->script->say(std::move(event));
  }

  Reply ask(std::string method, std::string target, std::string body = {}, std::string key = {},
            std::vector<http::Header> headers = {}) {
    return server_->ask(
        request(std::move(method), std::move(target), std::move(body), std::move(key), std::move(headers)));
  }
  static ClientRequest request(std::string method, std::string target, std::string body = {},
                               std::string key = {}, std::vector<http::Header> headers = {}) {
    if (!body.empty()) headers.push_back({"content-type", "application/json"});
    if (!key.empty()) headers.push_back({"authorization", "Bearer " + key});
    return {std::move(method), "/openai/v1/responses" + target, std::move(headers), std::move(body)};
  }
  Reply create(std::string body) { return ask("POST", "", std::move(body)); }
  // Creates a stored response that says Hello.
  std::string stored(const std::string& body) {
    say(hello());
    const Reply reply = create(body);
    EXPECT_EQ(reply.status, 200U) << reply.body;
    return text_of(bj::parse(reply.body).at("id"));
  }
  static std::string error_of(const Reply& reply) {
    const bj::object error = bj::parse(reply.body).at("error").as_object();
    std::string out = fmt::format("{}", reply.status);
    for (const char* key : {"code", "param"}) {
      if (error.contains(key)) out += " " + text_of(error.at(key));
    }
    return out + ": " + text_of(error.at("message"));
  }
  std::vector<std::string> messages() const {
    std::vector<std::string> out;
    for (const service::ChatMessage& message : chats_.back().messages) {
      constexpr const char* kRoles[] = {"system ", "user ", "assistant ", "tool "};
      out.push_back(kRoles[static_cast<int>(message.role)] + message.content);
      for (const auto& call : message.tool_calls) out.back() += "(" + call.id + ")";
    }
    return out;
  }

  store::testing::Folder folder_;
  std::unique_ptr<store::Database> database_;
  std::optional<store::ResponseStore> store_;
  std::unique_ptr<service::Responses> responses_;
  std::vector<ChatRequest> chats_;
  std::optional<Error> refusal_;
  std::size_t room_ = 1000;
  std::unique_ptr<testing::LiveServer> server_;  // last: it uses what stands above
};

constexpr const char* kBody = R"({"model":"Stories","input":"Hi"})";
constexpr const char* kStored = R"({"model":"Stories","input":"Hi","store":true})";
constexpr const char* kStream = R"({"model":"Stories","input":"Hi","stream":true})";

TEST_F(ResponseRoute, WholeAnswer) {
  say(hello());
  const Reply reply = create(
      R"({"model":"Stories","input":"Hi","instructions":"Be brief.","max_output_tokens":50,"temperature":0.5,)"
      R"("top_p":0.25,"metadata":{"a":"b"},"user":"u","truncation":"auto","parallel_tool_calls":false,)"
      R"("tools":[{"type":"function","name":"f"}],"tool_choice":{"type":"function","name":"f"},)"
      R"("reasoning":{"effort":"low"},"text":{"format":{"type":"text"}},"service_tier":"auto"})");
  ASSERT_EQ(reply.status, 200U) << reply.body;
  bj::object body = bj::parse(reply.body).as_object();
  const std::string id = text_of(body.at("id"));
  const std::string message_id = text_of(body.at("output").at(0).at("id"));
  EXPECT_THAT(id, StartsWith("resp_"));
  EXPECT_EQ(id.size(), 5U + 26U);
  EXPECT_THAT(message_id, StartsWith("msg_"));
  EXPECT_GT(body.at("created_at").as_int64(), 1'600'000'000);
  body.erase("id");
  body.erase("created_at");
  body.at("output").as_array()[0].as_object().erase("id");
  const bj::value expected = bj::parse(R"({
    "object":"response","status":"completed","background":false,"error":null,"incomplete_details":null,
    "model":"Stories",
    "output":[{"type":"message","status":"completed","role":"assistant",
               "content":[{"type":"output_text","text":"Hello","annotations":[],"logprobs":[]}]}],
    "instructions":"Be brief.","max_output_tokens":50,"max_tool_calls":null,"parallel_tool_calls":false,
    "previous_response_id":null,"reasoning":{"effort":"low","summary":null},"store":false,"temperature":0.5,
    "text":{"format":{"type":"text"}},"tool_choice":{"type":"function","name":"f"},
    "tools":[{"type":"function","name":"f"}],"top_logprobs":0,"top_p":0.25,"truncation":"auto","user":"u",
    "service_tier":"default","metadata":{"a":"b"},
    "usage":{"input_tokens":7,"input_tokens_details":{"cached_tokens":4,"reasoning_tokens":0},
             "output_tokens":5,"output_tokens_details":{"cached_tokens":0,"reasoning_tokens":2},
             "total_tokens":12}})");
  EXPECT_EQ(bj::value(body), expected) << bj::serialize(body);
  EXPECT_THAT(messages(), ElementsAre("system Be brief.", "user Hi"));
  EXPECT_EQ(chats_.back().max_completion_tokens, 50U);
}

TEST_F(ResponseRoute, DefaultsOfAWholeAnswer) {
  say(hello());
  const bj::value body = bj::parse(create(kBody).body);
  EXPECT_TRUE(body.at("instructions").is_null());
  EXPECT_TRUE(body.at("reasoning").is_null());
  EXPECT_EQ(body.at("tool_choice"), "none");
  EXPECT_EQ(bj::serialize(body.at("tools")), "[]");
  EXPECT_EQ(bj::serialize(body.at("text")), R"({"format":{"type":"text"}})");
  EXPECT_EQ(bj::serialize(body.at("metadata")), "{}");
  EXPECT_EQ(body.at("truncation"), "disabled");
  EXPECT_EQ(body.at("temperature").to_number<double>(), 1);
}

TEST_F(ResponseRoute, AStreamTellsEveryStep) {
  say(hello());
  const Reply reply = create(kStream);
  ASSERT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.headers.get("content-type"), "text/event-stream");
  const std::vector<Event> events = events_of(reply.body);
  ASSERT_THAT(types_of(events),
              ElementsAre("created", "in_progress", "output_item.added", "content_part.added",
                          "output_text.delta", "output_text.delta", "output_text.done", "content_part.done",
                          "output_item.done", "completed"));
  for (const std::size_t i : {0U, 1U}) {
    const bj::value& response = events[i].data.at("response");
    EXPECT_EQ(response.at("status"), "in_progress");
    EXPECT_TRUE(response.at("output").as_array().empty());
    EXPECT_TRUE(response.at("usage").is_null());
  }
  const bj::value& added = events[2].data.at("item");
  EXPECT_EQ(added.at("status"), "in_progress");
  EXPECT_TRUE(added.at("content").as_array().empty());
  const std::string id = text_of(added.at("id"));
  for (std::size_t i = 3; i < 8; ++i) {
    EXPECT_EQ(text_of(events[i].data.at("item_id")), id);
    EXPECT_EQ(events[i].data.at("output_index").as_int64(), 0);
    EXPECT_EQ(events[i].data.at("content_index").as_int64(), 0);
  }
  EXPECT_EQ(events[3].data.at("part").at("text"), "");
  EXPECT_EQ(events[4].data.at("delta"), "Hel");
  EXPECT_EQ(events[5].data.at("delta"), "lo");
  EXPECT_TRUE(events[5].data.at("logprobs").as_array().empty());
  EXPECT_EQ(events[6].data.at("text"), "Hello");
  EXPECT_EQ(events[7].data.at("part").at("text"), "Hello");
  const bj::value& end = events[9].data.at("response");
  EXPECT_EQ(events[8].data.at("item"), end.at("output").at(0));
  EXPECT_EQ(end.at("status"), "completed");
  EXPECT_EQ(end.at("id"), events[0].data.at("response").at("id"));
  EXPECT_EQ(end.at("usage").at("total_tokens").as_int64(), 12);
}

TEST_F(ResponseRoute, ThoughtsCallsAndSources) {
  const auto script = [] {
    return std::vector<service::ChatEvent>{
        ReasoningDelta{0, "hm"},
        TextDelta{0, "See", {}},
        CitationFound{0, {0, 3, service::Citation::Source::kDocument, "doc-1"}},
        ToolCallDelta{0, 0, "call_x", "f", ""},
        ToolCallDelta{0, 0, "", "", "{\"a\":"},
        ToolCallDelta{0, 0, "", "", "1}"},
        ToolCallEnd{0, 0, true},
        ToolCallDelta{0, 1, "call_y", "g", "{}"},
        ToolCallEnd{0, 1, true},
        ChoiceFinished{0, ChatFinishReason::kToolCalls},
        kDone};
  };
  say(script());
  const Reply reply = create(kStream);
  const std::vector<Event> events = events_of(reply.body);
  ASSERT_THAT(
      types_of(events),
      ElementsAre("created", "in_progress",  //
                  "output_item.added", "content_part.added", "reasoning_text.delta", "reasoning_text.done",
                  "content_part.done", "output_item.done",  //
                  "output_item.added", "content_part.added", "output_text.delta",
                  "output_text.annotation.added", "output_text.done", "content_part.done",
                  "output_item.done",  //
                  "output_item.added", "function_call_arguments.delta", "function_call_arguments.delta",
                  "function_call_arguments.done", "output_item.done",  //
                  "output_item.added", "function_call_arguments.delta", "function_call_arguments.done",
                  "output_item.done", "completed"));
  const bj::value source =
      bj::parse(R"({"type":"file_citation","file_id":"doc-1","index":3,"start_index":0,"end_index":3})");
  EXPECT_EQ(events[11].data.at("annotation"), source);
  EXPECT_EQ(events[11].data.at("annotation_index").as_int64(), 0);
  EXPECT_EQ(events[13].data.at("part").at("annotations").at(0), source);
  EXPECT_EQ(events[15].data.at("item").at("arguments"), "");
  EXPECT_EQ(events[15].data.at("item").at("name"), "f");
  EXPECT_FALSE(events[16].data.contains("content_index"));
  EXPECT_EQ(events[18].data.at("arguments"), R"({"a":1})");
  EXPECT_EQ(events[18].data.at("name"), "f");
  const bj::array& output = events.back().data.at("response").at("output").as_array();
  ASSERT_EQ(output.size(), 4U);
  EXPECT_EQ(output[0].at("type"), "reasoning");
  EXPECT_TRUE(output[0].at("summary").as_array().empty());
  EXPECT_EQ(bj::serialize(output[0].at("content")), R"([{"type":"reasoning_text","text":"hm"}])");
  EXPECT_EQ(output[2].at("call_id"), "call_x");
  EXPECT_EQ(output[2].at("status"), "completed");
  EXPECT_THAT(text_of(output[2].at("id")), StartsWith("fc_"));
  EXPECT_EQ(output[3].at("arguments"), "{}");

  // The same at once is the same.
  say(script());
  bj::array whole = bj::parse(create(kBody).body).at("output").as_array();
  ASSERT_EQ(whole.size(), output.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    bj::object streamed = output[i].as_object();
    streamed["id"] = whole[i].at("id");
    EXPECT_EQ(bj::value(streamed), whole[i]);
  }
}

TEST_F(ResponseRoute, ABudgetThatEndsIsIncomplete) {
  const std::vector<service::ChatEvent> cut = {TextDelta{0, "Hel", {}},
                                               ChoiceFinished{0, ChatFinishReason::kLength}, kDone};
  say(cut);
  const bj::value body = bj::parse(create(kBody).body);
  EXPECT_EQ(body.at("status"), "incomplete");
  EXPECT_EQ(body.at("incomplete_details").at("reason"), "max_output_tokens");
  EXPECT_EQ(body.at("output").at(0).at("status"), "incomplete");
  EXPECT_FALSE(body.at("usage").is_null());
  say(cut);
  EXPECT_EQ(events_of(create(kStream).body).back().type, "response.incomplete");
}

TEST_F(ResponseRoute, AGenerationThatBreaks) {
  const auto broken = [] {
    return std::vector<service::ChatEvent>{TextDelta{0, "Hel", {}},
                                           ChatFailed{{ErrorCode::kInternal, "row 7 of secret", {}}}};
  };
  say(broken());
  EXPECT_EQ(error_of(create(kBody)), "500: Internal Server Error");
  say(broken());
  const Event last = events_of(create(kStream).body).back();
  EXPECT_EQ(last.type, "response.failed");
  const bj::value& response = last.data.at("response");
  EXPECT_EQ(response.at("status"), "failed");
  EXPECT_EQ(bj::serialize(response.at("error")),
            R"({"code":"server_error","message":"Internal Server Error"})");
  EXPECT_TRUE(response.at("usage").is_null());
  say({ChatFailed{{ErrorCode::kUnavailable, "shutting down", {}}}});
  EXPECT_EQ(error_of(create(kBody)), "503: Service Unavailable: shutting down");
}

TEST_F(ResponseRoute, TimingsForThoseWhoAsk) {
  say(hello());
  const Reply reply = ask("POST", "", R"({"model":"Stories","input":"Hi","metadata":{"a":"b"}})", {},
                          {{"Groq-Beta", "other, inference-metrics"}});
  const bj::object metadata = bj::parse(reply.body).at("metadata").as_object();
  EXPECT_EQ(metadata.size(), 5U);
  EXPECT_EQ(metadata.at("a"), "b");
  EXPECT_EQ(std::stod(text_of(metadata.at("queue_time"))), 0.5);
  EXPECT_EQ(std::stod(text_of(metadata.at("prompt_time"))), 0.25);
  EXPECT_EQ(std::stod(text_of(metadata.at("completion_time"))), 0.125);
  EXPECT_EQ(std::stod(text_of(metadata.at("total_time"))), 0.375);
}

TEST_F(ResponseRoute, ErrorsSpeakOfOurFields) {
  const auto refused = [&](Error error) {
    refusal_ = std::move(error);
    return error_of(create(kBody));
  };
  EXPECT_EQ(refused({ErrorCode::kInvalidArgument, "no", "messages"}), "400 input: no");
  EXPECT_EQ(refused({ErrorCode::kInvalidArgument, "no", "reasoning_effort"}), "400 reasoning.effort: no");
  EXPECT_THAT(refused({ErrorCode::kUnsupported, "no", "response_format#/items/if"}),
              StartsWith("400 text.format: "));
  EXPECT_THAT(refused({ErrorCode::kInvalidArgument, "512", "max_completion_tokens"}),
              StartsWith("400 max_output_tokens: `max_output_tokens` must be less than or equal to `512`"));
  EXPECT_THAT(refused({ErrorCode::kResourceExhausted, "9 tokens and 8 fit", {}}),
              StartsWith("400 context_length_exceeded input: Please reduce the length"));
  EXPECT_EQ(refused({ErrorCode::kUnavailable, "full", {}}), "503: Service Unavailable: full");
  EXPECT_EQ(refused({ErrorCode::kIo, "/home/secret", {}}), "500: Internal Server Error");
  server_->on_open = [](std::string_view) {
    return Result<std::unique_ptr<service::ModelWait>>(fail(ErrorCode::kNotFound, "no model", "model"));
  };
  EXPECT_THAT(error_of(create(kBody)), StartsWith("404 model_not_found: The model `Stories`"));
  EXPECT_THAT(error_of(create(R"({"model":"m","input":7})")), StartsWith("400 input: 'input' : value must"));
}

TEST_F(ResponseRoute, StoredOnesAreShownAndDeleted) {
  say(hello());
  const Reply created = create(kStored);
  ASSERT_EQ(created.status, 200U) << created.body;
  const std::string id = text_of(bj::parse(created.body).at("id"));
  EXPECT_EQ(bj::parse(created.body).at("store"), true);
  EXPECT_EQ(ask("GET", "/" + id).body, created.body);
  start();  // the server again, over the same folder
  EXPECT_EQ(ask("GET", "/" + id).body, created.body);
  const Reply deleted = ask("DELETE", "/" + id);
  EXPECT_EQ(deleted.body, fmt::format(R"({{"id":"{}","object":"response","deleted":true}})", id));
  for (const char* method : {"GET", "DELETE"}) {
    EXPECT_EQ(error_of(ask(method, "/" + id)),
              fmt::format("404 not_found: Response with id '{}' not found.", id));
  }
  EXPECT_EQ(ask("GET", "/" + id + "/input_items").status, 404U);
  EXPECT_EQ(ask("POST", "/" + id + "/cancel", "{}").status, 404U);
}

TEST_F(ResponseRoute, OthersAreNotKept) {
  const std::string id = stored(kBody);
  EXPECT_EQ(ask("GET", "/" + id).status, 404U);
}

TEST_F(ResponseRoute, KeysSeeTheirOwn) {
  start({"alice", "bob"});
  say(hello());
  const Reply created = ask("POST", "", kStored, "alice");
  ASSERT_EQ(created.status, 200U) << created.body;
  const std::string id = text_of(bj::parse(created.body).at("id"));
  const std::string more = fmt::format(R"({{"model":"S","input":"x","previous_response_id":"{}"}})", id);
  EXPECT_EQ(ask("GET", "/" + id, {}, "bob").status, 404U);
  EXPECT_EQ(ask("DELETE", "/" + id, {}, "bob").status, 404U);
  EXPECT_EQ(ask("POST", "", more, "bob").status, 400U);
  EXPECT_EQ(ask("GET", "/" + id, {}, "alice").status, 200U);
  say(hello());
  EXPECT_EQ(ask("POST", "", more, "alice").status, 200U);
}

TEST_F(ResponseRoute, AConversationGoesOnWithoutItsInstructions) {
  const std::string first = stored(R"({"model":"S","input":"one","store":true,"instructions":"Rhyme."})");
  const std::string second =
      stored(fmt::format(R"({{"model":"S","input":"two","store":true,"previous_response_id":"{}"}})", first));
  const std::string body = fmt::format(
      R"({{"model":"S","input":"three","instructions":"Be brief.","previous_response_id":"{}"}})", second);
  say(hello());
  const bj::value third = bj::parse(create(body).body);
  EXPECT_EQ(text_of(third.at("previous_response_id")), second);
  EXPECT_THAT(messages(), ElementsAre("system Be brief.", "user one", "assistant Hello", "user two",
                                      "assistant Hello", "user three"));
  ASSERT_EQ(ask("DELETE", "/" + first).status, 200U);
  EXPECT_EQ(error_of(create(body)),
            fmt::format("400 previous_response_not_found previous_response_id: Previous response with id "
                        "'{}' not found.",
                        first));
}

TEST_F(ResponseRoute, ACallIsAnsweredByItsOutputAlone) {
  say({ToolCallDelta{0, 0, "call_x", "f", "{}"}, ToolCallEnd{0, 0, true},
       ChoiceFinished{0, ChatFinishReason::kToolCalls}, kDone});
  const std::string tools = R"("tools":[{"type":"function","name":"f"}])";
  const bj::value first = bj::parse(create(R"({"model":"S","input":"one","store":true,)" + tools + "}").body);
  say(hello());
  create(
      fmt::format(R"({{"model":"S",{},"previous_response_id":"{}","input":[{{"type":"function_call_output",)"
                  R"("call_id":"call_x","output":"42"}}]}})",
                  tools, text_of(first.at("id"))));
  EXPECT_THAT(messages(), ElementsAre("user one", "assistant (call_x)", "tool 42"));
}

TEST_F(ResponseRoute, ItemsAreReferredToById) {
  const std::string id = stored(kStored);
  const bj::value shown = bj::parse(ask("GET", "/" + id).body);
  const std::string input = bj::serialize(bj::parse(ask("GET", "/" + id + "/input_items").body));
  const std::string in_id = text_of(bj::parse(input).at("first_id"));
  const std::string out_id = text_of(shown.at("output").at(0).at("id"));
  say(hello());
  const Reply reply = create(fmt::format(
      R"({{"model":"S","input":[{{"type":"item_reference","id":"{}"}},{{"type":"item_reference","id":"{}"}},)"
      R"({{"role":"user","content":"more"}}]}})",
      in_id, out_id));
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(messages(), ElementsAre("user Hi", "assistant Hello", "user more"));
  EXPECT_EQ(
      error_of(create(
          R"({"model":"S","input":[{"role":"user","content":"x"},{"type":"item_reference","id":"no"}]})")),
      "400 input[1].id: Item with id 'no' not found.");
}

TEST_F(ResponseRoute, InputItemsArePaged) {
  const std::string id =
      stored(R"({"model":"S","store":true,"input":[{"role":"developer","content":"a","id":"i1"},)"
             R"({"role":"user","content":[{"type":"input_text","text":"b"}],"id":"i2"},)"
             R"({"role":"assistant","content":"c","id":"i3"},{"role":"user","content":"d","id":"i4"}]})");
  const auto page = [&](const std::string& query) {
    const bj::value list = bj::parse(ask("GET", "/" + id + "/input_items" + query).body);
    std::string ids;
    for (const bj::value& item : list.at("data").as_array()) ids += text_of(item.at("id")) + " ";
    if (ids.empty()) {
      EXPECT_TRUE(list.at("first_id").is_null() && list.at("last_id").is_null());
    } else {
      EXPECT_THAT(ids, StartsWith(text_of(list.at("first_id"))));
      EXPECT_THAT(ids, ::testing::EndsWith(text_of(list.at("last_id")) + " "));
    }
    EXPECT_EQ(list.at("object"), "list");
    return ids + (list.at("has_more").as_bool() ? "..." : "");
  };
  EXPECT_EQ(page(""), "i4 i3 i2 i1 ");
  EXPECT_EQ(page("?order=asc"), "i1 i2 i3 i4 ");
  EXPECT_EQ(page("?order=asc&limit=3"), "i1 i2 i3 ...");
  EXPECT_EQ(page("?order=asc&limit=3&after=i3"), "i4 ");
  EXPECT_EQ(page("?limit=1&after=i3"), "i2 ...");
  EXPECT_EQ(page("?after=i1"), "");
  const auto refused = [&](const std::string& query) {
    return error_of(ask("GET", "/" + id + "/input_items" + query));
  };
  for (const char* limit : {"0", "101", "x", "-1", "1x", "99999999999999999999"}) {
    EXPECT_THAT(refused(fmt::format("?limit={}", limit)), StartsWith("400 limit: "));
  }
  EXPECT_THAT(refused("?order=up"), StartsWith("400 order: "));
  EXPECT_EQ(refused("?after=nobody"), "400 after: Item with id 'nobody' not found.");
  const bj::value list = bj::parse(ask("GET", "/" + id + "/input_items?order=asc&limit=3").body);
  EXPECT_EQ(bj::serialize(list.at("data").at(1)),
            R"({"id":"i2","type":"message","status":"completed","role":"user",)"
            R"("content":[{"type":"input_text","text":"b"}]})");
  EXPECT_EQ(list.at("data").at(0).at("role"), "system");
  EXPECT_EQ(list.at("data").at(2).at("content").at(0).at("type"), "output_text");
}

TEST_F(ResponseRoute, AStreamedOneIsThereBeforeAndBeforeItsEndIsTold) {
  Client client(server_->port());
  client.send(request("POST", "", R"({"model":"S","input":"Hi","store":true,"stream":true})"));
  ASSERT_EQ(client.read_head().status, 200U);
  std::string text = client.read_chunk();
  const std::string id = text_of(events_of(text).front().data.at("response").at("id"));
  EXPECT_EQ(bj::parse(ask("GET", "/" + id).body).at("status"), "in_progress");
  EXPECT_EQ(error_of(create(fmt::format(R"({{"model":"S","input":"x","previous_response_id":"{}"}})", id))),
            fmt::format("400 previous_response_id: Previous response '{}' is still in progress.", id));
  say(hello());
  while (text.find("event: response.completed") == std::string::npos) text += client.read_chunk();
  EXPECT_EQ(bj::parse(ask("GET", "/" + id).body), events_of(text).back().data.at("response"));
}

TEST_F(ResponseRoute, CancelEndsAStream) {
  Client client(server_->port());
  client.send(request("POST", "", R"({"model":"S","input":"Hi","store":true,"stream":true})"));
  ASSERT_EQ(client.read_head().status, 200U);
  std::string text = client.read_chunk();
  const std::string id = text_of(events_of(text).front().data.at("response").at("id"));
  say({TextDelta{0, "Hel", {}}});
  while (text.find("output_text.delta") == std::string::npos) text += client.read_chunk();
  const Reply cancelled = ask("POST", "/" + id + "/cancel");
  ASSERT_EQ(cancelled.status, 200U) << cancelled.body;
  EXPECT_TRUE(server_->script->wait_ended());
  for (std::string chunk = client.read_chunk(); !chunk.empty(); chunk = client.read_chunk()) text += chunk;
  const std::vector<Event> events = events_of(text);
  EXPECT_EQ(events.back().type, "response.incomplete");
  const bj::value& response = events.back().data.at("response");
  EXPECT_EQ(response.at("status"), "cancelled");
  EXPECT_EQ(response.at("output").at(0).at("status"), "incomplete");
  EXPECT_EQ(bj::parse(cancelled.body), response);
  EXPECT_EQ(ask("GET", "/" + id).body, cancelled.body);
  EXPECT_EQ(error_of(ask("POST", "/" + id + "/cancel")),
            fmt::format("400: Response '{}' is not in progress: it cannot be cancelled.", id));
}

TEST_F(ResponseRoute, AClientThatLeavesCancels) {
  std::string id;
  {
    Client client(server_->port());
    client.send(request("POST", "", R"({"model":"S","input":"Hi","store":true,"stream":true})"));
    ASSERT_EQ(client.read_head().status, 200U);
    id = text_of(events_of(client.read_chunk()).front().data.at("response").at("id"));
  }
  EXPECT_TRUE(server_->script->wait_ended());
  // What was settled is told to a canceller, or stands in the store; either way it ends as cancelled.
  Reply cancelled = ask("POST", "/" + id + "/cancel");
  const Reply shown = ask("GET", "/" + id);
  EXPECT_TRUE(cancelled.status == 200 || cancelled.status == 400) << cancelled.body;
  EXPECT_EQ(bj::parse(shown.body).at("status"), "cancelled");
}

TEST_F(ResponseRoute, OneThatACrashInterruptedHasFailed) {
  // As a server that died left it: added, never finished, not running.
  store::StoredResponse left;
  left.id = "resp_left";
  left.body = R"({"id":"resp_left","status":"in_progress","error":null,"output":[]})";
  left.input = {{"msg_1", R"({"type":"message","role":"user","content":"Hi"})"}};
  ASSERT_TRUE(responses_->add(left));
  const bj::value body = bj::parse(ask("GET", "/resp_left").body);
  EXPECT_EQ(body.at("status"), "failed");
  EXPECT_EQ(body.at("error").at("code"), "server_error");
  say(hello());
  EXPECT_EQ(create(R"({"model":"S","input":"x","previous_response_id":"resp_left"})").status, 200U);
  EXPECT_THAT(messages(), ElementsAre("user Hi", "user x"));
}

TEST_F(ResponseRoute, TruncationDropsTheOldestTurns) {
  const std::string items =
      R"([{"role":"user","content":"1"},{"role":"assistant","content":"one"},{"role":"user","content":"2"},)"
      R"({"role":"assistant","content":"two"},{"role":"user","content":"3"}])";
  room_ = 4;
  EXPECT_THAT(error_of(create(R"({"model":"S","instructions":"I","input":)" + items + "}")),
              StartsWith("400 context_length_exceeded input: "));
  say(hello());
  const Reply reply = create(R"({"model":"S","instructions":"I","truncation":"auto","input":)" + items + "}");
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(messages(), ElementsAre("system I", "user 2", "assistant two", "user 3"));
}

TEST_F(ResponseRoute, AServerWithoutAStoreSaysSo) {
  start({}, false);
  EXPECT_EQ(error_of(create(kStored)), "400 store: this server keeps no responses");
  EXPECT_EQ(error_of(create(R"({"model":"S","input":"x","previous_response_id":"resp_1"})")),
            "400 previous_response_not_found previous_response_id: Previous response with id 'resp_1' not "
            "found.");
  say(hello());
  const std::string id = text_of(bj::parse(create(kBody).body).at("id"));
  EXPECT_EQ(ask("GET", "/" + id).status, 404U);
}

TEST_F(ResponseRoute, AModelThatIsBeingLoadedIsWaitedFor) {
  const auto gate = std::make_shared<testing::Gate>();
  server_->on_open = [&](std::string_view) -> Result<std::unique_ptr<service::ModelWait>> {
    return std::make_unique<testing::ScriptedWait>(gate);
  };
  Client client(server_->port());
  client.send(request("POST", "", kBody));
  ASSERT_TRUE(gate->wait_for_reader());
  say(hello());
  gate->open();
  EXPECT_EQ(client.read().status, 200U);
}

TEST_F(ResponseRoute, RefusedAtTheDoor) {
  server_->readiness = Readiness::kDraining;
  EXPECT_THAT(error_of(create(kBody)), StartsWith("503: "));
  server_->readiness = Readiness::kReady;
  const Reply reply = server_->ask({"POST", "/v1/responses", {{"content-type", "text/plain"}}, kBody});
  EXPECT_THAT(error_of(reply), HasSubstr("Content-Type"));
  EXPECT_EQ(ask("GET", "/resp_1?stream=true").status, 400U);
  EXPECT_EQ(ask("GET", "").status, 405U);
}

}  // namespace
}  // namespace peregrine::api
