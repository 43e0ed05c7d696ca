#include "base/file_io.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "base/file_descriptor.h"

namespace peregrine::base {
namespace {

// A pipe takes less at once than this.
TEST(FileIo, WritesEverythingHoweverLittleIsTakenAtOnce) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const FileDescriptor read_end(ends[0]);
  FileDescriptor write_end(ends[1]);
  std::vector<std::byte> bytes(3'000'001);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 31);
  std::error_code error;
  std::thread writer([&] {
    error = write_all(write_end.get(), bytes);
    write_end.reset();
  });
  std::vector<std::byte> seen;
  std::vector<std::byte> buffer(1000);
  for (ssize_t got = 0; (got = ::read(read_end.get(), buffer.data(), buffer.size())) > 0;) {
    seen.insert(seen.end(), buffer.begin(), buffer.begin() + got);
  }
  writer.join();
  EXPECT_FALSE(error);
  EXPECT_TRUE(seen == bytes);
}

TEST(FileIo, SaysWhyItCannotWrite) {
  const FileDescriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  const std::byte byte{};
  EXPECT_EQ(write_all(full.get(), {&byte, 1}), std::errc::no_space_on_device);
  EXPECT_FALSE(write_all(full.get(), {}));
  EXPECT_EQ(write_all(-1, {&byte, 1}), std::errc::bad_file_descriptor);
}

TEST(FileIo, SyncsFoldersOnly) {
  EXPECT_FALSE(sync_folder(::testing::TempDir()));
  EXPECT_EQ(sync_folder("/dev/full"), std::errc::not_a_directory);
  EXPECT_EQ(sync_folder("/no/such/folder"), std::errc::no_such_file_or_directory);
}

}  // namespace
}  // namespace peregrine::base
