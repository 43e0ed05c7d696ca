// /fine_tunings, /models and chat with tuned models, over the real service with a base that is only a file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "api/testing/live_server.h"
#include "base/ids.h"
#include "service/adapters/testing/tuning_room.h"

namespace peregrine::api {
namespace {

using testing::ClientRequest;
using ::testing::HasSubstr;
using testing::LiveServer;
using ::testing::MatchesRegex;
using ::testing::Not;
using testing::Reply;

constexpr const char* kId = "ft_[0-9a-z]+";

class FineTuningsTest : public ::testing::Test {
 protected:
  std::string body(std::string_view base = "stories") const {
    return R"({"input_file_id":")" + file_ + R"(","name":"pirate","type":"lora","base_model":")" +
           std::string(base) + "\"}";
  }
  Reply post(std::string text) const {
    return server_.ask({"POST", "/v1/fine_tunings", {{"content-type", "application/json"}}, std::move(text)});
  }
  store::StoredAdapter made() {
    const Reply reply = post(body());
    EXPECT_EQ(reply.status, 200U) << reply.body;
    return tuned_.list("default").value().at(0);
  }
  static std::string object(const store::StoredAdapter& one) {
    return R"({"id":")" + one.id +
           R"(","name":"pirate","base_model":"stories","type":"lora","input_file_id":")" + one.input_file_id +
           R"(","created_at":)" + std::to_string(one.created_at) + R"(,"fine_tuned_model":")" +
           one.fine_tuned_model + "\"}";
  }

  service::testing::TuningRoom room_{{"stories", "Stories"}};
  service::TunedModels& tuned_ = room_.tuned;
  LiveServer server_{{}, {}, nullptr, &room_.room.files, &tuned_};
  std::string file_ = room_.upload(service::testing::adapter_zip(), "default");
};

TEST_F(FineTuningsTest, AreMadeShownListedAndDeleted) {
  const Reply created = post(body());
  ASSERT_EQ(created.status, 200U) << created.body;
  const store::StoredAdapter one = tuned_.list("default").value().at(0);
  const std::string shown = R"({"id":")" + one.id + R"(","object":"fine_tuning","data":)" + object(one) + "}";
  EXPECT_EQ(created.body, shown);
  EXPECT_THAT(one.id, MatchesRegex(kId));
  EXPECT_THAT(one.fine_tuned_model, MatchesRegex("ft:stories:default/pirate-[0-9a-f]{12}"));
  for (const std::string root : {"/v1", "/openai/v1"}) {
    EXPECT_EQ(server_.get(root + "/fine_tunings/" + one.id).body, shown);
    EXPECT_EQ(server_.get(root + "/fine_tunings").body, R"({"object":"list","data":[)" + object(one) + "]}");
  }
  const std::string gone = R"({"id":")" + one.id + R"(","object":"fine_tuning","deleted":true})";
  EXPECT_EQ(server_.ask({"DELETE", "/v1/fine_tunings/" + one.id, {}, {}}).body, gone);
  EXPECT_EQ(server_.get("/v1/fine_tunings").body, R"({"object":"list","data":[]})");
  for (const char* method : {"GET", "DELETE"}) {
    const Reply reply = server_.ask({method, "/v1/fine_tunings/" + one.id, {}, {}});
    EXPECT_EQ(reply.status, 404U);
    EXPECT_THAT(reply.body, HasSubstr(R"("code":"not_found")"));
  }
}

TEST_F(FineTuningsTest, TakeTheOlderNameOfTheBase) {
  const Reply reply =
      post(R"({"input_file_id":")" + file_ + R"(","name":"a","type":"lora","model":"Stories"})");
  EXPECT_EQ(reply.status, 200U) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr(R"("base_model":"stories")"));
}

