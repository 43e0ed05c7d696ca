// Token events to text deltas, with scripted generations over a real tokenizer.
#include "service/chat/chat_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace peregrine::service {
namespace {

const std::filesystem::path kModel =
    std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests" / "golden" / "models" / "llama-spm-q8_0.gguf";

// Plays a list of events; an empty slot means "nothing for now" once.
class Script final : public engine::Generation {
 public:
  explicit Script(std::deque<std::optional<engine::Event>> events, bool* cancelled = nullptr)
      : events_(std::move(events)), cancelled_(cancelled) {}
  std::optional<engine::Event> poll() override {
    if (events_.empty()) return std::nullopt;
    std::optional<engine::Event> event = std::move(events_.front());
    events_.pop_front();
    return event;
  }
  void on_ready(std::function<void()>) override {}
  void cancel() override {
    if (cancelled_ != nullptr) *cancelled_ = true;
  }

 private:
  std::deque<std::optional<engine::Event>> events_;
  bool* cancelled_;
};

engine::Finished finished(engine::FinishReason reason) {
  engine::Finished f;
  f.reason = reason;
  f.prompt_tokens = 5;
  f.cached_tokens = 3;
  f.queue_seconds = 0.25;
  f.prompt_seconds = 0.5;
  f.completion_seconds = 1.5;
  return f;
}

struct Outcome {
  std::vector<std::string> texts;  // by choice
  std::vector<std::optional<ChatFinishReason>> reasons;
  std::vector<TokenLogprob> logprobs;
  std::optional<Usage> usage;
  std::optional<Error> error;
};

class ChatStreamTest : public testing::Test {
 protected:
  ChatStreamTest() {
    TextGenerator generator;
    generator.text = std::move(*load_text_side(kModel));
    text_ = generator.text.get();
    model_.kind = std::move(generator);
  }

  std::vector<engine::TokenId> encode(const std::string& text) {
    return *text_->tokenizer->encode(text, {.add_special = false, .parse_special = false});
  }

  // The tokens of `text`, with log-probabilities -1, -2, ...
  std::deque<std::optional<engine::Event>> tokens(const std::string& text, engine::FinishReason reason) {
    std::deque<std::optional<engine::Event>> events;
    float logprob = 0;
    for (const engine::TokenId token : encode(text)) {
      logprob -= 1;
      events.emplace_back(engine::TokenEvent{token, engine::TokenLogprobs{logprob, {}}});
    }
    events.emplace_back(finished(reason));
    return events;
  }

  Outcome run(std::vector<std::unique_ptr<engine::Generation>> generations,
              const std::vector<std::string>& stop) {
    Outcome outcome;
    outcome.texts.resize(generations.size());
    outcome.reasons.resize(generations.size());
    AnswerPlan plan;
    plan.format = text_->chat.format;
    plan.stop = stop;
    EngineChatStream stream(ModelLease(model_), std::move(generations), std::move(plan), 7, std::nullopt);
    for (int silent = 0; silent < 100;) {
      const auto event = stream.poll();
      if (!event) {
        ++silent;
      } else if (const auto* delta = std::get_if<TextDelta>(&*event)) {
        EXPECT_FALSE(outcome.reasons[delta->choice]) << "text after the end of a choice";
        outcome.texts[delta->choice] += delta->text;
        outcome.logprobs.insert(outcome.logprobs.end(), delta->logprobs.begin(), delta->logprobs.end());
      } else if (const auto* end = std::get_if<ChoiceFinished>(&*event)) {
        outcome.reasons[end->choice] = end->reason;
      } else if (const auto* done = std::get_if<ChatDone>(&*event)) {
        outcome.usage = done->usage;
      } else {
        outcome.error = std::get<ChatFailed>(*event).error;
      }
    }
    return outcome;
  }

  Outcome run_one(std::deque<std::optional<engine::Event>> events, const std::vector<std::string>& stop = {},
                  bool* cancelled = nullptr) {
    std::vector<std::unique_ptr<engine::Generation>> generations;
    generations.push_back(std::make_unique<Script>(std::move(events), cancelled));
    return run(std::move(generations), stop);
  }

