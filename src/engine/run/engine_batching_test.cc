// Many generations at once: the same bytes as alone, nobody starved, nothing leaked.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "engine/sched/step_cost.h"
#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

GenerationRequest random_request(base::Rng& rng) {
  // Common beginnings, so that prefixes are shared, evicted and found again.
  std::vector<TokenId> prompt = prompt_of(rng.next() % 120, rng.next() % 3);
  const std::vector<TokenId> own = prompt_of(1 + rng.next() % 60, rng.next());
  prompt.insert(prompt.end(), own.begin(), own.end());
  GenerationRequest request =
      request_of(std::move(prompt), 1 + static_cast<std::uint32_t>(rng.next() % 80), rng.next());
  request.sampling.temperature = static_cast<float>(rng.uniform() * 1.5);
  request.sampling.top_p = rng.next() % 2 == 0 ? 1.0F : 0.8F;
  request.sampling.frequency_penalty = static_cast<float>(rng.uniform() * 0.5);
  if (rng.next() % 2 == 0) request.stop_tokens = {static_cast<TokenId>(rng.next() % 90)};
  return request;
}

struct Crowd {
  std::uint32_t step_tokens;
  std::uint32_t max_sequences;
  std::uint64_t blocks;  // 0: as many as can be used
  std::uint32_t event_capacity;
  bool prefix_cache;
};

class EngineShapes : public EngineTest, public ::testing::WithParamInterface<Crowd> {};

TEST_P(EngineShapes, SameBytesAloneAndAmongOthers) {
  const Crowd& shape = GetParam();
  options_.step_tokens = shape.step_tokens;
  options_.max_sequences = shape.max_sequences;
  options_.kv_bytes = bytes_of_blocks(shape.blocks);
  options_.event_capacity = shape.event_capacity;
  options_.prefix_cache = shape.prefix_cache;
  // Who is read slowly beside others needs little at once: only in haste is the small cache surely too small.
  if (shape.blocks != 0) options_.decode_latency_ms = kMaxDecodeLatencyMs;
  start();
  base::Rng rng(shape.step_tokens * 1000 + shape.max_sequences);
  std::vector<GenerationRequest> requests;
  std::vector<Reader> readers;
  model_.hold();
  for (int i = 0; i < 33; ++i) {
    requests.push_back(random_request(rng));
    readers.push_back(submit(requests.back()));
  }
  model_.release();
  for (std::size_t i = 0; i < readers.size(); ++i) {
    EXPECT_EQ(readers[i].rest().tokens, expected_completion(requests[i])) << "request " << i;
  }
  settle();
  EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
  for (const RecordedStep& step : model_.steps()) {
    std::size_t rows = 0;
    for (const RecordedSlice& slice : step.slices) rows += slice.n_rows;
    ASSERT_LE(rows, shape.step_tokens);
    ASSERT_LE(step.slices.size(), shape.max_sequences);
  }
  if (shape.blocks == 33) {
    EXPECT_GT(counter("peregrine_preemptions_total"), 0) << "the KV cache was to be too small";
  }
}

INSTANTIATE_TEST_SUITE_P(All, EngineShapes,
                         ::testing::Values(Crowd{512, 64, 0, 1000, true}, Crowd{64, 64, 0, 1000, true},
                                           Crowd{7, 7, 0, 1000, true}, Crowd{33, 16, 33, 1000, true},
                                           Crowd{100, 33, 33, 1000, true}, Crowd{100, 33, 33, 1000, false},
                                           Crowd{64, 32, 33, 3, true}, Crowd{1, 1, 0, 1000, true}));

// In steps, not in time: from the first to the last chunk of a long prompt, every step also has a row of each
// stream.
TEST_F(EngineTest, DecodesMoveInEveryStepOfALongPrefill) {
  options_.step_tokens = 16;
  options_.max_sequences = 8;
  options_.event_capacity = 1000;
  options_.decode_latency_ms = kMaxDecodeLatencyMs;
  start();
  constexpr int kStreams = 3;
  model_.hold();
  std::vector<Reader> streams;
  for (TokenId i = 0; i < kStreams; ++i) {
    streams.push_back(
        submit(request_of({static_cast<TokenId>(91 + i), 5}, 400, static_cast<std::uint64_t>(i))));
  }
  model_.await_held();
  // The first step may have begun before all were there; after the third all of them decode.
  model_.release(3);
  model_.await_held();
  std::vector<TokenId> prompt = prompt_of(300, 1);
  prompt[0] = 95;
  Reader reader = submit(request_of(prompt, 1));
  model_.release();
  reader.rest();
  int prefill_steps = 0;
  for (const RecordedStep& step : model_.steps()) {
    bool prefills = false;
    int decodes = 0;
    for (const RecordedSlice& slice : step.slices) {
      prefills = prefills || slice.first_token == 95;
      decodes += slice.first_token != 95 && slice.start >= 2 ? 1 : 0;
    }
    if (!prefills) continue;
    ++prefill_steps;
    EXPECT_EQ(decodes, kStreams);
  }
  EXPECT_EQ(prefill_steps, (300 + 12) / 13);
}

