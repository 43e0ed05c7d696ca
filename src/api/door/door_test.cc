#include "api/door/door.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "api/door/host.h"
#include "api/testing/live_server.h"

namespace peregrine::api {
namespace {

using testing::Client;
using testing::ClientRequest;
using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;

TEST(Host, TableOfHeaders) {
  const std::vector<std::string> listed = {"gpu.example.org", "10.0.0.7", "fe80::1"};
  const std::array<std::pair<std::string_view, bool>, 31> table = {{
      {"localhost", true},
      {"LocalHost:8080", true},
      {"localhost.", true},
      {"127.0.0.1", true},
      {"127.0.0.1:8080", true},
      {"127.255.3.4", true},
      {"[::1]", true},
      {"[::1]:8080", true},
      {"[0:0:0:0:0:0:0:1]:1", true},
      {"gpu.example.org", true},
      {"GPU.Example.ORG:443", true},
      {"gpu.example.org.", true},
      {"10.0.0.7:8080", true},
      {"[fe80::1]:80", true},
      {"", false},
      {".", false},
      {":8080", false},
      {"[]", false},
      {"[::1", false},
      {"evil.com", false},
      {"localhost.evil.com", false},
      {"127.0.0.1.evil.com", false},
      {"evil.com:127.0.0.1", false},
      {"xlocalhost", false},
      {"0.0.0.0", false},
      {"10.0.0.8", false},
      {"127.1", false},
      {"2130706433", false},
      {"0x7f.0.0.1", false},
      {"[::]", false},
      {"gpu.example.org.evil.com", false},
  }};
  for (const auto& [header, allowed] : table) EXPECT_EQ(host_allowed(header, listed), allowed) << header;
  EXPECT_TRUE(host_allowed("evil.com", std::vector<std::string>{"*"}));
}

TEST(BearerKey, TableOfHeaders) {
  const std::array<std::pair<std::string_view, std::string_view>, 11> table = {{
      {"Bearer abc", "abc"},
      {"bearer abc", "abc"},
      {"BEARER   abc", "abc"},
      {"Bearer a b", "a b"},
      {"", ""},
      {"Bearer", ""},
      {"Bearer ", ""},
      {"Bearerabc", ""},
      {"Basic abc", ""},
      {"Bear", ""},
      {" Bearer abc", ""},
  }};
  for (const auto& [header, key] : table) EXPECT_EQ(bearer_key(header), key) << header;
}

TEST(Door, EveryAnswerHasItsHeaders) {
  LiveServer server;
  std::set<std::string> ids;
  const auto check = [&](const Reply& reply) {
    const std::string id(reply.headers.get("x-request-id"));
    EXPECT_EQ(id.size(), 30U) << id;
    EXPECT_TRUE(id.starts_with("req_0")) << id;
    EXPECT_TRUE(ids.insert(id).second) << "twice: " << id;
    EXPECT_EQ(reply.headers.get("cache-control"), "private, max-age=0, no-store, no-cache, must-revalidate");
    EXPECT_EQ(reply.headers.get("vary"), "Origin");
    EXPECT_TRUE(reply.headers.get("content-type").starts_with("application/json"));
  };
  check(server.get("/health"));
  check(server.get("/openai/v1/models"));
  check(server.get("/nowhere"));
  check(server.ask({"PUT", "/health", {}, {}}));
  check(server.chat("{"));
  Client raw(server.port());
  raw.send_raw("NONSENSE\r\n\r\n");
  check(raw.read());
}

TEST(Door, KeysAreAskedForBeforeTheBodyIsRead) {
  LiveServer server({}, {"sesame", "gsk_two"});
  const auto ask = [&](std::string authorization) {
    return server.ask({"GET", "/openai/v1/models", {{"authorization", std::move(authorization)}}, {}});
  };
  EXPECT_EQ(ask("Bearer sesame").status, 200U);
  EXPECT_EQ(ask("bearer gsk_two").status, 200U);
  for (const std::string wrong : {"Bearer sesam", "Bearer sesame ", "Basic sesame", "sesame", "Bearer", ""}) {
    const Reply reply = ask(wrong);
    // Outer white space is no part of a header's value.
    EXPECT_EQ(reply.status, wrong == "Bearer sesame " ? 200U : 401U) << wrong;
  }
  const Reply reply = server.get("/v1/models");
  EXPECT_EQ(reply.status, 401U);
  EXPECT_EQ(
      reply.body,
      R"({"error":{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}})");
  EXPECT_FALSE(reply.headers.contains("x-ratelimit-limit-requests"));

  // No body follows: the answer comes all the same.
  Client client(server.port());
  client.send_raw(
      "POST /openai/v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n");
  EXPECT_EQ(client.read().status, 401U);
}

TEST(Door, OnlyProbesAreOpen) {
  LiveServer server({}, {"sesame"});
  EXPECT_EQ(server.get("/health").status, 200U);
  EXPECT_EQ(server.get("/ready").status, 200U);
  EXPECT_EQ(server.get("/metrics").status, 200U);
  EXPECT_EQ(server.get("/").status, 200U);
  for (const std::string path :
       {"/openai/v1/models", "/v1/models", "//openai/v1/models", "/openai/v1/models/stories",
        "/%6fpenai/v1/models", "/nowhere", "/health/"}) {
    EXPECT_EQ(server.get(path).status, 401U) << path;
  }
}

TEST(Door, WithoutKeysAnyBearerIsWelcome) {
  LiveServer server;
  const Reply reply = server.ask({"GET", "/openai/v1/models", {{"authorization", "Bearer whatever"}}, {}});
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.headers.get("x-ratelimit-limit-requests"), "1000000");
  EXPECT_EQ(reply.headers.get("x-ratelimit-remaining-tokens"), "10000000");
  EXPECT_EQ(reply.headers.get("x-ratelimit-reset-requests"), "0s");
}

TEST(Door, RateLimitHeadersTellTheConfiguredCeilings) {
  Options options;
  options.requests_per_day = 14400;
  options.tokens_per_minute = 6000;
  LiveServer server(options, {"k"});
  const Reply reply = server.ask({"POST", "/v1/chat/completions", {{"authorization", "Bearer k"}}, "[]"});
  EXPECT_EQ(reply.status, 400U);
  const std::array<std::pair<std::string_view, std::string_view>, 6> wanted = {{
      {"x-ratelimit-limit-requests", "14400"},
      {"x-ratelimit-limit-tokens", "6000"},
      {"x-ratelimit-remaining-requests", "14400"},
      {"x-ratelimit-remaining-tokens", "6000"},
      {"x-ratelimit-reset-requests", "0s"},
      {"x-ratelimit-reset-tokens", "0s"},
  }};
  for (const auto& [name, value] : wanted) EXPECT_EQ(reply.headers.get(name), value) << name;
}

TEST(Door, AnUnknownHostIsRefused) {
  Options options;
  options.allowed_hosts = {"gpu.example.org"};
  LiveServer server(options);
  const auto ask = [&](std::string host) {
    return server.ask({"GET", "/health", {{"host", std::move(host)}}, {}});
  };
  EXPECT_EQ(ask("localhost:1").status, 200U);
  EXPECT_EQ(ask("gpu.example.org").status, 200U);
  const Reply reply = ask("rebound.example.com");
  EXPECT_EQ(reply.status, 403U);
  EXPECT_EQ(
      reply.body,
      R"({"error":{"message":"The host name 'rebound.example.com' is not one that this server answers to.",)"
      R"("type":"invalid_request_error","code":"host_not_allowed"}})");
  // HTTP/1.0 may go without; browsers never do.
  Client old(server.port());
  old.send_raw("GET /health HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read().status, 200U);
}

ClientRequest preflight(std::string origin) {
  return {"OPTIONS",
          "/openai/v1/chat/completions",
          {{"origin", std::move(origin)},
           {"access-control-request-method", "POST"},
           {"access-control-request-headers", "authorization,x-stainless-lang"}},
          {}};
}

TEST(Door, CorsIsOffByDefault) {
  LiveServer server;
  const Reply reply = server.ask(preflight("https://a.example"));
  EXPECT_EQ(reply.status, 405U);
  EXPECT_FALSE(reply.headers.contains("access-control-allow-origin"));
  const Reply get = server.ask({"GET", "/v1/models", {{"origin", "https://a.example"}}, {}});
  EXPECT_EQ(get.status, 200U);
  EXPECT_FALSE(get.headers.contains("access-control-allow-origin"));
}

TEST(Door, ListedOriginsAreEchoedSingly) {
  Options options;
  options.allowed_origins = {"https://a.example", "http://localhost:3000"};
  LiveServer server(options, {"k"});
  const Reply allowed = server.ask(preflight("https://a.example"));
  EXPECT_EQ(allowed.status, 204U);
  EXPECT_EQ(allowed.body, "");
  EXPECT_EQ(allowed.headers.get("access-control-allow-origin"), "https://a.example");
  EXPECT_EQ(allowed.headers.get("access-control-allow-headers"), "authorization,x-stainless-lang");
  EXPECT_THAT(std::string(allowed.headers.get("access-control-allow-methods")), HasSubstr("POST"));
  EXPECT_FALSE(allowed.headers.contains("access-control-allow-credentials"));

  for (const std::string origin :
       {"https://b.example", "https://a.example.evil.com", "null", "http://a.example"}) {
    EXPECT_EQ(server.ask(preflight(origin)).status, 401U) << origin;
  }
  const Reply error = server.ask({"GET", "/v1/models", {{"origin", "http://localhost:3000"}}, {}});
  EXPECT_EQ(error.status, 401U);
  EXPECT_EQ(error.headers.get("access-control-allow-origin"), "http://localhost:3000");
  EXPECT_THAT(std::string(error.headers.get("access-control-expose-headers")), HasSubstr("x-request-id"));
}

TEST(Door, UnknownRoutesAndMethods) {
  LiveServer server;
  const Reply unknown = server.ask({"POST", "/openai/v1/x?y=1", {}, "{}"});
  EXPECT_EQ(unknown.status, 404U);
  EXPECT_THAT(
      unknown.body,
      HasSubstr("\"message\":\"Unknown request URL: POST /openai/v1/x. Please check the URL for typos"));
  EXPECT_THAT(unknown.body, HasSubstr(R"("type":"invalid_request_error","code":"unknown_url"})"));
  const Reply method = server.ask({"GET", "/openai/v1/chat/completions", {}, {}});
  EXPECT_EQ(method.status, 405U);
  EXPECT_EQ(method.headers.get("allow"), "POST");
  EXPECT_THAT(method.body, HasSubstr(R"("message":"Method not allowed: GET /openai/v1/chat/completions. )"));
  EXPECT_THAT(method.body, HasSubstr(R"("code":"method_not_allowed")"));
}

TEST(Door, ProtocolErrorsHaveTheEnvelope) {
  LiveServer server;
  Client client(server.port());
  client.send_raw("POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2000000\r\n\r\n");
  const Reply large = client.read();
  EXPECT_EQ(large.status, 413U);
  EXPECT_THAT(large.body, HasSubstr(R"({"error":{"message":"Request Entity Too Large: )"));
  EXPECT_THAT(large.body, HasSubstr(R"("code":"request_too_large")"));
  Client raw(server.port());
  raw.send_raw("GET / HTTP/1.1\r\n\r\n");
  const Reply no_host = raw.read();
  EXPECT_EQ(no_host.status, 400U);
  EXPECT_THAT(no_host.body, HasSubstr(R"("type":"invalid_request_error"})"));
}

TEST(Door, RequestsAreCountedByRouteMethodAndStatus) {
  LiveServer server;
  server.get("/health");
  server.get("/health");
  server.get("/openai/v1/models/stories");
  server.get("/v1/models/org%2Flarge");
  server.get("/v1/models/none");
  server.get("/nowhere/1");
  server.ask({"BREW", "/nowhere/2", {}, {}});
  server.ask({"GET", "/health", {{"host", "evil.com"}}, {}});
  const std::string text = server.get("/metrics").body;
  const auto counted = [&](std::string_view method, std::string_view route, int status, int count) {
    return HasSubstr(
        fmt::format("peregrine_http_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n", method,
                    route, status, count));
  };
  EXPECT_THAT(text, counted("GET", "/health", 200, 2));
  EXPECT_THAT(text, counted("GET", "/openai/v1/models/{model...}", 200, 2));
  EXPECT_THAT(text, counted("GET", "/openai/v1/models/{model...}", 404, 1));
  EXPECT_THAT(text, counted("GET", "none", 404, 1));
  EXPECT_THAT(text, counted("other", "none", 404, 1));
  EXPECT_THAT(text, counted("GET", "door", 403, 1));
  EXPECT_THAT(text, HasSubstr("peregrine_http_request_duration_seconds_count{route=\"/health\"} 2\n"));
}

}  // namespace
}  // namespace peregrine::api
