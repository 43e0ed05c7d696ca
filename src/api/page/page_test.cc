// The page from outside: what a browser gets, what a program gets, and what may be kept.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
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

TEST(Accepts, ByNameAndWeight) {
  EXPECT_TRUE(accepts("gzip", "gzip"));
  EXPECT_TRUE(accepts("br ,\tGZIP ; q=0.001", "gzip"));
  EXPECT_FALSE(accepts("gzip;q=0", "gzip"));
  EXPECT_FALSE(accepts("gzip; x=1; Q=0.000", "gzip"));
  EXPECT_FALSE(accepts("xgzip, *", "gzip"));
  EXPECT_FALSE(accepts("", "gzip"));
  EXPECT_FALSE(accepts(",;,", "gzip"));
}

TEST(NamesEtag, WeakStrongAndAny) {
  EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("*", "\"a\""));
  EXPECT_FALSE(names_etag("a", "\"a\""));
  EXPECT_FALSE(names_etag("", "\"a\""));
}

TEST(SameHost, TheServersOwnPagesOnly) {
  EXPECT_TRUE(same_host("http://127.0.0.1:8080", "127.0.0.1:8080"));
  EXPECT_TRUE(same_host("https://Chat.example", "chat.example"));
  EXPECT_FALSE(same_host("http://127.0.0.1:8081", "127.0.0.1:8080"));
  EXPECT_FALSE(same_host("http://127.0.0.1:8080.evil.example", "127.0.0.1:8080"));
  EXPECT_FALSE(same_host("null", "null"));
  EXPECT_FALSE(same_host("http://", ""));
  EXPECT_FALSE(same_host("file://127.0.0.1", "127.0.0.1"));
}

}  // namespace
}  // namespace peregrine::api