  LoadedModel model_;
  const TextSide* text_ = nullptr;
};

TEST_F(ChatStreamTest, TextReasonAndUsageArrive) {
  const Outcome outcome = run_one(tokens("the cat sat", engine::FinishReason::kLength));
  // The first word of an answer keeps the space that the vocabulary puts before it.
  EXPECT_EQ(outcome.texts[0], " the cat sat");
  EXPECT_EQ(outcome.reasons[0], ChatFinishReason::kLength);
  ASSERT_TRUE(outcome.usage);
  EXPECT_EQ(outcome.usage->prompt_tokens, 5U);
  EXPECT_EQ(outcome.usage->cached_tokens, 3U);
  EXPECT_EQ(outcome.usage->completion_tokens, encode("the cat sat").size());
  EXPECT_EQ(outcome.logprobs.size(), encode("the cat sat").size());
  EXPECT_FALSE(outcome.error);
}

TEST_F(ChatStreamTest, StopSequenceEndsTheAnswerAndTheGeneration) {
  bool cancelled = false;
  auto events = tokens("the cat sat on the mat", engine::FinishReason::kCancelled);
  const Outcome outcome = run_one(events, {"at sa"}, &cancelled);
  EXPECT_EQ(outcome.texts[0], " the c");
  EXPECT_EQ(outcome.reasons[0], ChatFinishReason::kStop);
  EXPECT_TRUE(cancelled);
  ASSERT_TRUE(outcome.usage) << "a stop is no failure, though the generation was cancelled";
  EXPECT_LT(outcome.usage->completion_tokens, encode("the cat sat on the mat").size());
  // One log-probability for each token that has at least a byte in the answer, in order.
  std::string covered;
  for (const TokenLogprob& logprob : outcome.logprobs) covered += logprob.chosen.bytes;
  EXPECT_GE(covered.size(), outcome.texts[0].size());
  ASSERT_FALSE(outcome.logprobs.empty());
  EXPECT_LT(covered.size() - outcome.logprobs.back().chosen.bytes.size(), outcome.texts[0].size());
}

TEST_F(ChatStreamTest, HeldBackTextComesOutAtTheEnd) {
  const Outcome outcome = run_one(tokens("the cat", engine::FinishReason::kStop), {"cats"});
  EXPECT_EQ(outcome.texts[0], " the cat");
  EXPECT_EQ(outcome.reasons[0], ChatFinishReason::kStop);
  EXPECT_EQ(outcome.logprobs.size(), encode("the cat").size());
}

TEST_F(ChatStreamTest, BrokenCharactersBecomeReplacementsOnlyAtTheEnd) {
  // The vocabulary spells an emoji in byte tokens; the answer ends inside it.
  auto events = tokens("a\xF0\x9F\x9A\x80", engine::FinishReason::kLength);
  events.erase(events.end() - 2);  // the last byte
  const Outcome outcome = run_one(events);
  EXPECT_TRUE(outcome.texts[0].ends_with("a\xEF\xBF\xBD")) << outcome.texts[0];
}

TEST_F(ChatStreamTest, ChoicesAreKeptApartAndUsageIsTheirSum) {
  std::vector<std::unique_ptr<engine::Generation>> generations;
  auto slow = tokens("on the mat", engine::FinishReason::kStop);
  slow.insert(slow.begin(), 3, std::nullopt);
  generations.push_back(std::make_unique<Script>(slow));
  generations.push_back(std::make_unique<Script>(tokens("the cat", engine::FinishReason::kLength)));
  const Outcome outcome = run(std::move(generations), {});
  EXPECT_THAT(outcome.texts, testing::ElementsAre(" on the mat", " the cat"));
  EXPECT_EQ(outcome.reasons[0], ChatFinishReason::kStop);
  EXPECT_EQ(outcome.reasons[1], ChatFinishReason::kLength);
  EXPECT_EQ(outcome.usage->completion_tokens, encode("on the mat").size() + encode("the cat").size());
  EXPECT_EQ(outcome.usage->prompt_tokens, 5U);
}

TEST_F(ChatStreamTest, AFailureEndsTheStreamWithoutUsage) {
  const Outcome failed = run_one(tokens("the", engine::FinishReason::kFailed));
  ASSERT_TRUE(failed.error);
  EXPECT_EQ(failed.error->code, ErrorCode::kInternal);
  EXPECT_FALSE(failed.usage);
  const Outcome stopped = run_one(tokens("the", engine::FinishReason::kCancelled));
  ASSERT_TRUE(stopped.error);
  EXPECT_EQ(stopped.error->code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace peregrine::service
