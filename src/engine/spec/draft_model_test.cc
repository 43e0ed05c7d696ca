// A model that guesses, against the definition: the likeliest token after what stands there, and so on.
#include "engine/spec/draft_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

using backend::View;
using ::testing::IsEmpty;

constexpr std::uint32_t kDraftContext = 1000;

std::vector<TokenId> expected_guess(std::vector<TokenId> tokens, std::uint32_t max) {
  std::vector<TokenId> draft;
  while (draft.size() < max) {
    const std::vector<float> logits = scripted_logits(tokens);
    draft.push_back(static_cast<TokenId>(std::ranges::max_element(logits) - logits.begin()));
    tokens.push_back(draft.back());
  }
  return draft;
}

class DraftModelTest : public ::testing::TestWithParam<bool> {
 protected:
  Result<std::unique_ptr<DraftModel>> create(std::uint32_t max_context = 1U << 20) {
    return DraftModel::create(model_, {}, kScriptedVocab, max_context, budget_);
  }
  std::uint32_t rows() const {
    std::uint32_t rows = 0;
    for (const RecordedStep& step : model_.steps()) rows += step.slices.at(0).n_rows;
    return rows;
  }

  base::MemoryBudget budget_{1U << 20};
  TokenBackend backend_{budget_};
  // With layers that see less, too.
  ScriptedModel model_{backend_, kDraftContext,
                       GetParam() ? std::vector<View>{{View::Kind::kWindow, 20}, {View::Kind::kChunk, 48}}
                                  : std::vector<View>{}};
  std::vector<TokenId> draft_;
};

// Sequences that go on as guessed, or otherwise, become shorter, or are others altogether.
TEST_P(DraftModelTest, GuessesTheLikeliestWhateverWasGuessedBefore) {
  const auto drafter = *create();
  base::Rng rng(6);
  std::vector<TokenId> tokens = prompt_of(30, 1);
  for (int i = 0; i < 300; ++i) {
    const auto max = static_cast<std::uint32_t>(1 + rng.next() % 15);
    drafter->guess(tokens, max, draft_);
    ASSERT_EQ(draft_, expected_guess(tokens, max)) << "guess " << i;
    if (rng.next() % 20 == 0) tokens = prompt_of(1 + rng.next() % 200, rng.next() % 3);
    const auto right = static_cast<std::ptrdiff_t>(rng.next() % (draft_.size() + 1));
    tokens.insert(tokens.end(), draft_.begin(), draft_.begin() + right);
    tokens.push_back(static_cast<TokenId>(rng.next() % 90));
    if (tokens.size() > 900) tokens.resize(1 + rng.next() % 100);
  }
}

TEST_P(DraftModelTest, ComputesWhatIsNewOnly) {
  const auto drafter = *create();
  std::vector<TokenId> tokens = prompt_of(100, 1);
  drafter->guess(tokens, 4, draft_);
  EXPECT_EQ(rows(), 100U + 3);
  tokens.insert(tokens.end(), draft_.begin(), draft_.begin() + 2);
  tokens.push_back((draft_[2] + 1) % 90);
  drafter->guess(tokens, 1, draft_);
  EXPECT_EQ(rows(), 100U + 3 + 1) << "two guesses were right and stand there already";
}

TEST_P(DraftModelTest, ALongPromptIsReadPieceByPiece) {
  const auto drafter = *create();
  const std::vector<TokenId> tokens = prompt_of(600, 1);
  for (int call = 0; call < 2; ++call) {
    const std::uint32_t before = rows();
    drafter->guess(tokens, 4, draft_);
    EXPECT_THAT(draft_, IsEmpty());
    EXPECT_EQ(rows() - before, 256U);
  }
  drafter->guess(tokens, 4, draft_);
  EXPECT_EQ(draft_, expected_guess(tokens, 4));
}

TEST_P(DraftModelTest, NothingBeyondItsContext) {
  const auto drafter = *create(64);
  drafter->guess(prompt_of(60, 1), 4, draft_);
  EXPECT_EQ(draft_, expected_guess(prompt_of(60, 1), 4));
  drafter->guess(prompt_of(61, 1), 4, draft_);
  EXPECT_THAT(draft_, IsEmpty());
  drafter->guess({}, 4, draft_);
  EXPECT_THAT(draft_, IsEmpty());
}

TEST_P(DraftModelTest, NothingAfterTokensOrLogitsThatMeanNothing) {
  const auto drafter = *create();
  std::vector<TokenId> tokens = prompt_of(10, 1);
  tokens.push_back(static_cast<TokenId>(kScriptedVocab));
  drafter->guess(tokens, 4, draft_);
  EXPECT_THAT(draft_, IsEmpty());
  tokens.back() = kPoison;
  drafter->guess(tokens, 4, draft_);
  EXPECT_THAT(draft_, IsEmpty());
  tokens.back() = 3;
  drafter->guess(tokens, 4, draft_);
  EXPECT_EQ(draft_, expected_guess(tokens, 4));
}

TEST_P(DraftModelTest, ItsMemoryIsInTheBudget) {
  const std::uint64_t before = budget_.available();
  {
    const auto drafter = *create();
    // Keys and values of F16 for 63 blocks in every group, and a row of logits.
    const std::uint64_t groups = GetParam() ? 3 : 1;
    EXPECT_EQ(before - budget_.available(), groups * 63 * 16 * 4 + kScriptedVocab * 4);
  }
  EXPECT_EQ(budget_.available(), before);
  const auto taken = budget_.reserve(base::MemoryKind::kScratch, before - 2000, "the rest");
  ASSERT_TRUE(taken.has_value());
  const auto refused = create();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
}

INSTANTIATE_TEST_SUITE_P(Views, DraftModelTest, ::testing::Bool(),
                         [](const auto& param) { return param.param ? "views" : "all"; });

}  // namespace
}  // namespace peregrine::engine::testing
