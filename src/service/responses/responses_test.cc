#include "service/responses/responses.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "store/database.h"
#include "store/responses/sqlite_response_store.h"
#include "store/testing/folder.h"

namespace peregrine::service {
namespace {

class ResponsesTest : public ::testing::Test {
 protected:
  Status add(const std::string& id, const std::string& previous = {}, bool finished = true,
             const std::string& item = "x") {
    store::StoredResponse response;
    response.id = id;
    response.previous_id = previous;
    response.finished = finished;
    response.input = {{"msg_" + id, item}};
    return responses_.add(std::move(response));
  }

  store::testing::Folder folder_;
  std::unique_ptr<store::Database> database_ = std::move(*store::Database::open(folder_.path()));
  store::SqliteResponseStore store_{*database_, {}};
  Responses responses_{&store_};
};

TEST_F(ResponsesTest, AChainIsOldestFirst) {
  ASSERT_TRUE(add("a") && add("b", "a") && add("c", "b"));
  const auto chain = responses_.chain("c", "");
  ASSERT_TRUE(chain) << chain.error().text();
  ASSERT_EQ(chain->size(), 3U);
  EXPECT_EQ((*chain)[0].id, "a");
  EXPECT_EQ((*chain)[2].id, "c");
}

TEST_F(ResponsesTest, ABrokenChainNamesWhatIsMissing) {
  ASSERT_TRUE(add("a") && add("b", "a") && add("c", "b"));
  ASSERT_TRUE(*responses_.remove("a", ""));
  const auto chain = responses_.chain("c", "");
  ASSERT_FALSE(chain);
  EXPECT_EQ(chain.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(chain.error().where, "a");
  EXPECT_EQ(responses_.chain("c", "somebody else").error().where, "c");
}

TEST_F(ResponsesTest, AChainIsBounded) {
  // A ring, as only a tampered database has it.
  ASSERT_TRUE(add("a", "b") && add("b", "a"));
  EXPECT_EQ(responses_.chain("a", "").error().code, ErrorCode::kResourceExhausted);
  const std::string large(kMaxChainBytes / 2, 'x');
  ASSERT_TRUE(add("c", "", true, large) && add("d", "c", true, large));
  EXPECT_TRUE(responses_.chain("c", ""));
  EXPECT_TRUE(responses_.chain("d", ""));
  ASSERT_TRUE(add("e", "d"));
  EXPECT_EQ(responses_.chain("e", "").error().code, ErrorCode::kResourceExhausted);
}

TEST_F(ResponsesTest, OneThatIsBeingMadeCannotBeContinued) {
  ASSERT_TRUE(add("a", "", false));
  auto run = responses_.start("a", "", [] {});
  EXPECT_EQ(responses_.chain("a", "").error().code, ErrorCode::kUnavailable);
  // Interrupted: what there was of it is there.
  run.reset();
  EXPECT_TRUE(responses_.chain("a", ""));
}

TEST_F(ResponsesTest, CancellingReachesTheRunAndWaitsForItsEnd) {
  int told = 0;
  auto run = responses_.start("a", "alice", [&] { ++told; });
  EXPECT_TRUE(responses_.running("a"));
  EXPECT_EQ(responses_.cancel("a", "bob"), nullptr);
  EXPECT_EQ(responses_.cancel("b", "alice"), nullptr);
  EXPECT_FALSE(run->cancelled());
  const auto first = responses_.cancel("a", "alice");
  const auto second = responses_.cancel("a", "alice");
  ASSERT_TRUE(first && second);
  EXPECT_EQ(told, 1);
  EXPECT_TRUE(run->cancelled());
  int ended = 0;
  first->on_ready([&] { ++ended; });
  EXPECT_EQ(first->poll(), std::nullopt);
  run->end("body");
  EXPECT_EQ(ended, 1);
  EXPECT_EQ(first->poll(), "body");
  second->on_ready([&] { ++ended; });
  EXPECT_EQ(ended, 2);
  // Too late.
  EXPECT_EQ(responses_.cancel("a", "alice"), nullptr);
  run.reset();
  EXPECT_FALSE(responses_.running("a"));
  EXPECT_EQ(second->poll(), "body");
}

TEST_F(ResponsesTest, ARunThatIsGivenUpEndsWithoutABody) {
  auto run = responses_.start("a", "", [] {});
  const auto cancellation = responses_.cancel("a", "");
  run.reset();
  EXPECT_EQ(cancellation->poll(), "");
}

TEST(ResponsesWithoutAStore, KeepNothing) {
  Responses responses(nullptr);
  EXPECT_FALSE(responses.keeps());
  EXPECT_EQ(responses.add({}).error().code, ErrorCode::kUnsupported);
  EXPECT_FALSE(*responses.find("a", ""));
  EXPECT_FALSE(*responses.remove("a", ""));
  EXPECT_EQ(responses.chain("a", "").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace peregrine::service
