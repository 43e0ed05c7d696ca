// Adapters whose content is not what their records say; of files, files_test.cc asks the same.
#include "service/verification/contents.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "store/adapters/testing/memory_adapter_store.h"
#include "store/testing/folder.h"

namespace peregrine::service {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

class StoredAdapters : public ::testing::Test {
 protected:
  StoredAdapters() {
    for (const char* id : {"ft_good", "ft_lost", "ft_cut", "ft_changed"}) {
      const base::FileDescriptor file(::open(blobs_.folder().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
      EXPECT_EQ(::write(file.get(), id, 6), 6);
      EXPECT_TRUE(blobs_.put(id, file.get()));
      store::StoredAdapter record;
      record.id = id;
      record.organisation = "acme";
      record.fine_tuned_model = std::string("ft:base:acme/") + id;
      record.bytes = 6;
      record.sha256 = store::sha256_of(file.get()).value();
      EXPECT_TRUE(records_.add(record, 10).value());
    }
  }
  Verification verify(std::int64_t age = 0) {
    auto found = verify_adapters(records_, blobs_, std::time(nullptr) + age);
    EXPECT_TRUE(found.has_value());
    return *found;
  }

  store::testing::Folder folder_;
  store::testing::MemoryAdapterStore records_;
  store::BlobStore blobs_ = [this] {
    std::filesystem::create_directories(folder_.path());
    return store::BlobStore::open(folder_.path() / "adapters").value();
  }();
};

TEST_F(StoredAdapters, AreWhatTheirRecordsSay) {
  const Verification found = verify(2 * kOrphanSeconds);
  EXPECT_EQ(found.records, 4U);
  EXPECT_EQ(found.bytes, 24U);
  EXPECT_THAT(found.faults, IsEmpty());
  EXPECT_THAT(found.orphans, IsEmpty());
}

TEST_F(StoredAdapters, AreMissedWhenTheyAreLostOrChanged) {
  ASSERT_TRUE(blobs_.remove("ft_lost").value());
  std::filesystem::resize_file(blobs_.folder() / "ft_cut", 5);
  std::ofstream(blobs_.folder() / "ft_changed") << "others";
  std::map<std::string, std::string> faults;
  for (const auto& [id, what] : verify().faults) faults.emplace(id, what);
  EXPECT_THAT(faults, ElementsAre(Pair("ft_changed", "its content has changed"),
                                  Pair("ft_cut", "its content has another size than its record"),
                                  Pair("ft_lost", "its content is gone")));
}

TEST_F(StoredAdapters, AreAllThatMayLieThere) {
  ASSERT_TRUE(records_.remove("ft_good", "acme").value());
  std::ofstream(blobs_.folder() / "ft_x-17.partial") << "x";
  EXPECT_THAT(verify().orphans, IsEmpty()) << "they may be somebody's who is at work";
  const Verification found = verify(2 * kOrphanSeconds);
  ASSERT_EQ(found.orphans.size(), 2U);
  EXPECT_EQ(found.orphans[0].name, "ft_good");
  EXPECT_EQ(found.orphans[1].name, "ft_x-17.partial");
}

}  // namespace
}  // namespace peregrine::service
