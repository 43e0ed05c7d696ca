// Small libraries over the models of tests/golden, for the tests of this folder.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/testing/outcome.h"
#include "service/library/library.h"

namespace peregrine::service::testing {

namespace fs = std::filesystem;

inline const fs::path kModels = fs::path(PEREGRINE_SOURCE_DIR) / "tests" / "golden" / "models";
// Three models that are alike in size.
inline const std::vector<std::string> kThree = {"llama-spm-q8_0", "llama-ropefreqs-q4_0",
                                                "llama-tied-ropefreqs-f16"};
using engine::testing::kPatience;
using engine::testing::outcome;

inline constexpr std::uint64_t kAmple = std::uint64_t{1} << 30;

inline LibraryOptions small() {
  LibraryOptions options;
  options.cpu.threads = 1;
  options.engine.max_context = 64;
  options.engine.max_sequences = 2;
  options.engine.step_tokens = 16;
  options.engine.kv_bytes = 1 << 20;
  return options;
}

inline fs::path file_of(const std::string& id) {
  return kModels / (id + ".gguf");
}

// What the model takes of a budget once it is loaded.
inline std::uint64_t bytes_of(const std::string& id) {
  base::MemoryBudget budget(kAmple);
  base::Metrics metrics;
  ModelLibrary library(budget, metrics, small());
  EXPECT_TRUE(library.add(file_of(id)));
  const auto lease = library.get(id);
  EXPECT_TRUE(lease) << lease.error().text();
  return budget.limit() - budget.available();
}

// A folder, a budget and counters of its own for every test.
class ModelLibraryTest : public ::testing::Test {
 protected:
  explicit ModelLibraryTest(std::uint64_t budget = kAmple)
      : folder_(fs::path(::testing::TempDir()) /
                fmt::format("library-{}-{}", ::testing::UnitTest::GetInstance()->current_test_info()->name(),
                            ::getpid())),
        budget_(budget) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ModelLibraryTest() override { fs::remove_all(folder_); }

  void put(const std::string& id) const { fs::copy_file(file_of(id), folder_ / (id + ".gguf")); }

  LibraryOptions in_folder() const {
    LibraryOptions options = small();
    options.folder = folder_;
    return options;
  }

  fs::path folder_;
  base::MemoryBudget budget_;
  base::Metrics metrics_;
};

inline ModelState state_of(ModelLibrary& library, std::string_view id) {
  for (const ModelStatus& model : library.models()) {
    if (model.id == id) return model.state;
  }
  ADD_FAILURE() << "no model " << id;
  return ModelState::kFailed;
}

// Greedy tokens after a fixed prompt.
inline std::vector<engine::TokenId> tokens_of(const LoadedModel& model) {
  engine::GenerationRequest request;
  request.prompt = {1, 5, 9, 13};
  request.max_tokens = 12;
  request.sampling.temperature = 0;
  auto generations = model.as<TextGenerator>()->engine->submit(std::move(request));
  EXPECT_TRUE(generations);
  std::vector<engine::TokenId> tokens;
  for (;;) {
    const auto ready = std::make_shared<std::promise<void>>();
    const auto once = std::make_shared<std::once_flag>();
    generations->front()->on_ready([=] { std::call_once(*once, [&] { ready->set_value(); }); });
    ready->get_future().wait();
    while (const auto event = generations->front()->poll()) {
      const auto* token = std::get_if<engine::TokenEvent>(&*event);
      if (token == nullptr) return tokens;
      tokens.push_back(token->token);
    }
  }
}

}  // namespace peregrine::service::testing
