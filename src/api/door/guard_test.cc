// The door, from outside: every route there is asks for a key but those that are named here, and keys open
// what their scope says and nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "api/door/scope.h"
#include "api/responses/routes.h"
#include "api/testing/live_server.h"
#include "service/files/testing/file_room.h"

namespace peregrine::api {
namespace {

using service::ApiKey;
using service::KeyScope;
using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;

const std::set<std::string> kOpen = {"GET /",        "GET /health",       "GET /ready",
                                     "GET /metrics", "GET /openapi.json", "GET /openapi.yaml"};

// "GET /openapi/v1/models/x" for "{model...}".
std::string filled(std::string pattern) {
  for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{')) {
    pattern.replace(at, pattern.find('}', at) - at + 1, "x");
  }
  return pattern;
}

// A server that serves all there is, and the list of it.
class Everything {
 public:
  explicit Everything(const std::vector<std::string>& keys = {})
      : server({}, keys, &responses_, &room_.files) {}

  std::vector<http::Router::Name> routes() {
    const service::KeyRing none;
    base::Metrics metrics;
    const std::atomic<Readiness> readiness = Readiness::kReady;
    Services services{{}, {}, {}, {}, {}, {}, none, metrics, readiness};
    services.responses = &responses_;
    services.files = &room_.files;
    return make_router(services, {}).names();
  }

 private:
  service::testing::FileRoom room_;
  service::Responses responses_{nullptr};

