#include "service/metering/metering.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/metering/metered_chat.h"
#include "store/usage/testing/memory_usage_store.h"

namespace peregrine::service {
namespace {

constexpr std::int64_t kDay = 20'000;

// Says what it was given, and then nothing.
class Script final : public ChatStream {
 public:
  Script(std::deque<ChatEvent> events, std::uint32_t tokens) : events_(std::move(events)), tokens_(tokens) {}
  std::optional<ChatEvent> poll() override {
    if (events_.empty()) return std::nullopt;
    ChatEvent event = std::move(events_.front());
    events_.pop_front();
    return event;
  }
  void on_ready(std::function<void()> callback) override { callback(); }
  std::uint64_t seed() const override { return 1; }
  const std::string& fingerprint() const override { return fingerprint_; }
  std::uint32_t completion_tokens() const override { return tokens_; }

 private:
  std::deque<ChatEvent> events_;
  std::uint32_t tokens_;
  std::string fingerprint_ = "fp_0";
};

class MeteringTest : public ::testing::Test {
 protected:
  MeteringTest() {
    key_->id = "key_1";
    key_->organisation = "acme";
    LimitRules rules;
    rules.defaults = parse_limits("rpm=100,tpm=1000").value();
    metering_.replace_rules(rules);
  }
  std::shared_ptr<Meter> meter() { return metering_.start(key_, "m"); }
  std::int64_t tokens_left() { return left(LimitKind::kTokensPerMinute); }
  std::int64_t requests_left() { return left(LimitKind::kRequestsPerMinute); }
  store::UsageAmounts noted() {
    store::UsageQuery query;
    query.first_day = query.last_day = kDay;
    query.most = 10;
    const auto rows = ledger_.sum(query).value();
    if (rows.empty()) return {};
    EXPECT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].key, "key_1");
    EXPECT_EQ(rows[0].organisation, "acme");
    EXPECT_EQ(rows[0].model, "m");
    return rows[0].amounts;
  }
  static Demand demand(std::uint64_t prompt, std::uint64_t completion, bool capped) {
    return {
        .prompt_tokens = prompt, .most_completion_tokens = completion, .capped = capped, .audio_seconds = 0};
  }

  // By a meter of its own, which ends, and so counts, after the test.
  std::int64_t left(LimitKind kind) {
    probes_.push_back(meter());
    return probes_.back()->remaining(kind)->remaining;
  }

  std::shared_ptr<ApiKey> key_ = std::make_shared<ApiKey>();
  store::testing::MemoryUsageStore store_;
  UsageLedger ledger_{store_, std::chrono::hours(24)};
  Metering metering_{
      {}, &ledger_, [] { return Bucket::TimePoint(std::chrono::hours(1)); }, [] { return kDay * 86400 + 5; }};
  std::vector<std::shared_ptr<Meter>> probes_;
};

TEST_F(MeteringTest, PromptAndCapAreTakenAndCorrectedByWhatWasUsed) {
  const auto one = meter();
  ASSERT_TRUE(one->admit(demand(100, 500, true)));
  EXPECT_EQ(tokens_left(), 400);
  one->finish({.prompt_tokens = 100, .cached_tokens = 80, .completion_tokens = 30, .audio_seconds = 0},
              Meter::End::kServed);
  EXPECT_EQ(tokens_left(), 950) << "cached tokens are free";
  EXPECT_EQ(noted(), (store::UsageAmounts{1, 0, 100, 80, 30, 0}));
}

TEST_F(MeteringTest, ACapOfTheClientMayBeTooLarge) {
  const auto one = meter();
  EXPECT_FALSE(one->admit(demand(100, 901, true)));
  ASSERT_TRUE(one->refusal());
  EXPECT_TRUE(one->refusal()->never);
  EXPECT_EQ(one->refusal()->requested, 1001);
  EXPECT_EQ(requests_left(), 100);
}

