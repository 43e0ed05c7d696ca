// Models as who runs the server sees and handles them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "service/library/testing/library_fixture.h"

namespace peregrine::service {
namespace {

using testing::file_of;
using ::testing::HasSubstr;
using testing::kPatience;
using testing::kThree;
using testing::ModelLibraryTest;

class ManagedLibrary : public ModelLibraryTest {
 protected:
  ManagedLibrary() {
    put(kThree[0]);
    library_ = std::make_unique<ModelLibrary>(budget_, metrics_, in_folder());
  }
  ModelUse use(const std::string& id) {
    for (ModelUse& one : library_->uses()) {
      if (one.status.id == id) return one;
    }
    ADD_FAILURE() << "no model " << id;
    return {};
  }
  ModelUse when(const std::string& id, ModelState state) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    ModelUse now = use(id);
    while ((now.status.state != state || now.unloading) && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
      now = use(id);
    }
    EXPECT_EQ(now.status.state, state);
    return now;
  }

  base::MemoryBudget budget_{std::uint64_t{1} << 30};
  base::Metrics metrics_;
  std::unique_ptr<ModelLibrary> library_;
};

TEST_F(ManagedLibrary, TellsWhatAModelTakes) {
  const ModelUse before = use(kThree[0]);
  EXPECT_EQ(before.status.state, ModelState::kAvailable);
  EXPECT_EQ(before.file, kThree[0] + ".gguf");
  EXPECT_EQ(before.file_bytes, std::filesystem::file_size(file_of(kThree[0])));
  EXPECT_EQ(before.memory_bytes, 0U);
  EXPECT_FALSE(before.named);
  EXPECT_TRUE(library_->in_memory().empty());
  {
    const auto lease = library_->get(kThree[0]);
    ASSERT_TRUE(lease);
    const ModelUse now = use(kThree[0]);
    EXPECT_EQ(now.memory_bytes, bytes_of(kThree[0]));
    EXPECT_EQ(now.memory_bytes, budget_.used());
    EXPECT_EQ(now.in_use, 1U);
    ASSERT_TRUE(now.engine);
    EXPECT_GT(now.engine->kv_blocks_total, 0U);
    const std::size_t generated = testing::tokens_of(**lease).size();
    EXPECT_EQ(use(kThree[0]).engine->prompt_tokens, 4U);
    EXPECT_EQ(use(kThree[0]).engine->generated_tokens, generated);
    EXPECT_EQ(library_->in_memory().size(), 1U);
  }
  EXPECT_EQ(use(kThree[0]).in_use, 0U);
}

TEST_F(ManagedLibrary, LoadsWithoutAnybodyWaiting) {
  ASSERT_TRUE(library_->order(kThree[0]));
  when(kThree[0], ModelState::kLoaded);
  EXPECT_TRUE(library_->order(kThree[0])) << "it is there already";
  EXPECT_EQ(library_->order("nothing").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(metrics_.counter("peregrine_model_loads_total", "", {{"model", kThree[0]}}).Value(), 1);
}

TEST_F(ManagedLibrary, UnloadsAtOnceWhatNobodyUses) {
  ASSERT_TRUE(library_->order(kThree[0]));
  when(kThree[0], ModelState::kLoaded);
  ASSERT_TRUE(library_->dismiss(kThree[0]));
  EXPECT_EQ(when(kThree[0], ModelState::kAvailable).memory_bytes, 0U);
  EXPECT_TRUE(library_->dismiss(kThree[0])) << "it is not loaded";
  EXPECT_TRUE(library_->get(kThree[0])) << "who asks for it has it loaded again";
  EXPECT_EQ(library_->dismiss("nothing").error().code, ErrorCode::kNotFound);
}

TEST_F(ManagedLibrary, UnloadsWhatIsInUseWhenItIsNoMore) {
  std::optional<ModelLease> lease = std::move(*library_->get(kThree[0]));
  ASSERT_TRUE(library_->dismiss(kThree[0]));
  const ModelUse leaving = use(kThree[0]);
  EXPECT_TRUE(leaving.unloading);
  EXPECT_EQ(leaving.status.state, ModelState::kLoaded);
  const auto refused = library_->open(kThree[0]);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(refused.error().message, HasSubstr("is being unloaded"));
  EXPECT_EQ(library_->order(kThree[0]).error().code, ErrorCode::kUnavailable);
  EXPECT_FALSE(testing::tokens_of(**lease).empty()) << "who has it goes on";
  lease.reset();
  when(kThree[0], ModelState::kAvailable);
  EXPECT_FALSE(use(kThree[0]).unloading);
  EXPECT_TRUE(library_->get(kThree[0]));
}

TEST_F(ManagedLibrary, RemovesFilesOfTheFolder) {
  ASSERT_TRUE(library_->order(kThree[0]));
  when(kThree[0], ModelState::kLoaded);
  EXPECT_THAT(library_->remove(kThree[0]).error().message, HasSubstr("unload it first"));
  ASSERT_TRUE(library_->dismiss(kThree[0]));
  when(kThree[0], ModelState::kAvailable);
  ASSERT_TRUE(library_->remove(kThree[0]));
  EXPECT_FALSE(std::filesystem::exists(folder_ / (kThree[0] + ".gguf")));
  EXPECT_TRUE(library_->uses().empty());
  EXPECT_EQ(library_->remove(kThree[0]).error().code, ErrorCode::kNotFound);
}

TEST_F(ManagedLibrary, NamedModelsAreNotRemoved) {
  ASSERT_TRUE(library_->add(file_of(kThree[1])));
  const Status refused = library_->remove(kThree[1]);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
  EXPECT_TRUE(std::filesystem::exists(file_of(kThree[1])));
}

}  // namespace
}  // namespace peregrine::service
