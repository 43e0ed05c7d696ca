#include <gtest/gtest.h>

#include <string>

#include "api/testing/live_server.h"

namespace peregrine::api {
namespace {

using testing::LiveServer;
using testing::Reply;

constexpr std::string_view kStories =
    R"({"id":"stories","object":"model","created":1700000000,"owned_by":"peregrine","active":true,)"
    R"("context_window":512,"public_apps":null,"max_completion_tokens":512})";
constexpr std::string_view kLarge =
    R"({"id":"org/large","object":"model","created":1700000001,"owned_by":"peregrine","active":true,)"
    R"("context_window":8192,"public_apps":null,"max_completion_tokens":8192})";

TEST(Models, ListUnderBothPaths) {
  LiveServer server;
  const std::string list =
      std::string(R"({"object":"list","data":[)").append(kStories).append(",").append(kLarge) + "]}";
  EXPECT_EQ(server.get("/openai/v1/models").body, list);
  EXPECT_EQ(server.get("/v1/models").body, list);
  EXPECT_EQ(server.get("//openai/v1/models").body, list);
}

TEST(Models, OneByIdHoweverTheSlashIsWritten) {
  LiveServer server;
  EXPECT_EQ(server.get("/openai/v1/models/stories").body, kStories);
  for (const std::string path : {"org/large", "org%2Flarge", "org%2flarge", "ORG/Large"}) {
    const Reply reply = server.get("/openai/v1/models/" + path);
    EXPECT_EQ(reply.status, 200U) << path;
    EXPECT_EQ(reply.body, kLarge) << path;
  }
}

TEST(Models, UnknownId) {
  LiveServer server;
  for (const std::string method : {"GET", "DELETE"}) {
    const Reply reply = server.ask({method, "/v1/models/org%2Fsmall", {}, {}});
    EXPECT_EQ(reply.status, 404U);
    EXPECT_EQ(
        reply.body,
        R"({"error":{"message":"The model `org/small` does not exist or you do not have access to it.",)"
        R"("type":"invalid_request_error","code":"model_not_found"}})");
  }
}

TEST(Models, ModelsCannotBeDeleted) {
  LiveServer server;
  const Reply reply = server.ask({"DELETE", "/openai/v1/models/Stories", {}, {}});
  EXPECT_EQ(reply.status, 403U);
  EXPECT_EQ(reply.body,
            R"({"error":{"message":"The model `stories` is a file of the server and cannot be deleted )"
            R"(through the API.","type":"invalid_request_error","code":"model_not_deletable"}})");
}

TEST(Models, OneThatFailedToLoadIsNotActive) {
  LiveServer server;
  server.models[1].state = service::ModelState::kFailed;
  EXPECT_NE(server.get("/v1/models/org/large").body.find(R"("active":false)"), std::string::npos);
  EXPECT_NE(server.get("/v1/models/stories").body.find(R"("active":true)"), std::string::npos);
}

TEST(Health, FollowsReadiness) {
  LiveServer server;
  constexpr std::string_view kStates =
      R"("models":[{"id":"stories","state":"loaded","kind":"text"},{"id":"org/large","state":"available","kind":"text"}]})";
  EXPECT_EQ(server.get("/health").body, R"({"status":"ok"})");
  EXPECT_EQ(server.get("/ready").body, std::string(R"({"status":"ready",)").append(kStates));

  server.readiness = Readiness::kLoading;
  EXPECT_EQ(server.get("/health").status, 200U);
  EXPECT_EQ(server.get("/ready").status, 503U);
  EXPECT_EQ(server.get("/ready").body, std::string(R"({"status":"loading",)").append(kStates));
  EXPECT_EQ(server.get("/v1/models").status, 200U);

  server.readiness = Readiness::kDraining;
  EXPECT_EQ(server.get("/ready").body, std::string(R"({"status":"draining",)").append(kStates));
  EXPECT_EQ(server.get("/v1/models").status, 200U);
}

TEST(Health, TellsHowEachModelFares) {
  LiveServer server;
  server.models[0].state = service::ModelState::kLoading;
  server.models[0].progress = 0.25;
  server.models[1].state = service::ModelState::kFailed;
  server.models[1].error = "no \"room\"";
  EXPECT_EQ(server.get("/ready").body,
            R"({"status":"ready","models":[{"id":"stories","state":"loading","kind":"text","progress":0.25},)"
            R"({"id":"org/large","state":"failed","kind":"text","error":"no \"room\""}]})");
}

TEST(Health, MetricsAndRoot) {
  LiveServer server;
  const Reply metrics = server.get("/metrics");
  EXPECT_EQ(metrics.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  const Reply root = server.get("/");
  EXPECT_EQ(root.status, 200U);
  EXPECT_NE(root.body.find("/openapi.yaml"), std::string::npos);
}

}  // namespace
}  // namespace peregrine::api
