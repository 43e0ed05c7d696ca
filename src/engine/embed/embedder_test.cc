#include "engine/embed/embedder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "base/rng.h"
#include "engine/testing/outcome.h"
#include "engine/testing/scripted_encoder.h"

namespace peregrine::engine {
namespace {

using model::OutputKind;
using model::Pooling;
using model::TokenId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::kEncoderWidth;
using testing::kPoison;
using testing::kScriptedVocab;
using testing::ScriptedEncoder;
using testing::TokenBackend;
using Inputs = std::vector<EmbedInput>;

// By definition: one token after the other, in double.
std::vector<double> expected_vector(const EmbedInput& input, OutputKind output, Pooling pooling) {
  const std::size_t width = output == OutputKind::kScore ? 1 : kEncoderWidth;
  std::vector<double> sums(width, 0.0);
  double count = 0;
  for (std::uint32_t i = 0; i < input.tokens.size(); ++i) {
    if (pooling == Pooling::kFirst && i != 0) continue;
    if (pooling == Pooling::kLast && i + 1 != input.tokens.size()) continue;
    const TokenId segment = input.second_text != 0 && i >= input.second_text ? 1 : 0;
    for (std::uint32_t c = 0; c < width; ++c) {
      sums[c] += static_cast<double>(ScriptedEncoder::value_of(input.tokens, i, segment, c));
    }
    count += 1;
  }
  double squares = 0;
  for (double& sum : sums) {
    sum /= count;
    squares += sum * sum;
  }
  if (output == OutputKind::kScore) return sums;
  for (double& sum : sums) sum /= std::sqrt(squares);
  return sums;
}

Inputs random_inputs(std::size_t n, std::uint32_t longest, std::uint64_t seed) {
  base::Rng rng(seed);
  Inputs inputs(n);
  for (EmbedInput& input : inputs) {
    const std::size_t length = 1 + rng.next() % longest;
    for (std::size_t i = 0; i < length; ++i) {
      input.tokens.push_back(static_cast<TokenId>(rng.next() % (kScriptedVocab - 1)));
    }
    if (length > 2) input.second_text = static_cast<std::uint32_t>(rng.next() % length);
  }
  return inputs;
}

Inputs copies(std::size_t n, TokenId token, std::size_t length = 1) {
  return Inputs(n, EmbedInput{std::vector<TokenId>(length, token)});
}

class EmbedderTest : public ::testing::Test {
 protected:
  ~EmbedderTest() override {
    if (model_) model_->release();
  }

  void start(EmbedderOptions options = {}, OutputKind output = OutputKind::kEmbedding,
             Pooling pooling = Pooling::kMean) {
    make_model(output, pooling);
    auto started = Embedder::start(*model_, options, budget_, metrics_, "m");
    ASSERT_TRUE(started) << started.error().text();
    embedder_ = std::move(*started);
  }
  void make_model(OutputKind output, Pooling pooling) {
    embedder_.reset();
    model_ = std::make_unique<ScriptedEncoder>(backend_, kContext, output, pooling);
  }

  std::unique_ptr<EmbedJob> submit(Inputs inputs) {
    auto job = embedder_->submit(std::move(inputs));
    if (!job) ADD_FAILURE() << job.error().text();
    return job ? std::move(*job) : nullptr;
  }
  Error refusal(Inputs inputs) {
    const auto job = embedder_->submit(std::move(inputs));
    return job ? Error{} : job.error();
  }
  static Result<EmbedResult> wait(EmbedJob& job) { return testing::outcome(job); }
  EmbedResult embed(Inputs inputs) {
    const auto job = submit(std::move(inputs));
    auto result = wait(*job);
    if (!result) ADD_FAILURE() << result.error().text();
    return result.value_or(EmbedResult{});
  }
  double counter(const std::string& name) { return metrics_.counter(name, "", {{"model", "m"}}).Value(); }