TEST_F(FineTuningsTest, BadBodiesAreRefused) {
  struct Row {
    std::string body;
    unsigned status;
    const char* said;
  };
  const std::string file = R"("input_file_id":")" + file_ + "\"";
  const std::vector<Row> rows = {
      {"", 400, "empty"},
      {"[]", 400, "object"},
      {"{", 400, "JSON"},
      {R"({"name":"a","type":"lora","base_model":"stories"})", 400, "property 'input_file_id' is missing"},
      {"{" + file + R"(,"type":"lora","base_model":"stories"})", 400, "property 'name' is missing"},
      {"{" + file + R"(,"name":"a","base_model":"stories"})", 400, "property 'type' is missing"},
      {"{" + file + R"(,"name":"a","type":"lora"})", 400, "property 'base_model' is missing"},
      {"{" + file + R"(,"name":"a","type":"lora","base_model":null})", 400,
       "property 'base_model' is missing"},
      {"{" + file + R"(,"name":"a","type":"full","base_model":"stories"})", 400, R"("param":"type")"},
      {"{" + file + R"(,"name":"a b","type":"lora","base_model":"stories"})", 400, R"("param":"name")"},
      {"{" + file + R"(,"name":"","type":"lora","base_model":"stories"})", 400, R"("param":"name")"},
      {"{" + file + R"(,"name":1,"type":"lora","base_model":"stories"})", 400, R"("param":"name")"},
      {"{" + file + R"(,"name":"a","type":"lora","base_model":"no"})", 400, R"("param":"base_model")"},
      {"{" + file + R"(,"name":"a","type":"lora","base_model":"stories","model":"other"})", 400,
       R"("param":"model")"},
      {"{" + file + R"(,"name":"a","type":"lora","base_model":"stories","epochs":3})", 400, "epochs"},
      {R"({"input_file_id":"file_no","name":"a","type":"lora","base_model":"stories"})", 404, "file_no"},
      {R"({"input_file_id":7,"name":"a","type":"lora","base_model":"stories"})", 400,
       R"("param":"input_file_id")"},
  };
  for (const Row& row : rows) {
    const Reply reply = post(row.body);
    EXPECT_EQ(reply.status, row.status) << row.body << reply.body;
    EXPECT_THAT(reply.body, HasSubstr(row.said)) << row.body;
  }
  const std::string broken = room_.upload("PK no archive", "default");
  const Reply reply =
      post(R"({"input_file_id":")" + broken + R"(","name":"a","type":"lora","base_model":"stories"})");
  EXPECT_EQ(reply.status, 400U);
  EXPECT_THAT(reply.body, HasSubstr("the adapter is refused"));
  EXPECT_TRUE(tuned_.list("default").value().empty());
}

TEST_F(FineTuningsTest, TheirModelsAreListedOwnedAndDeletable) {
  const store::StoredAdapter one = made();
  const std::string card = R"({"id":")" + one.fine_tuned_model + R"(","object":"model","created":)" +
                           std::to_string(one.created_at) +
                           R"(,"owned_by":"default","active":true,"context_window":512,"public_apps":null,)"
                           R"("max_completion_tokens":512})";
  EXPECT_THAT(server_.get("/v1/models").body, HasSubstr(card));
  EXPECT_EQ(server_.get("/v1/models/" + one.fine_tuned_model).body, card);
  const Reply gone = server_.ask({"DELETE", "/v1/models/" + one.fine_tuned_model, {}, {}});
  EXPECT_EQ(gone.status, 200U);
  EXPECT_EQ(gone.body, R"({"id":")" + one.fine_tuned_model + R"(","object":"model","deleted":true})");
  EXPECT_EQ(server_.get("/v1/models/" + one.fine_tuned_model).status, 404U);
  EXPECT_EQ(server_.get("/v1/fine_tunings/" + one.id).status, 404U);
}

