// Completions under a constraint: what a mask allows, whatever else runs, and what is forced without
// sampling.
#include <gmock/gmock.h>

#include <limits>

#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

using ::testing::SizeIs;

// After token t: t + 1, t + 2 or t + 3 modulo kRing, but where t is divisible by 5 only t + 1 may come, and
// after kLast nothing but the stop token. The stop token may follow any even token.
constexpr TokenId kRing = 60;
constexpr TokenId kLast = 59;
constexpr TokenId kStop = 70;

class RingConstraint final : public Constraint {
 public:
  explicit RingConstraint(std::size_t breaks_after = std::numeric_limits<std::size_t>::max())
      : breaks_after_(breaks_after) {}

  static std::vector<TokenId> next(TokenId last) {
    if (last == kLast) return {kStop};
    if (last % 5 == 0) return {last + 1};
    std::vector<TokenId> tokens = {(last + 1) % kRing, (last + 2) % kRing, (last + 3) % kRing};
    if (last % 2 == 0) tokens.push_back(kStop);
    return tokens;
  }

  std::unique_ptr<Constraint> clone() const override { return std::make_unique<RingConstraint>(*this); }
  Status mask(std::span<std::uint64_t> allowed) override {
    if (path_.size() > breaks_after_) return fail(ErrorCode::kResourceExhausted, "over a limit");
    std::ranges::fill(allowed, 0);
    for (const TokenId token : next(path_.back())) allowed[token / 64U] |= std::uint64_t{1} << (token % 64U);
    return {};
  }
  Status accept(TokenId token) override {
    if (std::ranges::count(next(path_.back()), token) == 0) {
      return fail(ErrorCode::kInvalidArgument, "not allowed");
    }
    path_.push_back(token);
    return {};
  }
  void take_back(std::size_t tokens) override { path_.resize(path_.size() - tokens); }
  Status follow(std::size_t limit, std::vector<TokenId>& tokens) override {
    while (tokens.size() < limit && path_.back() % 5 == 0 && path_.back() != kStop) {
      path_.push_back(path_.back() + 1);
      tokens.push_back(path_.back());
    }
    return {};
  }
  bool ended() const override { return path_.back() == kLast; }

 private:
  std::size_t breaks_after_;
  std::vector<TokenId> path_ = {1};
};

// By definition: one token after another under the mask; forced ones sampled like any, since the mask leaves
// one token, which no draw can miss. Draws are made only where there is a choice.
std::vector<TokenId> expected_under_ring(const GenerationRequest& request) {
  Sampler sampler(request.sampling);
  SamplerScratch scratch;
  std::vector<TokenId> tokens = request.prompt;
  TokenId last = 1;
  while (tokens.size() < request.prompt.size() + request.max_tokens && last != kLast) {
    const std::vector<TokenId> allowed = RingConstraint::next(last);
    if (last % 5 == 0 && !request.sampling.top_logprobs) {
      sampler.take(allowed.front());
      last = allowed.front();
    } else {
      std::vector<float> logits = scripted_logits(tokens);
      for (std::size_t i = 0; i < logits.size(); ++i) {
        if (std::ranges::count(allowed, static_cast<TokenId>(i)) == 0) {
          logits[i] = -std::numeric_limits<float>::infinity();
        }
      }
      last = *sampler.sample(logits, scratch);
    }
    if (last == kStop) break;
    tokens.push_back(last);
  }
  return {tokens.begin() + static_cast<std::ptrdiff_t>(request.prompt.size()), tokens.end()};
}

GenerationRequest ring_request(std::size_t prompt, std::uint32_t max_tokens, std::uint64_t seed) {
  GenerationRequest request = request_of(prompt_of(prompt, seed), max_tokens, seed);
  request.stop_tokens = {kStop};
  request.constraint = std::make_shared<RingConstraint>();
  // Long completions are worth more here.
  request.sampling.logit_bias = {{kStop, -2.0F}, {kLast, -8.0F}};
  request.sampling.temperature = 0.7F * static_cast<float>(seed % 3);
  if (seed % 4 == 1) request.sampling.frequency_penalty = 0.4F;
  if (seed % 7 == 3) request.sampling.top_logprobs = 2;
  return request;
}

class ConstraintTest : public EngineTest {};

