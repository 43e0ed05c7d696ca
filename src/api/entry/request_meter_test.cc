// Limits as a client meets them: statuses, messages and headers, on every route that uses a model.
#include "api/entry/request_meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "api/testing/live_server.h"

namespace peregrine::api {
namespace {

using service::ChatDone;
using service::ChatFinishReason;
using service::ChoiceFinished;
using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;
using testing::Script;
using testing::ScriptedStream;

constexpr const char* kPlain = R"({"model":"Stories","messages":[{"role":"user","content":"Hi"}]})";
constexpr const char* kCapped =
    R"({"model":"stories","max_tokens":40,"messages":[{"role":"user","content":"Hi"}]})";

class Limited : public ::testing::Test {
 protected:
  Limited() {
    service::ApiKey key = service::configured_key("k", true);
    key.organisation = "acme";
    server_.keys.replace({key});
    server_.on_start = [this](const service::ChatRequest&) -> Result<std::unique_ptr<service::ChatStream>> {
      const auto script = std::make_shared<Script>();
      script->say(ChoiceFinished{0, ChatFinishReason::kStop});
      script->say(ChatDone{{.prompt_tokens = 10, .cached_tokens = cached_, .completion_tokens = 5}, {}});
      return std::make_unique<ScriptedStream>(script, 1);
    };
  }
  void limit(std::string_view defaults) {
    service::LimitRules rules;
    rules.defaults = service::parse_limits(defaults).value();
    server_.metering.replace_rules(rules);
  }
  Reply ask(std::string body, std::string path = "/v1/chat/completions") {
    return server_.ask({"POST",
                        std::move(path),
                        {{"content-type", "application/json"}, {"authorization", "Bearer k"}},
                        std::move(body)});
  }

  LiveServer server_;
  std::atomic<std::uint32_t> cached_ = 0;
};

TEST_F(Limited, RequestsPerMinuteRefuseWithTheWait) {
  limit("rpm=2");
  EXPECT_EQ(ask(kPlain).status, 200U);
  EXPECT_EQ(ask(kPlain).status, 200U);
  const Reply reply = ask(kPlain);
  EXPECT_EQ(reply.status, 429U);
  EXPECT_EQ(
      reply.body,
      R"({"error":{"message":"Rate limit reached for model `stories` in organization `acme` service tier )"
      R"(`on_demand` on requests per minute (RPM): Limit 2, Used 2, Requested 1. Please try again in 30s.",)"
      R"("type":"requests","code":"rate_limit_exceeded"}})");
  EXPECT_EQ(reply.headers.get("retry-after"), "30");
  EXPECT_FALSE(reply.headers.contains("x-should-retry"));
  EXPECT_THAT(server_.get("/metrics").body,
              HasSubstr("peregrine_limited_requests_total{limit=\"requests_per_minute\"} 1\n"));
}

TEST_F(Limited, ADayIsTooLongToWaitFor) {
  limit("rpd=1");
  EXPECT_EQ(ask(kPlain).status, 200U);
  const Reply reply = ask(kPlain);
  EXPECT_EQ(reply.status, 429U);
  EXPECT_EQ(reply.headers.get("retry-after"), "86400");
  EXPECT_EQ(reply.headers.get("x-should-retry"), "false");
  EXPECT_THAT(reply.body, HasSubstr("Please try again in 24h0m0s."));
}

TEST_F(Limited, HeadersTellWhatRemainsOfRequestsPerDayAndTokensPerMinute) {
  limit("rpd=8640,tpm=600");
  cached_ = 8;
  const Reply reply = ask(kCapped);
  ASSERT_EQ(reply.status, 200U) << reply.body;
  const std::vector<std::pair<std::string_view, std::string_view>> wanted = {
      {"x-ratelimit-limit-requests", "8640"},     {"x-ratelimit-limit-tokens", "600"},
      {"x-ratelimit-remaining-requests", "8639"}, {"x-ratelimit-remaining-tokens", "593"},  // 2 + 5 were used
      {"x-ratelimit-reset-requests", "10s"},      {"x-ratelimit-reset-tokens", "700ms"},
  };
  for (const auto& [name, value] : wanted) EXPECT_EQ(reply.headers.get(name), value) << name;
  // Of a stream they go out before it is known what it uses: prompt and cap count.
  std::string streamed = kCapped;
  streamed.insert(1, R"("stream":true,)");
  const Reply stream = ask(streamed);
  EXPECT_EQ(stream.headers.get("x-ratelimit-remaining-tokens"), "543");
  EXPECT_EQ(stream.headers.get("x-ratelimit-remaining-requests"), "8638");
}

