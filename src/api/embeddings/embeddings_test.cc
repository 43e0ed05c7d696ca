#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <condition_variable>
#include <cstring>
#include <limits>
#include <mutex>
#include <ostream>

#include "api/embeddings/base64.h"
#include "api/embeddings/wire.h"
#include "api/testing/live_server.h"

namespace peregrine::api {
namespace {

using service::Embeddings;
using service::EmbeddingsRequest;
using service::PendingEmbeddings;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::LiveServer;
using testing::Reply;

Reply post(const LiveServer& server, std::string body, std::string type = "application/json") {
  return server.ask({"POST", "/openai/v1/embeddings", {{"content-type", std::move(type)}}, std::move(body)});
}

TEST(Base64, OfEveryLength) {
  const auto of = [](std::initializer_list<float> values) {
    std::string out;
    append_base64(out, std::vector<float>(values));
    return out;
  };
  EXPECT_EQ(of({}), "");
  EXPECT_EQ(of({1.0F}), "AACAPw==");
  EXPECT_EQ(of({1.0F, -2.0F}), "AACAPwAAAMA=");
  EXPECT_EQ(of({1.0F, -2.0F, 0.1F}), "AACAPwAAAMDNzMw9");
}

TEST(EmbeddingsParse, EveryKindOfInput) {
  const auto parse = [](const std::string& input) {
    return parse_embeddings_call(R"({"model":"m","input":)" + input + "}");
  };
  using Tokens = std::vector<model::TokenId>;
  auto call = parse(R"("text")");
  ASSERT_TRUE(call);
  EXPECT_FALSE(call->list);
  EXPECT_EQ(call->encoding, VectorEncoding::kFloat);
  EXPECT_FALSE(call->request.dimensions);
  EXPECT_THAT(call->request.inputs, ElementsAre(EmbeddingsRequest::Input("text")));
  call = parse(R"(["a","b"])");
  ASSERT_TRUE(call);
  EXPECT_TRUE(call->list);
  EXPECT_THAT(call->request.inputs,
              ElementsAre(EmbeddingsRequest::Input("a"), EmbeddingsRequest::Input("b")));
  call = parse("[5,0,2147483647]");
  ASSERT_TRUE(call);
  EXPECT_FALSE(call->list);
  EXPECT_THAT(call->request.inputs, ElementsAre(EmbeddingsRequest::Input(Tokens{5, 0, 2147483647})));
  call = parse("[[1],[2,3]]");
  ASSERT_TRUE(call);
  EXPECT_TRUE(call->list);
  EXPECT_THAT(call->request.inputs,
              ElementsAre(EmbeddingsRequest::Input(Tokens{1}), EmbeddingsRequest::Input(Tokens{2, 3})));
}

TEST(EmbeddingsParse, OptionsAndNull) {
  auto call = parse_embeddings_call(
      R"({"model":"m","input":"x","encoding_format":"base64","dimensions":256.0,"user":"u"})");
  ASSERT_TRUE(call) << call.error().text();
  EXPECT_EQ(call->encoding, VectorEncoding::kBase64);
  EXPECT_EQ(call->request.dimensions, 256U);
  call = parse_embeddings_call(
      R"({"model":"m","input":"x","encoding_format":null,"dimensions":null,"user":null})");
  ASSERT_TRUE(call) << call.error().text();
  EXPECT_EQ(call->encoding, VectorEncoding::kFloat);
}

struct Refusal {
  std::string body;
  std::string where;
  std::string message;

