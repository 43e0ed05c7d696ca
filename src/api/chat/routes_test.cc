#include "api/chat/routes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json/parse.hpp>
#include <future>
#include <string>

#include "api/testing/live_server.h"

namespace peregrine::api {
namespace {

using service::ChatDone;
using service::ChatFailed;
using service::ChatFinishReason;
using service::ChatRequest;
using service::ChatStream;
using service::ChoiceFinished;
using service::TextDelta;
using testing::Client;
using testing::Gate;
using ::testing::HasSubstr;
using testing::LiveServer;
using ::testing::Not;
using testing::Reply;
using testing::Script;
using testing::ScriptedStream;
using testing::ScriptedWait;
using ::testing::StartsWith;

constexpr const char* kBody = R"({"model":"Stories","messages":[{"role":"user","content":"Hi"}]})";
constexpr const char* kStreamBody =
    R"({"model":"Stories","stream":true,"messages":[{"role":"user","content":"Hi"}]})";

void say_hello(Script& script) {
  script.say(TextDelta{0, "Hel", {}});
  script.say(TextDelta{0, "lo", {}});
  script.say(ChoiceFinished{0, ChatFinishReason::kStop});
  script.say(ChatDone{{.prompt_tokens = 3,
                       .completion_tokens = 2,
                       .queue_seconds = 0.5,
                       .prompt_seconds = 0.25,
                       .completion_seconds = 0.125},
                      {}});
}

std::string text_of(const boost::json::value& value) {
  return std::string(value.as_string());
}

TEST(ChatRoute, WholeAnswer) {
  LiveServer server;
  say_hello(*server.script);
  const Reply reply = server.chat(kBody);
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(reply.headers.get("content-type"), "application/json");
  const auto body = boost::json::parse(reply.body);
  const std::string id = text_of(body.at("id"));
  const std::int64_t created = body.at("created").as_int64();
  EXPECT_THAT(id, StartsWith("chatcmpl-"));
  EXPECT_EQ(id.size(), 9U + 36U);
  EXPECT_GT(created, 1'700'000'000);
  EXPECT_EQ(
      reply.body,
      fmt::format(
          R"({{"id":"{}","object":"chat.completion","created":{},"model":"Stories","choices":[)"
          R"({{"index":0,"message":{{"role":"assistant","content":"Hello"}},"logprobs":null,)"
          R"("finish_reason":"stop"}}],"usage":{{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,)"
          R"("queue_time":0.5,"prompt_time":0.25,"completion_time":0.125,"total_time":0.375}},)"
          R"("usage_breakdown":null,"system_fingerprint":"fp_0123456789","x_groq":{{"id":"{}","seed":42}},)"
          R"("service_tier":"on_demand"}})",
          id, created, reply.headers.get("x-request-id")));
  EXPECT_TRUE(server.script->wait_ended());
}

TEST(ChatRoute, StreamedAnswerByteForByte) {
  LiveServer server;
  say_hello(*server.script);
  const Reply reply = server.chat(kStreamBody);
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(reply.headers.get("content-type"), "text/event-stream");
  EXPECT_EQ(reply.headers.get("cache-control"), "no-cache");
  ASSERT_THAT(reply.body, StartsWith("data: {"));
  const auto first = boost::json::parse(reply.body.substr(6, reply.body.find("\n\n") - 6));
  const std::string prefix =
      fmt::format(R"(data: {{"id":"{}","object":"chat.completion.chunk","created":{},"model":"Stories",)"
                  R"("system_fingerprint":"fp_0123456789","choices":[)",
                  text_of(first.at("id")), first.at("created").as_int64());
  const std::string id(reply.headers.get("x-request-id"));
  EXPECT_EQ(
      reply.body,
      prefix +
          R"({"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],)" +
          R"("x_groq":{"id":")" + id + "\",\"seed\":42}}\n\n" +  //
          prefix + R"({"index":0,"delta":{"content":"Hel"},"logprobs":null,"finish_reason":null}]})" +
          "\n\n" + prefix + R"({"index":0,"delta":{"content":"lo"},"logprobs":null,"finish_reason":null}]})" +
          "\n\n" + prefix +
          R"({"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"x_groq":{"id":")" + id +
          R"(","usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,"queue_time":0.5,)" +
          R"("prompt_time":0.25,"completion_time":0.125,"total_time":0.375},"seed":42}})" + "\n\n" +
          "data: [DONE]\n\n");
  // What was ready together went out together.
  EXPECT_EQ(reply.chunks.size(), 1U);
}

TEST(ChatRoute, HeadAndOpeningComeBeforeTheFirstToken) {
  LiveServer server;
  Client client(server.port());
  client.send(LiveServer::chat_request(kStreamBody));
  EXPECT_EQ(client.read_head().status, 200U);
  EXPECT_THAT(client.read_chunk(), HasSubstr(R"("delta":{"role":"assistant","content":""})"));
  server.script->say(TextDelta{0, "one", {}});
  EXPECT_THAT(client.read_chunk(), HasSubstr(R"("content":"one")"));
  server.script->say(TextDelta{0, "two", {}});
  EXPECT_THAT(client.read_chunk(), HasSubstr(R"("content":"two")"));
}

TEST(ChatRoute, CommentsWhileNothingComes) {
  Options options;
  options.keep_alive = std::chrono::milliseconds(5);
  LiveServer server(options);
  Client client(server.port());
  client.send(LiveServer::chat_request(kStreamBody));
  client.read_head();
  client.read_chunk();
  EXPECT_EQ(client.read_chunk(), ": keep-alive\n\n");
  EXPECT_EQ(client.read_chunk(), ": keep-alive\n\n");
  say_hello(*server.script);
  std::string rest;
  for (std::string chunk = client.read_chunk(); !chunk.empty(); chunk = client.read_chunk()) rest += chunk;
  EXPECT_THAT(rest, HasSubstr("data: [DONE]\n\n"));
}

TEST(ChatRoute, TheRequestArrivesAsWritten) {
  LiveServer server;
  ChatRequest seen;
  server.on_start = [&](const ChatRequest& request) -> Result<std::unique_ptr<ChatStream>> {
    seen = request;
    auto script = std::make_shared<Script>();
    for (std::uint32_t choice = 0; choice < request.n; ++choice) {
      script->say(TextDelta{choice, fmt::format("text {}", choice), {}});
      script->say(ChoiceFinished{choice, ChatFinishReason::kLength});
    }
    script->say(ChatDone{});
    return std::make_unique<ScriptedStream>(script, *request.seed);
  };
  const Reply reply = server.chat(
      R"({"model":"stories","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Once"}],"n":3,)"
      R"("seed":-2,"temperature":0,"stop":["a","b"],"service_tier":"flex"})");
  ASSERT_EQ(reply.status, 200U) << reply.body;
  EXPECT_EQ(seen.messages.size(), 2U);
  EXPECT_EQ(seen.stop, (std::vector<std::string>{"a", "b"}));
  const auto body = boost::json::parse(reply.body);
  EXPECT_EQ(body.at("choices").as_array().size(), 3U);
  EXPECT_EQ(body.at("choices").at(2).at("message").at("content").as_string(), "text 2");
  EXPECT_EQ(body.at("choices").at(2).at("finish_reason").as_string(), "length");
  EXPECT_EQ(body.at("x_groq").at("seed").as_int64(), -2);
  EXPECT_EQ(body.at("service_tier").as_string(), "flex");
}

// A client that goes takes its generation with it, streamed or not.
TEST(ChatRoute, DisconnectEndsTheChat) {
  for (const char* body : {kBody, kStreamBody}) {
    LiveServer server;
    Client client(server.port());
    client.send(LiveServer::chat_request(body));
    server.script->say(TextDelta{0, "x", {}});
    ASSERT_TRUE(server.script->wait_polled(1));
    client.close();
    ASSERT_TRUE(server.script->wait_ended()) << body;
    // The server counts it as gone, and still answers others.
    std::string text;
    while (text.find("status=\"499\"} 1") == std::string::npos) text = server.get("/metrics").body;
  }
}

// A reader that takes nothing pauses its own sequence: what was polled and not yet read is bounded by the
// kernel's buffers, whatever the length of the answer.
TEST(ChatRoute, ASlowReaderIsNotReadAhead) {
  LiveServer server;
  constexpr std::size_t kEvents = 1000;
  constexpr std::size_t kEventBytes = 32 * 1024;
  constexpr std::size_t kMostAhead = 6 * 1024 * 1024;
  for (std::size_t i = 0; i < kEvents; ++i)
    server.script->say(TextDelta{0, std::string(kEventBytes, 'x'), {}});
  server.script->say(ChoiceFinished{0, ChatFinishReason::kStop});
  server.script->say(ChatDone{});
  Client client(server.port(), 1024 * 1024);
  client.send(LiveServer::chat_request(kStreamBody));
  ASSERT_TRUE(server.script->wait_polled(4));
  std::string_view received;
  while (!received.ends_with("data: [DONE]\n\n\r\n0\r\n\r\n")) {
    const std::size_t polled = std::min(server.script->polled(), kEvents) * kEventBytes;
    ASSERT_LE(polled, received.size() + kMostAhead);
    received = client.read_raw();
  }
  EXPECT_GT(received.size(), kEvents * kEventBytes);
}

struct StartErrorRow {
  Error error;
  const char* extra;  // laid into the request
  unsigned status;
  const char* body;
};

TEST(ChatRoute, TableOfStartErrors) {
  const StartErrorRow table[] = {
      {{ErrorCode::kNotFound, "no such model", ""},
       "",
       404,
       R"({"error":{"message":"The model `Stories` does not exist or you do not have access to it.",)"
       R"("type":"invalid_request_error","code":"model_not_found"}})"},
      {{ErrorCode::kInvalidArgument, "the template refuses: no system role", "messages"},
       "",
       400,
       R"({"error":{"message":"the template refuses: no system role","type":"invalid_request_error","param":"messages"}})"},
      {{ErrorCode::kInvalidArgument, "over 512", "max_completion_tokens"},
       R"("max_tokens":300,)",
       400,
       R"({"error":{"message":"`max_tokens` must be less than or equal to `512`, the maximum value for `max_tokens` is )"
       R"(less than the `context_window` for this model","type":"invalid_request_error","param":"max_tokens"}})"},
      {{ErrorCode::kInvalidArgument, "over 512", "max_completion_tokens"},
       R"("max_tokens":3,"max_completion_tokens":300,)",
       400,
       R"({"error":{"message":"`max_completion_tokens` must be less than or equal to `512`, the maximum value for )"
       R"(`max_completion_tokens` is less than the `context_window` for this model","type":"invalid_request_error",)"
       R"("param":"max_completion_tokens"}})"},
      {{ErrorCode::kResourceExhausted, "The prompt has 600 tokens, the context 512.", ""},
       "",
       400,
       R"({"error":{"message":"Please reduce the length of the messages or completion. The prompt has 600 tokens, the )"
       R"(context 512.","type":"invalid_request_error","code":"context_length_exceeded","param":"messages"}})"},
      {{ErrorCode::kUnavailable, "the queue is full", ""},
       "",
       503,
       R"({"error":{"message":"Service Unavailable: the queue is full","type":"internal_server_error"}})"},
      {{ErrorCode::kUnavailable, "the queue is full", ""},
       R"("service_tier":"flex",)",
       498,
       R"({"error":{"message":"`flex` tier capacity exceeded: the queue is full","type":"capacity",)"
       R"("code":"capacity_exceeded"}})"},
      {{ErrorCode::kInternal, "out of luck at 0x1234", "secret"},
       "",
       500,
       R"({"error":{"message":"Internal Server Error","type":"internal_server_error"}})"},
  };
  for (const StartErrorRow& row : table) {
    LiveServer server;
    server.on_start = [&](const ChatRequest&) -> Result<std::unique_ptr<ChatStream>> {
      return tl::unexpected<Error>(row.error);
    };
    for (const char* stream : {"true", "false"}) {
      const Reply reply = server.chat(
          fmt::format(R"({{"model":"Stories",{}"stream":{},"messages":[{{"role":"user","content":"Hi"}}]}})",
                      row.extra, stream));
      EXPECT_EQ(reply.status, row.status);
      EXPECT_EQ(reply.body, row.body);
      EXPECT_EQ(reply.headers.get("retry-after"), row.status == 503 ? "1" : "");
      EXPECT_EQ(reply.headers.get("content-type"), "application/json");
    }
  }
}

