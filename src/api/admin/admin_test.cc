#include "api/admin/admin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "api/admin/testing/admin_server.h"
#include "api/admin/wire.h"

namespace peregrine::api {
namespace {

namespace bj = boost::json;

using testing::AdminServer;
using testing::Client;
using ::testing::HasSubstr;
using testing::kInFolder;
using testing::kNamed;
using ::testing::Not;
using testing::Reply;

service::ApiKey keyed(std::string_view text, std::string_view scopes) {
  service::ApiKey key = service::configured_key(text, false);
  key.scope = service::KeyScope::parse(scopes, "").value();
  return key;
}

// "POST /admin/v1/models/x/load" of "{model}".
std::vector<std::pair<std::string, std::string>> admin_routes(AdminServer& server) {
  std::vector<std::pair<std::string, std::string>> routes;
  for (auto& [method, pattern] : server.routes()) {
    if (!pattern.starts_with("/admin/")) continue;
    if (const auto at = pattern.find('{'); at != std::string::npos) {
      pattern.replace(at, pattern.find('}') - at + 1, "x");
    }
    routes.emplace_back(method, pattern);
  }
  return routes;
}

TEST(AdminDoor, EveryRouteIsForAdministratorsOnly) {
  AdminServer server;
  server.keys.replace({keyed("user", "all"), keyed("root", "admin")});
  const auto routes = admin_routes(server);
  EXPECT_GE(routes.size(), 15U);
  for (const auto& [method, path] : routes) {
    EXPECT_EQ(server.ask(method, path).status, 401U) << path;
    EXPECT_EQ(server.ask(method, path, "", "wrong").status, 401U) << path;
    const Reply user = server.ask(method, path, "", "user");
    EXPECT_EQ(user.status, 403U) << path;
    EXPECT_THAT(user.body, HasSubstr("\"code\":\"insufficient_permissions\"")) << path;
    EXPECT_EQ(server.ask(method, "/%61dmin" + path.substr(6), "", "user").status, 403U) << path;
    if (path.ends_with("/events")) continue;  // does not end
    const Reply root = server.ask(method, path, "", "root");
    EXPECT_NE(root.status, 401U) << path;
    EXPECT_THAT(root.body, Not(HasSubstr("insufficient_permissions"))) << path;
  }
}

TEST(AdminDoor, WebPagesOfOtherOriginsAreRefused) {
  Options options;
  options.allowed_origins = {"https://chat.example"};
  AdminServer server(options);
  const std::string own = "http://localhost:" + std::to_string(server.port());
  for (const auto& [method, path] : admin_routes(server)) {
    if (path.ends_with("/events")) continue;
    for (const char* origin : {"https://evil.example", "null", "https://chat.example"}) {
      const Reply reply =
          server.ask({method, path, {{"content-type", "application/json"}, {"origin", origin}}, ""});
      EXPECT_EQ(reply.status, 403U) << method << " " << path << " from " << origin;
      EXPECT_THAT(reply.body, HasSubstr("\"code\":\"origin_not_allowed\""));
    }
    const Reply same = server.ask({method,
                                   path,
                                   {{"content-type", "application/json"},
                                    {"origin", own},
                                    {"host", "localhost:" + std::to_string(server.port())}},
                                   ""});
    EXPECT_THAT(same.body, Not(HasSubstr("origin_not_allowed"))) << path;
  }
}

// What a page can send anywhere without being asked about.
TEST(AdminDoor, ChangesNeedTheContentTypeOfJson) {
  AdminServer server;
  for (const auto& [method, path] : admin_routes(server)) {
    if (method == "GET") continue;
    for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
      std::vector<http::Header> headers;
      if (*type != '\0') headers.push_back({"content-type", type});
      const Reply reply = server.ask({method, path, headers, ""});
      EXPECT_EQ(reply.status, 400U) << method << " " << path << " as " << type;
      EXPECT_THAT(reply.body, HasSubstr("Content-Type"));
    }
  }
  EXPECT_FALSE(server.library->uses().front().unloading);
}

TEST(AdminModels, AreListedLoadedAndUnloaded) {
  AdminServer server;
  const std::string in_folder = "/admin/v1/models/" + kInFolder;
  const bj::object list = bj::parse(server.ask("GET", "/admin/v1/models").body).as_object();
  ASSERT_EQ(list.at("data").as_array().size(), 2U);
  const bj::object& named = list.at("data").at(0).as_object();
  EXPECT_EQ(named.at("id").as_string(), kNamed);
  EXPECT_EQ(named.at("named"), true);
  EXPECT_EQ(named.at("state"), "on_disk");
  EXPECT_EQ(named.at("memory_bytes"), 0);
  EXPECT_GT(named.at("file_bytes").as_int64(), 0);
  EXPECT_EQ(list.at("memory").at("used_bytes"), 0);
  EXPECT_EQ(list.at("memory").at("limit_bytes"), 1 << 30);

  const Reply loading = server.ask("POST", in_folder + "/load", "{}");
  EXPECT_EQ(loading.status, 200U) << loading.body;
  const Reply ready = server.until(in_folder, "\"state\":\"ready\"");
  const std::int64_t taken = bj::parse(ready.body).at("memory_bytes").as_int64();
  EXPECT_EQ(static_cast<std::uint64_t>(taken), server.budget.used());

  std::optional<service::ModelLease> lease = std::move(*server.library->get(kInFolder));
  const Reply leaving = server.ask("POST", in_folder + "/unload");
  EXPECT_THAT(leaving.body, HasSubstr("\"state\":\"unloading\""));
  EXPECT_THAT(leaving.body, HasSubstr("\"in_use\":1"));
  const Reply refused =
      server.ask("POST", "/v1/chat/completions",
                 "{\"model\":\"" + kInFolder + R"(","messages":[{"role":"user","content":"Hi"}]})");
  EXPECT_EQ(refused.status, 503U);
  EXPECT_THAT(refused.body, HasSubstr("is being unloaded"));
  EXPECT_EQ(refused.headers.get("retry-after"), "1");
  lease.reset();
  server.until(in_folder, "\"state\":\"on_disk\"");
}

