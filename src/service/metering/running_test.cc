#include "service/metering/running.h"

#include <gtest/gtest.h>

#include <memory>

#include "service/metering/metering.h"

namespace peregrine::service {
namespace {

std::shared_ptr<const ApiKey> some_key() {
  auto key = std::make_shared<ApiKey>();
  key->id = "key_1";
  key->organisation = "acme";
  return key;
}

TEST(Running, RequestsAreThereUntilTheyAreOver) {
  Metering metering;
  const auto first = metering.start(some_key(), "m", {"req_1", "/openai/v1/chat/completions", "flex"});
  auto second = metering.start(some_key(), "n", {"req_2", "/openai/v1/embeddings", "on_demand"});
  ASSERT_TRUE(first->admit({.prompt_tokens = 12, .most_completion_tokens = 5}));
  first->note_progress(3);
  const auto list = metering.running()->list(10);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0]->label.id, "req_1");
  EXPECT_EQ(list[0]->label.endpoint, "/openai/v1/chat/completions");
  EXPECT_EQ(list[0]->label.tier, "flex");
  EXPECT_EQ(list[0]->model, "m");
  EXPECT_EQ(list[0]->key, "key_1");
  EXPECT_EQ(list[0]->organisation, "acme");
  EXPECT_EQ(list[0]->prompt_tokens, 12U);
  EXPECT_EQ(list[0]->generated_tokens, 3U);
  EXPECT_EQ(list[1]->label.id, "req_2");
  EXPECT_EQ(metering.running()->list(1).size(), 1U);
  EXPECT_EQ(metering.running()->count(), 2U);
  first->finish({}, Meter::End::kServed);
  EXPECT_EQ(metering.running()->list(10).front()->label.id, "req_2");
  second.reset();
  EXPECT_EQ(metering.running()->count(), 0U) << "one that nobody has said the end of is over, too";
}

TEST(Running, SeveralMeteringsShareTheirs) {
  const Metering office;
  Metering batches;
  batches.run_beside(office);
  const auto line = batches.start(some_key(), "m");
  EXPECT_EQ(office.running()->count(), 1U);
}

}  // namespace
}  // namespace peregrine::service