  friend void PrintTo(const Refusal& row, std::ostream* out) { *out << row.body; }
};

TEST(EmbeddingsParse, Refusals) {
  const std::string long_list = "[" + [] {
    std::string items = "\"a\"";
    for (std::size_t i = 0; i < service::kMaxEmbeddingInputs; ++i) items += ",\"a\"";
    return items;
  }() + "]";
  const auto with_input = [](const std::string& input) { return R"({"model":"m","input":)" + input + "}"; };
  for (const Refusal& row : std::vector<Refusal>{
           {"", "", "empty"},
           {"[]", "", "object"},
           {R"({"input":"x"})", "model", "model"},
           {R"({"model":"m"})", "input", "input"},
           {R"({"model":"","input":"x"})", "model", "'model' : minimum string length is 1"},
           {R"({"model":7,"input":"x"})", "model", "'model' : value must be a string"},
           {R"({"model":"m","input":"x","inputs":"x"})", "", "property 'inputs' is unsupported"},
           {R"({"model":"m","input":"x","dimension":1})", "", "did you mean 'dimensions'?"},
           {R"({"model":"m","input":"x","encoding_format":"hex"})", "encoding_format", "'encoding_format'"},
           {R"({"model":"m","input":"x","encoding_format":1})", "encoding_format", "'encoding_format'"},
           {R"({"model":"m","input":"x","dimensions":0})", "dimensions", "'dimensions'"},
           {R"({"model":"m","input":"x","dimensions":1.5})", "dimensions", "'dimensions'"},
           {R"({"model":"m","input":"x","dimensions":"64"})", "dimensions", "'dimensions'"},
           {R"({"model":"m","input":"x","user":{}})", "user", "'user' : value must be a string"},
           {with_input("null"), "input", "'input'"},
           {with_input("true"), "input", "'input' : value must be a string or an array"},
           {with_input("{}"), "input", "'input' : value must be a string or an array"},
           {with_input(R"("")"), "input", "'input' : minimum string length is 1"},
           {with_input("[]"), "input", "'input'"},
           {with_input(R"(["a",""])"), "input[1]", "'input.1' : minimum string length is 1"},
           {with_input(R"(["a",1])"), "input[1]", "'input.1' : value must be a string"},
           {with_input(R"([1,"a"])"), "input[1]", "'input.1'"},
           {with_input("[1,-1]"), "input[1]", "'input.1'"},
           {with_input("[1.5]"), "input[0]", "'input.0'"},
           {with_input("[4294967296]"), "input[0]", "'input.0'"},
           {with_input("[[]]"), "input[0]", "'input.0'"},
           {with_input("[[1],[]]"), "input[1]", "'input.1'"},
           {with_input(R"([[1],["a"]])"), "input[1][0]", "'input.1.0'"},
           {with_input(R"([[1],"a"])"), "input[1]", "'input.1'"},
           {with_input("[null]"), "input[0]", "'input.0'"},
           {with_input("[[[1]]]"), "input[0][0]", "'input.0.0'"},
           {with_input(long_list), "input", "'input'"},
           {with_input('"' + std::string(kMaxEmbeddingInputBytes + 1, 'a') + '"'), "input",
            "'input' : maximum string length is 1048576"},
       }) {
    const auto call = parse_embeddings_call(row.body);
    ASSERT_FALSE(call) << ::testing::PrintToString(row);
    EXPECT_EQ(call.error().code, ErrorCode::kInvalidArgument);
    EXPECT_THAT(call.error().message, HasSubstr(row.message));
    if (!row.where.empty()) {
      EXPECT_EQ(call.error().where, row.where) << row.body.substr(0, 80);
    }
  }
}

TEST(EmbeddingsRender, BothEncodings) {
  EmbeddingsCall call;
  call.request.model = "Nomic";
  const Embeddings embeddings{.dimensions = 2, .values = {1.0F, -2.0F, 0.1F, 0.0F}, .prompt_tokens = 7};
  EXPECT_EQ(render_embeddings(call, embeddings),
            R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,-2]},)"
            R"({"object":"embedding","index":1,"embedding":[0.1,0]}],"model":"Nomic",)"
            R"("usage":{"prompt_tokens":7,"total_tokens":7}})");
  call.encoding = VectorEncoding::kBase64;
  EXPECT_EQ(render_embeddings(call, embeddings),
            R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAMA="},)"
            R"({"object":"embedding","index":1,"embedding":"zczMPQAAAAA="}],"model":"Nomic",)"
            R"("usage":{"prompt_tokens":7,"total_tokens":7}})");
}

// A pending answer that is there when the test says so. Thread-safe.
struct Stage {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<Result<Embeddings>> result;
  std::function<void()> ready;
  bool given_up = false;

  void answer(Result<Embeddings> with) {
    const std::lock_guard lock(mutex);
    result = std::move(with);
    if (ready) ready();
  }
  template <class Condition>
  bool wait(Condition condition) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, testing::kPatience, condition);
  }
};

class StagedEmbeddings final : public PendingEmbeddings {
 public:
  explicit StagedEmbeddings(std::shared_ptr<Stage> stage) : stage_(std::move(stage)) {}
  StagedEmbeddings(const StagedEmbeddings&) = delete;
  StagedEmbeddings& operator=(const StagedEmbeddings&) = delete;
  ~StagedEmbeddings() override {
    const std::lock_guard lock(stage_->mutex);
    stage_->ready = nullptr;
    stage_->given_up = true;
    stage_->changed.notify_all();
  }
  std::optional<Result<Embeddings>> poll() override {
    const std::lock_guard lock(stage_->mutex);
    return std::exchange(stage_->result, std::nullopt);
  }
  void on_ready(std::function<void()> callback) override {
    const std::lock_guard lock(stage_->mutex);
    stage_->ready = std::move(callback);
    stage_->changed.notify_all();
    if (stage_->result) stage_->ready();
  }

 private:
  std::shared_ptr<Stage> stage_;
};

constexpr const char* kBody = R"({"model":"Nomic","input":["a","b"]})";

class EmbeddingsRoute : public ::testing::Test {
 protected:
  EmbeddingsRoute() {
    server_.on_embed = [this](const EmbeddingsRequest&) {
      return std::make_unique<StagedEmbeddings>(stage_);
    };
  }
  void refuse_with(Error error) {
    server_.on_embed = [error](const EmbeddingsRequest&) -> Result<std::unique_ptr<PendingEmbeddings>> {
      return tl::unexpected(error);
    };
  }

