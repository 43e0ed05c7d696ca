// Grammars over real vocabularies, as the engine uses them: masks, forced tokens, taking back.
#include "service/chat/constraint.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <random>
#include <string>

#include "grammar/builder.h"
#include "service/chat/formats/format.h"
#include "service/library/text_side.h"

namespace peregrine::service {
namespace {

class GrammarConstraintTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(GetParam())) GTEST_SKIP() << GetParam() << " is not there";
    auto loaded = load_text_side(GetParam());
    ASSERT_TRUE(loaded) << loaded.error().text();
    model_ = std::move(*loaded);
  }

  std::unique_ptr<engine::Constraint> start(grammar::GrammarResult grammar) {
    EXPECT_TRUE(grammar) << grammar.error().text();
    auto constraint = GrammarConstraint::create(*grammar, model_->grammar_vocabulary(), *model_->tokenizer);
    EXPECT_TRUE(constraint) << constraint.error().text();
    return (*constraint)->clone();
  }

  std::size_t n_vocab() const { return model_->tokenizer->vocabulary().size(); }

  std::vector<std::uint64_t> mask(engine::Constraint& constraint) {
    // As weights have them at times: more rows than the tokenizer has tokens.
    std::vector<std::uint64_t> words((n_vocab() + 200 + 63) / 64, ~std::uint64_t{0});
    EXPECT_TRUE(constraint.mask(words));
    for (std::size_t i = n_vocab(); i < words.size() * 64; ++i) {
      EXPECT_EQ(words[i / 64] >> (i % 64) & 1, 0U) << "token " << i << " is none";
    }
    return words;
  }

  bool allowed(const std::vector<std::uint64_t>& words, model::TokenId token) const {
    const auto i = static_cast<std::size_t>(token);
    return (words[i / 64] >> (i % 64) & 1) != 0;
  }

  // Says something at random; short, by preferring tokens that end it.
  std::vector<model::TokenId> walk(engine::Constraint& constraint, std::mt19937_64& random, bool jump) {
    std::vector<model::TokenId> tokens;
    while (!constraint.ended() && tokens.size() < 2000) {
      const auto words = mask(constraint);
      std::vector<model::TokenId> choices;
      for (std::size_t i = 0; i < n_vocab(); ++i) {
        const auto token = static_cast<model::TokenId>(i);
        if (!allowed(words, token)) continue;
        if (model_->tokenizer->vocabulary().ends_generation(token)) return tokens;
        choices.push_back(token);
      }
      if (choices.empty()) {
        ADD_FAILURE() << "nothing may follow";
        return tokens;
      }
      const model::TokenId token = choices[random() % choices.size()];
      EXPECT_TRUE(constraint.accept(token));
      tokens.push_back(token);
      if (!jump) continue;
      std::vector<model::TokenId> forced;
      EXPECT_TRUE(constraint.follow(64, forced));
      n_forced_ += forced.size();
      tokens.insert(tokens.end(), forced.begin(), forced.end());
    }
    return tokens;
  }

  std::string text(const std::vector<model::TokenId>& tokens) const {
    return model_->tokenizer->decode(tokens, {.render_special = false, .at_text_start = false});
  }

  std::unique_ptr<TextSide> model_;
  std::size_t n_forced_ = 0;
};

const char* const kSchema = R"({"type":"object","additionalProperties":false,
  "properties":{"kind":{"enum":["circle","square"]},"size":{"type":"integer","minimum":1,"maximum":9},
                "a_rather_long_name_of_a_property":{"type":"boolean"}},
  "required":["kind","size","a_rather_long_name_of_a_property"]})";

TEST_P(GrammarConstraintTest, EveryWalkFitsTheSchema) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 40; ++i) {
    const auto constraint = start(grammar::compile_json_schema_text(kSchema));
    const std::string answer = text(walk(*constraint, random, i % 2 == 0));
    boost::system::error_code error;
    const boost::json::value value = boost::json::parse(answer, error);
    ASSERT_FALSE(error) << answer;
    const boost::json::object& object = value.as_object();
    EXPECT_EQ(object.size(), 3U) << answer;
    EXPECT_TRUE(object.at("kind") == "circle" || object.at("kind") == "square") << answer;
    EXPECT_TRUE(object.at("a_rather_long_name_of_a_property").is_bool()) << answer;
    EXPECT_GE(object.at("size").as_int64(), 1) << answer;
    EXPECT_LE(object.at("size").as_int64(), 9) << answer;
  }
}

