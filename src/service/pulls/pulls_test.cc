#include "service/pulls/pulls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

namespace peregrine::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::chrono::seconds kLimit{20};

// A fetch that goes on as long as the test lets it.
class Office {
 public:
  PullOffice office() {
    PullOffice made;
    made.check = [](const PullOrder& order) -> Status {
      if (order.source == "bad") return fail(ErrorCode::kInvalidArgument, "is no model", "source");
      return {};
    };
    made.fetch = [this](const PullOrder& order, const PullObserver& observer) {
      return fetch(order, observer);
    };
    made.folder = "/models";
    made.clock = [this] { return ++time_; };
    return made;
  }
  void let_finish() { finish_ = true; }

  PullProgress progress = [] {
    PullProgress some;
    some.stage = hub::Stage::kDownloading;
    some.file = "m.gguf";
    some.file_number = 1;
    some.file_count = 1;
    some.done = 40;
    some.total = 100;
    return some;
  }();
  std::optional<Error> failure;
  std::atomic<int> fetched = 0;

 private:
  Result<PulledModel> fetch(const PullOrder& order, const PullObserver& observer) {
    ++fetched;
    while (!finish_) {
      if (!observer(progress)) return fail(ErrorCode::kCancelled, "stopped");
      std::this_thread::yield();
    }
    if (failure) return tl::unexpected(*failure);
    return PulledModel{"model-" + order.source, "/models/m.gguf", 100, false};
  }

  std::atomic<bool> finish_ = false;
  std::atomic<std::int64_t> time_ = 1000;
};

class PullsTest : public ::testing::Test {
 protected:
  PullRecord ordered(const std::string& source) { return pulls_.order({source, ""}).value(); }
  // The record once `state` is reached.
  PullRecord when(const std::string& id, PullState state) {
    const auto end = std::chrono::steady_clock::now() + kLimit;
    while (std::chrono::steady_clock::now() < end) {
      const auto record = pulls_.find(id);
      if (record && record->state == state && (state != PullState::kRunning || record->total != 0))
        return *record;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "never came to " << pull_state_name(state);
    return {};
  }

  Office office_;
  Pulls pulls_{office_.office()};
};

TEST_F(PullsTest, TellHowFarTheyAreAndWhatTheyBecame) {
  const PullRecord order = ordered("gemma2");
  EXPECT_THAT(order.id, ::testing::StartsWith("pull_"));
  EXPECT_EQ(order.source, "gemma2");
  const PullRecord running = when(order.id, PullState::kRunning);
  EXPECT_EQ(running.stage, hub::Stage::kDownloading);
  EXPECT_EQ(running.file, "m.gguf");
  EXPECT_EQ(running.done, 40U);
  EXPECT_EQ(running.total, 100U);
  EXPECT_TRUE(pulls_.fetches("m.gguf"));
  EXPECT_FALSE(pulls_.fetches("other.gguf"));
  office_.let_finish();
  const PullRecord done = when(order.id, PullState::kDone);
  EXPECT_EQ(done.model, "model-gemma2");
  EXPECT_EQ(done.done, 100U);
  EXPECT_GT(done.ended_at, done.created_at);
  EXPECT_FALSE(pulls_.fetches("m.gguf"));
}

TEST_F(PullsTest, OneRunsAtATimeAndTheNewestIsListedFirst) {
  const PullRecord first = ordered("a");
  when(first.id, PullState::kRunning);
  const PullRecord second = ordered("b");
  EXPECT_EQ(second.state, PullState::kQueued);
  const auto list = pulls_.list();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].id, second.id);
  EXPECT_EQ(list[1].id, first.id);
  office_.let_finish();
  when(second.id, PullState::kDone);
  EXPECT_EQ(office_.fetched, 2);
}

TEST_F(PullsTest, TheSameOrderTwiceIsOnePull) {
  const PullRecord first = ordered("a");
  EXPECT_EQ(ordered("a").id, first.id);
  office_.let_finish();
  when(first.id, PullState::kDone);
  EXPECT_NE(ordered("a").id, first.id) << "what is over may be ordered again";
}

TEST_F(PullsTest, AreCancelledWhileTheyRunOrWait) {
  const PullRecord running = ordered("a");
  when(running.id, PullState::kRunning);
  const PullRecord waiting = ordered("b");
  EXPECT_EQ(pulls_.cancel(waiting.id)->state, PullState::kCancelled);
  EXPECT_EQ(pulls_.cancel(running.id)->state, PullState::kCancelled);
  const PullRecord next = ordered("c");
  when(next.id, PullState::kRunning);
  EXPECT_EQ(office_.fetched, 2) << "what was cancelled while it waited is never begun";
  EXPECT_EQ(pulls_.find(running.id)->state, PullState::kCancelled);
  EXPECT_FALSE(pulls_.cancel("pull_x"));
  office_.let_finish();
  when(next.id, PullState::kDone);
  EXPECT_EQ(pulls_.cancel(next.id)->state, PullState::kDone) << "it is over";
}

TEST_F(PullsTest, FailuresAreToldWithoutPathsAndSignatures) {
  office_.failure = Error{ErrorCode::kIo, "is there already", "/models/m.gguf"};
  const PullRecord order = ordered("https://host/m.gguf?signature=secret");
  EXPECT_EQ(order.source, "https://host/m.gguf");
  office_.let_finish();
  const PullRecord failed = when(order.id, PullState::kFailed);
  EXPECT_EQ(failed.error, "m.gguf: is there already");
  EXPECT_EQ(pulls_.order({"bad", ""}).error().where, "source");
}

TEST_F(PullsTest, SoManyMayWaitAndSoManyAreRemembered) {
  const PullRecord first = ordered("first");
  when(first.id, PullState::kRunning);
  for (std::size_t i = 0; i < Pulls::kMaxQueued; ++i) ordered(std::to_string(i));
  const auto refused = pulls_.order({"one more", ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
  for (const PullRecord& one : pulls_.list()) pulls_.cancel(one.id);
  for (std::size_t i = 0; i < 2 * Pulls::kMaxKept; ++i) pulls_.cancel(ordered(std::to_string(i)).id);
  EXPECT_LE(pulls_.list().size(), Pulls::kMaxKept + 1);
  EXPECT_FALSE(pulls_.find(first.id));
}

TEST_F(PullsTest, EndWithTheServer) {
  const PullRecord running = ordered("a");
  when(running.id, PullState::kRunning);
  const PullRecord waiting = ordered("b");
  pulls_.stop();
  EXPECT_EQ(pulls_.find(running.id)->state, PullState::kCancelled);
  EXPECT_EQ(pulls_.find(waiting.id)->state, PullState::kCancelled);
  EXPECT_EQ(pulls_.order({"c", ""}).error().code, ErrorCode::kUnavailable);
  pulls_.stop();
}

}  // namespace
}  // namespace peregrine::service