  std::shared_ptr<Stage> stage_ = std::make_shared<Stage>();
  LiveServer server_;
};

TEST_F(EmbeddingsRoute, AnswersUnderBothPathsWithTheCommonHeaders) {
  for (const char* path : {"/openai/v1/embeddings", "/v1/embeddings"}) {
    stage_->answer(Embeddings{.dimensions = 1, .values = {1.0F, 1.0F}, .prompt_tokens = 4});
    const Reply reply = server_.ask({"POST", path, {}, kBody});
    ASSERT_EQ(reply.status, 200U) << reply.body;
    EXPECT_EQ(reply.headers.get("content-type"), "application/json");
    EXPECT_TRUE(reply.headers.contains("x-request-id"));
    EXPECT_EQ(boost::json::parse(reply.body).at("data").as_array().size(), 2U);
  }
  EXPECT_EQ(server_.get("/v1/embeddings").status, 405U);
}

TEST_F(EmbeddingsRoute, ErrorsFromBelow) {
  struct Row {
    Error error;
    unsigned status;
    const char* body;
  };
  for (const Row& row : {
           Row{{ErrorCode::kInvalidArgument, "no", "model"},
               400,
               R"({"error":{"message":"no","type":"invalid_request_error","param":"model"}})"},
           Row{{ErrorCode::kResourceExhausted, "too long", "input[1]"},
               400,
               R"({"error":{"message":"too long","type":"invalid_request_error",)"
               R"("code":"context_length_exceeded","param":"input[1]"}})"},
           Row{{ErrorCode::kUnavailable, "full", ""},
               503,
               R"({"error":{"message":"Service Unavailable: full","type":"internal_server_error"}})"},
           Row{{ErrorCode::kInternal, "secret", ""},
               500,
               R"({"error":{"message":"Internal Server Error","type":"internal_server_error"}})"},
       }) {
    refuse_with(row.error);
    const Reply reply = post(server_, kBody);
    EXPECT_EQ(reply.status, row.status);
    EXPECT_EQ(reply.body, row.body);
  }
}

TEST_F(EmbeddingsRoute, TheOnlyInputHasNoIndex) {
  refuse_with({ErrorCode::kResourceExhausted, "too long", "input[0]"});
  EXPECT_THAT(post(server_, R"({"model":"m","input":"a"})").body, HasSubstr(R"("param":"input"})"));
  EXPECT_THAT(post(server_, R"({"model":"m","input":["a"]})").body, HasSubstr(R"("param":"input[0]"})"));
}

TEST_F(EmbeddingsRoute, AnAnswerThatFailsLater) {
  stage_->answer(fail(ErrorCode::kInternal, "secret"));
  const Reply reply = post(server_, kBody);
  EXPECT_EQ(reply.status, 500U);
  EXPECT_EQ(reply.body, R"({"error":{"message":"Internal Server Error","type":"internal_server_error"}})");
}

TEST_F(EmbeddingsRoute, UnknownModelsAndOtherTypes) {
  EXPECT_EQ(post(server_, kBody, "text/plain").status, 400U);
  server_.on_open = [](std::string_view) { return fail(ErrorCode::kNotFound, "no model", "model"); };
  const Reply reply = post(server_, kBody);
  EXPECT_EQ(reply.status, 404U);
  EXPECT_THAT(reply.body, HasSubstr("The model `Nomic` does not exist"));
  server_.readiness = Readiness::kDraining;
  EXPECT_EQ(post(server_, kBody).status, 503U);
}

TEST_F(EmbeddingsRoute, WaitsForItsModel) {
  const auto gate = std::make_shared<testing::Gate>();
  server_.on_open = [gate](std::string_view) { return std::make_unique<testing::ScriptedWait>(gate); };
  stage_->answer(Embeddings{.dimensions = 1, .values = {1.0F}, .prompt_tokens = 1});
  testing::Client client(server_.port());
  client.send({"POST", "/v1/embeddings", {}, kBody});
  ASSERT_TRUE(gate->wait_for_reader());
  gate->open();
  EXPECT_EQ(client.read().status, 200U);

  const auto other = std::make_shared<testing::Gate>();
  server_.on_open = [other](std::string_view) { return std::make_unique<testing::ScriptedWait>(other); };
  testing::Client leaver(server_.port());
  leaver.send({"POST", "/v1/embeddings", {}, kBody});
  ASSERT_TRUE(other->wait_for_reader());
  leaver.close();
  EXPECT_TRUE(other->wait_ended());
}

TEST_F(EmbeddingsRoute, AClientThatGoesTakesTheWorkWithIt) {
  testing::Client client(server_.port());
  client.send({"POST", "/v1/embeddings", {}, kBody});
  ASSERT_TRUE(stage_->wait([this] { return stage_->ready != nullptr; }));
  client.close();
  EXPECT_TRUE(stage_->wait([this] { return stage_->given_up; }));
}

}  // namespace
}  // namespace peregrine::api
