#include "gguf/shards.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gguf/file.h"
#include "gguf/testing/raw_image.h"
#include "gguf/testing/temp_dir.h"
#include "gguf/writer.h"

namespace peregrine::gguf {
namespace {

namespace fs = std::filesystem;
using tensor::DType;
using ::testing::HasSubstr;

TEST(ShardName, IsExactlyThePattern) {
  const auto name = parse_shard_name("m-q8-00002-of-00013.gguf");
  ASSERT_TRUE(name);
  EXPECT_EQ(name->prefix, "m-q8");
  EXPECT_EQ(name->number, 2U);
  EXPECT_EQ(name->count, 13U);
  EXPECT_TRUE(parse_shard_name("-00001-of-00001.gguf"));
  for (const char* other :
       {"", "m.gguf", "m-00000-of-00002.gguf", "m-00003-of-00002.gguf", "m-0001-of-0002.gguf",
        "m-00001-of-00002.bin", "m-00001_of_00002.gguf", "m-+0001-of-00002.gguf", "m-0x001-of-00002.gguf",
        "m-00001-of-000002.gguf", "m-00001-of-00002.gguf.part"}) {
    EXPECT_FALSE(parse_shard_name(other)) << other;
  }
  EXPECT_EQ(shard_filename("m", 3, 12), "m-00003-of-00012.gguf");
}

Writer sample_writer(std::uint32_t alignment = kDefaultAlignment) {
  Writer w(alignment);
  w.add_string("general.architecture", "llama");
  w.add_u32("llama.block_count", 3);
  for (int i = 0; i < 7; ++i) {
    w.add_tensor("t" + std::to_string(i), DType::kI8, {10}, std::vector<std::byte>(10, std::byte(i)));
  }
  return w;
}

class Shards : public ::testing::Test {
 protected:
  void SetUp() override { paths_ = sample_writer().write_shards(dir_.path(), "m", 3).value(); }

  void write(const fs::path& path, const testing::RawImage& image) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << image.encode();
  }
  // A shard of three with one tensor, saying what it is told to.
  static testing::RawImage shard(std::uint16_t no, std::uint16_t count, std::int32_t tensors,
                                 std::string tensor) {
    testing::RawImage image;
    image.pairs = {{"split.no", 2, testing::le(no)},
                   {"split.count", 2, testing::le(count)},
                   {"split.tensors.count", 5, testing::le(tensors)}};
    image.tensors = {{std::move(tensor), {4}, 24, 0}};
    image.data = "data";
    return image;
  }
  void expect_refused(const fs::path& open, const fs::path& where, ErrorCode code, const char* fragment) {
    const auto file = File::open(open);
    ASSERT_FALSE(file);
    EXPECT_THAT(file.error().where, ::testing::StartsWith(where.string()));
    EXPECT_EQ(file.error().code, code);
    EXPECT_THAT(file.error().text(), HasSubstr(fragment));
  }

  testing::TempDir dir_;
  std::vector<fs::path> paths_;
};

TEST_F(Shards, AreReadAsOneFile) {
  EXPECT_EQ(paths_[0].filename(), "m-00001-of-00003.gguf");
  const auto file = File::open(paths_[0]);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->shards(), 3U);
  EXPECT_EQ(file->file_bytes(),
            fs::file_size(paths_[0]) + fs::file_size(paths_[1]) + fs::file_size(paths_[2]));
  EXPECT_EQ(file->metadata().u32("llama.block_count"), 3U);
  ASSERT_EQ(file->tensors().size(), 7U);
  for (int i = 0; i < 7; ++i) {
    EXPECT_EQ(file->tensors()[i].name, "t" + std::to_string(i)) << "order is kept";
    EXPECT_EQ(file->tensor("t" + std::to_string(i))->data.back(), std::byte(i));
  }
}

TEST_F(Shards, CarryTheirAlignmentEach) {
  const auto paths = sample_writer(1024).write_shards(dir_.path(), "a", 2).value();
  const auto file = File::open(paths[0]);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->alignment(), 1024U);
  EXPECT_EQ(file->tensor("t6")->data[9], std::byte{6});
}

TEST_F(Shards, MayOutnumberTheTensors) {
  const auto paths = sample_writer().write_shards(dir_.path(), "w", 9).value();
  const auto file = File::open(paths[0]);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->tensors().size(), 7U);
}

