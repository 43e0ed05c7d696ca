// Requests with adapters among others: one batch, caches of their own, and the adapter kept as long as it is
// used.
#include <algorithm>
#include <memory>
#include <string>

#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

class AdapterEngineTest : public EngineTest {
 protected:
  ~AdapterEngineTest() override { engine_.reset(); }

  static GenerationRequest with(std::shared_ptr<const model::Adapter> adapter, std::vector<TokenId> prompt,
                                std::uint32_t max_tokens, std::uint64_t seed = 0) {
    GenerationRequest request = request_of(std::move(prompt), max_tokens, seed);
    request.adapter = std::move(adapter);
    return request;
  }

  std::shared_ptr<const model::Adapter> one_ = model_.adapter(1);
  std::shared_ptr<const model::Adapter> two_ = model_.adapter(2);
};

TEST_F(AdapterEngineTest, CompletionsAreTheAdapters) {
  start();
  const std::vector<TokenId> prompt = prompt_of(20, 1);
  const std::vector<TokenId> plain = expected_completion(with(nullptr, prompt, 30));
  for (const auto& adapter : {one_, two_}) {
    const GenerationRequest request = with(adapter, prompt, 30);
    const Completion completion = submit(request).rest();
    EXPECT_EQ(completion.tokens, expected_completion(request));
    EXPECT_NE(completion.tokens, plain);
  }
  EXPECT_EQ(submit(with(nullptr, prompt, 30)).rest().tokens, plain);
}

TEST_F(AdapterEngineTest, APrefixIsSharedWithinAnAdapterOnly) {
  start();
  const std::vector<TokenId> prompt = prompt_of(100, 1);
  const auto same_again = model_.adapter(1);  // bound anew: nobody says that it is the same
  struct Row {
    std::shared_ptr<const model::Adapter> adapter;
    std::uint32_t cached;
  };
  for (const Row& row : {Row{nullptr, 0}, Row{one_, 0}, Row{two_, 0}, Row{one_, 96}, Row{nullptr, 96},
                         Row{same_again, 0}, Row{two_, 96}, Row{same_again, 96}}) {
    const GenerationRequest request = with(row.adapter, prompt, 8);
    const Completion completion = submit(request).rest();
    EXPECT_EQ(completion.finished.cached_tokens, row.cached) << mark_of(row.adapter.get());
    EXPECT_EQ(completion.tokens, expected_completion(request)) << mark_of(row.adapter.get());
  }
}

TEST_F(AdapterEngineTest, SamplesOfOnePromptShareIt) {
  start();
  GenerationRequest request = with(one_, prompt_of(100, 2), 8);
  request.n = 3;
  std::vector<Reader> readers = submit_all(request);
  for (std::uint32_t i = 0; i < 3; ++i) {
    const Completion completion = readers[i].rest();
    EXPECT_EQ(completion.finished.cached_tokens, i == 0 ? 0U : 96U);
    GenerationRequest alone = request;
    alone.sampling.seed = i;
    EXPECT_EQ(completion.tokens, expected_completion(alone));
  }
}

// Steps hold sequences of every kind, those of one adapter side by side.
TEST_F(AdapterEngineTest, DifferentAdaptersShareABatch) {
  start();
  model_.hold();
  std::vector<GenerationRequest> requests;
  std::vector<Reader> readers;
  Reader first = submit(request_of({5}, 1));  // the loop waits with it while the others arrive
  model_.await_held();
  for (std::uint64_t i = 0; i < 9; ++i) {
    const auto& adapter = i % 3 == 0 ? one_ : i % 3 == 1 ? nullptr : two_;
    requests.push_back(with(adapter, prompt_of(5 + i * 7, i), 12, i));
    readers.push_back(submit(requests.back()));
  }
  model_.release();
  for (std::size_t i = 0; i < readers.size(); ++i) {
    EXPECT_EQ(readers[i].rest().tokens, expected_completion(requests[i])) << i;
  }
  std::size_t largest = 0;
  for (const RecordedStep& step : model_.steps()) {
    std::vector<std::int32_t> marks;
    for (const RecordedSlice& slice : step.slices) marks.push_back(slice.mark);
    EXPECT_TRUE(std::ranges::is_sorted(marks)) << "adapters are bound in the order of their marks";
    largest = std::max(largest, marks.size());
  }
  EXPECT_EQ(largest, 9U);
}

TEST_F(AdapterEngineTest, PreemptedSequencesKeepTheirs) {
  options_.max_sequences = 8;
  options_.step_tokens = 16;
  options_.kv_bytes = bytes_of_blocks(20);
  start();
  std::vector<GenerationRequest> requests;
  std::vector<Reader> readers;
  for (std::uint64_t i = 0; i < 8; ++i) {
    requests.push_back(with(i % 2 == 0 ? one_ : two_, prompt_of(20, i % 3), 60, i));
    readers.push_back(submit(requests.back()));
  }
  for (std::size_t i = 0; i < readers.size(); ++i) {
    EXPECT_EQ(readers[i].rest().tokens, expected_completion(requests[i])) << i;
  }
}

// Guesses are the text's own, or a model's that knows nothing of adapters: what is kept is the adapter's.
TEST_F(AdapterEngineTest, GuessesAreCheckedWithTheAdapter) {
  ScriptedModel draft(backend_, kContext);
  for (const model::Model* drafter :
       {static_cast<const model::Model*>(nullptr), static_cast<const model::Model*>(&draft)}) {
    auto engine = Engine::start(model_, options_, budget_, metrics_, "m", drafter);
    ASSERT_TRUE(engine.has_value()) << engine.error().text();
    engine_ = std::move(*engine);
    const double before = counter("peregrine_drafted_tokens_total");
    GenerationRequest request = babble(2, 300, 7);
    request.adapter = two_;
    EXPECT_EQ(submit(request).rest().tokens, expected_completion(request));
    EXPECT_GT(counter("peregrine_drafted_tokens_total"), before);
    engine_.reset();
  }
}

TEST_F(AdapterEngineTest, OneOfAnotherModelIsRefused) {
  start();
  const ScriptedModel other(backend_, kContext);
  const auto refused = engine_->submit(with(other.adapter(1), {1, 2}, 4));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(refused.error().where, "adapter");
}

TEST_F(AdapterEngineTest, LivesAsLongAsASequenceUsesIt) {
  start();
  const std::weak_ptr<const model::Adapter> watched = one_;
  GenerationRequest request = with(std::move(one_), prompt_of(20, 1), 40);
  const std::vector<TokenId> expected = expected_completion(request);
  model_.hold();
  Reader reader = submit(request);
  request = {};
  model_.await_held();
  EXPECT_FALSE(watched.expired());
  model_.release();
  EXPECT_EQ(reader.rest().tokens, expected);
  EXPECT_TRUE(watched.expired()) << "an ended sequence has given it back before its reader is told";
}

}  // namespace
}  // namespace peregrine::engine::testing