TEST(ChatRoute, AnExceptionIsA500) {
  LiveServer server;
  server.on_start = [](const ChatRequest&) -> Result<std::unique_ptr<ChatStream>> {
    throw std::runtime_error("a secret of the house");
  };
  const Reply reply = server.chat(kBody);
  EXPECT_EQ(reply.status, 500U);
  EXPECT_EQ(reply.body, R"({"error":{"message":"Internal Server Error","type":"internal_server_error"}})");
}

TEST(ChatRoute, AGenerationThatBreaks) {
  for (const bool stream : {false, true}) {
    LiveServer server;
    server.script->say(TextDelta{0, "Once", {}});
    server.script->say(ChatFailed{{ErrorCode::kInternal, "a secret of the house", ""}});
    const Reply reply = server.chat(stream ? kStreamBody : kBody);
    EXPECT_THAT(reply.body, Not(HasSubstr("secret")));
    if (stream) {
      EXPECT_EQ(reply.status, 200U);
      EXPECT_THAT(reply.body,
                  ::testing::EndsWith("event: error\ndata: {\"error\":{\"message\":\"Internal Server Error\","
                                      "\"type\":\"internal_server_error\",\"status_code\":500}}\n\n"));
      EXPECT_THAT(reply.body, Not(HasSubstr("[DONE]")));
    } else {
      EXPECT_EQ(reply.status, 500U);
    }
  }
}