TEST(AdminModels, TellWhatCannotBeDone) {
  AdminServer server;
  for (const char* what : {"/load", "/unload"}) {
    const Reply reply = server.ask("POST", std::string("/admin/v1/models/no%2Fmodel") + what);
    EXPECT_EQ(reply.status, 404U);
    EXPECT_THAT(reply.body, HasSubstr("\"code\":\"model_not_found\""));
    EXPECT_THAT(reply.body, HasSubstr("`no/model`"));
    EXPECT_EQ(server.ask("POST", "/admin/v1/models/" + kNamed + what, R"({"force":true})").status, 400U);
  }
  const Reply named = server.ask("DELETE", "/admin/v1/models/" + kNamed);
  EXPECT_EQ(named.status, 409U);
  EXPECT_THAT(named.body, HasSubstr("\"code\":\"conflict\""));
  EXPECT_EQ(server.ask("DELETE", "/admin/v1/models/nothing").status, 404U);
  const Reply gone = server.ask("DELETE", "/admin/v1/models/" + kInFolder);
  EXPECT_EQ(gone.body, "{\"id\":\"" + kInFolder + R"(","object":"admin.model","deleted":true})");
  EXPECT_EQ(server.ask("GET", "/admin/v1/models/" + kInFolder).status, 404U);
}

TEST(AdminPulls, AreOrderedWatchedAndCancelled) {
  AdminServer server;
  const Reply ordered = server.ask("POST", "/admin/v1/pulls", R"({"source":"gemma2"})");
  ASSERT_EQ(ordered.status, 200U) << ordered.body;
  const std::string id(bj::parse(ordered.body).at("id").as_string());
  const Reply running = server.until("/admin/v1/pulls/" + id, "\"done_bytes\":40");
  EXPECT_THAT(running.body, HasSubstr(R"("stage":"downloading","file":"m.gguf")"));
  EXPECT_EQ(server.ask("DELETE", "/admin/v1/models/m.gguf").status, 409U) << "it is being fetched";
  const Reply again = server.ask("POST", "/admin/v1/pulls", R"({"source":"gemma2"})");
  EXPECT_EQ(bj::parse(again.body).at("id").as_string(), id);
  const Reply cancelled = server.ask("DELETE", "/admin/v1/pulls/" + id);
  EXPECT_THAT(cancelled.body, HasSubstr("\"state\":\"cancelled\""));
  server.pulls_finish = true;
  const Reply other = server.ask("POST", "/admin/v1/pulls", R"({"source":"llama3"})");
  const std::string done(bj::parse(other.body).at("id").as_string());
  EXPECT_THAT(server.until("/admin/v1/pulls/" + done, "\"state\":\"done\"").body,
              HasSubstr("\"model\":\"llama3\""));
  const bj::value list = bj::parse(server.ask("GET", "/admin/v1/pulls").body);
  EXPECT_EQ(list.at("allowed"), true);
  EXPECT_EQ(list.at("data").at(0).at("id").as_string(), done);
  EXPECT_EQ(list.at("data").as_array().size(), 2U);
  EXPECT_EQ(server.ask("GET", "/admin/v1/pulls/pull_x").status, 404U);
  EXPECT_EQ(server.ask("DELETE", "/admin/v1/pulls/pull_x").status, 404U);
}

