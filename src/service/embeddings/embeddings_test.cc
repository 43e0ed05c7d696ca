#include "service/embeddings/embeddings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "engine/testing/outcome.h"
#include "service/embeddings/reranking.h"

namespace peregrine::service {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path kModels =
    std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests" / "golden" / "models";

class EmbeddingsTest : public ::testing::Test {
 protected:
  EmbeddingsTest() {
    for (const char* name : {"bert-mean-f32", "bert-rerank-f32", "llama-spm-q8_0"}) {
      EXPECT_TRUE(library_.add(kModels / (std::string(name) + ".gguf")));
    }
  }

  static LibraryOptions options() {
    LibraryOptions options;
    options.cpu.threads = 1;
    options.engine.step_tokens = 64;
    options.engine.max_sequences = 4;
    return options;
  }
  ModelLease lease(const std::string& id) {
    auto lease = library_.get(id);
    if (!lease) throw std::runtime_error(lease.error().text());
    return std::move(*lease);
  }
  template <class Answer>
  static Result<Answer> wait(Result<std::unique_ptr<Pending<Answer>>> pending) {
    if (!pending) return tl::unexpected(pending.error());
    return engine::testing::outcome(**pending);
  }
  Result<Embeddings> embed(std::vector<EmbeddingsRequest::Input> inputs,
                           std::optional<std::uint32_t> dimensions = {},
                           const std::string& id = "bert-mean-f32") {
    return wait(start_embeddings({.model = "Bert", .inputs = std::move(inputs), .dimensions = dimensions},
                                 lease(id)));
  }
  Result<Ranking> rank(RankingRequest request, const std::string& id = "bert-rerank-f32") {
    request.model = "Bert";
    return wait(start_ranking(request, lease(id)));
  }
  template <class Answer>
  static void expect_error(const Result<Answer>& result, ErrorCode code, const char* where,
                           const char* message) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, code);
    EXPECT_EQ(result.error().where, where);
    EXPECT_THAT(result.error().message, HasSubstr(message));
  }

  base::MemoryBudget budget_{std::uint64_t{1} << 30};
  base::Metrics metrics_;
  ModelLibrary library_{budget_, metrics_, options()};
};

TEST_F(EmbeddingsTest, AreOfTextsAndOfTokens) {
  const auto result = embed({std::string("the cat sat on the mat"),
                             std::vector<model::TokenId>{2, 147, 103, 137, 126, 147, 119, 3}});
  ASSERT_TRUE(result) << result.error().text();
  ASSERT_EQ(result->size(), 2U);
  EXPECT_EQ(result->dimensions, 64U);
  EXPECT_EQ(result->prompt_tokens, 16U);
  const auto middle = result->values.begin() + 64;
  EXPECT_TRUE(std::equal(result->values.begin(), middle, middle));
}

TEST_F(EmbeddingsTest, SpelledControlTokensAreText) {
  const auto result = embed({std::string("[SEP]")});
  ASSERT_TRUE(result);
  EXPECT_GT(result->prompt_tokens, 3U);
}

TEST_F(EmbeddingsTest, ErrorsNameTheInput) {
  expect_error(embed({std::string("a"), std::vector<model::TokenId>{2, 320}}), ErrorCode::kInvalidArgument,
               "input[1]", "token id 320 is not in the model's vocabulary of 320");
  expect_error(embed({std::vector<model::TokenId>{-1}}), ErrorCode::kInvalidArgument, "input[0]", "-1");
  expect_error(embed({std::vector<model::TokenId>{}}), ErrorCode::kInvalidArgument, "input[0]", "no tokens");
  EXPECT_TRUE(embed({std::vector<model::TokenId>(80, 5)}));
  expect_error(embed({std::string("a"), std::vector<model::TokenId>(81, 5)}), ErrorCode::kResourceExhausted,
               "input[1]", "81 tokens, but the model's context window is 80 tokens");
  std::string words;
  for (int i = 0; i < 100; ++i) words += "the ";
  expect_error(embed({words}), ErrorCode::kResourceExhausted, "input[0]", "102 tokens");
}

TEST_F(EmbeddingsTest, OnlyModelsThatWereTrainedForItAreCut) {
  EXPECT_TRUE(embed({std::string("a")}, 64));
  expect_error(embed({std::string("a")}, 65), ErrorCode::kInvalidArgument, "dimensions", "1..64");
  expect_error(embed({std::string("a")}, 32), ErrorCode::kInvalidArgument, "dimensions",
               "64 dimensions and cannot be shortened");
}