TEST(ChatRoute, DrainingIsA503) {
  LiveServer server;
  server.readiness = Readiness::kDraining;
  const Reply reply = server.chat(kBody);
  EXPECT_EQ(reply.status, 503U);
  EXPECT_EQ(reply.headers.get("retry-after"), "1");
  EXPECT_THAT(reply.body, StartsWith(R"({"error":{"message":"Service Unavailable: )"));
}

TEST(ChatRoute, WaitsForItsModelWithoutAWorker) {
  LiveServer server;
  const auto gate = std::make_shared<Gate>();
  server.on_open = [&gate](std::string_view) { return std::make_unique<ScriptedWait>(gate); };
  server.readiness = Readiness::kLoading;  // does not matter
  say_hello(*server.script);
  auto waiting = std::async(std::launch::async, [&] { return server.chat(kBody); });
  ASSERT_TRUE(gate->wait_for_reader());
  // As many requests as there are workers, and more, find one while it waits.
  for (int i = 0; i < 4; ++i) EXPECT_EQ(server.get("/v1/models").status, 200U);
  gate->open();
  const Reply reply = waiting.get();
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr(R"("content":"Hello")"));
}

TEST(ChatRoute, ModelThatCannotBeLoadedIsA503ThatSaysWhy) {
  LiveServer server;
  const auto gate = std::make_shared<Gate>();
  gate->open(Error{ErrorCode::kUnavailable, "the model `m` cannot be loaded: m.gguf: is damaged", ""});
  server.on_open = [&gate](std::string_view) { return std::make_unique<ScriptedWait>(gate); };
  const Reply reply = server.chat(kBody);
  EXPECT_EQ(reply.status, 503U);
  EXPECT_THAT(reply.body, HasSubstr("cannot be loaded: m.gguf: is damaged"));
}