TEST_F(Limited, OtherRoutesTellTheLimitsOfTheKey) {
  limit("rpd=100");
  const Reply reply = server_.ask({"GET", "/v1/models", {{"authorization", "Bearer k"}}, {}});
  EXPECT_EQ(reply.headers.get("x-ratelimit-limit-requests"), "100");
  EXPECT_EQ(reply.headers.get("x-ratelimit-remaining-requests"), "100");
  EXPECT_EQ(reply.headers.get("x-ratelimit-limit-tokens"), "10000000") << "not limited: the ceiling";
}

TEST_F(Limited, ARequestThatNeverFitsIs413AndOneThatHasToWait429) {
  limit("tpm=49");
  const Reply large = ask(kCapped);
  EXPECT_EQ(large.status, 413U);
  EXPECT_EQ(
      large.body,
      R"({"error":{"message":"Request too large for model `stories` in organization `acme` service tier )"
      R"(`on_demand` on tokens per minute (TPM): Limit 49, Requested 50, please reduce your message size )"
      R"(and try again.","type":"tokens","code":"rate_limit_exceeded"}})");
  EXPECT_FALSE(large.headers.contains("retry-after"));
  limit("tpm=50");
  EXPECT_EQ(ask(kCapped).status, 200U);
  const Reply wait = ask(kCapped);
  EXPECT_EQ(wait.status, 429U);
  EXPECT_THAT(
      wait.body,
      HasSubstr("tokens per minute (TPM): Limit 50, Used 15, Requested 50. Please try again in 18s."));
  EXPECT_THAT(wait.body, HasSubstr(R"("type":"tokens")"));
}

TEST_F(Limited, TheTierIsNamed) {
  limit("rpm=1");
  EXPECT_EQ(ask(kPlain).status, 200U);
  std::string flex = kPlain;
  flex.insert(1, R"("service_tier":"flex",)");
  EXPECT_THAT(ask(flex).body, HasSubstr("service tier `flex`"));
}

// No spelling of a model has a budget of its own.
TEST_F(Limited, NamesOfOneModelShareItsLimits) {
  limit("rpm=1");
  EXPECT_EQ(ask(kPlain).status, 200U);
  EXPECT_EQ(ask(R"({"model":"STORIES","messages":[{"role":"user","content":"Hi"}]})").status, 429U);
  EXPECT_EQ(ask(R"({"model":"org/large","messages":[{"role":"user","content":"Hi"}]})").status, 200U);
}

TEST_F(Limited, ABadRequestTakesNothing) {
  limit("rpm=1");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(R"({"model":"stories"})").status, 400U);
  EXPECT_EQ(ask(kPlain).status, 200U);
}

TEST_F(Limited, ResponsesAndEmbeddingsCountToo) {
  service::Responses responses(nullptr);
  LiveServer server({}, {"k"}, &responses);
  service::LimitRules rules;
  rules.defaults = service::parse_limits("tpm=9").value();
  server.metering.replace_rules(rules);
  for (const auto& [path, body] : std::vector<std::pair<std::string, std::string>>{
           {"/v1/responses", R"({"model":"stories","input":"Hi","truncation":"auto"})"},
           {"/v1/embeddings", R"({"model":"stories","input":"Hi"})"}}) {
    const Reply reply = server.ask(
        {"POST", path, {{"content-type", "application/json"}, {"authorization", "Bearer k"}}, body});
    EXPECT_EQ(reply.status, 413U) << path << reply.body;
    EXPECT_THAT(reply.body, HasSubstr("Limit 9, Requested 10")) << path;
  }
}

TEST_F(Limited, TwoHundredAtOnceGetExactlyTheLimit) {
  limit("rpm=57");
  std::atomic<int> served = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> threads;
  threads.reserve(200);
  for (int t = 0; t < 200; ++t) {
    threads.emplace_back([&] {
      const unsigned status = ask(kPlain).status;
      if (status == 200) ++served;
      if (status == 429) ++refused;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(served, 57);
  EXPECT_EQ(refused, 143);
}

}  // namespace
}  // namespace peregrine::api
