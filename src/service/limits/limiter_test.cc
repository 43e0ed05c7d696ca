#include "service/limits/limiter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace peregrine::service {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

// A clock that a test moves.
class Limiting : public ::testing::Test {
 protected:
  static Account account(const std::string& key_limits, const std::string& organisation_limits = "") {
    Account out;
    out.key = "key_1";
    out.organisation = "acme";
    out.model = "m";
    out.of_key = parse_limits(key_limits).value();
    out.of_organisation = parse_limits(organisation_limits).value();
    return out;
  }
  bool admits(const Account& account, Cost cost = {.requests = 1}) { return !limiter_.admit(account, cost); }

  Bucket::TimePoint now_{hours(1)};
  Limiter limiter_{[this] { return now_; }};
};

TEST_F(Limiting, LetsThroughWhatTheLimitHasAndTellsWhenThereIsMore) {
  const Account a = account("rpm=3");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(admits(a)) << i;
  const auto refusal = limiter_.admit(a, {.requests = 1});
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->kind, LimitKind::kRequestsPerMinute);
  EXPECT_EQ(refusal->limit, 3);
  EXPECT_EQ(refusal->used, 3);
  EXPECT_EQ(refusal->requested, 1);
  EXPECT_FALSE(refusal->never);
  EXPECT_EQ(refusal->retry_after, seconds(20));
  now_ += seconds(20) - nanoseconds(1);
  EXPECT_FALSE(admits(a));
  now_ += nanoseconds(1);
  EXPECT_TRUE(admits(a));
  EXPECT_FALSE(admits(a));
}

TEST_F(Limiting, ARefusedRequestTakesNothing) {
  const Account a = account("rpm=10,tpm=100");
  EXPECT_TRUE(admits(a, {.requests = 1, .tokens = 90}));
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(admits(a, {.requests = 1, .tokens = 11}));
  EXPECT_EQ(limiter_.remaining(a, LimitKind::kRequestsPerMinute)->remaining, 9);
  EXPECT_TRUE(admits(a, {.requests = 1, .tokens = 10}));
}

TEST_F(Limiting, WhatIsLargerThanTheLimitNeverFits) {
  const Account a = account("tpm=100,rpm=1");
  const auto refusal = limiter_.admit(a, {.requests = 1, .tokens = 101});
  ASSERT_TRUE(refusal);
  EXPECT_TRUE(refusal->never);
  EXPECT_EQ(refusal->kind, LimitKind::kTokensPerMinute);
  EXPECT_EQ(refusal->requested, 101);
  EXPECT_TRUE(admits(a, {.requests = 1, .tokens = 100}));
  // Although the request would have to wait, too, what never fits is told.
  EXPECT_TRUE(limiter_.admit(a, {.requests = 1, .tokens = 101})->never);
}

TEST_F(Limiting, TellsTheLongestWait) {
  const Account a = account("rpm=1,rpd=1");
  EXPECT_TRUE(admits(a));
  const auto refusal = limiter_.admit(a, {.requests = 1});
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->kind, LimitKind::kRequestsPerDay);
  EXPECT_EQ(refusal->retry_after, hours(24));
}

TEST_F(Limiting, TokensThatWereNotUsedComeBackAndOthersAreOwed) {
  const Account a = account("tpm=1000");
  const Cost reserved{.requests = 1, .tokens = 1000};
  EXPECT_TRUE(admits(a, reserved));
  limiter_.settle(a, reserved, {.requests = 1, .tokens = 300});
  EXPECT_EQ(limiter_.remaining(a, LimitKind::kTokensPerMinute)->remaining, 700);
  const Cost small{.requests = 1, .tokens = 700};
  EXPECT_TRUE(admits(a, small));
  limiter_.settle(a, small, {.requests = 1, .tokens = 1700});
  const auto left = limiter_.remaining(a, LimitKind::kTokensPerMinute);
  EXPECT_EQ(left->remaining, 0);
  EXPECT_EQ(left->reset, minutes(2));
  now_ += minutes(1);
  EXPECT_FALSE(admits(a, {.requests = 1, .tokens = 1}));
  now_ += milliseconds(60);
  EXPECT_TRUE(admits(a, {.requests = 1, .tokens = 1}));
}

TEST_F(Limiting, AudioSecondsAreLimitedPerHourAndDay) {
  const Account a = account("ash=7200,asd=28800");
  const Cost hour{.requests = 1, .audio_seconds = 3600};
  EXPECT_TRUE(admits(a, hour));
  EXPECT_TRUE(admits(a, hour));
  EXPECT_EQ(limiter_.admit(a, hour)->kind, LimitKind::kAudioSecondsPerHour);
  int admitted = 2;
  for (int i = 0; i < 24; ++i, now_ += minutes(30)) admitted += admits(a, hour) ? 1 : 0;
  EXPECT_EQ(admitted, 11);  // 8 at once, and 3.8 that run off in 11.5 hours
}

TEST_F(Limiting, KeysAndModelsAreCountedApartAndOrganisationsTogether) {
  Account one = account("rpm=2", "rpm=3");
  Account two = one;
  two.key = "key_2";
  Account other_model = one;
  other_model.model = "n";
  EXPECT_TRUE(admits(one));
  EXPECT_TRUE(admits(one));
  EXPECT_FALSE(admits(one));
  EXPECT_TRUE(admits(two));
  EXPECT_FALSE(admits(two)) << "the organisation has used its three";
  EXPECT_TRUE(admits(other_model));
}

