#include "service/responses/request.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace peregrine::service {
namespace {

class NoStream : public ChatStream {
 public:
  std::optional<ChatEvent> poll() override { return std::nullopt; }
  void on_ready(std::function<void()>) override {}
  std::uint64_t seed() const override { return 0; }
  const std::string& fingerprint() const override { return fingerprint_; }

 private:
  std::string fingerprint_;
};

ResponseRequest conversation(std::size_t questions) {
  ResponseRequest request;
  request.instructions = "rules";
  request.truncate = true;
  for (std::size_t i = 0; i < questions; ++i) {
    request.items.emplace_back(MessageItem{.id = {}, .role = Role::kUser, .texts = {fmt::format("q{}", i)}});
    request.items.emplace_back(MessageItem{.id = {}, .role = Role::kAssistant, .texts = {"a"}});
  }
  request.items.emplace_back(MessageItem{.id = {}, .role = Role::kUser, .texts = {"last"}});
  return request;
}

// A chat whose context holds `room` messages.
struct Context {
  Result<std::unique_ptr<ChatStream>> operator()(const ChatRequest& request) {
    ++tries;
    taken = request.messages;
    if (taken.size() > room) return fail(ErrorCode::kResourceExhausted, "too long");
    return std::make_unique<NoStream>();
  }
  std::size_t room;
  int tries = 0;
  std::vector<ChatMessage> taken = {};
};

TEST(StartResponse, WhatFitsIsLeftAsItIs) {
  Context context{100};
  ASSERT_TRUE(start_response(conversation(3), std::ref(context)));
  EXPECT_EQ(context.tries, 1);
  EXPECT_EQ(context.taken.size(), 1U + 3U * 2U + 1U);
}

TEST(StartResponse, WithoutTruncationTooLongIsAnError) {
  Context context{4};
  ResponseRequest request = conversation(3);
  request.truncate = false;
  const auto started = start_response(std::move(request), std::ref(context));
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(context.tries, 1);
}

TEST(StartResponse, DropsAsLittleAsItMust) {
  for (std::size_t room = 2; room <= 14; room += 2) {
    Context context{room};
    ASSERT_TRUE(start_response(conversation(6), std::ref(context)));
    EXPECT_EQ(context.taken.size(), room);
    EXPECT_EQ(context.taken.front().content, "rules");
    EXPECT_EQ(context.taken.back().content, "last");
  }
}

TEST(StartResponse, ALongConversationTakesFewTriesAndLosesLittle) {
  Context context{200};
  ASSERT_TRUE(start_response(conversation(5000), std::ref(context)));
  EXPECT_LT(context.tries, 100);
  EXPECT_EQ(context.taken.back().content, "last");
  // 4,901 of the 5,000 had to go; an eighth more would be too many, and there the last turn alone remains.
  Context half{5000};
  ASSERT_TRUE(start_response(conversation(5000), std::ref(half)));
  EXPECT_GT(half.taken.size(), 5000U - 2U * 2600U / 8U);
}

TEST(StartResponse, TheLastTurnAloneMayBeTooLong) {
  Context context{1};
  const auto started = start_response(conversation(40), std::ref(context));
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(context.taken.size(), 2U);  // everything that may go was tried without
}

TEST(StartResponse, OtherErrorsEndIt) {
  int tries = 0;
  const auto started = start_response(conversation(3), [&](const ChatRequest&) {
    ++tries;
    return Result<std::unique_ptr<ChatStream>>(fail(ErrorCode::kUnavailable, "full"));
  });
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(tries, 1);
}

}  // namespace
}  // namespace peregrine::service
