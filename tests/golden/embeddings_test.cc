// Vectors of random embedding models against a reference implementation, per instruction set.
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "kernels/table.h"
#include "tests/golden/model_harness.h"

namespace peregrine::golden {
namespace {

struct Case {
  std::string model;
  std::string isa;

  friend void PrintTo(const Case& c, std::ostream* out) { *out << c.model << ", " << c.isa; }
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* model : {"bert-mean-f32", "nomic-bert-mean-f16"}) {
    for (const kernels::KernelTable* table : kernels::available_kernels()) {
      all.push_back({model, std::string(table->isa)});
    }
  }
  return all;
}

std::vector<float> mean_of(const std::vector<float>& vectors, std::size_t width) {
  std::vector<double> sums(width, 0.0);
  for (std::size_t i = 0; i < vectors.size(); ++i) sums[i % width] += static_cast<double>(vectors[i]);
  std::vector<float> mean(width);
  for (std::size_t i = 0; i < width; ++i) {
    mean[i] = static_cast<float>(sums[i] * static_cast<double>(width) / static_cast<double>(vectors.size()));
  }
  return mean;
}

double largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    worst = std::max(worst, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  return worst;
}

class EmbeddingParity : public testing::TestWithParam<Case> {};

TEST_P(EmbeddingParity, EveryTokenAndTheirMean) {
  const std::filesystem::path folder = golden_folder(GetParam().model);
  if (folder.empty()) GTEST_SKIP() << "needs golden/" << GetParam().model << ".gguf of the shared folder";
  const std::filesystem::path json = folder / (GetParam().model + ".json");
  ModelHarness harness(folder / (GetParam().model + ".gguf"), GetParam().isa, 2);
  EXPECT_EQ(harness.info().output, model::OutputKind::kEmbedding);
  EXPECT_EQ(harness.info().pooling, model::Pooling::kMean);
  for (const EmbeddingPrompt& prompt : read_embeddings(json)) {
    const std::vector<float> vectors = harness.embed(prompt.tokens);
    ASSERT_EQ(vectors.size(), prompt.token_vectors.size());
    EXPECT_LE(largest_difference(vectors, prompt.token_vectors), embedding_tolerance(json, "token_max_abs"))
        << prompt.name;
    const std::vector<float> mean = mean_of(vectors, harness.info().embedding_length);
    EXPECT_LE(largest_difference(mean, prompt.mean), embedding_tolerance(json, "pooled_max_abs"))
        << prompt.name;
    EXPECT_GE(cosine(mean, prompt.mean), embedding_tolerance(json, "pooled_min_cos")) << prompt.name;
  }
}

INSTANTIATE_TEST_SUITE_P(, EmbeddingParity, testing::ValuesIn(cases()),
                         [](const auto& param) { return test_name(param.param.model, param.param.isa); });

}  // namespace
}  // namespace peregrine::golden
