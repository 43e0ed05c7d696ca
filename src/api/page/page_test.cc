// The page from outside: what a browser gets, what a program gets, and what may be kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "api/door/host.h"
#include "api/page/assets.h"
#include "api/page/negotiate.h"
#include "api/testing/live_server.h"

namespace peregrine::api {
namespace {

using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;

Reply browse(const LiveServer& server, std::string path, std::vector<http::Header> more = {}) {
  more.push_back({"accept", "text/html,application/xhtml+xml,*/*;q=0.8"});
  return server.ask({"GET", std::move(path), std::move(more), {}});
}

TEST(Page, ProgramsAreToldWhatAnswersHere) {
  const LiveServer server({}, {"a key"});
  for (const char* accept : {"*/*", "application/json", "text/html;q=0", ""}) {
    const Reply reply = server.ask({"GET", "/", {{"accept", accept}}, {}});
    EXPECT_EQ(reply.status, 200U) << accept;
    EXPECT_EQ(reply.headers.get("content-type"), "application/json") << accept;
    EXPECT_THAT(reply.body, HasSubstr("\"name\":\"peregrine\"")) << accept;
  }
}

TEST(Page, BrowsersGetItWithoutAKeyAndMayRunNothingElse) {
  const LiveServer server({}, {"a key"});
  const Reply reply = browse(server, "/");
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.headers.get("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(reply.body, HasSubstr("<title>Peregrine</title>"));
  const std::string policy(reply.headers.get("content-security-policy"));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'; script-src 'self';"));
  EXPECT_THAT(policy, ::testing::Not(HasSubstr("unsafe")));
  EXPECT_EQ(reply.headers.get("x-content-type-options"), "nosniff");
  EXPECT_EQ(reply.headers.get("referrer-policy"), "no-referrer");
}

TEST(Page, PartsAreKeptForeverAndAskedForByTag) {
  if (kPageAssets.empty()) GTEST_SKIP() << "this build has no page";
  const LiveServer server({}, {"a key"});
  for (const PageAsset& asset : kPageAssets) {
    const std::string path(asset.path);
    const Reply plain = browse(server, path);
    EXPECT_EQ(plain.status, 200U) << path;
    EXPECT_EQ(plain.body.size(), asset.size) << path;
    EXPECT_FALSE(plain.headers.contains("content-encoding")) << path;
    EXPECT_EQ(plain.headers.get("cache-control"),
              path == "/" ? "no-cache" : "public, max-age=31536000, immutable");
    const Reply packed = browse(server, path, {{"accept-encoding", "br, gzip;q=0.5"}});
    EXPECT_EQ(packed.headers.get("content-encoding"), "gzip") << path;
    EXPECT_EQ(packed.body, asset.gzip) << path;
    const Reply known = browse(server, path, {{"if-none-match", "\"x\", W/" + std::string(asset.etag)}});
    EXPECT_EQ(known.status, 304U) << path;
    EXPECT_TRUE(known.body.empty()) << path;
  }
}

TEST(Page, OtherNamesStayBehindTheDoor) {
  const LiveServer server({}, {"a key"});
  for (const char* path :
       {"/assets/x", "/assets/", "/assets", "/assets/..%2f", "/assets/x/y", "/index.html"}) {
    EXPECT_EQ(browse(server, path).status, 401U) << path;
  }
  EXPECT_EQ(browse(server, "/assets/x", {{"authorization", "Bearer a key"}}).status, 404U);
}

// Two texts, and whether the function under test says yes to them.
struct Row {
  const char* first;
  const char* second;
  bool yes;
};
void expect_rows(std::span<const Row> rows, bool (*says)(std::string_view, std::string_view)) {
  for (const auto& [first, second, yes] : rows)
    EXPECT_EQ(says(first, second), yes) << first << " | " << second;
}

TEST(Accepts, ByNameAndWeight) {
  constexpr Row kRows[] = {{"gzip", "gzip", true},      {"br ,\tGZIP ; q=0.001", "gzip", true},
                           {"gzip;q=0", "gzip", false}, {"gzip; x=1; Q=0.000", "gzip", false},
                           {"xgzip, *", "gzip", false}, {"", "gzip", false},
                           {",;,", "gzip", false}};
  expect_rows(kRows, accepts);
}

TEST(NamesEtag, WeakStrongAndAny) {
  constexpr Row kRows[] = {{"\"a\"", "\"a\"", true},
                           {"\"b\", W/\"a\"", "\"a\"", true},
                           {"*", "\"a\"", true},
                           {"a", "\"a\"", false},
                           {"", "\"a\"", false}};
  expect_rows(kRows, names_etag);
}

TEST(SameHost, TheServersOwnPagesOnly) {
  constexpr Row kRows[] = {{"http://127.0.0.1:8080", "127.0.0.1:8080", true},
                           {"https://Chat.example", "chat.example", true},
                           {"http://127.0.0.1:8081", "127.0.0.1:8080", false},
                           {"http://127.0.0.1:8080.evil.example", "127.0.0.1:8080", false},
                           {"null", "null", false},
                           {"http://", "", false},
                           {"file://127.0.0.1", "127.0.0.1", false}};
  expect_rows(kRows, same_host);
}

}  // namespace
}  // namespace peregrine::api