// What is forced is what the tokenizer makes of the text, and what the mask would have allowed.
TEST_P(GrammarConstraintTest, ForcedTokensAreAllowedOnes) {
  const std::string whole = R"({"answer": "forty-two", "checked": true})";
  const auto constraint = start(grammar::compile_choice(std::vector<std::string>{whole}));
  const auto free = constraint->clone();
  const auto first = mask(*constraint);
  model::TokenId begin = text::kNoToken;
  for (std::size_t i = 0; i < n_vocab() && begin == text::kNoToken; ++i) {
    if (allowed(first, static_cast<model::TokenId>(i))) begin = static_cast<model::TokenId>(i);
  }
  ASSERT_NE(begin, text::kNoToken);
  std::vector<model::TokenId> tokens = {begin};
  ASSERT_TRUE(constraint->accept(begin));
  ASSERT_TRUE(constraint->follow(1000, tokens));
  for (const model::TokenId token : tokens) {
    EXPECT_TRUE(allowed(mask(*free), token));
    EXPECT_TRUE(free->accept(token));
  }
  EXPECT_TRUE(std::string_view(whole).starts_with(text(tokens)));
  // Nothing else could be said, so where tokens can be forced at all they go to the end.
  if (tokens.size() > 1) {
    EXPECT_EQ(text(tokens), whole);
    EXPECT_TRUE(constraint->ended());
  }
}

TEST_P(GrammarConstraintTest, NoMoreThanThereIsRoomFor) {
  const auto constraint =
      start(grammar::compile_choice(std::vector<std::string>{"abcdefghij klmnopq rstuvw"}));
  std::vector<model::TokenId> tokens;
  ASSERT_TRUE(constraint->follow(1, tokens));
  EXPECT_LE(tokens.size(), 1U);
}

TEST_P(GrammarConstraintTest, TakenBackTokensLeaveNoTrace) {
  std::mt19937_64 random(11);
  const auto constraint = start(grammar::compile_json_schema_text(kSchema));
  const auto empty = mask(*constraint);
  std::vector<std::vector<std::uint64_t>> masks;
  while (!constraint->ended() && masks.size() < 30) {
    masks.push_back(mask(*constraint));
    std::vector<model::TokenId> choices;
    for (std::size_t t = 0; t < n_vocab(); ++t) {
      if (allowed(masks.back(), static_cast<model::TokenId>(t)))
        choices.push_back(static_cast<model::TokenId>(t));
    }
    ASSERT_TRUE(constraint->accept(choices[random() % choices.size()]));
  }
  ASSERT_GT(masks.size(), 3U);
  for (; masks.size() > 3; masks.pop_back()) {
    constraint->take_back(1);
    EXPECT_EQ(mask(*constraint), masks.back());
  }
  constraint->take_back(3);
  EXPECT_EQ(mask(*constraint), empty);
}

// A control token is told from text that spells it.
TEST_P(GrammarConstraintTest, ControlTokensAreNamedByTheirMarks) {
  const text::Vocabulary& vocabulary = model_->tokenizer->vocabulary();
  model::TokenId control = text::kNoToken;
  for (std::size_t i = 0; i < n_vocab(); ++i) {
    const auto token = static_cast<model::TokenId>(i);
    if (vocabulary.kind(token) == text::TokenKind::kControl && !vocabulary.ends_generation(token) &&
        vocabulary.piece(token).size() > 2) {
      control = token;
    }
  }
  if (control == text::kNoToken) GTEST_SKIP() << "no control token that does not end a text";
  grammar::GrammarBuilder builder;
  const std::string piece(vocabulary.piece(control));
  const auto marked = builder.literal(control_mark(piece));
  const auto rest = builder.literal("x");
  const auto root = builder.sequence({*marked, *rest});
  const auto constraint = start(std::move(builder).build(root));
  const auto words = mask(*constraint);
  for (std::size_t i = 0; i < n_vocab(); ++i) {
    EXPECT_EQ(allowed(words, static_cast<model::TokenId>(i)), static_cast<model::TokenId>(i) == control) << i;
  }
  const auto text = start(grammar::compile_choice(std::vector<std::string>{piece}));
  EXPECT_FALSE(allowed(mask(*text), control));
}

INSTANTIATE_TEST_SUITE_P(Vocabularies, GrammarConstraintTest,
                         ::testing::Values(PEREGRINE_SOURCE_DIR "/models/peregrine-starter.gguf",
                                           PEREGRINE_SOURCE_DIR "/tests/golden/models/llama-spm-q8_0.gguf",
                                           PEREGRINE_SHARED_DIR "/golden/gpt-oss-f32.gguf"));

}  // namespace
}  // namespace peregrine::service
