// A prompt whose beginning another request has computed costs its own end and nothing else, whatever the
// layers see.
#include <algorithm>
#include <string>

#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

using backend::View;

constexpr std::uint32_t kShared = 2000;  // tokens, in whole blocks
constexpr std::uint32_t kLongContext = 4096;

struct Layers {
  const char* name;
  std::vector<View> views;  // besides a group that sees everything
};

class LongPrefix : public EngineTest, public ::testing::WithParamInterface<Layers> {
 protected:
  ~LongPrefix() override { engine_.reset(); }

  void start_long() {
    options_.max_sequences = 8;
    options_.speculation = false;
    auto engine = Engine::start(long_, options_, budget_, metrics_, "m");
    ASSERT_TRUE(engine.has_value()) << engine.error().text();
    engine_ = std::move(*engine);
  }

  static std::vector<TokenId> prompt(std::uint32_t own, std::uint64_t seed) {
    std::vector<TokenId> tokens = prompt_of(kShared, 1);
    const std::vector<TokenId> end = prompt_of(own, seed);
    tokens.insert(tokens.end(), end.begin(), end.end());
    return tokens;
  }

  // Rows computed since the last call.
  std::uint32_t rows() {
    const std::vector<RecordedStep> steps = long_.steps();
    std::uint32_t rows = 0;
    for (; seen_ < steps.size(); ++seen_) {
      for (const RecordedSlice& slice : steps[seen_].slices) rows += slice.n_rows;
    }
    return rows;
  }

  ScriptedModel long_{backend_, kLongContext, GetParam().views};

 private:
  std::size_t seen_ = 0;
};

TEST_P(LongPrefix, ASecondRequestComputesOnlyItsOwnEnd) {
  start_long();
  constexpr std::uint32_t kTokens = 3;
  EXPECT_EQ(submit(request_of(prompt(100, 2), kTokens)).rest().finished.cached_tokens, 0U);
  EXPECT_EQ(rows(), kShared + 100 + kTokens - 1);

  for (const std::uint32_t own : {37U, 1U, 300U}) {
    const GenerationRequest request = request_of(prompt(own, 10 + own), kTokens, own);
    const Completion completion = submit(request).rest();
    EXPECT_EQ(completion.finished.prompt_tokens, kShared + own);
    EXPECT_EQ(completion.finished.cached_tokens, kShared);
    EXPECT_EQ(rows(), own + kTokens - 1);
    EXPECT_EQ(completion.tokens, expected_completion(request));
  }
  EXPECT_EQ(counter("peregrine_prefix_cache_lookups_total"), 4);
  EXPECT_EQ(counter("peregrine_prefix_cache_hits_total"), 3);
  EXPECT_EQ(counter("peregrine_prefix_cache_hit_tokens_total"), 3 * kShared);
}

TEST_P(LongPrefix, SeveralAtOnceComputeOnlyTheirOwnEnds) {
  start_long();
  submit(request_of(prompt(50, 2), 1)).rest();
  rows();
  std::vector<Reader> readers;
  long_.hold();
  for (std::uint32_t i = 0; i < 4; ++i) readers.push_back(submit(request_of(prompt(20, 20 + i), 1)));
  long_.release();
  for (std::uint32_t i = 0; i < 4; ++i) {
    const Completion completion = readers[i].rest();
    EXPECT_EQ(completion.finished.cached_tokens, kShared);
    EXPECT_EQ(completion.tokens, expected_completion(request_of(prompt(20, 20 + i), 1)));
  }
  EXPECT_EQ(rows(), 4U * 20);
}

INSTANTIATE_TEST_SUITE_P(Views, LongPrefix,
                         ::testing::Values(Layers{"all", {}}, Layers{"window", {{View::Kind::kWindow, 128}}},
                                           Layers{"wide_window", {{View::Kind::kWindow, 1024}}},
                                           Layers{"chunk", {{View::Kind::kChunk, 512}}},
                                           Layers{"window_and_chunk",
                                                  {{View::Kind::kWindow, 100}, {View::Kind::kChunk, 300}}}),
                         [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace peregrine::engine::testing