 public:
  LiveServer server;  // last: it uses what stands above
};

ApiKey key_for(std::string_view text, std::string_view endpoints, std::string_view models = "") {
  ApiKey key = service::configured_key(text, false);
  key.scope = KeyScope::parse(endpoints, models).value();
  return key;
}

Reply ask(const LiveServer& server, std::string method, std::string path, const std::string& key,
          std::string body = "") {
  std::vector<http::Header> headers = {{"content-type", "application/json"}};
  if (!key.empty()) headers.push_back({"authorization", "Bearer " + key});
  return server.ask({std::move(method), std::move(path), std::move(headers), std::move(body)});
}

TEST(Guard, EveryRouteAsksForAKeyButTheNamedOnes) {
  Everything all({"sesame"});
  LiveServer& server = all.server;
  std::set<std::string> open;
  std::size_t shut = 0;
  for (const auto& [method, pattern] : all.routes()) {
    const Reply reply = ask(server, method, filled(pattern), "");
    if (reply.status == 401) {
      ++shut;
      EXPECT_THAT(reply.body, HasSubstr("\"code\":\"invalid_api_key\"")) << pattern;
      EXPECT_EQ(ask(server, method, filled(pattern), "wrong").status, 401U) << pattern;
      EXPECT_NE(ask(server, method, filled(pattern), "sesame", "{}").status, 401U) << pattern;
    } else {
      open.insert(method + " " + pattern);
    }
  }
  EXPECT_EQ(open, kOpen);
  EXPECT_GE(shut, 30U);
}

// A key for files reaches no other route; what every key may ask is which models there are.
TEST(Guard, AKeyOpensNoRouteBesidesItsScope) {
  Everything all;
  LiveServer& server = all.server;
  server.keys.replace({key_for("files only", "files")});
  for (const auto& [method, pattern] : all.routes()) {
    const std::string route = method + " " + pattern;
    if (kOpen.contains(route) || pattern.find("/files") != std::string::npos) continue;
    const Reply reply = ask(server, method, filled(pattern), "files only", "{}");
    if (method == "GET" && pattern.find("/v1/models") != std::string::npos) {
      EXPECT_NE(reply.status, 403U) << route;
    } else {
      EXPECT_EQ(reply.status, 403U) << route;
      EXPECT_THAT(reply.body, HasSubstr(R"("type":"permissions_error","code":"insufficient_permissions")"));
    }
  }
}

TEST(Guard, AdministrationIsForItsOwnKeys) {
  LiveServer server;
  server.keys.replace({key_for("user", "all"), key_for("root", "admin")});
  EXPECT_EQ(ask(server, "GET", "/v1/usage", "user").status, 403U);
  EXPECT_EQ(ask(server, "GET", "/v1/usage", "root").status, 200U);
  EXPECT_EQ(ask(server, "POST", "/v1/chat/completions", "root", "{}").status, 403U);
}

TEST(Permits, FailsClosedHoweverAPathIsSpelled) {
  const KeyScope chat = KeyScope::parse("chat", "").value();
  const std::array<std::pair<std::string_view, bool>, 14> table = {{
      {"/openai/v1/chat/completions", true},
      {"/v1/chat/completions", true},
      {"/v1/chat", true},
      {"/v1/chats", false},
      {"/v1/embeddings", false},
      {"/v1/%63hat/completions", false},
      {"/%761/chat/completions", false},
      {"/openai/v1//chat/completions", false},
      {"/openai/v1", false},
      {"/v2/chat/completions", false},
      {"/chat/completions", false},
      {"/nowhere", false},
      {"*", false},
      {"", false},
  }};
  for (const auto& [path, allowed] : table) EXPECT_EQ(permits(chat, "POST", path), allowed) << path;
  const KeyScope all;
  for (const auto& [path, allowed] : table) EXPECT_TRUE(permits(all, "POST", path)) << path;
  EXPECT_FALSE(permits(all, "GET", "/v1/usage"));
  EXPECT_TRUE(permits(chat, "GET", "/v1/models"));
  EXPECT_TRUE(permits(chat, "HEAD", "/v1/models/x/y"));
  EXPECT_FALSE(permits(chat, "DELETE", "/v1/models/x"));
  EXPECT_FALSE(permits(chat, "GET", "/v1/modelsx"));
}

// The router compares what is decoded: no spelling may lead around a scope.
TEST(Permits, AdministrationHoweverItIsSpelled) {
  const KeyScope all;
  const KeyScope admin = KeyScope::parse("admin", "").value();
  for (const std::string_view path :
       {"/admin/v1/keys", "/%61dmin/v1/keys", "/admin", "/admin/", "/admi%6E/v1/live", "/admin/v1/nowhere",
        "/v1/usage", "/v1/%75sage", "/openai/v1/usag%65", "/openai/%761/usage", "/%6Fpenai/v1/usage"}) {
    EXPECT_FALSE(permits(all, "GET", path)) << path;
    EXPECT_TRUE(permits(admin, "GET", path)) << path;
  }
  EXPECT_TRUE(permits(all, "GET", "/administration"));
  EXPECT_FALSE(permits(admin, "POST", "/v1/chat/completions"));
}

TEST(Guard, AnotherSpellingIsNoWayAround) {
  LiveServer server;
  server.keys.replace({key_for("user", "all"), key_for("root", "admin")});
  for (const char* path : {"/v1/usage", "/v1/%75sage", "/%76%31/usage"}) {
    EXPECT_EQ(ask(server, "GET", path, "user").status, 403U) << path;
    EXPECT_EQ(ask(server, "GET", path, "root").status, 200U) << path;
  }
}

TEST(Guard, ModelsAreFilteredByScope) {
  LiveServer server;
  server.keys.replace({key_for("k", "all", "org/*"), key_for("none", "all", "nothing")});
  const Reply list = ask(server, "GET", "/v1/models", "k");
  EXPECT_THAT(list.body, HasSubstr("\"id\":\"org/large\""));
  EXPECT_EQ(list.body.find("stories"), std::string::npos);
  EXPECT_EQ(ask(server, "GET", "/v1/models/org/large", "k").status, 200U);
  EXPECT_EQ(ask(server, "GET", "/v1/models/stories", "k").status, 404U);
  EXPECT_THAT(ask(server, "GET", "/v1/models", "none").body, HasSubstr("\"data\":[]"));
}

TEST(Guard, AModelOutOfScopeIsForbiddenInAnySpelling) {
  service::Responses responses(nullptr);
  LiveServer server({}, {}, &responses);
  server.keys.replace({key_for("k", "all", "org/*")});
  const std::vector<std::pair<std::string, std::string>> bodies = {
      {"/v1/chat/completions", R"({"model":"STORIES","messages":[{"role":"user","content":"Hi"}]})"},
      {"/v1/responses", R"({"model":"stories","input":"Hi"})"},
      {"/v1/embeddings", R"({"model":"Stories","input":"Hi"})"},
      {"/v1/reranking", R"({"model":"stories","query":"q","docs":["a"]})"},
  };
  for (const auto& [path, body] : bodies) {
    const Reply reply = ask(server, "POST", path, "k", body);
    EXPECT_EQ(reply.status, 403U) << path;
    EXPECT_EQ(reply.body, R"({"error":{"message":"This key is not permitted to use the model `stories`.",)"
                          R"("type":"permissions_error","code":"model_permission_blocked_project"}})");
  }
  EXPECT_EQ(server.script->polled(), 0U);
}

TEST(Guard, KeysThatWereRevokedOrExpiredAreUnknown) {
  LiveServer server;
  ApiKey revoked = key_for("revoked", "all");
  revoked.revoked_at = 1;
  ApiKey expired = key_for("expired", "all");
  expired.expires_at = 1;
  server.keys.replace({revoked, expired});
  for (const char* key : {"revoked", "expired", "", "other"}) {
    EXPECT_EQ(ask(server, "GET", "/v1/models", key).status, 401U) << key;
  }
}

}  // namespace
}  // namespace peregrine::api
