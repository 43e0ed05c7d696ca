// The Responses API behind a real HTTP server, with a script in place of the model and a store of its own.
// For tests only.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/testing/live_server.h"
#include "store/responses/sqlite_response_store.h"
#include "store/testing/folder.h"

namespace peregrine::api::testing {

inline const service::ChatDone kDone{{.prompt_tokens = 7,
                                      .cached_tokens = 4,
                                      .completion_tokens = 5,
                                      .reasoning_tokens = 2,
                                      .queue_seconds = 0.5,
                                      .prompt_seconds = 0.25,
                                      .completion_seconds = 0.125},
                                     {}};

inline std::vector<service::ChatEvent> hello() {
  return {service::TextDelta{0, "Hel", {}}, service::TextDelta{0, "lo", {}},
          service::ChoiceFinished{0, service::ChatFinishReason::kStop}, kDone};
}

inline std::string text_of(const boost::json::value& value) {
  return std::string(value.as_string());
}

struct Event {
  std::string type;
  boost::json::object data;
};

// The frames of a stream, each by the letter: an event line and a data line that agree, numbered without
// gaps.
inline std::vector<Event> events_of(const std::string& body) {
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
    EXPECT_THAT(frame, ::testing::StartsWith("event: "));
    EXPECT_THAT(frame.substr(line + 1), ::testing::StartsWith("data: {"));
    Event event{frame.substr(7, line - 7), boost::json::parse(frame.substr(line + 7)).as_object()};
    EXPECT_EQ(text_of(event.data.at("type")), event.type);
    EXPECT_EQ(event.data.at("sequence_number").as_int64(), static_cast<std::int64_t>(events.size()));
    events.push_back(std::move(event));
  }
  return events;
}

inline std::vector<std::string> types_of(const std::vector<Event>& events) {
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
    server_ = std::make_unique<LiveServer>(Options{}, std::move(keys), responses_.get());
    server_->on_start =
        [this](const service::ChatRequest& request) -> Result<std::unique_ptr<service::ChatStream>> {
      chats_.push_back(request);
      if (refusal_) return tl::unexpected(*refusal_);
      if (request.messages.size() > room_) return fail(ErrorCode::kResourceExhausted, "9 tokens and 8 fit");
      return std::make_unique<ScriptedStream>(server_->script, 1);
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
    return text_of(boost::json::parse(reply.body).at("id"));
  }
  static std::string error_of(const Reply& reply) {
    const boost::json::object error = boost::json::parse(reply.body).at("error").as_object();
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
  std::optional<store::SqliteResponseStore> store_;
  std::unique_ptr<service::Responses> responses_;
  std::vector<service::ChatRequest> chats_;
  std::optional<Error> refusal_;
  std::size_t room_ = 1000;
  std::unique_ptr<LiveServer> server_;  // last: it uses what stands above
};

inline constexpr const char* kBody = R"({"model":"Stories","input":"Hi"})";
inline constexpr const char* kStored = R"({"model":"Stories","input":"Hi","store":true})";
inline constexpr const char* kStream = R"({"model":"Stories","input":"Hi","stream":true})";

}  // namespace peregrine::api::testing