TEST(ChatRoute, ClientThatLeavesGivesUpTheWaitForItsModel) {
  LiveServer server;
  const auto gate = std::make_shared<Gate>();
  server.on_open = [&gate](std::string_view) { return std::make_unique<ScriptedWait>(gate); };
  {
    Client client(server.port());
    client.send(LiveServer::chat_request(kBody));
    ASSERT_TRUE(gate->wait_for_reader());
  }
  EXPECT_TRUE(gate->wait_ended());
}

TEST(ChatRoute, ParseErrorsNameTheirField) {
  LiveServer server;
  const Reply reply =
      server.chat(R"({"model":"m","messages":[{"role":"user","content":"a"},{"role":"user","content":5}]})");
  EXPECT_EQ(reply.status, 400U);
  EXPECT_EQ(reply.body,
            R"({"error":{"message":"'messages.1' : for 'role:user' the following must be satisfied[()"
            R"('messages.1.content' : value must be a string)]","type":"invalid_request_error",)"
            R"("param":"messages[1].content"}})");
  EXPECT_EQ(server.chat("").status, 400U);
}

struct TypeRow {
  const char* content_type;  // null: none
  const char* origin;        // null: none
  unsigned status;
};

TEST(ChatRoute, TableOfContentTypes) {
  const TypeRow table[] = {
      {nullptr, nullptr, 200},
      {"application/json", nullptr, 200},
      {"Application/JSON; charset=utf-8", nullptr, 200},
      {"application/json ;charset=utf-8", nullptr, 200},
      {"application/json", "https://a.example", 200},
      {"application/x-www-form-urlencoded", nullptr, 200},
      {"application/x-www-form-urlencoded", "https://a.example", 400},
      {nullptr, "https://a.example", 400},
      {"text/plain", nullptr, 400},
      {"text/plain;application/json", nullptr, 400},
      {"text/plain", "https://a.example", 400},
      {"multipart/form-data; boundary=x", nullptr, 400},
      {"application/jsonp", nullptr, 400},
  };
  for (const TypeRow& row : table) {
    LiveServer server;
    say_hello(*server.script);
    testing::ClientRequest request{"POST", "/v1/chat/completions", {}, kBody};
    if (row.content_type != nullptr) request.headers.push_back({"content-type", row.content_type});
    if (row.origin != nullptr) request.headers.push_back({"origin", row.origin});
    EXPECT_EQ(server.ask(request).status, row.status)
        << (row.content_type == nullptr ? "none" : row.content_type);
  }
}

