#include "service/live/board.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <utility>
#include <vector>

namespace peregrine::service {
namespace {

using std::chrono::seconds;

// Long enough never to pass in a test: the board's thread looks once, at its start.
constexpr std::chrono::hours kNever{24};

ModelUse generating(std::string id, std::uint64_t prompt, std::uint64_t generated) {
  ModelUse use;
  use.status.id = std::move(id);
  use.engine.emplace();
  use.engine->prompt_tokens = prompt;
  use.engine->generated_tokens = generated;
  return use;
}

class Board : public ::testing::Test {
 protected:
  Board() {
    // The look at the start has happened when the board has a time to show.
    while (board_.latest().at == std::chrono::system_clock::time_point()) std::this_thread::yield();
  }
  void look_at(seconds after, std::vector<ModelUse> models) {
    {
      const std::lock_guard lock(mutex_);
      models_ = std::move(models);
    }
    board_.look(start_ + after);
  }
  TokenRates rates(std::size_t model = 0) const { return board_.latest().models.at(model).rates; }

  const LiveBoard::Clock::time_point start_ = LiveBoard::Clock::now() + seconds(10);
  std::mutex mutex_;
  std::vector<ModelUse> models_;
  LiveBoard board_{[this] {
                     const std::lock_guard lock(mutex_);
                     return models_;
                   },
                   kNever};
};

TEST_F(Board, RatesAreThoseOfTheLastTwoSeconds) {
  look_at(seconds(0), {generating("a", 100, 10)});
  look_at(seconds(1), {generating("a", 400, 20)});
  look_at(seconds(2), {generating("a", 400, 40)});
  EXPECT_DOUBLE_EQ(rates().prompt, 150) << "300 tokens in two seconds";
  EXPECT_DOUBLE_EQ(rates().generated, 15);
  look_at(seconds(3), {generating("a", 400, 60)});
  EXPECT_DOUBLE_EQ(rates().prompt, 0) << "what was before is forgotten";
  EXPECT_DOUBLE_EQ(rates().generated, 20);
}

TEST_F(Board, ModelsAreToldApartAndSummedUp) {
  look_at(seconds(0), {generating("a", 0, 0), generating("b", 0, 100)});
  look_at(seconds(2), {generating("b", 0, 104), generating("a", 20, 6)});
  EXPECT_DOUBLE_EQ(rates(0).generated, 2);
  EXPECT_DOUBLE_EQ(rates(1).generated, 3);
  EXPECT_DOUBLE_EQ(board_.latest().rates.generated, 5);
  EXPECT_DOUBLE_EQ(board_.latest().rates.prompt, 10);
}

TEST_F(Board, AModelThatWasLoadedAgainCountsAnew) {
  look_at(seconds(0), {generating("a", 1000, 1000)});
  look_at(seconds(2), {generating("a", 10, 10)});
  EXPECT_DOUBLE_EQ(rates().generated, 0);
  EXPECT_DOUBLE_EQ(rates().prompt, 0);
}

TEST_F(Board, ListenersHearOfEachPictureUntilTheyEnd) {
  std::atomic<int> heard = 0;
  {
    auto first = board_.listen([&] { ++heard; });
    ASSERT_TRUE(first);
    const LiveBoard::Listening moved = std::move(*first);
    look_at(seconds(0), {});
    EXPECT_EQ(heard, 1);
    look_at(seconds(1), {});
    EXPECT_EQ(heard, 2);
  }
  look_at(seconds(2), {});
  EXPECT_EQ(heard, 2);
}

TEST_F(Board, HasRoomForSoManyListeners) {
  std::vector<LiveBoard::Listening> listeners;
  for (std::size_t i = 0; i < LiveBoard::kMaxListeners; ++i) {
    auto one = board_.listen([] {});
    ASSERT_TRUE(one);
    listeners.push_back(std::move(*one));
  }
  EXPECT_FALSE(board_.listen([] {}));
  listeners.pop_back();
  EXPECT_TRUE(board_.listen([] {}));
}

}  // namespace
}  // namespace peregrine::service
