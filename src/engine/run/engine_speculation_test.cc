// Guessing ahead: the same tokens, in fewer steps.
#include <gmock/gmock.h>

#include "engine/spec/draft_gate.h"
#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

class SpeculationTest : public EngineTest {
 protected:
  double drafted() { return counter("peregrine_drafted_tokens_total"); }
  double accepted() { return counter("peregrine_accepted_draft_tokens_total"); }
};

TEST_F(SpeculationTest, SameTokensWhateverIsGuessed) {
  start();
  for (std::uint32_t alphabet = 1; alphabet <= 4; ++alphabet) {
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
      GenerationRequest request = babble(alphabet, 1 + static_cast<std::uint32_t>(seed * 17), seed);
      request.sampling.temperature = seed % 3 == 0 ? 0.0F : 0.5F * static_cast<float>(seed % 3);
      request.sampling.frequency_penalty = seed % 2 == 0 ? 0.3F : 0.0F;
      if (seed % 4 == 3) request.stop_tokens = {static_cast<TokenId>(alphabet - 1)};
      EXPECT_EQ(submit(request).rest().tokens, expected_completion(request)) << alphabet << ", " << seed;
    }
  }
  EXPECT_GT(accepted(), 100);
  EXPECT_GT(drafted(), accepted()) << "some guesses must have been wrong";
}

// Two models that agree wherever nothing is biased.
class DraftedTest : public SpeculationTest {
 protected:
  ~DraftedTest() override { engine_.reset(); }

  void start_drafted() {
    auto engine = Engine::start(model_, options_, budget_, metrics_, "m", &small_);
    ASSERT_TRUE(engine.has_value()) << engine.error().text();
    engine_ = std::move(*engine);
  }

  ScriptedModel small_{backend_, kContext};
};

TEST_F(DraftedTest, SameTokensWhateverTheModelGuesses) {
  start_drafted();
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    // In random text nothing comes again, so only the model has guesses; with a small alphabet its guesses
    // are wrong.
    GenerationRequest request = seed % 2 == 0 ? request_of(prompt_of(1 + seed * 9, seed), 60, seed)
                                              : babble(4, 1 + static_cast<std::uint32_t>(seed * 5), seed);
    request.sampling.temperature = 0.5F * static_cast<float>(seed % 3);
    request.sampling.frequency_penalty = seed % 5 == 0 ? 0.3F : 0.0F;
    EXPECT_EQ(submit(request).rest().tokens, expected_completion(request)) << seed;
  }
  EXPECT_GT(accepted(), 0) << "how many depends on what the gate makes of the times";
  EXPECT_GT(drafted(), accepted()) << "some guesses must have been wrong";
  settle();
  EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
}

TEST_F(DraftedTest, AModelThatIsRightSavesSteps) {
  options_.event_capacity = 1000;
  start_drafted();
  GenerationRequest request = request_of(prompt_of(40, 3), 12, 1);
  request.sampling.temperature = 0;
  EXPECT_EQ(submit(request).rest().tokens, expected_completion(request));
  EXPECT_EQ(accepted(), drafted());
  EXPECT_LT(model_.steps().size(), 12U);
  EXPECT_FALSE(small_.steps().empty());
}

TEST_F(DraftedTest, WithoutSpeculationItIsNotAsked) {
  options_.speculation = false;
  start_drafted();
  submit(request_of(prompt_of(40, 3), 12, 1)).rest();
  EXPECT_TRUE(small_.steps().empty());
  EXPECT_EQ(drafted(), 0);
}

