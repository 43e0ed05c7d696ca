#include "speech/run/feed.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "speech/testing/test_sound.h"

namespace peregrine::speech::testing {
namespace {

constexpr std::uint32_t kFrames = 100;  // a window of one second
constexpr std::uint64_t kWindowSamples = std::uint64_t{kFrames} * sound::kMelHop;

class CountedWakeup final : public Wakeup {
 public:
  void nudge() override {
    const std::lock_guard lock(mutex_);
    ++nudges_;
    changed_.notify_all();
  }
  void await() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return nudges_ > 0; });
    --nudges_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int nudges_ = 0;
};

std::vector<float> noise(std::size_t n) {
  base::Rng rng(11);
  std::vector<float> samples(n);
  for (float& sample : samples) sample = static_cast<float>(rng.uniform() - 0.5);
  return samples;
}

sound::LogMel filters() {
  return sound::LogMel::create(kTones, tone_filters()).value();
}

class FeedTest : public ::testing::Test {
 protected:
  void start(std::vector<float> samples, TestSource::Plan plan = {}) {
    auto source = std::make_unique<TestSource>(std::move(samples), plan);
    source_ = source.get();
    sound::VadOptions vad;
    vad.enabled = false;
    feed_ = std::make_unique<Feed>(std::move(source), vad, filters(), kFrames, wakeup_);
  }
  Result<SoundWindow> window(std::uint64_t start) {
    feed_->ask(start);
    for (;;) {
      wakeup_->await();
      if (auto taken = feed_->take()) return std::move(*taken);
    }
  }

  std::shared_ptr<CountedWakeup> wakeup_ = std::make_shared<CountedWakeup>();
  TestSource* source_ = nullptr;
  std::unique_ptr<Feed> feed_;
};

TEST_F(FeedTest, WindowsAreThoseOfTheSoundAlone) {
  const std::vector<float> samples = noise(4 * kWindowSamples + 1234);
  start(samples);
  for (const std::uint64_t begin : {std::uint64_t{0}, std::uint64_t{320}, 9 * kWindowSamples / 10,
                                    2 * kWindowSamples, 4 * kWindowSamples, 4 * kWindowSamples + 960}) {
    const auto got = window(begin);
    ASSERT_TRUE(got);
    const std::size_t n = std::min(samples.size() - begin, kWindowSamples);
    EXPECT_EQ(got->start, begin);
    if (n < kMinWindowSamples) {
      EXPECT_EQ(got->samples, 0U);
      EXPECT_EQ(got->original, samples.size());
      continue;
    }
    EXPECT_EQ(got->samples, n);
    std::vector<float> expected(std::size_t{kTones} * kFrames);
    sound::LogMel alone = filters();
    alone.compute(std::span(samples).subspan(begin, n), kFrames, expected);
    EXPECT_EQ(got->mel, expected) << begin;
  }
}

TEST_F(FeedTest, TheNextWindowIsReadWhileTheLoopIsBusy) {
  start(noise(8 * kWindowSamples));
  ASSERT_TRUE(window(0));
  source_->await_read(2 * kWindowSamples);  // nobody has asked for it
  EXPECT_TRUE(window(kWindowSamples));
}

// How many of this process's threads yield to its others.
int threads_behind() {
  int behind = 0;
  const int usual = ::getpriority(PRIO_PROCESS, 0);
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) {
    const auto thread = static_cast<id_t>(std::stoul(entry.path().filename().string()));
    if (::getpriority(PRIO_PROCESS, thread) > usual) ++behind;
  }
  return behind;
}

TEST_F(FeedTest, OnlyTheFirstWindowIsReadInAHurry) {
  if (::getpriority(PRIO_PROCESS, 0) > 9) GTEST_SKIP() << "this process has stepped back already";
  const int before = threads_behind();
  start(noise(8 * kWindowSamples), {.blocks_at = kWindowSamples});
  source_->await_reader();
  EXPECT_EQ(threads_behind(), before);
  source_->open();
  ASSERT_TRUE(window(0));
  source_->await_read(2 * kWindowSamples);
  EXPECT_EQ(threads_behind(), before + 1);
}

TEST_F(FeedTest, EndsWhileTheNextWindowIsBeingRead) {
  start(noise(8 * kWindowSamples), {.blocks_at = 3 * kWindowSamples / 2});
  ASSERT_TRUE(window(0));
  source_->await_reader();
  feed_.reset();  // hangs where the reader is not woken
}

TEST_F(FeedTest, WhatTheSourceSaysEndsIt) {
  start(noise(8 * kWindowSamples), {.fails_at = 3 * kWindowSamples / 2});
  ASSERT_TRUE(window(0));
  const auto failed = window(kWindowSamples);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace peregrine::speech::testing
