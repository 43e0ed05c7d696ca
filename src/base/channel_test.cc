#include "base/channel.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <thread>

namespace peregrine::base {
namespace {

TEST(Channel, RefusesWhenFullAndSaysWhenThereIsRoom) {
  Channel<int> channel(2);
  int space = 0;
  channel.set_on_space([&] { ++space; });
  int a = 1;
  int b = 2;
  int c = 3;
  EXPECT_TRUE(channel.try_push(a));
  EXPECT_TRUE(channel.try_push(b));
  EXPECT_FALSE(channel.try_push(c));
  EXPECT_EQ(c, 3);
  EXPECT_EQ(channel.try_pop(), 1);
  EXPECT_EQ(space, 1);
  EXPECT_EQ(channel.try_pop(), 2);
  EXPECT_EQ(space, 1) << "nobody was refused since";
  EXPECT_EQ(channel.try_pop(), std::nullopt);
}

TEST(Channel, LastItemAlwaysFits) {
  Channel<int> channel(1);
  int a = 1;
  ASSERT_TRUE(channel.try_push(a));
  channel.push_last(2);
  EXPECT_EQ(channel.try_pop(), 1);
  EXPECT_EQ(channel.try_pop(), 2);
}

TEST(Channel, NothingIsLostBetweenThreads) {
  constexpr int kItems = 20000;
  Channel<int> channel(8);
  std::mutex mutex;
  std::condition_variable changed;
  bool ready = false;
  bool space = true;
  const auto raise = [&](bool& flag) {
    const std::lock_guard lock(mutex);
    flag = true;
    changed.notify_all();
  };
  const auto await = [&](bool& flag) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return flag; });
    flag = false;
  };
  channel.set_on_ready([&] { raise(ready); });
  channel.set_on_space([&] { raise(space); });
  std::thread producer([&] {
    for (int i = 0; i < kItems; ++i) {
      while (!channel.try_push(i)) await(space);
    }
    channel.push_last(kItems);
  });
  for (int expected = 0; expected <= kItems;) {
    while (auto item = channel.try_pop()) ASSERT_EQ(*item, expected++);
    if (expected <= kItems) await(ready);
  }
  producer.join();
}

}  // namespace
}  // namespace peregrine::base