TEST(AdminPulls, AreRefusedWhereTheOperatorAllowsNone) {
  AdminServer server({}, false);
  const Reply refused = server.ask("POST", "/admin/v1/pulls", R"({"source":"gemma2"})");
  EXPECT_EQ(refused.status, 403U);
  EXPECT_THAT(refused.body, HasSubstr("pulls.allow"));
  EXPECT_THAT(refused.body, HasSubstr("\"code\":\"pulls_not_allowed\""));
  EXPECT_EQ(server.ask("GET", "/admin/v1/pulls").body, R"({"object":"list","data":[],"allowed":false})");
}

TEST(AdminKeys, AreMadeShownOnceAndRevoked) {
  AdminServer server;
  server.keys.replace({});
  ASSERT_TRUE(
      server.desk.configure({service::configured_key("root", true)}, [](const auto&) { return Status(); }));
  const Reply made =
      server.ask("POST", "/admin/v1/keys",
                 R"({"name":"lab","organisation":"acme","scopes":["chat","models"],"models":["llama-*"],)"
                 R"("limits":{"requests_per_minute":5,"tokens_per_day":0},"expires_at":null})",
                 "root");
  ASSERT_EQ(made.status, 200U) << made.body;
  const bj::object key = bj::parse(made.body).as_object();
  const std::string secret(key.at("secret").as_string());
  const std::string id(key.at("id").as_string());
  EXPECT_EQ(bj::serialize(key.at("scopes")), R"(["chat","models"])");
  EXPECT_EQ(bj::serialize(key.at("models")), R"(["llama-*"])");
  EXPECT_EQ(bj::serialize(key.at("limits")), R"({"requests_per_minute":5,"tokens_per_day":0})");
  EXPECT_EQ(server.ask("GET", "/v1/models", "", secret).status, 200U) << "it opens at once";
  EXPECT_EQ(server.ask("GET", "/admin/v1/keys", "", secret).status, 403U);

  const Reply list = server.ask("GET", "/admin/v1/keys", "", "root");
  EXPECT_THAT(list.body, HasSubstr(id));
  EXPECT_THAT(list.body, HasSubstr("\"origin\":\"configuration\""));
  EXPECT_THAT(list.body, Not(HasSubstr(secret.substr(10))));
  EXPECT_THAT(list.body, Not(HasSubstr("digest")));

  const Reply revoked = server.ask("DELETE", "/admin/v1/keys/" + id, "", "root");
  EXPECT_THAT(revoked.body, HasSubstr("\"state\":\"revoked\""));
  EXPECT_EQ(server.ask("GET", "/v1/models", "", secret).status, 401U) << "it is shut at once";
  EXPECT_EQ(server.ask("DELETE", "/admin/v1/keys/" + id, "", "root").status, 200U) << "twice is once";
  EXPECT_EQ(server.ask("DELETE", "/admin/v1/keys/lab", "", "root").status, 404U) << "a name is no id";
  const std::string configured = service::configured_key("root", true).id;
  EXPECT_EQ(server.ask("DELETE", "/admin/v1/keys/" + configured, "", "root").status, 409U);
}

TEST(AdminKeys, TheFirstClosesTheServerBehindAnAdministrator) {
  AdminServer server;
  const Reply refused = server.ask("POST", "/admin/v1/keys", R"({"name":"lab"})");
  EXPECT_EQ(refused.status, 400U);
  EXPECT_THAT(refused.body, HasSubstr("\"param\":\"scopes\""));
  EXPECT_EQ(server.ask("GET", "/admin/v1/keys").status, 200U);
  const Reply made = server.ask("POST", "/admin/v1/keys", R"({"name":"root","scopes":["all","admin"]})");
  ASSERT_EQ(made.status, 200U) << made.body;
  EXPECT_EQ(server.ask("GET", "/admin/v1/keys").status, 401U);
  const std::string secret(bj::parse(made.body).at("secret").as_string());
  EXPECT_EQ(server.ask("GET", "/admin/v1/keys", "", secret).status, 200U);
}