TEST_F(FineTuningsTest, AreChosenByModel) {
  const store::StoredAdapter one = made();
  std::string asked;
  server_.on_start =
      [&](const service::ChatRequest& request) -> Result<std::unique_ptr<service::ChatStream>> {
    asked = request.model;
    return fail(ErrorCode::kUnavailable, "enough");
  };
  server_.chat(R"({"model":")" + one.fine_tuned_model + R"(","messages":[{"role":"user","content":"Hi"}]})");
  EXPECT_EQ(asked, one.fine_tuned_model);
  asked.clear();
  const Reply other =
      server_.chat(R"({"model":"ft:stories:default/pirate-0","messages":[{"role":"user","content":"Hi"}]})");
  EXPECT_EQ(other.status, 404U);
  EXPECT_THAT(other.body, HasSubstr("model_not_found"));
  EXPECT_EQ(asked, "");
}

TEST_F(FineTuningsTest, BelongToOneOrganisation) {
  store::StoredAdapter theirs;
  theirs.id = "ft_theirs";
  theirs.organisation = "other";
  theirs.base_model = "stories";
  theirs.fine_tuned_model = "ft:stories:other/secret-0123456789ab";
  ASSERT_TRUE(room_.records.add(theirs, 10).value());
  EXPECT_EQ(server_.get("/v1/fine_tunings").body, R"({"object":"list","data":[]})");
  EXPECT_EQ(server_.get("/v1/fine_tunings/ft_theirs").status, 404U);
  EXPECT_EQ(server_.ask({"DELETE", "/v1/fine_tunings/ft_theirs", {}, {}}).status, 404U);
  EXPECT_THAT(server_.get("/v1/models").body, Not(HasSubstr("secret")));
  EXPECT_EQ(server_.get("/v1/models/" + theirs.fine_tuned_model).status, 404U);
  EXPECT_EQ(server_.ask({"DELETE", "/v1/models/" + theirs.fine_tuned_model, {}, {}}).status, 404U);
  const Reply chat = server_.chat(R"({"model":")" + theirs.fine_tuned_model +
                                  R"(","messages":[{"role":"user","content":"Hi"}]})");
  EXPECT_EQ(chat.status, 404U);
  EXPECT_TRUE(room_.records.find("ft_theirs", "other").value());
}

TEST_F(FineTuningsTest, KeepToTheScopeOfTheKey) {
  const store::StoredAdapter one = made();
  service::ApiKey key;
  key.id = "key_1";
  key.name = "k";
  key.digest = base::sha256_hex("secret");
  key.scope = service::KeyScope::parse("all", "org/*").value();
  server_.keys.replace({key});
  const auto ask = [&](std::string method, std::string target, std::string text = {}) {
    ClientRequest request{std::move(method), std::move(target), {}, std::move(text)};
    request.headers.push_back({"authorization", "Bearer secret"});
    request.headers.push_back({"content-type", "application/json"});
    return server_.ask(request);
  };
  EXPECT_EQ(ask("POST", "/v1/fine_tunings", body()).status, 403U)
      << "no model of a model that it may not use";
  EXPECT_THAT(ask("GET", "/v1/models").body, Not(HasSubstr("pirate")));
  const std::string chat =
      R"({"model":")" + one.fine_tuned_model + R"(","messages":[{"role":"user","content":"Hi"}]})";
  EXPECT_EQ(ask("POST", "/v1/chat/completions", chat).status, 403U);
  key.scope = service::KeyScope::parse("chat,files", "").value();
  server_.keys.replace({key});
  EXPECT_EQ(ask("GET", "/v1/fine_tunings").status, 403U);
  key.scope = service::KeyScope::parse("all", "ft:stories:*").value();
  server_.keys.replace({key});
  EXPECT_THAT(ask("GET", "/v1/models").body, HasSubstr("pirate"));
}

TEST(FineTunings, AreNotThereWithoutAStore) {
  LiveServer server;
  EXPECT_EQ(server.get("/v1/fine_tunings").status, 404U);
  const Reply chat =
      server.chat(R"({"model":"ft:stories:default/a-0","messages":[{"role":"user","content":"Hi"}]})");
  EXPECT_EQ(chat.status, 404U);
}

}  // namespace
}  // namespace peregrine::api
