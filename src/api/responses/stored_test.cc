#include "api/responses/stored.h"

#include <SQLiteCpp/SQLiteCpp.h>
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
using service::ChatFinishReason;
using service::ChoiceFinished;
using service::TextDelta;
using service::ToolCallDelta;
using service::ToolCallEnd;
using testing::Client;
using ::testing::ElementsAre;
using testing::Event;
using testing::events_of;
using testing::hello;
using testing::kBody;
using testing::kDone;
using testing::kStored;
using testing::Reply;
using testing::ResponseRoute;
using ::testing::StartsWith;
using testing::text_of;

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

// The layout is pulled from under the store, as a failing disk would: nobody is told of what is not kept.
TEST_F(ResponseRoute, WhatCannotBeStoredFails) {
  Client client(server_->port());
  client.send(request("POST", "", R"({"model":"S","input":"Hi","store":true,"stream":true})"));
  ASSERT_EQ(client.read_head().status, 200U);
  std::string text = client.read_chunk();
  ASSERT_TRUE(database_->write([](SQLite::Database& db) { db.exec("DROP TABLE response_items"); }));
  say(hello());
  for (std::string chunk = client.read_chunk(); !chunk.empty(); chunk = client.read_chunk()) text += chunk;
  const Event last = events_of(text).back();
  EXPECT_EQ(last.type, "response.failed");
  EXPECT_EQ(last.data.at("response").at("error").at("message"), "Internal Server Error");
  // And at the beginning: the chat is not even heard.
  EXPECT_EQ(error_of(create(kStored)), "500: Internal Server Error");
  say(hello());
  EXPECT_EQ(create(kBody).status, 200U);
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

}  // namespace
}  // namespace peregrine::api
