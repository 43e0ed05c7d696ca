#include "service/library/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace peregrine::service {
namespace {

const std::filesystem::path kModels =
    std::filesystem::path(PEREGRINE_SOURCE_DIR) / "tests" / "golden" / "models";

engine::EngineOptions small() {
  engine::EngineOptions options;
  options.max_context = 256;
  options.max_sequences = 2;
  return options;
}

TEST(ModelLibrary, IdsComeFromFileNames) {
  EXPECT_EQ(ModelLibrary::id_for("/models/Llama-3.2-1B-Instruct-Q4_K_M.gguf"),
            "llama-3.2-1b-instruct-q4_k_m");
  EXPECT_EQ(ModelLibrary::id_for("big-00001-of-00003.gguf"), "big");
  EXPECT_EQ(ModelLibrary::id_for("v1-00001-of-0003.gguf"), "v1-00001-of-0003");
  EXPECT_EQ(ModelLibrary::id_for("model.v2.GGUF"), "model.v2");
  EXPECT_EQ(ModelLibrary::id_for("model.bin"), "model.bin");
}

TEST(ModelLibrary, FindsByIdWithoutRegardToCase) {
  base::MemoryBudget budget(std::uint64_t{1} << 30);
  base::Metrics metrics;
  ModelLibrary library(budget, metrics);
  const Status status = library.add(kModels / "llama-spm-q8_0.gguf", {.threads = 1, .isa = {}}, small());
  ASSERT_TRUE(status) << status.error().text();
  const LoadedModel* model = library.find("LLAMA-spm-Q8_0");
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->id, "llama-spm-q8_0");
  EXPECT_EQ(model->context_window, 256U);
  EXPECT_THAT(model->fingerprint, testing::MatchesRegex("fp_[0-9a-f]{10}"));
  EXPECT_EQ(library.find("llama-spm"), nullptr);
  EXPECT_THAT(library.models(), testing::ElementsAre(model));

  const Status again = library.add(kModels / "llama-spm-q8_0.gguf", {.threads = 1, .isa = {}}, small());
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().message, testing::HasSubstr("loaded already"));
}

TEST(ModelLibrary, FingerprintsTellModelsApartAndStayTheSame) {
  const auto of = [](const char* name) { return (*load_text_side(kModels / name))->fingerprint; };
  EXPECT_EQ(of("llama-gqa-f32.gguf"), of("llama-gqa-f32.gguf"));
  EXPECT_NE(of("llama-gqa-f32.gguf"), of("llama-q4_k_m.gguf"));
}

TEST(ModelLibrary, MemoryIsGivenBackWhenLoadingFails) {
  // Room for the weights, not for the engine.
  base::MemoryBudget budget(400'000);
  base::Metrics metrics;
  ModelLibrary library(budget, metrics);
  const Status status = library.add(kModels / "llama-spm-q8_0.gguf", {.threads = 1, .isa = {}}, small());
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(status.error().text(), testing::HasSubstr("llama-spm-q8_0.gguf"));
  EXPECT_EQ(budget.available(), budget.limit());
  EXPECT_TRUE(library.models().empty());
}

TEST(ModelLibrary, ErrorsNameTheFile) {
  base::MemoryBudget budget(std::uint64_t{1} << 30);
  base::Metrics metrics;
  ModelLibrary library(budget, metrics);
  for (const auto& path : {kModels / "absent.gguf", kModels / "llama-spm-q8_0.json", kModels}) {
    const Status status = library.add(path, {.threads = 1, .isa = {}}, small());
    ASSERT_FALSE(status) << path;
    EXPECT_THAT(status.error().text(), testing::HasSubstr(path.string()));
  }
}

}  // namespace
}  // namespace peregrine::service
