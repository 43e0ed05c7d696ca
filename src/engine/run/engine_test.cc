// Generations as a client sees them: results, limits, sharing, backpressure, endings.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <thread>

#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

using ::testing::HasSubstr;

TEST_F(EngineTest, GivesWhatTheDefinitionSays) {
  start();
  const GenerationRequest request = request_of(prompt_of(40, 1), 30, 7);
  const Completion completion = submit(request).rest();
  EXPECT_EQ(completion.tokens, expected_completion(request));
  EXPECT_EQ(completion.finished.reason, FinishReason::kLength);
  EXPECT_EQ(completion.finished.prompt_tokens, 40U);
  EXPECT_EQ(completion.finished.completion_tokens, 30U);
  EXPECT_EQ(completion.finished.cached_tokens, 0U);
  EXPECT_GE(completion.finished.queue_seconds, 0);
  EXPECT_GT(completion.finished.prompt_seconds, 0);
  EXPECT_GT(completion.finished.completion_seconds, 0);
  EXPECT_TRUE(completion.logprobs.empty());
}

TEST_F(EngineTest, ComputesEachTokenOnceAndLogitsOnlyWhereSampled) {
  options_.step_tokens = 64;
  start();
  submit(request_of(prompt_of(100, 1), 5)).rest();
  std::vector<std::uint32_t> rows;
  std::vector<std::size_t> outputs;
  for (const RecordedStep& step : model_.steps()) {
    rows.push_back(step.slices.at(0).n_rows);
    outputs.push_back(step.n_outputs);
  }
  EXPECT_EQ(rows, (std::vector<std::uint32_t>{64, 36, 1, 1, 1, 1}));
  EXPECT_EQ(outputs, (std::vector<std::size_t>{0, 1, 1, 1, 1, 1}));
}

TEST_F(EngineTest, AStopTokenEndsTheCompletionAndIsNotPartOfIt) {
  start();
  GenerationRequest request = request_of(prompt_of(20, 2), 50, 3);
  const std::vector<TokenId> whole = expected_completion(request);
  request.stop_tokens = {95, whole[10], 3};
  const std::vector<TokenId> expected = expected_completion(request);
  ASSERT_LE(expected.size(), 10U);
  const Completion completion = submit(request).rest();
  EXPECT_EQ(completion.tokens, expected);
  EXPECT_EQ(completion.finished.reason, FinishReason::kStop);
  EXPECT_EQ(completion.finished.completion_tokens, expected.size());
}

TEST_F(EngineTest, AStopTokenAtOnceIsAnEmptyCompletion) {
  start();
  GenerationRequest request = request_of(prompt_of(20, 2), 50, 3);
  request.stop_tokens = {expected_completion(request)[0]};
  const Completion completion = submit(request).rest();
  EXPECT_TRUE(completion.tokens.empty());
  EXPECT_EQ(completion.finished.reason, FinishReason::kStop);
  EXPECT_GT(completion.finished.prompt_seconds, 0);
}

TEST_F(EngineTest, LogprobsComeFromTheRawDistribution) {
  start();
  GenerationRequest request = request_of(prompt_of(20, 2), 4, 3);
  request.sampling.top_logprobs = 3;
  request.sampling.temperature = 1.7F;
  request.sampling.logit_bias = {{5, 3.0F}};
  const Completion completion = submit(request).rest();
  ASSERT_EQ(completion.logprobs.size(), 4U);
  std::vector<TokenId> tokens = request.prompt;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::vector<float> logits = scripted_logits(tokens);
    double sum = 0;
    for (const float logit : logits) sum += std::exp(double{logit});
    const TokenId chosen = completion.tokens[i];
    EXPECT_NEAR(completion.logprobs[i].chosen, logits[static_cast<std::size_t>(chosen)] - std::log(sum),
                1e-5);
    ASSERT_EQ(completion.logprobs[i].top.size(), 3U);
    EXPECT_NEAR(completion.logprobs[i].top[0].second, std::ranges::max(logits) - std::log(sum), 1e-5);
    tokens.push_back(chosen);
  }
}