// Streams side by side on one io thread do not wait for each other.
TEST(ChatRoute, StreamsAreIndependent) {
  LiveServer server;
  std::vector<std::shared_ptr<Script>> scripts(8);
  std::atomic<std::size_t> started = 0;
  for (auto& script : scripts) script = std::make_shared<Script>();
  server.on_start = [&](const ChatRequest& request) -> Result<std::unique_ptr<ChatStream>> {
    return std::make_unique<ScriptedStream>(scripts[started++], request.seed.value_or(1));
  };
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t i = 0; i < scripts.size(); ++i) {
    clients.push_back(std::make_unique<Client>(server.port()));
    clients.back()->send(LiveServer::chat_request(kStreamBody));
    clients.back()->read_head();
    clients.back()->read_chunk();
  }
  // The last to come is the first to finish.
  for (std::size_t i = scripts.size(); i-- > 0;) {
    scripts[i]->say(TextDelta{0, fmt::format("text {}", i), {}});
    EXPECT_THAT(clients[i]->read_chunk(), HasSubstr(fmt::format("text {}", i)));
    say_hello(*scripts[i]);
    std::string rest;
    for (std::string chunk = clients[i]->read_chunk(); !chunk.empty(); chunk = clients[i]->read_chunk())
      rest += chunk;
    EXPECT_THAT(rest, ::testing::EndsWith("data: [DONE]\n\n"));
    EXPECT_TRUE(scripts[i]->wait_ended());
  }
}

}  // namespace
}  // namespace peregrine::api