TEST_F(MeteringTest, WhatIsNotCappedNeverMakesARequestTooLarge) {
  const auto one = meter();
  EXPECT_TRUE(one->admit(demand(100, 100'000, false)));
  EXPECT_EQ(tokens_left(), 0);
  const auto two = meter();
  EXPECT_FALSE(two->admit(demand(1, 1, false)));
  EXPECT_FALSE(two->refusal()->never);
  const auto large = meter();
  EXPECT_FALSE(large->admit(demand(1001, 1, false)));
  EXPECT_TRUE(large->refusal()->never) << "the prompt alone is";
}

TEST_F(MeteringTest, ACompletionThatNobodyCappedIsTakenAsTheUsualOne) {
  LimitRules rules;
  rules.defaults = parse_limits("tpm=100000,rpm=1").value();
  metering_.replace_rules(rules);
  const auto one = meter();
  EXPECT_TRUE(one->admit(demand(10, 50'000, false)));
  EXPECT_EQ(tokens_left(), 100'000 - 10 - static_cast<std::int64_t>(kAssumedCompletionTokens));
}

TEST_F(MeteringTest, WhoIsRefusedCountsAsAnErrorOfNoTokens) {
  static_cast<void>(meter()->admit(demand(5000, 0, true)));
  EXPECT_EQ(noted(), (store::UsageAmounts{1, 1, 0, 0, 0, 0}));
  EXPECT_EQ(tokens_left(), 1000);
}

TEST_F(MeteringTest, RequestsAreCheckedWithoutTakingOne) {
  LimitRules rules;
  rules.defaults = parse_limits("rpm=1").value();
  metering_.replace_rules(rules);
  const auto one = meter();
  EXPECT_TRUE(one->check());
  EXPECT_TRUE(one->check());
  EXPECT_TRUE(one->admit(demand(1, 1, true)));
  const auto two = meter();
  EXPECT_FALSE(two->check());
  EXPECT_EQ(two->refusal()->kind, LimitKind::kRequestsPerMinute);
}

TEST_F(MeteringTest, AChatThatEndsSettlesAtOnce) {
  const auto one = meter();
  ASSERT_TRUE(one->admit(demand(100, 500, true)));
  ChatDone done;
  done.usage.prompt_tokens = 100;
  done.usage.cached_tokens = 64;
  done.usage.completion_tokens = 7;
  MeteredChat chat(std::make_unique<Script>(std::deque<ChatEvent>{TextDelta{}, done}, 7), one);
  EXPECT_TRUE(chat.poll());
  EXPECT_EQ(tokens_left(), 400);
  EXPECT_TRUE(chat.poll());
  EXPECT_EQ(tokens_left(), 1000 - 36 - 7);
  EXPECT_EQ(noted(), (store::UsageAmounts{1, 0, 100, 64, 7, 0}));
}

TEST_F(MeteringTest, AChatThatIsGivenUpPaysForWhatItHad) {
  {
    const auto one = meter();
    ASSERT_TRUE(one->admit(demand(100, 500, true)));
    const MeteredChat chat(std::make_unique<Script>(std::deque<ChatEvent>{}, 11), one);
  }
  EXPECT_EQ(tokens_left(), 1000 - 111);
  EXPECT_EQ(noted(), (store::UsageAmounts{1, 0, 100, 0, 11, 0}));
}

TEST_F(MeteringTest, AChatThatBreaksIsAnError) {
  const auto one = meter();
  ASSERT_TRUE(one->admit(demand(100, 500, true)));
  MeteredChat chat(std::make_unique<Script>(std::deque<ChatEvent>{ChatFailed{}}, 3), one);
  EXPECT_TRUE(chat.poll());
  EXPECT_EQ(noted(), (store::UsageAmounts{1, 1, 100, 0, 3, 0}));
}

TEST_F(MeteringTest, NewRulesHoldForNewRequestsAndForgetNothing) {
  ASSERT_TRUE(meter()->admit(demand(0, 0, true)));
  EXPECT_EQ(requests_left(), 99);
  LimitRules rules;
  rules.defaults = parse_limits("rpm=2").value();
  metering_.replace_rules(rules);
  EXPECT_EQ(requests_left(), 1);
  EXPECT_EQ(metering_.limits_of(*key_).text(), "rpm=2");
}

TEST_F(MeteringTest, AudioIsAdmittedAndNotedInSeconds) {
  LimitRules rules;
  rules.defaults = parse_limits("ash=60").value();
  metering_.replace_rules(rules);
  const auto one = meter();
  ASSERT_TRUE(one->admit({.audio_seconds = 50}));
  one->finish({.audio_seconds = 50}, Meter::End::kServed);
  const auto two = meter();
  EXPECT_FALSE(two->admit({.audio_seconds = 11}));
  EXPECT_EQ(two->refusal()->kind, LimitKind::kAudioSecondsPerHour);
  const auto three = meter();
  EXPECT_FALSE(three->admit({.audio_seconds = 61}));
  EXPECT_TRUE(three->refusal()->never);
  EXPECT_EQ(noted().audio_seconds, 50);
}

}  // namespace
}  // namespace peregrine::service
