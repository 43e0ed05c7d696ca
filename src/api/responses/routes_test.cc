#include "api/responses/routes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/responses/testing/response_route.h"

namespace peregrine::api {
namespace {

namespace bj = boost::json;
using service::ChatFailed;
using service::ChatFinishReason;
using service::ChoiceFinished;
using service::CitationFound;
using service::ReasoningDelta;
using service::TextDelta;
using service::ToolCallDelta;
using service::ToolCallEnd;
using testing::Client;
using ::testing::ElementsAre;
using testing::Event;
using testing::events_of;
using ::testing::HasSubstr;
using testing::hello;
using testing::kBody;
using testing::kDone;
using testing::kStream;
using testing::Reply;
using testing::ResponseRoute;
using ::testing::StartsWith;
using testing::text_of;
using testing::types_of;

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

TEST_F(ResponseRoute, ASchemasFaultNamesItsPlace) {
  refusal_ = Error{ErrorCode::kUnsupported, "not here", "response_format#/items/if"};
  const Reply shape = create(
      R"({"model":"Stories","input":"Hi","text":{"format":{"type":"json_schema","name":"city","schema":{}}}})");
  EXPECT_EQ(error_of(shape),
            "400 text.format: invalid JSON schema for text.format: 'city': /items/if: not here");
  const bj::value error = bj::parse(shape.body).at("error");
  EXPECT_EQ(error.at("schema_path"), "/items/if");
  EXPECT_EQ(error.at("schema_path_segments"), bj::parse(R"(["$", "items", "if"])"));
  EXPECT_EQ(error.at("schema_kind"), "if");
  EXPECT_EQ(error.at("schema_code"), "unsupported_keyword");

  refusal_ = Error{ErrorCode::kInvalidArgument, "no type", "tools[1].function.parameters#/type"};
  EXPECT_EQ(error_of(create(R"({"model":"Stories","input":"Hi","tools":[{"type":"function","name":"f"},
                                {"type":"function","name":"g","parameters":{"type":7}}]})")),
            "400 tools[1].parameters: invalid JSON schema for tools[1].parameters: 'g': /type: no type");
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
