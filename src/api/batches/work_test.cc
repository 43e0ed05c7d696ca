// Lines of batches, asked of the routes in the program itself.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "api/batches/batches.h"
#include "api/chat/wire.h"
#include "api/testing/scripted_chat.h"
#include "engine/generation.h"

namespace peregrine::api {
namespace {

// A client that chose the flex tier goes before lines, which are asked at the same tier.
TEST(BatchWork, LinesGoBehindWhatClientsAsk) {
  const service::KeyRing keys;
  base::Metrics metrics;
  const std::atomic<Readiness> readiness = Readiness::kReady;
  service::Responses responses(nullptr);
  std::atomic<engine::Priority> asked = engine::Priority::kNormal;
  Services services{{}, {}, {}, {}, {}, {}, keys, metrics, readiness, &responses};
  services.open_model = [](std::string_view) { return std::make_unique<testing::ScriptedWait>(nullptr); };
  services.start_chat = [&](const service::ChatRequest& request,
                            const service::ModelLease&) -> Result<std::unique_ptr<service::ChatStream>> {
    asked = request.priority;
    return fail(ErrorCode::kInvalidArgument, "enough", "model");
  };
  const auto work = make_batch_work(services, {});
  for (const std::string request :
       {R"("url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"Hi"}],)",
        R"("url":"/v1/responses","body":{"input":"Hi",)"}) {
    SCOPED_TRACE(request);
    asked = engine::Priority::kNormal;
    const auto line = work->read(R"({"custom_id":"a","method":"POST",)" + request + R"("model":"stories"}})");
    ASSERT_TRUE(line.has_value()) << line.error().message;
    std::promise<service::LineOutcome> answered;
    auto outcome = answered.get_future();
    const auto key = std::make_shared<const service::ApiKey>(service::configured_key("k", false));
    const auto errand =
        work->start(*line, key, [&](service::LineOutcome came) { answered.set_value(std::move(came)); });
    ASSERT_EQ(outcome.wait_for(testing::kPatience), std::future_status::ready);
    EXPECT_NE(outcome.get().text.find("enough"), std::string::npos);
    EXPECT_EQ(asked, engine::Priority::kBatch);
  }
  const auto call =
      parse_chat_call(R"({"model":"m","service_tier":"flex","messages":[{"role":"user","content":"Hi"}]})");
  ASSERT_TRUE(call.has_value());
  EXPECT_EQ(call->request.priority, engine::Priority::kFlex);
}

}  // namespace
}  // namespace peregrine::api
