#include "app/starter.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace peregrine::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// SHA-256 of "abc" (FIPS 180-2, appendix B.1).
constexpr std::string_view kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

std::filesystem::path file_with(std::string_view content) {
  // Tests run side by side, each in its process.
  const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto path =
      std::filesystem::path(testing::TempDir()) / fmt::format("starter-{}-{}.gguf", name, ::getpid());
  std::ofstream(path) << content;
  return path;
}

TEST(Starter, TheFileItWasBuiltWithIsTaken) {
  EXPECT_TRUE(check_starter(file_with("abc"), kAbc));
}

TEST(Starter, ADamagedFileSaysHowToRestoreIt) {
  const auto path = file_with("abd");
  const Status status = check_starter(path, kAbc);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().where, path.string());
  EXPECT_THAT(status.error().message, AllOf(HasSubstr("is damaged"), HasSubstr("git checkout -- models/"),
                                            HasSubstr("make run MODEL=FILE")));
}

TEST(Starter, AMissingFileSaysHowToRestoreIt) {
  const Status status = check_starter("/nowhere/peregrine-starter.gguf", kAbc);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message, AllOf(HasSubstr("is missing"), HasSubstr("git checkout -- models/")));
}

TEST(Starter, AFolderInItsPlaceIsMissing) {
  EXPECT_FALSE(check_starter(testing::TempDir(), kAbc));
}

TEST(Starter, LiesBesideTheFolderOfTheProgram) {
  const auto path = starter_path();
  EXPECT_EQ(path.filename(), "peregrine-starter.gguf");
  EXPECT_TRUE(path.is_absolute());
  EXPECT_EQ(path.parent_path().filename(), "peregrine");
}

}  // namespace
}  // namespace peregrine::app
