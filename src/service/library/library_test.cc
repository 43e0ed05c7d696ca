#include "service/library/library.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <thread>

#include "gguf/writer.h"
#include "service/catalogue/model_folder.h"
#include "service/catalogue/model_id.h"
#include "service/library/fingerprint.h"
#include "service/library/testing/library_fixture.h"

namespace peregrine::service {
namespace {

namespace fs = std::filesystem;
using testing::bytes_of;
using ::testing::ElementsAre;
using testing::file_of;
using ::testing::HasSubstr;
using testing::kModels;
using testing::kThree;
using testing::ModelLibraryTest;
using ::testing::Not;
using testing::outcome;
using testing::small;
using testing::state_of;
using testing::tokens_of;

TEST(ModelId, ComesFromTheFileName) {
  EXPECT_EQ(model_id_for("/models/Llama-3.2-1B-Instruct-Q4_K_M.gguf"), "llama-3.2-1b-instruct-q4_k_m");
  EXPECT_EQ(model_id_for("big-00001-of-00003.gguf"), "big");
  EXPECT_EQ(model_id_for("v1-00001-of-0003.gguf"), "v1-00001-of-0003");
  EXPECT_EQ(model_id_for("model.v2.GGUF"), "model.v2");
  EXPECT_EQ(model_id_for("/models/ggml-base.en-q5_1.bin"), "whisper-base.en-q5_1");
  EXPECT_EQ(model_id_for("My-Whisper.BIN"), "my-whisper");
  EXPECT_EQ(model_id_for("model.safetensors"), "model.safetensors");
}

TEST(Fingerprint, TellsModelsApartAndStaysTheSame) {
  const auto of = [](const std::string& id) { return fingerprint_of(*gguf::File::open(file_of(id))); };
  EXPECT_EQ(of("llama-gqa-f32"), of("llama-gqa-f32"));
  EXPECT_NE(of("llama-gqa-f32"), of("llama-q4_k_m"));
}

TEST_F(ModelLibraryTest, NamedModelsAreThereAfterTheStart) {
  ModelLibrary library(budget_, metrics_, small());
  ASSERT_TRUE(library.add(file_of("llama-spm-q8_0")));
  EXPECT_EQ(state_of(library, "llama-spm-q8_0"), ModelState::kAvailable);
  ASSERT_TRUE(library.load_named());
  EXPECT_EQ(state_of(library, "llama-spm-q8_0"), ModelState::kLoaded);

  const auto lease = library.get("LLAMA-spm-Q8_0");
  ASSERT_TRUE(lease);
  EXPECT_EQ((*lease)->id, "llama-spm-q8_0");
  EXPECT_EQ((*lease)->context_window, 64U);
  EXPECT_THAT((*lease)->fingerprint, ::testing::MatchesRegex("fp_[0-9a-f]{10}"));
  EXPECT_EQ(library.get("llama-spm").error().code, ErrorCode::kNotFound);

  const Status again = library.add(file_of("llama-spm-q8_0"));
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error().message, HasSubstr("served already"));
}

TEST_F(ModelLibraryTest, NamedModelsThatCannotBeLoadedAreNamed) {
  ModelLibrary library(budget_, metrics_, small());
  for (const auto& path : {kModels / "absent.gguf", kModels / "llama-spm-q8_0.json", kModels}) {
    const Status status = library.add(path);
    ASSERT_FALSE(status) << path;
    EXPECT_THAT(status.error().text(), HasSubstr(path.string()));
  }
  EXPECT_TRUE(library.models().empty());
}

class DraftModelsTest : public ModelLibraryTest {
 protected:
  Status load(const std::string& id, const fs::path& draft) {
    LibraryOptions options = small();
    options.drafts[id] = draft;
    library_ = std::make_unique<ModelLibrary>(budget_, metrics_, options);
    PEREGRINE_TRY(library_->add(file_of("llama-spm-q8_0")));
    return library_->load_named();
  }