TEST_F(ConstraintTest, SaysWhatTheMaskAllowsWhateverElseRuns) {
  start();
  std::vector<GenerationRequest> requests;
  std::vector<Reader> readers;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    requests.push_back(ring_request(1 + seed * 7 % 90, 1 + static_cast<std::uint32_t>(seed * 5), seed));
    if (seed % 3 == 2) requests.back().constraint = nullptr;
    readers.push_back(submit(requests.back()));
  }
  std::size_t forced = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Completion completion = readers[i].rest();
    const bool free = requests[i].constraint == nullptr;
    EXPECT_EQ(completion.tokens, free ? expected_completion(requests[i]) : expected_under_ring(requests[i]))
        << i;
    EXPECT_EQ(completion.finished.completion_tokens, completion.tokens.size());
    const bool wants = requests[i].sampling.top_logprobs.has_value();
    EXPECT_THAT(completion.logprobs, SizeIs(wants ? completion.tokens.size() : 0));
    forced += completion.forced;
  }
  EXPECT_GT(forced, 20U);
  EXPECT_EQ(counter("peregrine_forced_tokens_total"), static_cast<double>(forced));
}

TEST_F(ConstraintTest, GuessesChangeNothing) {
  start();
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    // Greedy rings come round soon, so that there is something to guess.
    GenerationRequest request = ring_request(2, 150, seed);
    request.sampling.temperature = 0;
    request.sampling.logit_bias.emplace_back(kStop, -1e3F);
    EXPECT_EQ(submit(request).rest().tokens, expected_under_ring(request)) << seed;
  }
  EXPECT_GT(counter("peregrine_accepted_draft_tokens_total"), 0);
}

TEST_F(ConstraintTest, SamplesOfOnePromptFollowTheirOwnWays) {
  start();
  GenerationRequest request = ring_request(40, 50, 5);
  request.n = 6;
  std::vector<Reader> readers = submit_all(request);
  for (std::uint32_t i = 0; i < request.n; ++i) {
    GenerationRequest alone = request;
    alone.n = 1;
    alone.sampling.seed += i;
    EXPECT_EQ(readers[i].rest().tokens, expected_under_ring(alone)) << i;
  }
}

TEST_F(ConstraintTest, EndsWhenNothingMayFollow) {
  start();
  GenerationRequest request = ring_request(3, 300, 2);
  request.sampling.logit_bias = {{kStop, -1e3F}, {kLast, 1e3F}};
  const Completion completion = submit(request).rest();
  EXPECT_EQ(completion.tokens.back(), kLast);
  EXPECT_EQ(completion.finished.reason, FinishReason::kStop);
}

TEST_F(ConstraintTest, PreemptionComputesTheSameAgain) {
  options_.kv_bytes = bytes_of_blocks(40);
  options_.max_context = 320;
  options_.prefix_cache = false;
  start();
  std::vector<GenerationRequest> requests;
  std::vector<Reader> readers;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    requests.push_back(ring_request(60, 200, seed));
    requests.back().sampling.logit_bias = {{kStop, -1e3F}, {kLast, -1e3F}};
    readers.push_back(submit(requests.back()));
  }
  for (std::size_t i = 0; i < requests.size(); ++i) {
    EXPECT_EQ(readers[i].rest().tokens, expected_under_ring(requests[i])) << i;
  }
  EXPECT_GT(counter("peregrine_preemptions_total"), 0);
}

TEST_F(ConstraintTest, OneThatCannotGoOnEndsItsSequenceOnly) {
  start();
  GenerationRequest broken = ring_request(3, 300, 0);
  broken.sampling.logit_bias = {{kStop, -1e3F}, {kLast, -1e3F}};
  broken.constraint = std::make_shared<RingConstraint>(30);
  const GenerationRequest sound = ring_request(3, 60, 4);
  Reader first = submit(broken);
  Reader second = submit(sound);
  const Completion completion = first.rest();
  EXPECT_EQ(completion.finished.reason, FinishReason::kConstrained);
  EXPECT_GE(completion.tokens.size(), 29U);
  EXPECT_EQ(second.rest().tokens, expected_under_ring(sound));
  settle();
  EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
}

}  // namespace
}  // namespace peregrine::engine::testing