  static constexpr std::uint32_t kContext = 100;
  base::MemoryBudget budget_{std::uint64_t{1} << 26};
  base::Metrics metrics_;
  TokenBackend backend_{budget_};
  std::unique_ptr<ScriptedEncoder> model_;
  std::unique_ptr<Embedder> embedder_;
};

TEST_F(EmbedderTest, VectorsAreWhatTheDefinitionSays) {
  for (const Pooling pooling : {Pooling::kMean, Pooling::kFirst, Pooling::kLast}) {
    for (const std::uint32_t step_tokens : {1U, 7U, 64U, 1000U}) {
      start({.step_tokens = step_tokens}, OutputKind::kEmbedding, pooling);
      const Inputs inputs = random_inputs(200, 30, step_tokens);
      const EmbedResult result = embed(inputs);
      ASSERT_EQ(result.width, kEncoderWidth);
      ASSERT_EQ(result.values.size(), inputs.size() * kEncoderWidth);
      std::uint64_t tokens = 0;
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        tokens += inputs[i].tokens.size();
        const std::vector<double> expected = expected_vector(inputs[i], OutputKind::kEmbedding, pooling);
        for (std::size_t c = 0; c < kEncoderWidth; ++c) {
          EXPECT_NEAR(result.values[i * kEncoderWidth + c], expected[c], 1e-6);
        }
      }
      EXPECT_EQ(result.tokens, tokens);
    }
  }
}

TEST_F(EmbedderTest, ScoresAreLogitsOfTheFirstRow) {
  start({}, OutputKind::kScore, Pooling::kFirst);
  const Inputs inputs = random_inputs(50, 30, 3);
  const EmbedResult result = embed(inputs);
  ASSERT_EQ(result.width, 1U);
  ASSERT_EQ(embedder_->width(), 1U);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    EXPECT_FLOAT_EQ(
        result.values[i],
        static_cast<float>(expected_vector(inputs[i], OutputKind::kScore, Pooling::kFirst).front()));
  }
}

TEST_F(EmbedderTest, StepsAreFullAndTakenInTurn) {
  start({.step_tokens = 4});
  model_->hold();
  const auto first = submit(copies(1, 90));
  model_->await_held();  // what follows waits together
  const auto many = submit(copies(6, 1));
  const auto pair = submit(copies(2, 2));
  const auto wide = submit(copies(1, 3, 3));
  const auto longest = submit(copies(1, 4, 50));
  EXPECT_EQ(embedder_->queued_inputs(), 10U);
  model_->release();
  for (const auto& job : {&many, &pair, &wide, &longest}) EXPECT_TRUE(wait(**job));
  EXPECT_THAT(model_->steps(), ElementsAre(ElementsAre(90), ElementsAre(1, 2), ElementsAre(3), ElementsAre(4),
                                           ElementsAre(1, 2, 1, 1), ElementsAre(1, 1)));
}

TEST_F(EmbedderTest, AnInputLongerThanAStepHasItsOwn) {
  start({.step_tokens = 8});
  const EmbedInput input{.tokens = std::vector<TokenId>(kContext, 7)};
  const std::vector<double> expected = expected_vector(input, OutputKind::kEmbedding, Pooling::kMean);
  const EmbedResult result = embed({input});
  for (std::size_t c = 0; c < kEncoderWidth; ++c) EXPECT_NEAR(result.values[c], expected[c], 1e-6);
}

TEST_F(EmbedderTest, RefusesWhatItCannotDo) {
  start();
  const auto expect = [&](Inputs inputs, ErrorCode code, const char* where, const char* message) {
    const Error error = refusal(std::move(inputs));
    EXPECT_EQ(error.code, code) << error.text();
    EXPECT_EQ(error.where, where);
    EXPECT_THAT(error.message, HasSubstr(message));
  };
  expect({}, ErrorCode::kInvalidArgument, "inputs", "at least one");
  expect({{{1}}, {{}}}, ErrorCode::kInvalidArgument, "inputs[1]", "at least one token");
  expect({{{1, -1}}}, ErrorCode::kInvalidArgument, "inputs[0]", "token -1 is not in the vocabulary of 97");
  expect({{{97}}}, ErrorCode::kInvalidArgument, "inputs[0]", "token 97");
  expect(copies(1, 1, kContext + 1), ErrorCode::kResourceExhausted, "inputs[0]", "101 tokens");
}

TEST_F(EmbedderTest, NumbersThatAreNoneAreAnErrorOfThatJobAlone) {
  start();
  model_->hold();
  const auto first = submit(copies(1, 1));
  model_->await_held();
  const auto bad = submit({{{1}}, {{kPoison}}, {{2}}});
  const auto good = submit({{{1}}, {{3}}});
  model_->release();
  const auto result = wait(*bad);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kInternal);
  EXPECT_TRUE(wait(*good));
  EXPECT_TRUE(wait(*first));
}

TEST_F(EmbedderTest, AFullQueueRefuses) {
  start({.max_queued = 2});
  model_->hold();
  const auto running = submit(copies(1, 1));
  model_->await_held();
  auto first = submit(copies(3, 1));
  const auto second = submit(copies(1, 2));
  EXPECT_EQ(refusal(copies(1, 3)).code, ErrorCode::kUnavailable);
  first.reset();
  model_->release();
  EXPECT_TRUE(wait(*second));
  EXPECT_TRUE(wait(*running));
  EXPECT_TRUE(wait(*submit(copies(1, 3))));
}

