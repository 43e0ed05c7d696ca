#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gguf/file.h"
#include "service/library/fingerprint.h"
#include "service/library/library.h"
#include "service/library/testing/library_fixture.h"

namespace peregrine::service {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using testing::file_of;
using ::testing::HasSubstr;
using testing::kModels;
using testing::kPatience;
using testing::kThree;
using testing::ModelLibraryTest;
using testing::state_of;
using testing::tokens_of;

// A list of models that changes while the library works.
class ReloadTest : public ModelLibraryTest {
 protected:
  // Ids of what is served.
  std::vector<std::string> served() {
    std::vector<std::string> ids;
    for (const ModelStatus& model : library_.models()) ids.push_back(model.id);
    return ids;
  }
  // The loading thread unloads what is retired when it gets to it.
  bool everything_is_unloaded() {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (budget_.available() != budget_.limit() && std::chrono::steady_clock::now() < end) {
      std::this_thread::yield();
    }
    return budget_.available() == budget_.limit();
  }

  ModelLibrary library_{budget_, metrics_, in_folder()};
};

TEST_F(ReloadTest, WhatIsNamedNoLongerEndsWithItsLastRequest) {
  ASSERT_TRUE(library_.add(file_of(kThree[0])));
  ASSERT_TRUE(library_.load_named());
  std::optional<ModelLease> lease = std::move(*library_.get(kThree[0]));
  const auto before = tokens_of(**lease);
  ASSERT_TRUE(library_.reload({file_of(kThree[1])}));
  EXPECT_THAT(served(), ElementsAre(kThree[1]));
  EXPECT_EQ(library_.open(kThree[0]).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(tokens_of(**lease), before) << "who has it keeps it";
  EXPECT_LT(budget_.available(), budget_.limit());
  lease.reset();
  EXPECT_TRUE(everything_is_unloaded());
  EXPECT_TRUE(library_.get(kThree[1]));
  ASSERT_TRUE(library_.reload({file_of(kThree[1]), file_of(kThree[0])}));
  EXPECT_THAT(served(), ElementsAre(kThree[1], kThree[0]));
  EXPECT_EQ(tokens_of(**library_.get(kThree[0])), before) << "it may come back";
}

TEST_F(ReloadTest, AListWithAMistakeChangesNothing) {
  ASSERT_TRUE(library_.reload({file_of(kThree[0])}));
  const Status absent = library_.reload({file_of(kThree[1]), kModels / "absent.gguf"});
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error().text(), HasSubstr("absent.gguf"));
  const Status twice = library_.reload({file_of(kThree[1]), file_of(kThree[1])});
  ASSERT_FALSE(twice);
  EXPECT_THAT(twice.error().message, HasSubstr("served already"));
  EXPECT_THAT(served(), ElementsAre(kThree[0]));
}

TEST_F(ReloadTest, WhatLiesInTheFolderStaysUntilItsFileIsGone) {
  put(kThree[0]);
  put(kThree[1]);
  const fs::path file = folder_ / (kThree[0] + ".gguf");
  ASSERT_TRUE(library_.reload({file}));
  ASSERT_TRUE(library_.get(kThree[0]));
  ASSERT_TRUE(library_.reload({}));
  EXPECT_THAT(served(), ::testing::UnorderedElementsAre(kThree[0], kThree[1]));
  EXPECT_EQ(state_of(library_, kThree[0]), ModelState::kLoaded);
  fs::remove(file);
  ASSERT_TRUE(library_.reload({}));
  EXPECT_THAT(served(), ElementsAre(kThree[1]));
  EXPECT_TRUE(everything_is_unloaded());
}

TEST_F(ReloadTest, AnotherFileTakesTheName) {
  put(kThree[0]);
  ASSERT_THAT(served(), ElementsAre(kThree[0]));
  const fs::path elsewhere = folder_ / "elsewhere";
  fs::create_directories(elsewhere);
  const fs::path file = elsewhere / (kThree[0] + ".gguf");
  fs::copy_file(file_of(kThree[1]), file);
  const auto expected = fingerprint_of(*gguf::File::open(file));
  ASSERT_TRUE(library_.reload({file}));
  EXPECT_THAT(served(), ElementsAre(kThree[0]));
  EXPECT_EQ((*library_.get(kThree[0]))->fingerprint, expected);
  // And a file that was replaced in place.
  fs::copy_file(file_of(kThree[2]), elsewhere / "new");
  fs::rename(elsewhere / "new", file);
  ASSERT_TRUE(library_.reload({file}));
  EXPECT_EQ((*library_.get(kThree[0]))->fingerprint, fingerprint_of(*gguf::File::open(file)));
  ASSERT_TRUE(library_.reload({}));
  EXPECT_THAT(served(), ElementsAre(kThree[0])) << "the folder's is found again";
}

}  // namespace
}  // namespace peregrine::service