  std::unique_ptr<ModelLibrary> library_;
};

TEST_F(DraftModelsTest, GuessButDecideNothing) {
  ASSERT_TRUE(load("llama-spm-q8_0", file_of("llama-spm-q8_0")));
  const std::uint64_t with = budget_.limit() - budget_.available();
  EXPECT_GT(with, bytes_of("llama-spm-q8_0")) << "its weights and its cache count";
  const auto tokens = tokens_of(**library_->get("llama-spm-q8_0"));
  EXPECT_GT(metrics_.counter("peregrine_drafted_tokens_total", "", {{"model", "llama-spm-q8_0"}}).Value(), 0);
  library_.reset();
  EXPECT_EQ(budget_.available(), budget_.limit());

  ModelLibrary plain(budget_, metrics_, small());
  ASSERT_TRUE(plain.add(file_of("llama-spm-q8_0")));
  EXPECT_EQ(tokens, tokens_of(**plain.get("llama-spm-q8_0")));
}

TEST_F(DraftModelsTest, OfAnotherVocabularyAreRefused) {
  const Status status = load("llama-spm-q8_0", file_of("llama-gqa-f32"));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(status.error().text(), HasSubstr("llama-gqa-f32.gguf"));
  EXPECT_THAT(status.error().text(), HasSubstr("vocabulary"));
  EXPECT_EQ(budget_.available(), budget_.limit());
}

TEST_F(DraftModelsTest, OfNoModelOrNoFileAreRefused) {
  EXPECT_THAT(load("llama-spm", file_of("llama-spm-q8_0")).error().message, HasSubstr("'llama-spm'"));
  const Status absent = load("llama-spm-q8_0", kModels / "absent.gguf");
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error().text(), HasSubstr("absent.gguf"));
}

