#include "store/blobs/blob_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <set>
#include <string>

#include "base/ids.h"
#include "store/testing/folder.h"

namespace peregrine::store {
namespace {

using base::FileDescriptor;
using testing::Folder;

// An open file without a name in `folder`, at its end.
FileDescriptor unnamed(const std::filesystem::path& folder, std::string_view content) {
  FileDescriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  EXPECT_GE(file.get(), 0);
  EXPECT_EQ(::write(file.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
  return file;
}

// One that a link cannot give a name, as where unnamed files are not to be had.
FileDescriptor unlinked(const std::filesystem::path& folder, std::string_view content) {
  const std::filesystem::path path = folder / "other";
  FileDescriptor file(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  EXPECT_EQ(::write(file.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
  ::unlink(path.c_str());
  return file;
}

std::string content_of(const Blob& blob) {
  std::string content(blob.bytes, '\0');
  EXPECT_EQ(::read(blob.file.get(), content.data(), content.size()), static_cast<ssize_t>(content.size()));
  return content;
}

std::set<std::string> names_in(const BlobStore& blobs) {
  std::set<std::string> names;
  EXPECT_TRUE(blobs.list([&](const BlobEntry& entry) { names.insert(entry.name); }));
  return names;
}

class Blobs : public ::testing::Test {
 protected:
  Folder folder_;
  BlobStore blobs_ = [this] {
    std::filesystem::create_directories(folder_.path());
    return BlobStore::open(folder_.path() / "blobs").value();
  }();
};

TEST_F(Blobs, WhatWentInComesOut) {
  const std::string large(1'000'003, 'x');
  for (const std::string_view content :
       {std::string_view(), std::string_view("a\0b", 3), std::string_view(large)}) {
    for (const auto make : {&unnamed, &unlinked}) {
      const FileDescriptor file = make(blobs_.folder(), content);
      ASSERT_TRUE(blobs_.put("file_1", file.get()));
      const auto blob = blobs_.get("file_1");
      ASSERT_TRUE(blob && *blob);
      EXPECT_TRUE(content_of(**blob) == content);
      EXPECT_EQ(names_in(blobs_), std::set<std::string>{"file_1"});
      EXPECT_TRUE(blobs_.remove("file_1").value());
    }
  }
}

// Who looks for what nobody refers to goes by that.
TEST_F(Blobs, AreAsYoungAsTheirNames) {
  const std::filesystem::path old = folder_.path() / "old";
  std::ofstream(old) << "x";
  const FileDescriptor file(::open(old.c_str(), O_RDONLY | O_CLOEXEC));
  const auto put = std::filesystem::file_time_type::clock::now();
  std::filesystem::last_write_time(old, put - std::chrono::hours(48));
  ASSERT_TRUE(blobs_.put("file_1", file.get()));
  EXPECT_GT(std::filesystem::last_write_time(blobs_.folder() / "file_1"), put - std::chrono::hours(1));
}

TEST_F(Blobs, AreForTheirOwnerAlone) {
  struct stat status{};
  ASSERT_EQ(::stat(blobs_.folder().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0700u);
  for (const auto make : {&unnamed, &unlinked}) {
    ASSERT_TRUE(blobs_.put("file_1", make(blobs_.folder(), "x").get()));
    ASSERT_EQ(::stat((blobs_.folder() / "file_1").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    ASSERT_TRUE(blobs_.remove("file_1").value());
  }
}

TEST_F(Blobs, NeverChange) {
  ASSERT_TRUE(blobs_.put("file_1", unnamed(blobs_.folder(), "first").get()));
  const Status again = blobs_.put("file_1", unnamed(blobs_.folder(), "second").get());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(content_of(*blobs_.get("file_1").value()), "first");
  EXPECT_EQ(names_in(blobs_), std::set<std::string>{"file_1"});
}

TEST_F(Blobs, AreReadToTheEndByWhoOpenedThem) {
  ASSERT_TRUE(blobs_.put("file_1", unnamed(blobs_.folder(), "content").get()));
  const auto blob = blobs_.get("file_1").value();
  ASSERT_TRUE(blob);
  EXPECT_TRUE(blobs_.remove("file_1").value());
  EXPECT_FALSE(blobs_.remove("file_1").value());
  EXPECT_FALSE(blobs_.get("file_1").value());
  EXPECT_EQ(content_of(*blob), "content");
}

TEST_F(Blobs, HaveNamesThatLeadNowhereElse) {
  const FileDescriptor file = unnamed(blobs_.folder(), "x");
  const std::string names[] = {"",
                               ".",
                               "..",
                               "../x",
                               "a/b",
                               "/etc/passwd",
                               "A",
                               "a.partial",
                               "a\nb",
                               "\xc3\xa4",
                               "a b",
                               std::string("a\0", 2),
                               std::string(65, 'a')};
  for (const std::string& name : names) {
    EXPECT_EQ(blobs_.put(name, file.get()).error().code, ErrorCode::kInvalidArgument) << name;
    EXPECT_EQ(blobs_.get(name).error().code, ErrorCode::kInvalidArgument) << name;
    EXPECT_EQ(blobs_.remove(name).error().code, ErrorCode::kInvalidArgument) << name;
  }
  EXPECT_TRUE(blobs_.put(std::string(kMaxBlobName, 'a'), file.get()));
}

TEST_F(Blobs, TellWhatIsNotTheirs) {
  ASSERT_TRUE(blobs_.put("file_1", unnamed(blobs_.folder(), "four").get()));
  std::ofstream(blobs_.folder() / "file_2-7.partial") << "x";
  std::filesystem::create_directory(blobs_.folder() / "folder");
  std::filesystem::create_symlink("/etc/passwd", blobs_.folder() / "link");
  std::set<std::string> blobs;
  std::set<std::string> others;
  ASSERT_TRUE(blobs_.list([&](const BlobEntry& entry) {
    (entry.is_blob ? blobs : others).insert(entry.name);
    if (entry.is_blob) {
      EXPECT_EQ(entry.bytes, 4u);
    }
  }));
  EXPECT_EQ(blobs, std::set<std::string>{"file_1"});
  EXPECT_EQ(others, (std::set<std::string>{"file_2-7.partial", "folder", "link"}));
}

TEST_F(Blobs, TakeAwayOnlyOldLeftovers) {
  std::ofstream(blobs_.folder() / "old-1.partial") << "x";
  std::ofstream(blobs_.folder() / "young-1.partial") << "x";
  std::ofstream(blobs_.folder() / "old_blob") << "x";
  const auto day = std::chrono::hours(24);
  for (const char* name : {"old-1.partial", "old_blob"}) {
    const auto path = blobs_.folder() / name;
    std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) - day);
  }
  ASSERT_TRUE(BlobStore::open_as_it_is(blobs_.folder()));
  EXPECT_EQ(names_in(blobs_).size(), 3u);
  ASSERT_TRUE(BlobStore::open(blobs_.folder()));
  EXPECT_EQ(names_in(blobs_), (std::set<std::string>{"young-1.partial", "old_blob"}));
}

TEST_F(Blobs, SayWhichFolderIsAmiss) {
  const auto missing = BlobStore::open_as_it_is(folder_.path() / "none");
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  const auto deep = BlobStore::open(folder_.path() / "none" / "blobs");
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().where, (folder_.path() / "none" / "blobs").string());
  EXPECT_NE(deep.error().message.find("--data-dir"), std::string::npos);
}

TEST_F(Blobs, HaveTheDigestOfTheirContent) {
  const std::string content(300'000, 'q');
  EXPECT_EQ(sha256_of(unnamed(blobs_.folder(), content).get()).value(), base::sha256_hex(content));
  EXPECT_EQ(sha256_of(unnamed(blobs_.folder(), "").get()).value(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// A child process puts without end and is killed: what it told of is there, and every blob is whole.
TEST_F(Blobs, AreWholeAfterAKill) {
  const std::string content(200'000, 'k');
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    for (int i = 0;; ++i) {
      const auto make = i % 2 == 0 ? &unnamed : &unlinked;
      if (!blobs_.put("file_" + std::to_string(i), make(blobs_.folder(), content).get())) ::_exit(1);
      if (::write(pipe[1], "+", 1) != 1) ::_exit(2);
    }
  }
  ::close(pipe[1]);
  constexpr int kEnough = 20;
  int acknowledged = 0;
  for (char c = 0; acknowledged < kEnough && ::read(pipe[0], &c, 1) == 1;) ++acknowledged;
  ::kill(child, SIGKILL);
  for (char c = 0; ::read(pipe[0], &c, 1) == 1;) ++acknowledged;
  ::close(pipe[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  ASSERT_GE(acknowledged, kEnough);
  for (int i = 0; i < acknowledged; ++i) EXPECT_TRUE(blobs_.get("file_" + std::to_string(i)).value()) << i;
  ASSERT_TRUE(blobs_.list([&](const BlobEntry& entry) {
    if (entry.is_blob && entry.name != "other") {
      EXPECT_EQ(entry.bytes, content.size()) << entry.name;
    }
  }));
}

}  // namespace
}  // namespace peregrine::store
