// The service over a store in memory and blobs on disk.
#include "service/files/files.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "service/files/testing/file_room.h"
#include "service/files/verify.h"

namespace peregrine::service {
namespace {

using base::FileDescriptor;
using ::testing::HasSubstr;

class FilesTest : public ::testing::Test {
 protected:
  FileDescriptor spool(std::string_view content) const { return room_.spool(content); }
  Result<store::StoredFile> create(std::string_view content, std::string filename = "a.jsonl",
                                   std::string purpose = "batch") {
    return room_.create(content, "acme", std::move(filename), std::move(purpose));
  }
  std::set<std::string> blobs() const { return testing::FileRoom::names_of(room_.blobs); }
  static std::int64_t now() { return std::time(nullptr); }

  testing::FileRoom room_{{.max_file_bytes = 1000, .max_total_bytes = 30}};
  store::testing::MemoryFileStore& records_ = room_.records;
  store::BlobStore& blobs_ = room_.blobs;
  Files& files_ = room_.files;
};

TEST_F(FilesTest, KeepWhatTheyWereGiven) {
  const auto file = create("{\"a\":1}\n", "My Batch.JSONL");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->id, ::testing::StartsWith("file_"));
  EXPECT_EQ(file->bytes, 8u);
  EXPECT_EQ(file->filename, "My Batch.JSONL");
  EXPECT_NEAR(static_cast<double>(file->created_at), static_cast<double>(now()), 5.0);
  EXPECT_EQ(files_.find(file->id, "acme").value(), *file);
  const auto blob = files_.open(file->id, "acme").value();
  ASSERT_TRUE(blob);
  std::string content(8, '\0');
  EXPECT_EQ(::read(blob->file.get(), content.data(), 8), 8);
  EXPECT_EQ(content, "{\"a\":1}\n");
  EXPECT_EQ(blobs(), std::set<std::string>{file->id});
}

TEST_F(FilesTest, AreOfOneOrganisation) {
  const auto file = create("{}");
  ASSERT_TRUE(file);
  EXPECT_FALSE(files_.find(file->id, "other").value());
  EXPECT_FALSE(files_.open(file->id, "other").value());
  EXPECT_FALSE(files_.remove(file->id, "other").value());
  EXPECT_TRUE(files_.open(file->id, "acme").value());
}

TEST_F(FilesTest, AreGoneWithTheirContent) {
  const auto file = create("{}");
  ASSERT_TRUE(file);
  EXPECT_TRUE(files_.remove(file->id, "acme").value());
  EXPECT_FALSE(files_.remove(file->id, "acme").value());
  EXPECT_FALSE(files_.open(file->id, "acme").value());
  EXPECT_TRUE(blobs().empty());
}

TEST_F(FilesTest, AreRefusedWithoutATrace) {
  struct Row {
    std::string_view content, filename, purpose, where, message;
  };
  const std::string long_name(251, 'x');
  const std::string too_long = long_name + ".jsonl";
  const Row rows[] = {
      {"{}", "a.jsonl", "batch_output", "purpose", "made by the server"},
      {"{}", "a.jsonl", "", "purpose", "one of [batch, fine_tuning]"},
      {"{}", "a.jsonl", "Batch", "purpose", "one of [batch, fine_tuning]"},
      {"{}", "a.jsonl", "assistants", "purpose", "one of [batch, fine_tuning]"},
      {"{}", "a.json", "batch", "file", "end in .jsonl"},
      {"{}", "jsonl", "batch", "file", "end in .jsonl"},
      {"{}", "", "batch", "file", "end in .jsonl"},
      {"{}", too_long, "batch", "file", "longer than 255 bytes"},
      {"", "a.jsonl", "batch", "file", "The file is empty."},
      {"{}\n[]\n", "a.jsonl", "batch", "file", "JSON Lines. Line 2 is not a JSON object."},
      {"{\"a\":\"0123456789012345678901234\"}", "a.jsonl", "batch", "file", "larger than 30 bytes"},
  };
  for (const Row& row : rows) {
    const auto file = create(row.content, std::string(row.filename), std::string(row.purpose));
    ASSERT_FALSE(file) << row.message;
    EXPECT_EQ(file.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(file.error().where, row.where);
    EXPECT_THAT(file.error().message, HasSubstr(std::string(row.message)));
  }
  EXPECT_TRUE(blobs().empty());
  EXPECT_TRUE(records_.scan("", 10)->empty());
}

TEST_F(FilesTest, GoWhenTheyAreOld) {
  const auto file = create("{}");
  ASSERT_TRUE(file);
  store::testing::MemoryFileStore short_lived(-10);  // everything is too old
  Files files(short_lived, blobs_, {});
  ASSERT_TRUE(short_lived.add(*file, 1000).has_value());
  EXPECT_FALSE(files.find(file->id, "acme").value());
  ASSERT_TRUE(files.purge());
  EXPECT_TRUE(blobs().empty());
}

TEST_F(FilesTest, SayWhenTheirContentIsLost) {
  const auto file = create("{}");
  ASSERT_TRUE(file);
  ASSERT_TRUE(blobs_.remove(file->id).value());
  EXPECT_EQ(files_.open(file->id, "acme").error().code, ErrorCode::kCorrupt);
}

TEST_F(FilesTest, AreVerified) {
  const auto good = create("{}");
  const auto lost = create("{}");
  const auto cut = create("{}\n{}\n");
  const auto changed = create("{\"a\":1}");
  ASSERT_TRUE(good && lost && cut && changed);
  auto found = verify_files(records_, blobs_, now());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->files, 4u);
  EXPECT_EQ(found->bytes, 17u);
  EXPECT_TRUE(found->faults.empty());
  EXPECT_TRUE(found->orphans.empty());

  ASSERT_TRUE(blobs_.remove(lost->id).value());
  std::filesystem::resize_file(blobs_.folder() / cut->id, 3);
  std::ofstream(blobs_.folder() / changed->id) << "{\"a\":2}";
  std::ofstream(blobs_.folder() / "file_orphan") << "x";
  std::ofstream(blobs_.folder() / "file_x-1.partial") << "x";
  found = verify_files(records_, blobs_, now());
  ASSERT_TRUE(found);
  ASSERT_EQ(found->faults.size(), 3u);
  for (const auto& [id, what] : found->faults) {
    EXPECT_EQ(what, id == lost->id  ? "its content is gone"
                    : id == cut->id ? "its content has another size than its record"
                                    : "its content has changed");
    EXPECT_NE(id, good->id);
  }
  // As yet they may be somebody's who is at work.
  EXPECT_TRUE(found->orphans.empty());
  found = verify_files(records_, blobs_, now() + kOrphanSeconds + 60);
  ASSERT_TRUE(found);
  std::set<std::string> orphans;
  for (const store::BlobEntry& orphan : found->orphans) orphans.insert(orphan.name);
  EXPECT_EQ(orphans, (std::set<std::string>{"file_orphan", "file_x-1.partial"}));
  EXPECT_EQ(blobs().size(), 5u);
}

}  // namespace
}  // namespace peregrine::service