TEST_F(ModelLibraryTest, MemoryIsGivenBackWhenLoadingFails) {
  // Room for the weights, not for the engine.
  base::MemoryBudget budget(400'000);
  ModelLibrary library(budget, metrics_, small());
  ASSERT_TRUE(library.add(file_of("llama-spm-q8_0")));
  const Status status = library.load_named();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(status.error().text(), HasSubstr("llama-spm-q8_0.gguf"));
  EXPECT_EQ(budget.available(), budget.limit());
  EXPECT_EQ(state_of(library, "llama-spm-q8_0"), ModelState::kFailed);
}

TEST_F(ModelLibraryTest, ModelsOfTheFolderAreLoadedWhenTheyAreAskedFor) {
  put(kThree[0]);
  ModelLibrary library(budget_, metrics_, in_folder());
  ASSERT_EQ(library.models().size(), 1U);
  EXPECT_EQ(library.models()[0].state, ModelState::kAvailable);
  EXPECT_EQ(library.models()[0].context_window, 64U) << "what it will be";
  EXPECT_EQ(budget_.available(), budget_.limit());
  ASSERT_TRUE(library.get(kThree[0]));
  EXPECT_EQ(state_of(library, kThree[0]), ModelState::kLoaded);

  // One that is put there later is found, one that is removed is no longer there.
  put(kThree[1]);
  ASSERT_TRUE(library.get(kThree[1]));
  fs::remove(folder_ / (kThree[1] + ".gguf"));
  EXPECT_TRUE(library.get(kThree[1])) << "it is loaded";
  put(kThree[2]);
  EXPECT_EQ(library.models().size(), 3U);
  fs::remove(folder_ / (kThree[2] + ".gguf"));
  EXPECT_EQ(library.models().size(), 2U);
  EXPECT_EQ(library.get(kThree[2]).error().code, ErrorCode::kNotFound);
}

TEST_F(ModelLibraryTest, PulledModelsAnswerToTheirNamesInTheCatalogue) {
  put(kThree[0]);
  const fs::path file = folder_ / (kThree[0] + ".gguf");
  Origin origin;
  origin.id = "openai/gpt-oss-20b";
  origin.source = "hf:a/b:c.gguf";
  ASSERT_TRUE(write_origin(file, origin));
  for (const bool named : {false, true}) {
    ModelLibrary library(budget_, metrics_, in_folder());
    ASSERT_TRUE(!named || library.add(file));
    for (const char* name : {"openai/gpt-oss-20b", "OpenAI/GPT-oss-20b", "gpt-oss-20b"}) {
      const auto lease = library.get(name);
      ASSERT_TRUE(lease) << name;
      EXPECT_EQ((*lease)->id, "openai/gpt-oss-20b");
    }
    EXPECT_EQ(library.models().size(), 1U) << "named and in the folder, it is one model";
  }
}

TEST_F(ModelLibraryTest, TheLeastRecentlyUsedMakesRoom) {
  std::uint64_t two = 0;
  for (const std::string& id : kThree) {
    put(id);
    two = std::max(two, 2 * bytes_of(id));
  }
  base::MemoryBudget budget(two);
  ModelLibrary library(budget, metrics_, in_folder());
  const auto loaded = [&] {
    std::vector<bool> all;
    for (const std::string& id : kThree) all.push_back(state_of(library, id) == ModelState::kLoaded);
    return all;
  };
  const auto use = [&](int i) { ASSERT_TRUE(library.get(kThree[static_cast<std::size_t>(i)])); };
  use(0);
  use(1);
  EXPECT_THAT(loaded(), ElementsAre(true, true, false));
  use(2);
  EXPECT_THAT(loaded(), ElementsAre(false, true, true));
  use(1);
  use(0);
  EXPECT_THAT(loaded(), ElementsAre(true, true, false));
  use(0);
  use(1);
  EXPECT_EQ(metrics_.counter("peregrine_model_loads_total", "", {{"model", kThree[1]}}).Value(), 1);
  EXPECT_EQ(metrics_.counter("peregrine_model_loads_total", "", {{"model", kThree[0]}}).Value(), 2);
  EXPECT_EQ(metrics_.counter("peregrine_model_unloads_total", "", {{"model", kThree[0]}}).Value(), 1);
}

// A request that comes while a named model is tried, and finds no room besides another, gets it in the end.
TEST_F(ModelLibraryTest, WhoAsksDuringTheStartIsServed) {
  base::MemoryBudget budget(std::max(bytes_of(kThree[0]), bytes_of(kThree[1])));
  LibraryOptions options = small();
  std::promise<void> first_is_loading;
  std::promise<void> go;
  std::once_flag once;
  options.progress = [&](const std::string& id, std::uint64_t, std::uint64_t) {
    if (id != kThree[0]) return;
    std::call_once(once, [&] {
      first_is_loading.set_value();
      go.get_future().wait();
    });
  };
  ModelLibrary library(budget, metrics_, options);
  ASSERT_TRUE(library.add(file_of(kThree[0])));
  ASSERT_TRUE(library.add(file_of(kThree[1])));
  auto named = std::async(std::launch::async, [&] { return library.load_named(); });
  first_is_loading.get_future().wait();
  const auto wait = library.open(kThree[1]);
  ASSERT_TRUE(wait);
  go.set_value();
  const auto lease = outcome(**wait);
  ASSERT_TRUE(lease) << lease.error().text();
  EXPECT_EQ((*lease)->id, kThree[1]);
  EXPECT_TRUE(named.get());
}

TEST_F(ModelLibraryTest, AModelThatComesBackSaysTheSame) {
  const std::uint64_t one = std::max(bytes_of(kThree[0]), bytes_of(kThree[1]));
  base::MemoryBudget budget(one);
  ModelLibrary library(budget, metrics_, small());
  ASSERT_TRUE(library.add(file_of(kThree[0])));
  ASSERT_TRUE(library.add(file_of(kThree[1])));
  ASSERT_TRUE(library.load_named()) << "the second is left until it is asked for";
  EXPECT_EQ(state_of(library, kThree[1]), ModelState::kAvailable);
  const auto first = tokens_of(**library.get(kThree[0]));
  EXPECT_NE(first, tokens_of(**library.get(kThree[1])));
  EXPECT_EQ(first, tokens_of(**library.get(kThree[0])));
  EXPECT_EQ(metrics_.counter("peregrine_model_loads_total", "", {{"model", kThree[0]}}).Value(), 2);
}

TEST_F(ModelLibraryTest, WeightsThatWereKeptAreThoseOfTheFile) {
  const fs::path kept = folder_ / "kept";
  const fs::path model = folder_ / "model.gguf";
  // The tokens of the model, and whether its weights came from where they are kept.
  const auto load = [&] {
    LibraryOptions options = small();
    options.kept_weights = kept;
    bool read = false;
    options.progress = [&](const std::string&, std::uint64_t, std::uint64_t) { read = true; };
    ModelLibrary library(budget_, metrics_, options);
    EXPECT_TRUE(library.add(model));
    const auto tokens = tokens_of(**library.get("model"));
    return std::pair(tokens, !read);
  };
  fs::copy_file(file_of(kThree[0]), model);
  const auto [first, first_kept] = load();
  EXPECT_FALSE(first_kept);
  EXPECT_EQ(load(), std::pair(first, true));
  // Another model of that name takes their place.
  fs::copy_file(file_of(kThree[1]), model, fs::copy_options::overwrite_existing);
  const auto [other, other_kept] = load();
  EXPECT_FALSE(other_kept);
  EXPECT_NE(other, first);
  EXPECT_EQ(load(), std::pair(other, true));
}

// One fits at a time.
class CrowdedLibraryTest : public ModelLibraryTest {
 protected:
  CrowdedLibraryTest()
      : ModelLibraryTest(std::max({bytes_of(kThree[0]), bytes_of(kThree[1]), bytes_of(kThree[2])})) {
    for (const std::string& id : kThree) EXPECT_TRUE(library_.add(file_of(id)));
  }

  ModelLibrary library_{budget_, metrics_, small()};
};

TEST_F(CrowdedLibraryTest, WhoeverUsesAModelKeepsIt) {
  auto first = library_.get(kThree[0]);
  auto second = library_.open(kThree[1]);
  ASSERT_TRUE(first && second);
  // Asked for while another one waits for its place, the first takes no new users...
  while (library_.models()[0].state == ModelState::kLoaded) {
    auto again = library_.open(kThree[0]);
    ASSERT_TRUE(again);
    if (!(*again)->poll()) break;
  }
  EXPECT_FALSE((*second)->poll());
  auto third = library_.open(kThree[0]);
  ASSERT_TRUE(third);
  EXPECT_FALSE((*third)->poll());
  // ... but the one it has works on.
  EXPECT_EQ(tokens_of(**first).size(), 12U);
  *first = {};
  {
    const auto lease = outcome(**second);
    ASSERT_TRUE(lease) << lease.error().text();
    EXPECT_EQ((*lease)->id, kThree[1]);
  }
  const auto lease = outcome(**third);
  ASSERT_TRUE(lease) << lease.error().text();
  EXPECT_EQ((*lease)->id, kThree[0]);
}

TEST_F(CrowdedLibraryTest, AWaitThatIsGivenUpLeavesThingsAsTheyWere) {
  auto first = library_.get(kThree[0]);
  ASSERT_TRUE(first);
  auto second = library_.open(kThree[1]);
  std::unique_ptr<ModelWait> queued;
  for (;;) {
    auto again = library_.open(kThree[0]);
    ASSERT_TRUE(again);
    if (!(*again)->poll()) {
      queued = std::move(*again);
      break;
    }
  }
  second->reset();
  const auto lease = outcome(*queued);
  ASSERT_TRUE(lease) << lease.error().text();
  EXPECT_EQ((*lease)->id, kThree[0]);
  EXPECT_EQ(metrics_.counter("peregrine_model_loads_total", "", {{"model", kThree[0]}}).Value(), 1);
  // As soon as the loading thread has heard of it.
  while (state_of(library_, kThree[1]) != ModelState::kAvailable) std::this_thread::yield();
}

TEST_F(CrowdedLibraryTest, StoppingEndsTheWaits) {
  auto first = library_.get(kThree[0]);
  auto second = library_.open(kThree[1]);
  ASSERT_TRUE(first && second);
  library_.stop();
  const auto none = outcome(**second);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(library_.open(kThree[0]).error().code, ErrorCode::kUnavailable);
}

// Everybody wants something else all the time; nobody starves, nothing is over the budget, and who has a
// lease has a model that works.
TEST_F(CrowdedLibraryTest, ManyWhoWantDifferentModels) {
  std::vector<std::vector<engine::TokenId>> expected;
  for (const std::string& id : kThree) expected.push_back(tokens_of(**library_.get(id)));
  std::vector<std::thread> threads;
  std::atomic<int> served{0};
  for (std::uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint64_t i = 0; i < 12; ++i) {
        const std::size_t which = (t * 7 + i * 5 + i / 3) % 3;
        auto wait = library_.open(kThree[which]);
        ASSERT_TRUE(wait);
        if ((t + i) % 5 == 0) continue;  // gives up
        const auto lease = outcome(**wait);
        ASSERT_TRUE(lease) << lease.error().text();
        EXPECT_EQ((*lease)->id, kThree[which]);
        EXPECT_EQ(tokens_of(**lease), expected[which]);
        ++served;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GT(served, 30);
}

TEST_F(ModelLibraryTest, DamagedFilesAreToldOnceAndTriedAgainWhenTheyAreReplaced) {
  const fs::path file = folder_ / "m.gguf";
  // A sound header over weights of the wrong shape.
  {
    std::ifstream in(file_of(kThree[0]), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    const std::string key = "llama.attention.head_count";
    const std::size_t at = bytes.find(key) + key.size() + 4;
    bytes[at] = '\x55';
    std::ofstream(file, std::ios::binary) << bytes;
  }
  ModelLibrary library(budget_, metrics_, in_folder());
  for (int i = 0; i < 2; ++i) {
    const auto lease = library.get("m");
    ASSERT_FALSE(lease);
    EXPECT_EQ(lease.error().code, ErrorCode::kUnavailable);
    EXPECT_THAT(lease.error().message, HasSubstr("m.gguf: llama.attention.head_count"));
    EXPECT_THAT(lease.error().message, Not(HasSubstr(folder_.string())));
    EXPECT_EQ(state_of(library, "m"), ModelState::kFailed);
  }
  EXPECT_EQ(budget_.available(), budget_.limit());
  fs::remove(file);
  fs::copy_file(file_of(kThree[0]), file);
  EXPECT_TRUE(library.get("m"));
}

TEST_F(ModelLibraryTest, AModelThatCanNeverFitSendsNobodyAway) {
  put(kThree[0]);
  base::MemoryBudget budget(bytes_of(kThree[0]));
  gguf::Writer writer;
  writer.add_string("general.architecture", "llama");
  const std::uint64_t elements = budget.limit() / sizeof(float) + 1024;
  writer.add_tensor("token_embd.weight", tensor::DType::kF32, gguf::Shape({elements}),
                    std::vector<std::byte>(elements * sizeof(float)));
  ASSERT_TRUE(writer.write(folder_ / "large.gguf"));
  ModelLibrary library(budget, metrics_, in_folder());
  ASSERT_TRUE(library.get(kThree[0]));
  const auto large = library.get("large");
  ASSERT_FALSE(large);
  EXPECT_THAT(large.error().message, HasSubstr("the memory budget is"));
  EXPECT_EQ(state_of(library, kThree[0]), ModelState::kLoaded);
}

TEST_F(ModelLibraryTest, OnlySoManyWait) {
  std::promise<void> go;
  const std::shared_future<void> gone = go.get_future().share();
  LibraryOptions options = small();
  options.max_waiting = 3;
  options.progress = [gone](const std::string&, std::uint64_t, std::uint64_t) { gone.wait(); };
  ModelLibrary library(budget_, metrics_, options);
  ASSERT_TRUE(library.add(file_of(kThree[0])));
  std::vector<std::unique_ptr<ModelWait>> waits;
  for (int i = 0; i < 3; ++i) waits.push_back(std::move(*library.open(kThree[0])));
  const auto more = library.open(kThree[0]);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(state_of(library, kThree[0]), ModelState::kLoading);
  waits.pop_back();
  EXPECT_TRUE(library.open(kThree[0])) << "one has left";
  go.set_value();
  for (const auto& wait : waits) EXPECT_TRUE(outcome(*wait));
}

TEST_F(ModelLibraryTest, StoppingEndsALoadThatIsUnderWay) {
  std::promise<void> begun;
  std::promise<void> go;
  std::once_flag once;
  LibraryOptions options = small();
  options.progress = [&](const std::string&, std::uint64_t, std::uint64_t) {
    std::call_once(once, [&] {
      begun.set_value();
      go.get_future().wait();
    });
  };
  ModelLibrary library(budget_, metrics_, options);
  ASSERT_TRUE(library.add(file_of(kThree[0])));
  auto named = std::async(std::launch::async, [&] { return library.load_named(); });
  begun.get_future().wait();
  auto stopping = std::async(std::launch::async, [&] { library.stop(); });
  while (library.open(kThree[0])) {
  }
  go.set_value();
  stopping.get();
  EXPECT_FALSE(named.get());
  EXPECT_EQ(budget_.available(), budget_.limit());
}

}  // namespace
}  // namespace peregrine::service