TEST_F(Shards, ASetOfOneIsAWholeFile) {
  const auto paths = sample_writer().write_shards(dir_.path(), "one", 1).value();
  EXPECT_TRUE(File::open(paths[0]));
  EXPECT_FALSE(sample_writer().write_shards(dir_.path(), "none", 0));
  EXPECT_FALSE(sample_writer().write_shards(dir_.path(), "many", kMaxShards + 1));
}

// Tools that merge shards leave split.count = 0 behind.
TEST_F(Shards, AMergedFileIsAWholeFile) {
  const fs::path merged = dir_.path() / "merged.gguf";
  write(merged, shard(0, 0, 1, "t"));
  const auto file = File::open(merged);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->shards(), 1U);
}

TEST_F(Shards, OnlyTheFirstIsOpened) {
  expect_refused(paths_[1], paths_[1], ErrorCode::kInvalidArgument,
                 "shard 2 of 3; open the first one, m-00001-of-00003.gguf");
}

TEST_F(Shards, OneMissingIsNamed) {
  fs::remove(paths_[2]);
  expect_refused(paths_[0], paths_[2], ErrorCode::kNotFound, "No such file");
}

TEST_F(Shards, OneUnderAnotherName) {
  const fs::path renamed = dir_.path() / "m.gguf";
  fs::rename(paths_[0], renamed);
  expect_refused(renamed, renamed, ErrorCode::kInvalidArgument,
                 "this is shard 1 of 3, but its name does not say so");
}

TEST_F(Shards, ReorderedOnesAreRefused) {
  fs::rename(paths_[1], dir_.path() / "x");
  fs::rename(paths_[2], paths_[1]);
  fs::rename(dir_.path() / "x", paths_[2]);
  expect_refused(paths_[0], paths_[1], ErrorCode::kCorrupt,
                 "named as shard 2 of 3, but its metadata says 3 of 3");
}

TEST_F(Shards, OneCopiedOverAnother) {
  fs::copy_file(paths_[1], paths_[2], fs::copy_options::overwrite_existing);
  expect_refused(paths_[0], paths_[2], ErrorCode::kCorrupt,
                 "named as shard 3 of 3, but its metadata says 2 of 3");
}

TEST_F(Shards, OneOfASetOfAnotherSize) {
  write(paths_[2], shard(2, 4, 7, "t9"));
  expect_refused(paths_[0], paths_[2], ErrorCode::kCorrupt, "but its metadata says 3 of 4");
}

TEST_F(Shards, OneWithoutItsKeys) {
  testing::RawImage bare = shard(2, 3, 7, "t9");
  bare.pairs.clear();
  write(paths_[2], bare);
  expect_refused(paths_[0], paths_[2], ErrorCode::kCorrupt, "but its metadata says 1 of 1");
}

TEST_F(Shards, AWholeFileNamedLikeAShard) {
  testing::RawImage bare = shard(0, 3, 7, "t9");
  bare.pairs.clear();
  write(paths_[0], bare);
  expect_refused(paths_[0], paths_[0], ErrorCode::kCorrupt,
                 "named as shard 1 of 3, but its metadata says 1 of 1");
}

TEST_F(Shards, OneOfAnotherModel) {
  write(paths_[1], shard(1, 3, 12, "other"));
  expect_refused(paths_[0], paths_[1], ErrorCode::kCorrupt, "the files are of different models");
}

TEST_F(Shards, OneWithTooFewTensors) {
  write(paths_[1], shard(1, 3, 7, "t2"));
  expect_refused(paths_[0], paths_[0], ErrorCode::kCorrupt, "7 tensors are announced, 6 are there");
}

TEST_F(Shards, TheSameTensorInTwo) {
  testing::RawImage twice = shard(1, 3, 7, "t0");
  twice.tensors.push_back({"t2", {4}, 24, 32});
  twice.data = std::string(36, 'x');
  write(paths_[1], twice);
  expect_refused(paths_[0], paths_[0], ErrorCode::kCorrupt, "t0: the tensor appears twice");
}

TEST_F(Shards, OneDamagedIsNamedWithThePlaceInIt) {
  fs::resize_file(paths_[2], fs::file_size(paths_[2]) - 32);
  expect_refused(paths_[0], paths_[2], ErrorCode::kCorrupt, "m-00003-of-00003.gguf: t6: its data, 10 bytes");
}

}  // namespace
}  // namespace peregrine::gguf