TEST_F(EmbeddingsTest, ACutVectorIsTheWholeOnesBeginningWithLengthOne) {
  const std::filesystem::path copy =
      std::filesystem::path(::testing::TempDir()) / "Nomic-Embed-Text-v1.5.F32.gguf";
  std::filesystem::copy_file(kModels / "bert-mean-f32.gguf", copy,
                             std::filesystem::copy_options::overwrite_existing);
  ASSERT_TRUE(library_.add(copy));
  const std::string id = "nomic-embed-text-v1.5.f32";
  const auto whole = embed({std::string("a"), std::string("b")}, {}, id);
  const auto cut = embed({std::string("a"), std::string("b")}, 10, id);
  ASSERT_TRUE(whole && cut);
  ASSERT_EQ(cut->values.size(), 20U);
  for (std::size_t i = 0; i < 2; ++i) {
    double squares = 0;
    for (std::size_t c = 0; c < 10; ++c)
      squares += std::pow(static_cast<double>(whole->values[i * 64 + c]), 2);
    for (std::size_t c = 0; c < 10; ++c) {
      EXPECT_NEAR(cut->values[i * 10 + c],
                  static_cast<double>(whole->values[i * 64 + c]) / std::sqrt(squares), 1e-6);
    }
  }
}

TEST_F(EmbeddingsTest, RankingsAreOrderedAndStable) {
  const auto ranking = rank({.query = "the cat", .documents = {"one", "the mat", "one", "ships"}});
  ASSERT_TRUE(ranking) << ranking.error().text();
  ASSERT_EQ(ranking->places.size(), 4U);
  std::vector<std::size_t> ones;
  for (std::size_t i = 0; i < 4; ++i) {
    const Ranking::Place& place = ranking->places[i];
    EXPECT_GT(place.score, 0.0F);
    EXPECT_LT(place.score, 1.0F);
    if (i > 0) {
      EXPECT_LE(place.score, ranking->places[i - 1].score);
    }
    if (place.document % 2 == 0) ones.push_back(place.document);
  }
  EXPECT_THAT(ones, ElementsAre(0U, 2U)) << "equal documents keep their order";
}

TEST_F(EmbeddingsTest, RankingErrorsNameTheField) {
  expect_error(rank({.query = "a", .documents = {"b"}, .instruction = "find it"}),
               ErrorCode::kInvalidArgument, "instruction", "not supported with this model");
  std::string words;
  for (int i = 0; i < 60; ++i) words += "the ";
  EXPECT_TRUE(rank({.query = "a", .documents = {words}}));
  expect_error(rank({.query = "a b", .documents = {"c", words}}), ErrorCode::kResourceExhausted, "docs[1]",
               "65 tokens, but the model's context window is 64 tokens");
  expect_error(rank({.query = words + words, .documents = {"c"}}), ErrorCode::kResourceExhausted, "docs[0]",
               "tokens");
}

TEST_F(EmbeddingsTest, EveryModelDoesItsOwnThing) {
  for (const char* id : {"llama-spm-q8_0", "bert-rerank-f32"}) {
    expect_error(embed({std::string("a")}, {}, id), ErrorCode::kInvalidArgument, "model",
                 "The model `Bert` does not support embeddings");
  }
  for (const char* id : {"llama-spm-q8_0", "bert-mean-f32"}) {
    expect_error(rank({.query = "a", .documents = {"b"}}, id), ErrorCode::kInvalidArgument, "model",
                 "The model `Bert` does not support reranking");
  }
}

TEST_F(EmbeddingsTest, ADraftForAnEmbeddingModelIsRefused) {
  LibraryOptions with = options();
  with.drafts["bert-mean-f32"] = kModels / "bert-mean-f32.gguf";
  ModelLibrary library(budget_, metrics_, with);
  ASSERT_TRUE(library.add(kModels / "bert-mean-f32.gguf"));
  const Status status = library.load_named();
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, HasSubstr("generates no text"));
}

TEST_F(EmbeddingsTest, AStoppedLibraryRefuses) {
  ModelLease held = lease("bert-mean-f32");
  library_.stop();
  const auto late =
      start_embeddings({.model = "Bert", .inputs = {std::string("a")}, .dimensions = {}}, std::move(held));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace peregrine::service