TEST_F(Limiting, ALimitThatChangesCountsFromThenOn) {
  EXPECT_TRUE(admits(account("rpm=10"), {.requests = 10}));
  EXPECT_FALSE(admits(account("rpm=10")));
  EXPECT_TRUE(admits(account("rpm=11")));
  EXPECT_FALSE(admits(account("rpm=5")));
  EXPECT_TRUE(admits(account("")));
}

TEST_F(Limiting, WithoutLimitsNothingIsKept) {
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(admits(account(""), {.requests = 1, .tokens = 1 << 30}));
  EXPECT_EQ(limiter_.size(), 0U);
  EXPECT_EQ(limiter_.remaining(account(""), LimitKind::kTokensPerMinute), std::nullopt);
}

TEST_F(Limiting, IdleAccountsAreForgotten) {
  Account a = account("rpm=1");
  for (int i = 0; i < 20'000; ++i) {
    a.model = fmt::format("m{}", i);
    EXPECT_TRUE(admits(a));
    now_ += seconds(1);
  }
  EXPECT_LT(limiter_.size(), 2000U);
  EXPECT_FALSE(admits(a, {.requests = 1})) << "what counts is not forgotten";
}

// Against a second reckoning, of every single amount that was ever taken: within any window the limiter lets
// through at most twice the limit, and over the whole time the limit per window besides one burst.
TEST_F(Limiting, NeverLetsMoreThroughThanABurstAndTheRate) {
  std::mt19937_64 random(11);
  for (int round = 0; round < 20; ++round) {
    const std::int64_t limit = 1 + static_cast<std::int64_t>(random() % 50);
    Account a = account(fmt::format("tpm={}", limit));
    a.model = fmt::format("m{}", round);
    const Bucket::TimePoint begin = now_;
    std::int64_t taken = 0;
    for (int i = 0; i < 2000; ++i) {
      now_ += milliseconds(random() % 2000);
      const auto wanted = static_cast<std::int64_t>(1 + random() % static_cast<std::uint64_t>(limit));
      const bool admitted = admits(a, {.requests = 1, .tokens = wanted});
      const long double minutes_passed =
          std::chrono::duration<long double, std::ratio<60>>(now_ - begin).count();
      const auto allowed = static_cast<long double>(limit) * (1 + minutes_passed);
      if (admitted) taken += wanted;
      ASSERT_LE(static_cast<long double>(taken), allowed + 1e-9L);
    }
    // It is not stingy either: whoever always asks for one gets nearly all.
    const Bucket::TimePoint again = now_ += minutes(1);
    std::int64_t got = 0;
    for (int i = 0; i < 3000; ++i, now_ += milliseconds(100)) got += admits(a, {.requests = 1, .tokens = 1});
    const std::int64_t windows = (now_ - again) / minutes(1);
    EXPECT_GE(got, limit * windows) << limit;
  }
}

TEST_F(Limiting, TheWaitThatItTellsIsEnoughAndNoLonger) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 500; ++i) {
    const std::int64_t limit = 1 + static_cast<std::int64_t>(random() % 1'000'000'000'000);
    Account a = account(fmt::format("tpd={}", limit));
    a.model = fmt::format("m{}", i);
    const auto some = [&] {
      return 1 + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(limit));
    };
    EXPECT_TRUE(admits(a, {.requests = 1, .tokens = some()}));
    const Cost next{.requests = 1, .tokens = some()};
    const auto refusal = limiter_.check(a, next);
    if (!refusal) continue;
    now_ += refusal->retry_after - nanoseconds(1);
    EXPECT_TRUE(limiter_.check(a, next)) << limit;
    now_ += nanoseconds(1);
    EXPECT_FALSE(limiter_.check(a, next)) << limit;
  }
}

// All at once, by a clock that stands: exactly what the limits have, of requests and of tokens.
TEST_F(Limiting, TwoHundredThreadsGetExactlyTheLimit) {
  constexpr int kThreads = 200;
  const Account by_requests = account("rpm=137");
  Account by_tokens = account("tpm=1000", "tpm=995");
  by_tokens.model = "n";
  std::atomic<int> requests = 0;
  std::atomic<int> sevens = 0;
  std::barrier start(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      for (int i = 0; i < 20; ++i) {
        if (admits(by_requests)) ++requests;
        if (admits(by_tokens, {.requests = 1, .tokens = 7})) ++sevens;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(requests, 137);
  EXPECT_EQ(sevens, 995 / 7);
}

TEST(DurationText, IsThatOfGo) {
  const std::vector<std::pair<nanoseconds, std::string>> table = {
      {nanoseconds(0), "0s"},
      {nanoseconds(-5), "0s"},
      {nanoseconds(1), "1ms"},
      {milliseconds(14), "14ms"},
      {milliseconds(999), "999ms"},
      {seconds(1), "1s"},
      {milliseconds(1328), "1.328s"},
      {milliseconds(7660), "7.66s"},
      {seconds(6), "6s"},
      {seconds(60), "1m0s"},
      {milliseconds(179'560), "2m59.56s"},
      {hours(1), "1h0m0s"},
      {seconds(3723), "1h2m3s"},
      {hours(24), "24h0m0s"},
      {seconds(3) + nanoseconds(1), "3.001s"},
  };
  for (const auto& [duration, text] : table) EXPECT_EQ(duration_text(duration), text);
}

}  // namespace
}  // namespace peregrine::service
