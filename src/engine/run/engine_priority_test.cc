// Who goes first, and who stands still for whom.
#include <gmock/gmock.h>

#include <array>
#include <string>
#include <vector>

#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

using ::testing::ElementsAre;

class PriorityTest : public EngineTest {
 protected:
  static GenerationRequest ask(Priority priority, TokenId first, std::uint32_t tokens) {
    GenerationRequest request = request_of({first}, tokens, static_cast<std::uint64_t>(first));
    request.priority = priority;
    return request;
  }
  // Whose steps followed each other, by their first tokens; nobody shares one.
  std::vector<TokenId> turns() const {
    std::vector<TokenId> turns;
    for (const RecordedStep& step : model_.steps()) {
      EXPECT_EQ(step.slices.size(), 1U);
      const TokenId first = step.slices.front().first_token;
      if (turns.empty() || turns.back() != first) turns.push_back(first);
    }
    return turns;
  }
};

TEST_F(PriorityTest, TheUrgentGoFirst) {
  options_.max_sequences = 1;
  start();
  model_.hold();
  Reader running = submit(request_of({1}, 60));
  model_.await_held();
  const std::vector<Priority> order = {Priority::kBatch, Priority::kFlex, Priority::kNormal, Priority::kHigh,
                                       Priority::kNormal};
  std::vector<Reader> readers;
  readers.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    readers.push_back(submit(ask(order[i], static_cast<TokenId>(10 + i), 3)));
  }
  model_.release();
  running.rest();
  for (Reader& reader : readers) reader.rest();
  EXPECT_THAT(turns(), ElementsAre(1, 13, 12, 14, 11, 10));
}

// What stands below makes no step while somebody above it can, and goes on where it stood; equals share
// steps.
TEST_F(PriorityTest, TheLowStandStillWhileOthersMove) {
  struct Row {
    const char* name;
    Priority running;
    Priority comes;
    bool stands;
  };
  constexpr std::array kRows = {
      Row{"a batch for a request", Priority::kBatch, Priority::kNormal, true},
      Row{"a batch for an urgent one", Priority::kBatch, Priority::kHigh, true},
      Row{"a batch for a flexible one", Priority::kBatch, Priority::kFlex, true},
      Row{"a flexible one for a request", Priority::kFlex, Priority::kNormal, true},
      Row{"a flexible one for an urgent one", Priority::kFlex, Priority::kHigh, true},
      Row{"no request for an urgent one", Priority::kNormal, Priority::kHigh, false},
      Row{"no flexible one for its like", Priority::kFlex, Priority::kFlex, false},
      Row{"no batch for another", Priority::kBatch, Priority::kBatch, false},
  };
  options_.speculation = false;
  start();
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    const std::size_t before = model_.steps().size();
    model_.hold();
    const GenerationRequest first = ask(row.running, 1, 60);
    Reader running = submit(first);
    model_.await_held();
    const GenerationRequest second = ask(row.comes, 2, 40);
    Reader comes = submit(second);
    model_.release();
    EXPECT_EQ(comes.rest().tokens, expected_completion(second));
    EXPECT_EQ(running.rest().tokens, expected_completion(first));
    const auto steps = model_.steps();
    EXPECT_EQ(steps.size() - before == 100U, row.stands) << steps.size() - before;
    std::size_t shared = 0;
    for (std::size_t i = before; i < steps.size(); ++i) shared += steps[i].slices.size() > 1 ? 1 : 0;
    EXPECT_EQ(shared == 0, row.stands) << shared;
  }
}

// Three bands at once: each has its turn when those before it are done.
TEST_F(PriorityTest, BandsFollowEachOther) {
  options_.speculation = false;
  start();
  model_.hold();
  Reader batch = submit(ask(Priority::kBatch, 1, 30));
  model_.await_held();
  Reader flex = submit(ask(Priority::kFlex, 2, 20));
  Reader plain = submit(ask(Priority::kNormal, 3, 10));
  model_.release();
  plain.rest();
  flex.rest();
  batch.rest();
  EXPECT_THAT(turns(), ElementsAre(1, 3, 2, 1));
  EXPECT_EQ(model_.steps().size(), 60U);
}

}  // namespace
}  // namespace peregrine::engine::testing
