#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/reranking/wire.h"
#include "api/testing/live_server.h"

namespace peregrine::api {
namespace {

using service::Ranking;
using service::RankingRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;

class Ready final : public service::PendingRanking {
 public:
  explicit Ready(Ranking ranking) : ranking_(std::move(ranking)) {}
  std::optional<Result<Ranking>> poll() override { return Result<Ranking>(ranking_); }
  void on_ready(std::function<void()> callback) override { callback(); }

 private:
  Ranking ranking_;
};

Reply post(const LiveServer& server, std::string body) {
  return server.ask(
      {"POST", "/openai/v1/reranking", {{"content-type", "application/json"}}, std::move(body)});
}

TEST(Reranking, DocumentsInTheOrderOfTheirScores) {
  LiveServer server;
  RankingRequest seen;
  server.on_rank = [&](const RankingRequest& request) {
    seen = request;
    return std::make_unique<Ready>(Ranking{.places = {{1, 0.75F}, {0, 0.25F}}});
  };
  const Reply reply = post(server, R"({"model":"R","query":"q","docs":["a \"b\"","c"],"instruction":null})");
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.body, R"({"results":[{"doc":"c","score":0.75},{"doc":"a \"b\"","score":0.25}]})");
  EXPECT_EQ(seen.model, "R");
  EXPECT_EQ(seen.query, "q");
  EXPECT_THAT(seen.documents, ElementsAre("a \"b\"", "c"));
  EXPECT_FALSE(seen.instruction);
}

TEST(Reranking, ErrorsFromBelow) {
  LiveServer server;
  server.on_rank = [](const RankingRequest&) -> Result<std::unique_ptr<service::PendingRanking>> {
    return fail(ErrorCode::kResourceExhausted, "too long", "docs[1]");
  };
  const Reply reply = post(server, R"({"model":"R","query":"q","docs":["a","b"]})");
  EXPECT_EQ(reply.status, 400U);
  EXPECT_EQ(reply.body, R"({"error":{"message":"too long","type":"invalid_request_error",)"
                        R"("code":"context_length_exceeded","param":"docs[1]"}})");
}

TEST(Reranking, Refusals) {
  struct Row {
    std::string body;
    std::string where;
    std::string message;
  };
  std::string many = R"(["a")";
  for (std::size_t i = 0; i < service::kMaxRankedDocuments; ++i) many += R"(,"a")";
  for (const Row& row : std::vector<Row>{
           {"", "", "empty"},
           {"7", "", "object"},
           {R"({"query":"q","docs":["a"]})", "model", "model"},
           {R"({"model":"R","docs":["a"]})", "query", "query"},
           {R"({"model":"R","query":"q"})", "docs", "docs"},
           {R"({"model":"R","query":"","docs":["a"]})", "query", "'query' : minimum string length is 1"},
           {R"({"model":"R","query":["q"],"docs":["a"]})", "query", "'query' : value must be a string"},
           {R"({"model":"R","query":"q","docs":"a"})", "docs", "'docs'"},
           {R"({"model":"R","query":"q","docs":[]})", "docs", "'docs'"},
           {R"({"model":"R","query":"q","docs":[""]})", "docs[0]", "'docs.0' : minimum string length is 1"},
           {R"({"model":"R","query":"q","docs":["a",{"text":"b"}]})", "docs[1]", "'docs.1'"},
           {R"({"model":"R","query":"q","docs":)" + many + "]}", "docs", "'docs'"},
           {R"({"model":"R","query":"q","documents":["a"]})", "", "property 'documents' is unsupported"},
           {R"({"model":"R","query":"q","docs":["a"],"top_n":1})", "", "property 'top_n' is unsupported"},
           {R"({"model":"R","query":"q","docs":["a"],"instruction":1})", "instruction", "'instruction'"},
       }) {
    const auto request = parse_ranking_request(row.body);
    ASSERT_FALSE(request) << row.body;
    EXPECT_THAT(request.error().message, HasSubstr(row.message));
    if (!row.where.empty()) {
      EXPECT_EQ(request.error().where, row.where) << row.body;
    }
  }
}

}  // namespace
}  // namespace peregrine::api
