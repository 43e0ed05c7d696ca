// Vectors and scores as a request gets them, against reference values; and the same bits however requests
// come together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <future>
#include <iterator>
#include <map>

#include "service/embeddings/embeddings.h"
#include "service/embeddings/reranking.h"
#include "tests/golden/model_harness.h"

namespace peregrine::golden {
namespace {

using service::EmbeddingsRequest;
using Vectors = std::vector<float>;

struct Setting {
  unsigned threads = 1;
  std::uint32_t step_tokens = 512;
};

// One model of the golden folder behind the library, as the server has it.
class Served {
 public:
  explicit Served(const std::string& name, const Setting& setting = {})
      : library_(budget_, metrics_, options(setting)) {
    const auto added = library_.add(golden_folder(name) / (name + ".gguf"));
    if (!added) throw std::runtime_error(added.error().text());
  }

  service::ModelLease lease() {
    auto lease = library_.get(library_.models().front().id);
    if (!lease) throw std::runtime_error(lease.error().text());
    return std::move(*lease);
  }
  std::unique_ptr<service::PendingEmbeddings> start(std::vector<EmbeddingsRequest::Input> inputs) {
    EmbeddingsRequest request;
    request.model = "m";
    request.inputs = std::move(inputs);
    auto pending = service::start_embeddings(request, lease());
    if (!pending) throw std::runtime_error(pending.error().text());
    return std::move(*pending);
  }
  service::Embeddings embed(std::vector<EmbeddingsRequest::Input> inputs) {
    return result_of(*start(std::move(inputs)));
  }
  template <class Answer>
  static Answer result_of(service::Pending<Answer>& pending) {
    const auto ready = std::make_shared<std::promise<void>>();
    pending.on_ready([ready] { ready->set_value(); });
    ready->get_future().wait();
    Result<Answer> answer = *pending.poll();
    if (!answer) throw std::runtime_error(answer.error().text());
    return std::move(*answer);
  }

 private:
  static service::LibraryOptions options(const Setting& setting) {
    service::LibraryOptions options;
    options.cpu.threads = setting.threads;
    options.engine.step_tokens = setting.step_tokens;
    options.engine.max_sequences = 1;
    return options;
  }

  base::MemoryBudget budget_{std::uint64_t{1} << 30};
  base::Metrics metrics_;
  service::ModelLibrary library_;
};

boost::json::value read_json(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return boost::json::parse(std::string(std::istreambuf_iterator<char>(stream), {}));
}

class EncoderService : public testing::TestWithParam<const char*> {};

TEST_P(EncoderService, VectorsAreTheReferences) {
  const std::string name = GetParam();
  const std::filesystem::path json = golden_folder(name) / (name + ".json");
  Served served(name);
  std::vector<EmbeddingsRequest::Input> inputs;
  const std::vector<EmbeddingPrompt> prompts = read_embeddings(json);
  std::size_t tokens = 0;
  for (const EmbeddingPrompt& prompt : prompts) {
    inputs.emplace_back(prompt.tokens);
    tokens += prompt.tokens.size();
  }
  const service::Embeddings result = served.embed(inputs);
  ASSERT_EQ(result.size(), prompts.size());
  EXPECT_EQ(result.prompt_tokens, tokens);
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    const auto vector = std::span(result.values).subspan(i * result.dimensions, result.dimensions);
    ASSERT_EQ(vector.size(), prompts[i].mean.size());
    EXPECT_GE(cosine(vector, prompts[i].mean), embedding_tolerance(json, "pooled_min_cos"))
        << prompts[i].name;
    double squares = 0;
    for (const float value : vector) squares += static_cast<double>(value) * static_cast<double>(value);
    EXPECT_NEAR(squares, 1.0, 1e-5);
  }
}

TEST_P(EncoderService, TextsAreTheirTokensWithWhatTheModelWantsAroundThem) {
  const std::string name = GetParam();
  Served served(name);
  const boost::json::value json = read_json(golden_folder(name) / (name + ".json"));
  for (const auto& item : json.at("tokenize").as_array()) {
    if (!item.at("add_special").as_bool() || item.at("text").as_string().empty()) continue;
    const std::string text(item.at("text").as_string());
    const auto tokens = boost::json::value_to<std::vector<model::TokenId>>(item.at("tokens"));
    const service::Embeddings of_text = served.embed({text});
    EXPECT_EQ(of_text.values, served.embed({tokens}).values) << text;
    EXPECT_EQ(of_text.prompt_tokens, tokens.size());
  }
}

TEST_P(EncoderService, TheSameBitsWithWhateverElseAndOnAnyNumberOfThreads) {
  const std::string name = GetParam();
  const std::vector<EmbeddingPrompt> prompts = read_embeddings(golden_folder(name) / (name + ".json"));
  std::vector<Tokens> inputs;
  for (const EmbeddingPrompt& prompt : prompts) inputs.push_back(prompt.tokens);
  for (std::uint32_t n = 2; n < 40; n += 3) {
    Tokens& cut = inputs.emplace_back(inputs[2]);
    cut.resize(n);
  }
  std::vector<Vectors> alone;
  {
    Served served(name, {.threads = 1, .step_tokens = 512});
    for (const Tokens& tokens : inputs) alone.push_back(served.embed({tokens}).values);
  }
  for (const Setting& setting : {Setting{1, 512}, Setting{2, 512}, Setting{3, 37}, Setting{2, 1}}) {
    Served served(name, setting);
    std::vector<std::unique_ptr<service::PendingEmbeddings>> pending;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      pending.push_back(served.start({inputs[i], inputs[(i + 1) % inputs.size()]}));
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      Vectors expected = alone[i];
      const Vectors& second = alone[(i + 1) % inputs.size()];
      expected.insert(expected.end(), second.begin(), second.end());
      EXPECT_EQ(Served::result_of(*pending[i]).values, expected)
          << i << ", " << setting.threads << " threads, steps of " << setting.step_tokens;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, EncoderService, testing::Values("bert-mean-f32", "nomic-bert-mean-f16"),
                         [](const auto& param) {
                           std::string name = param.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

// make_reranker.py computed these in double precision from the texts' tokens.
TEST(RankingService, ScoresAreTheReferences) {
  constexpr double kTolerance = 2e-3;  // of a logit
  Served served("bert-rerank-f32");
  const auto json = read_json(golden_folder("bert-rerank-f32") / "bert-rerank-f32.json");
  std::map<std::string, std::vector<const boost::json::value*>> by_query;
  for (const auto& pair : json.at("pairs").as_array()) {
    by_query[std::string(pair.at("query").as_string())].push_back(&pair);
  }
  ASSERT_EQ(by_query.size(), 2U);
  for (const auto& [query, pairs] : by_query) {
    service::RankingRequest request{.model = "m", .query = query, .documents = {}, .instruction = {}};
    for (const auto* pair : pairs) request.documents.emplace_back(pair->at("doc").as_string());
    auto pending = service::start_ranking(request, served.lease());
    ASSERT_TRUE(pending) << pending.error().text();
    const service::Ranking ranking = Served::result_of(**pending);
    ASSERT_EQ(ranking.places.size(), pairs.size());
    float last = 1.0F;
    for (const auto& [document, score] : ranking.places) {
      const double p = static_cast<double>(score);
      const double logit = std::log(p / (1.0 - p));
      EXPECT_NEAR(logit, pairs[document]->at("logit").as_double(), kTolerance) << request.documents[document];
      EXPECT_LE(score, last);
      last = score;
    }
  }
}

}  // namespace
}  // namespace peregrine::golden