TEST_F(EngineTest, RefusesBadRequests) {
  start();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  using Change = void (*)(GenerationRequest&, float);
  struct Row {
    const char* where;
    Change change;
    float value = 0;
  };
  const std::vector<Row> rows = {
      {"prompt", [](auto& r, float) { r.prompt.clear(); }},
      {"prompt", [](auto& r, float) { r.prompt[1] = -1; }},
      {"prompt", [](auto& r, float) { r.prompt[1] = kScriptedVocab; }},
      {"prompt", [](auto& r, float) { r.prompt[0] = std::numeric_limits<TokenId>::max(); }},
      {"max_tokens", [](auto& r, float) { r.max_tokens = 0; }},
      {"max_tokens", [](auto& r, float) { r.max_tokens = kContext - 2; }},
      {"max_tokens", [](auto& r, float) { r.max_tokens = std::numeric_limits<std::uint32_t>::max(); }},
      {"max_tokens", [](auto& r, float) { r.prompt.resize(kContext); }},
      {"n", [](auto& r, float) { r.n = 0; }},
      {"n", [](auto& r, float) { r.n = 257; }},
      {"stop_tokens", [](auto& r, float) { r.stop_tokens = {1, -2}; }},
      {"stop_tokens", [](auto& r, float) { r.stop_tokens.resize(kMaxStopTokens + 1); }},
      {"sampling.temperature", [](auto& r, float v) { r.sampling.temperature = v; }, -0.1F},
      {"sampling.temperature", [](auto& r, float v) { r.sampling.temperature = v; }, nan},
      {"sampling.temperature", [](auto& r, float v) { r.sampling.temperature = v; }, infinity},
      {"sampling.top_p", [](auto& r, float v) { r.sampling.top_p = v; }, -0.1F},
      {"sampling.top_p", [](auto& r, float v) { r.sampling.top_p = v; }, 1.1F},
      {"sampling.top_p", [](auto& r, float v) { r.sampling.top_p = v; }, nan},
      {"sampling.frequency_penalty", [](auto& r, float v) { r.sampling.frequency_penalty = v; }, nan},
      {"sampling.presence_penalty", [](auto& r, float v) { r.sampling.presence_penalty = v; }, -infinity},
      {"sampling.logit_bias", [](auto& r, float v) { r.sampling.logit_bias = {{1, v}}; }, infinity},
      {"sampling.logit_bias", [](auto& r, float) { r.sampling.logit_bias = {{97, 1.0F}}; }},
      {"sampling.logit_bias", [](auto& r, float) { r.sampling.logit_bias.resize(kMaxLogitBiases + 1); }},
      {"sampling.top_logprobs", [](auto& r, float) { r.sampling.top_logprobs = kMaxTopLogprobs + 1; }},
  };
  for (const Row& row : rows) {
    GenerationRequest request = request_of({1, 2, 3}, 4);
    row.change(request, row.value);
    const auto result = engine_->submit(request);
    ASSERT_FALSE(result.has_value()) << row.where;
    EXPECT_EQ(result.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(result.error().where, row.where);
  }
  const auto too_long = engine_->submit(request_of(prompt_of(500, 1), 13));
  ASSERT_FALSE(too_long.has_value());
  EXPECT_THAT(too_long.error().message, HasSubstr("500"));
  EXPECT_THAT(too_long.error().message, HasSubstr("13"));
  EXPECT_THAT(too_long.error().message, HasSubstr("512"));
  EXPECT_EQ(submit(request_of(prompt_of(500, 1), 12)).rest().tokens.size(), 12U);
}

TEST_F(EngineTest, PrefixIsReusedWithTheSameBytes) {
  start();
  const GenerationRequest request = request_of(prompt_of(100, 5), 20, 1);
  const Completion first = submit(request).rest();
  const std::size_t steps_before = model_.steps().size();
  const Completion second = submit(request).rest();
  EXPECT_EQ(second.tokens, first.tokens);
  EXPECT_EQ(first.finished.cached_tokens, 0U);
  EXPECT_EQ(second.finished.cached_tokens, 96U);
  EXPECT_EQ(model_.steps()[steps_before].slices[0].start, 96U);

  // The next turn of a conversation: the completion was cached as well, all but its last token.
  GenerationRequest next = request;
  next.prompt.insert(next.prompt.end(), first.tokens.begin(), first.tokens.end());
  const std::vector<TokenId> more = prompt_of(10, 6);
  next.prompt.insert(next.prompt.end(), more.begin(), more.end());
  const Completion third = submit(next).rest();
  EXPECT_EQ(third.finished.cached_tokens, 112U);
  EXPECT_EQ(third.tokens, expected_completion(next));
  EXPECT_EQ(counter("peregrine_prefix_cache_hit_tokens_total"), 96 + 112);
  EXPECT_EQ(counter("peregrine_prefix_cache_lookups_total"), 3);
  EXPECT_EQ(counter("peregrine_prefix_cache_hits_total"), 2);
}

TEST_F(EngineTest, PrefixCacheCanBeOff) {
  options_.prefix_cache = false;
  start();
  GenerationRequest request = request_of(prompt_of(100, 5), 20, 1);
  request.n = 2;
  for (int i = 0; i < 2; ++i) {
    std::vector<Reader> readers = submit_all(request);
    for (std::uint64_t sample = 0; sample < 2; ++sample) {
      const Completion completion = readers[sample].rest();
      EXPECT_EQ(completion.finished.cached_tokens, 0U);
      EXPECT_EQ(completion.tokens, expected_completion(request_of(request.prompt, 20, 1 + sample)));
    }
  }
  EXPECT_EQ(engine_->snapshot().kv_blocks_cached, 0U);
  EXPECT_EQ(counter("peregrine_prefix_cache_lookups_total"), 0);
}

TEST_F(EngineTest, SamplesOfOnePromptEqualSingleRequestsAndShareThePrompt) {
  options_.decode_latency_ms =
      kMaxDecodeLatencyMs;  // a prompt's last row alone would look like a decode below
  start();
  GenerationRequest request = request_of(prompt_of(200, 9), 25, 40);
  request.n = 4;
  std::vector<Reader> readers = submit_all(request);
  ASSERT_EQ(readers.size(), 4U);
  for (std::uint64_t i = 0; i < 4; ++i) {
    const Completion completion = readers[i].rest();
    EXPECT_EQ(completion.tokens, expected_completion(request_of(request.prompt, 25, 40 + i)));
    EXPECT_EQ(completion.finished.cached_tokens, i == 0 ? 0U : 192U);
    EXPECT_EQ(completion.finished.prompt_tokens, 200U);
  }
  std::uint32_t prompt_rows = 0;
  for (const RecordedStep& step : model_.steps()) {
    for (const RecordedSlice& slice : step.slices) prompt_rows += slice.n_rows > 1 ? slice.n_rows : 0;
  }
  EXPECT_EQ(prompt_rows, 200U + 3 * 8);
}

TEST_F(EngineTest, FollowersGoOnWhenTheirLeaderIsCancelled) {
  options_.step_tokens = 64;
  start();
  model_.hold();
  GenerationRequest request = request_of(prompt_of(200, 9), 10, 40);
  request.n = 3;
  std::vector<Reader> readers = submit_all(request);
  model_.await_held();
  readers[0].generation().cancel();
  model_.release();
  EXPECT_EQ(readers[0].rest().finished.reason, FinishReason::kCancelled);
  for (std::uint64_t i = 1; i < 3; ++i) {
    EXPECT_EQ(readers[i].rest().tokens, expected_completion(request_of(request.prompt, 10, 40 + i)));
  }
}

TEST_F(EngineTest, CancellingFreesEverything) {
  start();
  for (const bool destroy : {false, true}) {
    model_.hold();
    std::vector<Reader> readers;
    for (std::uint64_t i = 0; i < 5; ++i) readers.push_back(submit(request_of(prompt_of(50, i), 400, i)));
    model_.await_held();
    model_.release();
    for (Reader& reader : readers) reader.token();
    EXPECT_GT(engine_->snapshot().kv_blocks_used, 0U);
    if (destroy) {
      readers.clear();
    } else {
      for (Reader& reader : readers) {
        reader.generation().cancel();
        reader.generation().cancel();
        const Completion completion = reader.rest();
        EXPECT_EQ(completion.finished.reason, FinishReason::kCancelled);
        EXPECT_EQ(completion.finished.completion_tokens, completion.tokens.size() + 1);
        EXPECT_LT(completion.finished.completion_tokens, 400U);
        EXPECT_EQ(reader.generation().poll(), std::nullopt);
      }
    }
    settle();
    const EngineSnapshot snapshot = engine_->snapshot();
    EXPECT_EQ(snapshot.kv_blocks_used, 0U);
    EXPECT_EQ(snapshot.running, 0U);
    EXPECT_EQ(snapshot.queued, 0U);
  }
  EXPECT_EQ(counter("peregrine_generations_total", {{"reason", "cancelled"}}), 10);
}

TEST_F(EngineTest, ASlowReaderPausesOnlyItself) {
  options_.event_capacity = 4;
  start();
  const GenerationRequest slow_request = request_of(prompt_of(30, 1), 60, 1);
  Reader slow = submit(slow_request);
  for (std::uint64_t i = 0; i < 3; ++i) {
    const GenerationRequest request = request_of(prompt_of(30, 10 + i), 100, i);
    EXPECT_EQ(submit(request).rest().tokens, expected_completion(request));
  }
  // Four events lie in its channel and one is held: no row was computed beyond the fifth token.
  std::uint32_t slow_rows = 0;
  for (const RecordedStep& step : model_.steps()) {
    for (const RecordedSlice& slice : step.slices) {
      if (slice.first_token == slow_request.prompt[0])
        slow_rows = std::max(slow_rows, slice.start + slice.n_rows);
    }
  }
  EXPECT_EQ(slow_rows, 30U + 4);
  EXPECT_EQ(engine_->snapshot().running, 1U);
  EXPECT_EQ(slow.rest().tokens, expected_completion(slow_request));
}

TEST_F(EngineTest, APausedSequenceGivesWayAndComesBackWithTheSameBytes) {
  options_.event_capacity = 2;
  options_.max_sequences = 1;
  options_.step_tokens = 32;
  options_.kv_bytes = bytes_of_blocks(32);
  start();
  const GenerationRequest slow_request = request_of(prompt_of(100, 1), 60, 1);
  Reader slow = submit(slow_request);
  // One slot, and enough text to evict everything.
  for (std::uint64_t i = 0; i < 3; ++i) {
    const GenerationRequest request = request_of(prompt_of(400, 10 + i), 10, i);
    EXPECT_EQ(submit(request).rest().tokens, expected_completion(request));
  }
  EXPECT_GE(counter("peregrine_preemptions_total"), 1);
  const Completion completion = slow.rest();
  EXPECT_EQ(completion.tokens, expected_completion(slow_request));
  EXPECT_EQ(completion.finished.cached_tokens, 0U) << "what was cached at its first admission";
}

TEST_F(EngineTest, AnEndedSequenceHoldsNoBlocksWhileItsReaderLags) {
  options_.event_capacity = 3;
  start();
  const GenerationRequest request = request_of(prompt_of(30, 1), 4, 1);
  const auto steps = static_cast<int>(request.max_tokens) + 1;
  Reader reader = submit(request);
  settle(steps);
  Reader cancelled = submit(request);
  settle(steps);
  EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
  EXPECT_EQ(engine_->snapshot().running, 0U);
  const Completion completion = reader.rest();
  EXPECT_EQ(completion.tokens, expected_completion(request));
  EXPECT_EQ(completion.finished.reason, FinishReason::kLength);
  EXPECT_EQ(completion.finished.completion_tokens, 4U);
  cancelled.generation().cancel();
  const Completion rest = cancelled.rest();
  EXPECT_EQ(rest.finished.reason, FinishReason::kCancelled);
  // The last token may slip in when reading makes room before the loop sees the cancellation.
  EXPECT_GE(rest.tokens.size(), options_.event_capacity);
  EXPECT_EQ(rest.finished.completion_tokens, rest.tokens.size());
}

TEST_F(EngineTest, AFullQueueRefuses) {
  options_.max_sequences = 1;
  options_.max_queued = 3;
  start();
  model_.hold();
  Reader running = submit(request_of(prompt_of(10, 1), 5));
  model_.await_held();
  EXPECT_EQ(engine_->snapshot().running, 1U);
  std::vector<Reader> queued;
  for (std::uint64_t i = 0; i < 2; ++i) queued.push_back(submit(request_of(prompt_of(10, 2 + i), 5)));
  EXPECT_EQ(engine_->snapshot().queued, 2U);
  GenerationRequest two = request_of(prompt_of(10, 7), 5);
  two.n = 2;
  const auto refused = engine_->submit(two);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
  queued.push_back(submit(request_of(prompt_of(10, 5), 5)));
  EXPECT_EQ(engine_->submit(request_of(prompt_of(10, 6), 5)).error().code, ErrorCode::kUnavailable);
  // Cancelled while waiting: its place is free again.
  queued.back().generation().cancel();
  model_.release();
  EXPECT_EQ(queued.back().rest().finished.reason, FinishReason::kCancelled);
  EXPECT_EQ(running.rest().tokens.size(), 5U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(queued[i].rest().tokens.size(), 5U);
  two.n = 3;
  for (Reader& reader : submit_all(two)) EXPECT_EQ(reader.rest().tokens.size(), 5U);
}

TEST_F(EngineTest, LogitsThatAreNotNumbersFailThatSequenceAlone) {
  start();
  model_.hold();
  std::vector<TokenId> poisoned = prompt_of(30, 4);
  poisoned.back() = kPoison;
  Reader bad = submit(request_of(poisoned, 10));
  const GenerationRequest request = request_of(prompt_of(30, 5), 10);
  Reader good = submit(request);
  model_.release();
  const Completion failed = bad.rest();
  EXPECT_EQ(failed.finished.reason, FinishReason::kFailed);
  EXPECT_TRUE(failed.tokens.empty());
  EXPECT_EQ(good.rest().tokens, expected_completion(request));
  settle();
  EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
}

TEST_F(EngineTest, StopEndsEveryGeneration) {
  options_.max_sequences = 2;
  options_.event_capacity = 2;
  start();
  Reader draining = submit(request_of(prompt_of(10, 1), 3));
  settle();
  std::vector<Reader> readers;
  model_.hold();
  for (std::uint64_t i = 0; i < 6; ++i) readers.push_back(submit(request_of(prompt_of(10, i), 400)));
  model_.await_held();
  std::thread stopper([this] { engine_->stop(); });
  // submit() refuses as soon as the stop is known, while the step is still held.
  for (bool stopping = false; !stopping;) {
    auto late = engine_->submit(request_of(prompt_of(10, 9), 1));
    if (late) {
      for (auto& generation : *late) readers.emplace_back(std::move(generation));
    } else {
      EXPECT_EQ(late.error().code, ErrorCode::kUnavailable);
      stopping = late.error().message == "the engine is stopping";
    }
  }
  model_.release();
  stopper.join();
  engine_->stop();
  for (Reader& reader : readers) EXPECT_EQ(reader.rest().finished.reason, FinishReason::kCancelled);
  EXPECT_EQ(draining.rest().finished.reason, FinishReason::kCancelled);
  EXPECT_EQ(engine_->submit(request_of({1}, 1)).error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(engine_->snapshot().running, 0U);
  EXPECT_EQ(engine_->snapshot().queued, 0U);
}

TEST_F(EngineTest, GenerationsOutliveTheEngine) {
  start();
  Reader reader = submit(request_of(prompt_of(10, 1), 400));
  engine_.reset();
  reader.generation().cancel();
  EXPECT_NE(reader.rest().finished.reason, FinishReason::kFailed);
  EXPECT_EQ(budget_.used(base::MemoryKind::kKvCache), 0U);
  EXPECT_EQ(budget_.used(base::MemoryKind::kScratch), 0U);
}

TEST_F(EngineTest, AReaderIsToldWhenItAsksLate) {
  start();
  auto generations = engine_->submit(request_of(prompt_of(10, 1), 3));
  ASSERT_TRUE(generations.has_value());
  settle(4);  // it has ended, so nothing more calls
  int calls = 0;
  (*generations)[0]->on_ready([&calls] { ++calls; });
  EXPECT_EQ(calls, 1);
}

TEST_F(EngineTest, MetricsTellWhatHappened) {
  start();
  submit(request_of(prompt_of(40, 1), 10)).rest();
  submit(request_of(prompt_of(40, 1), 10)).rest();
  const std::string text = metrics_.render();
  for (const char* line : {
           "peregrine_queue_seconds_count{model=\"m\"} 2",
           "peregrine_time_to_first_token_seconds_count{model=\"m\"} 2",
           "peregrine_inter_token_seconds_count{model=\"m\"} 18",
           "peregrine_prompt_tokens_total{model=\"m\"} 80",
           "peregrine_prefix_cache_lookups_total{model=\"m\"} 2",
           "peregrine_prefix_cache_hits_total{model=\"m\"} 1",
           "peregrine_prefix_cache_hit_tokens_total{model=\"m\"} 32",
           "peregrine_generated_tokens_total{model=\"m\"} 20",
           "peregrine_preemptions_total{model=\"m\"} 0",
           "peregrine_generations_total{model=\"m\",reason=\"length\"} 2",
           "peregrine_step_rows_sum{model=\"m\"} 66",
           "peregrine_running_sequences{model=\"m\"} 0",
           "peregrine_queued_sequences{model=\"m\"} 0",
           "peregrine_kv_blocks{model=\"m\",state=\"used\"} 0",
           "peregrine_kv_blocks{model=\"m\",state=\"cached\"} 3",
           "peregrine_kv_blocks{model=\"m\",state=\"total\"} 2048",
       }) {
    EXPECT_THAT(text, HasSubstr(line));
  }
  engine_.reset();
  EXPECT_THAT(metrics_.render(), HasSubstr("peregrine_kv_blocks{model=\"m\",state=\"total\"} 0"));
}

}  // namespace
}  // namespace peregrine::engine::testing
