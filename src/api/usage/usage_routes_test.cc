#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "api/testing/live_server.h"
#include "service/usage/days.h"

namespace peregrine::api {
namespace {

using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;

TEST(UsageRoute, ListsTheSumsThatWereAskedFor) {
  LiveServer server;
  const std::int64_t day = service::parse_day("2026-11-23").value();
  server.ledger.add({day, "key_1", "acme", "m", {2, 1, 30, 10, 7, 20}});
  server.ledger.add({day, "key_1", "acme", "n", {1, 0, 5, 0, 1, 0}});
  server.ledger.add({day + 1, "key_2", "acme", "m", {1, 0, 1, 0, 1, 0}});
  EXPECT_EQ(server.get("/v1/usage?from=2026-11-23&to=2026-11-23").body,
            R"({"object":"list","from":"2026-11-23","to":"2026-11-23","by":["day","key","model"],"data":[)"
            R"({"object":"usage","day":"2026-11-23","key":"key_1","model":"m","requests":2,"errors":1,)"
            R"("prompt_tokens":30,"cached_tokens":10,"completion_tokens":7,"audio_seconds":20},)"
            R"({"object":"usage","day":"2026-11-23","key":"key_1","model":"n","requests":1,"errors":0,)"
            R"("prompt_tokens":5,"cached_tokens":0,"completion_tokens":1,"audio_seconds":0}]})");
  EXPECT_THAT(
      server.get("/v1/usage?from=2026-11-23&to=2026-11-24&by=organisation").body,
      HasSubstr(R"("by":["organisation"],"data":[{"object":"usage","organisation":"acme","requests":4,)"));
}

TEST(UsageRoute, RefusesWhatItDoesNotKnow) {
  LiveServer server;
  const std::pair<const char*, const char*> table[] = {
      {"from=yesterday", "\"param\":\"from\""},
      {"to=2026-02-30", "\"param\":\"to\""},
      {"from=2026-01-02&to=2026-01-01", "\"param\":\"from\""},
      {"by=week", "\"param\":\"by\""},
      {"form=2026-01-01", "property 'form' is unsupported"},
  };
  for (const auto& [query, fragment] : table) {
    const Reply reply = server.get(std::string("/v1/usage?") + query);
    EXPECT_EQ(reply.status, 400U) << query;
    EXPECT_THAT(reply.body, HasSubstr(fragment)) << query;
  }
}

TEST(UsageRoute, TellsOfTheStoresTrouble) {
  LiveServer server;
  server.ledger.add({1, "k", "o", "m", {1}});
  server.usage_store.break_down(true);
  const Reply reply = server.get("/v1/usage");
  EXPECT_EQ(reply.status, 500U);
  EXPECT_EQ(reply.body, R"({"error":{"message":"Internal Server Error","type":"internal_server_error"}})");
  server.usage_store.break_down(false);
}

}  // namespace
}  // namespace peregrine::api