// The rows of a prompt's first chunk beside two streams that decode.
class PromptBesideStreams : public EngineTest {
 protected:
  std::uint32_t first_chunk() {
    options_.event_capacity = 1000;
    start();
    model_.hold();
    std::vector<Reader> streams;
    for (TokenId i = 0; i < 2; ++i)
      streams.push_back(submit(request_of({static_cast<TokenId>(91 + i), 5}, 400)));
    model_.await_held();
    model_.release(4);
    model_.await_held();
    std::vector<TokenId> prompt = prompt_of(300, 1);
    prompt[0] = 95;
    Reader reader = submit(request_of(prompt, 4));
    model_.release();
    EXPECT_EQ(reader.rest().tokens, expected_completion(request_of(prompt, 4)));
    for (const RecordedStep& step : model_.steps()) {
      for (const RecordedSlice& slice : step.slices) {
        if (slice.first_token == 95) return slice.n_rows;
      }
    }
    return 0;
  }
};

TEST_F(PromptBesideStreams, StartsSmallWhenNothingIsKnownOfItsCost) {
  EXPECT_EQ(first_chunk(), kMinPrefillRows);
}

TEST_F(PromptBesideStreams, TakesAllRowsWhereLatencyIsOfNoConcern) {
  options_.decode_latency_ms = kMaxDecodeLatencyMs;
  EXPECT_EQ(first_chunk(), 300U);
}

TEST_F(EngineTest, AShortPromptIsNotStuckBehindGiants) {
  options_.step_tokens = 16;
  options_.max_sequences = 8;
  start();
  model_.hold();
  std::vector<Reader> giants;
  for (std::uint64_t i = 0; i < 3; ++i) giants.push_back(submit(request_of(prompt_of(400, i), 1)));
  std::vector<TokenId> prompt = prompt_of(12, 50);
  prompt[0] = 95;
  Reader reader = submit(request_of(prompt, 1));
  model_.release();
  reader.rest();
  int steps = 0;
  for (const RecordedStep& step : model_.steps()) {
    for (const RecordedSlice& slice : step.slices) steps += slice.first_token == 95 ? 1 : 0;
  }
  EXPECT_EQ(steps, 3) << "four rows a step, a quarter of sixteen";
  for (Reader& giant : giants) giant.rest();
}

// Clients that come, read a little, cancel, vanish or stay, all at once; some requests are refused.
TEST_F(EngineTest, Hammer) {
  constexpr int kThreads = 64;
  constexpr int kRequestsPerThread = 12;
  options_.max_sequences = 16;
  options_.step_tokens = 48;
  options_.max_queued = 40;
  options_.event_capacity = 3;
  options_.kv_bytes = bytes_of_blocks(40);
  start();
  std::atomic<int> completed{0};
  std::atomic<int> refused{0};
  std::atomic<int> wrong{0};
  const auto client = [&](std::uint64_t seed) {
    base::Rng rng(seed);
    for (int i = 0; i < kRequestsPerThread; ++i) {
      GenerationRequest request = random_request(rng);
      request.n = 1 + static_cast<std::uint32_t>(rng.next() % 3);
      auto generations = engine_->submit(request);
      if (!generations) {
        refused += generations.error().code == ErrorCode::kUnavailable ? 1 : 0;
        wrong += generations.error().code == ErrorCode::kUnavailable ? 0 : 1;
        continue;
      }
      for (std::uint64_t sample = 0; sample < request.n; ++sample) {
        Reader reader(std::move((*generations)[sample]));
        const std::uint64_t fate = rng.next() % 4;
        if (fate == 0) continue;
        if (fate == 1) reader.next();
        if (fate == 2) reader.generation().cancel();
        if (fate != 3) continue;
        const Completion completion = reader.rest();
        GenerationRequest single = request;
        single.sampling.seed += sample;
        wrong += completion.tokens == expected_completion(single) ? 0 : 1;
        ++completed;
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < kThreads; ++i) threads.emplace_back(client, i);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(completed, 0);
  // The queue may still be full of what nobody reads any more: ask until there is room.
  for (;;) {
    auto last = engine_->submit(request_of({1}, 1));
    if (!last) continue;
    Reader(std::move(last->front())).rest();
    break;
  }
  const EngineSnapshot snapshot = engine_->snapshot();
  EXPECT_EQ(snapshot.kv_blocks_used, 0U);
  EXPECT_EQ(snapshot.running, 0U);
  EXPECT_EQ(snapshot.queued, 0U);
  RecordProperty("completed", completed);
  RecordProperty("refused", refused);
}

}  // namespace
}  // namespace peregrine::engine::testing