TEST_F(DraftedTest, OneThatDoesNotFitTheBudgetIsRefused) {
  options_.kv_bytes = bytes_of_blocks(32);
  const auto taken =
      budget_.reserve(base::MemoryKind::kScratch,
                      budget_.available() - options_.kv_bytes - 64 * kScriptedVocab * 4 - 100, "");
  ASSERT_TRUE(taken.has_value());
  const std::uint64_t before = budget_.available();
  EXPECT_TRUE(Engine::start(model_, options_, budget_, metrics_, "m").has_value());
  const auto engine = Engine::start(model_, options_, budget_, metrics_, "m", &small_);
  ASSERT_FALSE(engine.has_value());
  EXPECT_EQ(engine.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(budget_.available(), before);
}

TEST_F(SpeculationTest, SameLogprobsToo) {
  GenerationRequest request = babble(2, 120, 5);
  request.sampling.temperature = 0.7F;
  request.sampling.top_logprobs = 3;
  const auto run = [&] {
    start();
    return submit(request).rest();
  };
  const Completion with = run();
  EXPECT_GT(accepted(), 0);
  options_.speculation = false;
  const double before = drafted();
  const Completion without = run();
  EXPECT_EQ(drafted(), before);
  ASSERT_EQ(with.tokens, without.tokens);
  for (std::size_t i = 0; i < with.logprobs.size(); ++i) {
    EXPECT_EQ(with.logprobs[i].chosen, without.logprobs[i].chosen);
    EXPECT_EQ(with.logprobs[i].top, without.logprobs[i].top);
  }
}

TEST_F(SpeculationTest, GuessesThatAreRightSaveSteps) {
  options_.event_capacity = 1000;
  start();
  EXPECT_EQ(submit(babble(1, 300, 1)).rest().tokens, std::vector<TokenId>(300, 0));
  EXPECT_LT(model_.steps().size(), 150U);
  EXPECT_EQ(accepted(), drafted());
}

TEST_F(SpeculationTest, SlowReadersSmallStepsAndTightCachesChangeNothing) {
  struct Shape {
    std::uint32_t step_tokens;
    std::uint32_t max_sequences;
    std::uint64_t blocks;
    std::uint32_t event_capacity;
  };
  for (const Shape& shape : {Shape{512, 64, 0, 1}, Shape{512, 64, 0, 3}, Shape{2, 2, 0, 100},
                             Shape{5, 1, 0, 100}, Shape{1, 1, 0, 100}, Shape{64, 4, 33, 100}}) {
    options_.step_tokens = shape.step_tokens;
    options_.max_sequences = shape.max_sequences;
    options_.kv_bytes = bytes_of_blocks(shape.blocks);
    options_.event_capacity = shape.event_capacity;
    start();
    // To the last token that the context holds.
    const GenerationRequest request = babble(2, kContext - 2, shape.step_tokens);
    EXPECT_EQ(submit(request).rest().tokens, expected_completion(request)) << shape.step_tokens;
    settle();
    EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
    engine_.reset();
  }
  EXPECT_GT(accepted(), 0);
}

TEST_F(SpeculationTest, OnlyWhoIsAloneGuesses) {
  options_.event_capacity = 1000;
  start();
  model_.hold();
  Reader one = submit(babble(1, 100, 1));
  Reader other = submit(babble(1, 100, 2));
  model_.release();
  one.rest();
  other.rest();
  for (const RecordedStep& step : model_.steps()) {
    if (step.slices.size() < 2) continue;
    for (const RecordedSlice& slice : step.slices) {
      EXPECT_TRUE(slice.start < 2 || slice.n_rows == 1) << slice.n_rows << " rows at " << slice.start;
    }
  }
}

TEST_F(SpeculationTest, NewcomersDoNotWaitForAnythingButTheStep) {
  options_.event_capacity = 1000;
  start();
  model_.hold();
  Reader alone = submit(babble(2, 300, 3));
  model_.await_held();
  model_.release(40);
  model_.await_held();
  const GenerationRequest request = babble(3, 50, 4);
  Reader newcomer = submit(request);
  model_.release();
  EXPECT_EQ(newcomer.rest().tokens, expected_completion(request));
  EXPECT_EQ(alone.rest().tokens, expected_completion(babble(2, 300, 3)));
}

// A row that computes a wrong guess may have any logits: nobody looks at them.
TEST_F(SpeculationTest, WrongGuessesCanDoNoHarm) {
  start();
  // Nothing but 3 can be said: after it the guess is the poison.
  GenerationRequest request = request_of({1, 2, 3, kPoison, 1, 2}, 8, 1);
  for (TokenId token = 0; token <= kPoison; ++token) {
    if (token != 3) request.sampling.logit_bias.emplace_back(token, -1e4F);
  }
  const Completion completion = submit(request).rest();
  EXPECT_EQ(completion.finished.reason, FinishReason::kLength);
  EXPECT_EQ(completion.tokens, expected_completion(request));
  EXPECT_GT(drafted(), 0);
}

TEST_F(SpeculationTest, CompletionsAreFoundInThePrefixCacheAfterwards) {
  start();
  const GenerationRequest first = babble(2, 200, 7);
  const std::vector<TokenId> tokens = submit(first).rest().tokens;
  GenerationRequest second = first;
  second.prompt.insert(second.prompt.end(), tokens.begin(), tokens.end());
  second.max_tokens = 40;
  const Completion completion = submit(second).rest();
  EXPECT_EQ(completion.finished.cached_tokens, (2U + 200U - 1U) / 16U * 16U);
  EXPECT_EQ(completion.tokens, expected_completion(second));
}

}  // namespace
}  // namespace peregrine::engine::testing