TEST(AdminKeys, OfAServerThatKeepsNothing) {
  AdminServer server;
  service::KeyDesk bare(server.keys, nullptr);
  Administration admin{*server.library, *server.board, &bare};
  base::Metrics metrics;
  Services services{{}, {}, {}, {}, {}, {}, server.keys, metrics, server.readiness};
  services.admin = &admin;
  http::Options options;
  options.port = 0;
  const auto started = http::Server::start(options, make_router(services, {}), make_error_renderer(services),
                                           make_before_hook(services, {}));
  ASSERT_TRUE(started);
  const auto ask = [&](std::string method, std::string path) {
    return Client((*started)->port())
        .ask({std::move(method), std::move(path), {{"content-type", "application/json"}}, "{}"});
  };
  EXPECT_EQ(ask("POST", "/admin/v1/keys").status, 501U);
  EXPECT_EQ(ask("DELETE", "/admin/v1/keys/key_x").status, 501U);
}

TEST(AdminLive, ShowsWhatRuns) {
  AdminServer server;
  ASSERT_TRUE(server.library->get(kInFolder));
  server.board->look(service::LiveBoard::Clock::now());
  const auto meter = server.metering.start(server.keys.find("", 0), kInFolder,
                                           {"req_1", "/openai/v1/chat/completions", "flex"});
  ASSERT_TRUE(meter->admit({.prompt_tokens = 7}));
  meter->note_progress(3);
  const bj::value live = bj::parse(server.ask("GET", "/admin/v1/live").body);
  EXPECT_EQ(live.at("models").as_array().size(), 1U);
  EXPECT_EQ(live.at("models").at(0).at("id").as_string(), kInFolder);
  EXPECT_GT(live.at("models").at(0).at("kv_blocks").at("total").as_int64(), 0);
  EXPECT_EQ(live.at("requests").at("running"), 1);
  const bj::value& request = live.at("running").at(0);
  EXPECT_EQ(request.at("id"), "req_1");
  EXPECT_EQ(request.at("tier"), "flex");
  EXPECT_EQ(request.at("prompt_tokens"), 7);
  EXPECT_EQ(request.at("generated_tokens"), 3);
}

TEST(AdminLive, IsFollowed) {
  AdminServer server;
  Client client(server.port());
  client.send({"GET", "/admin/v1/live/events", {}, ""});
  EXPECT_EQ(client.read_head().headers.get("content-type"), "text/event-stream");
  EXPECT_THAT(client.read_chunk(), ::testing::StartsWith(R"(data: {"object":"admin.live")"));
  ASSERT_TRUE(server.library->get(kInFolder));
  server.board->look(service::LiveBoard::Clock::now());
  EXPECT_THAT(client.read_chunk(), HasSubstr(kInFolder));
  // A server that goes down does not wait for those who watch.
  server.readiness = Readiness::kDraining;
  server.board->look(service::LiveBoard::Clock::now());
  EXPECT_EQ(client.read_chunk(), "");
}

TEST(AdminLive, SoManyMayFollow) {
  AdminServer server;
  std::vector<service::LiveBoard::Listening> others;
  while (auto one = server.board->listen([] {})) others.push_back(std::move(*one));
  const Reply refused = server.ask("GET", "/admin/v1/live/events");
  EXPECT_EQ(refused.status, 503U);
  EXPECT_EQ(server.ask("GET", "/admin/v1/live").status, 200U);
}

// tests/api/admin_requests.json: a body for a pull or a key, and what is wrong with it.
TEST(AdminRequests, AreReadOrRefusedByTheTable) {
  std::ifstream file(PEREGRINE_SOURCE_DIR "/tests/api/admin_requests.json");
  std::stringstream text;
  text << file.rdbuf();
  const bj::array rows = bj::parse(text.str()).as_array();
  EXPECT_GE(rows.size(), 40U);
  for (const bj::value& row : rows) {
    const std::string name(row.at("name").as_string());
    const auto* raw = row.as_object().if_contains("raw");
    const std::string body = raw != nullptr ? std::string(raw->as_string()) : bj::serialize(row.at("body"));
    std::optional<Error> error;
    if (row.at("of") == "pull") {
      if (const auto read = parse_pull_order(body); !read) error = read.error();
    } else {
      if (const auto read = parse_key_order(body); !read) error = read.error();
    }
    const auto* wanted = row.as_object().if_contains("message");
    ASSERT_EQ(error.has_value(), wanted != nullptr) << name << (error ? ": " + error->text() : "");
    if (!error) continue;
    EXPECT_EQ(error->code, ErrorCode::kInvalidArgument) << name;
    EXPECT_THAT(error->message, HasSubstr(std::string(wanted->as_string()))) << name;
    EXPECT_EQ(error->where, row.at("param").as_string()) << name;
  }
}

}  // namespace
}  // namespace peregrine::api