TEST_F(EmbedderTest, WhatNobodyWaitsForIsNotComputed) {
  start({.step_tokens = 2});
  model_->hold();
  auto first = submit(copies(100, 1));
  model_->await_held();
  auto second = submit(copies(100, 2));
  const auto third = submit(copies(1, 3));
  first.reset();
  second.reset();
  model_->release();
  EXPECT_TRUE(wait(*third));
  EXPECT_THAT(model_->steps(), ElementsAre(ElementsAre(1, 1), ElementsAre(3)));
  EXPECT_EQ(embedder_->queued_inputs(), 0U);
}

TEST_F(EmbedderTest, StoppingEndsWhatWaits) {
  start({.step_tokens = 2});
  model_->hold();
  const auto running = submit(copies(1, 1));
  model_->await_held();
  const auto waiting = submit(copies(100, 2));
  std::thread stopper([this] { embedder_->stop(); });
  const auto result = wait(*waiting);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kUnavailable);
  model_->release();
  stopper.join();
  EXPECT_TRUE(wait(*running)) << "what a step had taken is answered";
  EXPECT_EQ(refusal(copies(1, 3)).code, ErrorCode::kUnavailable);
  embedder_->stop();
}

TEST_F(EmbedderTest, MemoryComesFromTheBudgetAndGoesBack) {
  const std::uint64_t before = budget_.available();
  start();
  const std::uint64_t idle = budget_.available();
  EXPECT_LT(idle, before);
  model_->hold();
  auto job = submit(copies(1000, 1));
  EXPECT_LE(budget_.available(), idle - 1000 * kEncoderWidth * sizeof(float));
  {
    const auto hog = budget_.reserve(base::MemoryKind::kCaches, budget_.available(), "everything");
    ASSERT_TRUE(hog);
    EXPECT_EQ(refusal(copies(1, 1)).code, ErrorCode::kUnavailable);
  }
  model_->release();
  EXPECT_TRUE(wait(*job));
  job.reset();
  embedder_.reset();
  EXPECT_EQ(budget_.available(), before);
}

TEST_F(EmbedderTest, AContextThatDoesNotFitIsCutUnlessItWasAskedFor) {
  model_ = std::make_unique<ScriptedEncoder>(backend_, 8192, OutputKind::kEmbedding, Pooling::kMean);
  model_->max_workspace_rows = 2100;
  const auto asked = Embedder::start(*model_, {.max_context = 4096}, budget_, metrics_, "m");
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().code, ErrorCode::kResourceExhausted);
  auto cut = Embedder::start(*model_, {}, budget_, metrics_, "m");
  ASSERT_TRUE(cut);
  EXPECT_EQ((*cut)->max_context(), 2048U);
  const auto more = Embedder::start(*model_, {.max_context = 512}, budget_, metrics_, "m");
  EXPECT_EQ((*more)->max_context(), 512U);
}

TEST_F(EmbedderTest, StartsOnlyWithWhatHasVectors) {
  make_model(OutputKind::kLogits, Pooling::kMean);
  EXPECT_EQ(Embedder::start(*model_, {}, budget_, metrics_, "m").error().code, ErrorCode::kUnsupported);
  make_model(OutputKind::kEmbedding, Pooling::kNone);
  const auto unsaid = Embedder::start(*model_, {}, budget_, metrics_, "m");
  ASSERT_FALSE(unsaid);
  EXPECT_EQ(unsaid.error().where, "scripted.pooling_type");
  make_model(OutputKind::kEmbedding, Pooling::kMean);
  for (const EmbedderOptions& options :
       {EmbedderOptions{.step_tokens = 0}, EmbedderOptions{.max_queued = 0}}) {
    EXPECT_EQ(Embedder::start(*model_, options, budget_, metrics_, "m").error().code,
              ErrorCode::kInvalidArgument);
  }
}

TEST_F(EmbedderTest, CountsWhatItDid) {
  start({.step_tokens = 4});
  embed(copies(6, 1, 3));
  EXPECT_EQ(counter("peregrine_embedding_inputs_total"), 6);
  EXPECT_EQ(counter("peregrine_embedding_tokens_total"), 18);
  EXPECT_THAT(metrics_.render(), HasSubstr("peregrine_embedding_step_rows_count{model=\"m\"} 6"));
  EXPECT_THAT(metrics_.render(), HasSubstr("peregrine_embedding_queued_inputs{model=\"m\"} 0"));
}

}  // namespace
}  // namespace peregrine::engine
