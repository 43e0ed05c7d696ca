#include "hub/part_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/ids.h"
#include "hub/limits.h"
#include "hub/testing/temp_folder.h"

namespace peregrine::hub {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TempFolder;

const ProgressSink kNeverStop = [](const Progress&) { return true; };
constexpr std::string_view kContent = "0123456789abcdefghij";

RemoteFile remote(std::string_view content = kContent) {
  return {"https://h/f", content.size(), base::sha256_hex(content), "\"e\"", ""};
}

TEST(PartFile, ChunksOutOfOrderThenPublished) {
  const TempFolder folder;
  auto part = PartFile::open(folder / "m", remote(), 8);
  ASSERT_TRUE(part);
  ASSERT_EQ(part->chunks(), 3U);
  EXPECT_EQ(part->missing(2).first, 16U);
  EXPECT_EQ(part->missing(2).bytes, 4U);
  EXPECT_TRUE(part->write(2, "ghij"));
  EXPECT_TRUE(part->write(0, "0123"));
  EXPECT_EQ(part->missing(0).first, 4U);
  EXPECT_TRUE(part->write(1, "89abcdef"));
  EXPECT_FALSE(part->complete());
  EXPECT_FALSE(part->publish()) << "not complete";
  EXPECT_TRUE(part->write(0, "4567"));
  EXPECT_TRUE(part->complete());
  EXPECT_FALSE(part->publish()) << "not verified";
  EXPECT_TRUE(part->verify(kNeverStop));
  EXPECT_TRUE(part->publish());
  EXPECT_THAT(folder.names(), ElementsAre("m"));
  EXPECT_EQ(folder.read("m"), kContent);
}

TEST(PartFile, GoesOnWhereTheLastCheckpointWas) {
  const TempFolder folder;
  {
    auto part = PartFile::open(folder / "m", remote(), 8);
    ASSERT_TRUE(part->write(1, "89ab"));
    ASSERT_TRUE(part->checkpoint());
    ASSERT_TRUE(part->write(1, "XX")) << "after the checkpoint: forgotten";
  }
  auto part = PartFile::open(folder / "m", remote(), 5);
  ASSERT_TRUE(part);
  EXPECT_FALSE(part->restarted());
  EXPECT_EQ(part->chunks(), 3U) << "chunks are those of the beginning";
  EXPECT_EQ(part->done(), 4U);
  EXPECT_EQ(part->missing(1).first, 12U);
}

TEST(PartFile, AnotherVersionStartsOver) {
  struct Case {
    const char* name;
    RemoteFile first;
    RemoteFile second;
    bool continues;
  };
  RemoteFile other_digest = remote();
  other_digest.sha256 = std::string(64, '0');
  RemoteFile larger = remote();
  larger.size += 1;
  RemoteFile no_digest = remote();
  no_digest.sha256.clear();
  RemoteFile other_etag = no_digest;
  other_etag.validator = "\"f\"";
  RemoteFile other_url = no_digest;
  other_url.url = "https://h/g";
  RemoteFile signed_anew = no_digest;
  signed_anew.url = "https://h/f?signature=2";
  RemoteFile nothing = no_digest;
  nothing.validator.clear();
  RemoteFile mirror = remote();
  mirror.url = "https://mirror/f";
  const Case cases[] = {{"the same", remote(), remote(), true},
                        {"the same from a mirror", remote(), mirror, true},
                        {"another digest", remote(), other_digest, false},
                        {"another size", remote(), larger, false},
                        {"the digest is gone", remote(), no_digest, false},
                        {"the same ETag", no_digest, no_digest, true},
                        {"another ETag", no_digest, other_etag, false},
                        {"the ETag of another URL", no_digest, other_url, false},
                        {"the same, signed anew", no_digest, signed_anew, true},
                        {"nothing to tell by", nothing, nothing, false}};
  for (const Case& one : cases) {
    const TempFolder folder;
    {
      auto part = PartFile::open(folder / "m", one.first, 8);
      ASSERT_TRUE(part->write(0, "0123"));
      ASSERT_TRUE(part->checkpoint());
    }
    auto part = PartFile::open(folder / "m", one.second, 8);
    ASSERT_TRUE(part) << one.name;
    EXPECT_EQ(part->done(), one.continues ? 4U : 0U) << one.name;
    EXPECT_EQ(part->restarted(), !one.continues) << one.name;
  }
}

TEST(PartFile, BytesThatAreGoneAreNotBelieved) {
  const TempFolder folder;
  {
    auto part = PartFile::open(folder / "m", remote(), 8);
    ASSERT_TRUE(part->write(1, "89ab"));
    ASSERT_TRUE(part->checkpoint());
  }
  std::filesystem::resize_file(folder / "m.part", 11);
  EXPECT_EQ(PartFile::open(folder / "m", remote(), 8)->done(), 0U);
}

TEST(PartFile, DamagedStateStartsOver) {
  PartState good;
  good.remote = remote();
  good.chunk_bytes = 8;
  good.received = {8, 1, 0};
  const std::string text = render_part_state(good);
  ASSERT_TRUE(parse_part_state(text));
  EXPECT_EQ(parse_part_state(text)->done(), 9U);
  const auto replaced = [&](const std::string& what, const std::string& with) {
    std::string copy = text;
    const std::size_t at = copy.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return copy.replace(at, what.size(), with);
  };
  for (const std::string& bad :
       {std::string(), std::string("{}"), std::string("[]"), text.substr(0, text.size() / 2),
        replaced("\"version\":1", "\"version\":2"), replaced("\"size\":20", "\"size\":0"),
        replaced("\"size\":20", "\"size\":-20"), replaced("\"size\":20", "\"size\":99999999999999999"),
        replaced("\"chunk_bytes\":8", "\"chunk_bytes\":0"),
        replaced("\"chunk_bytes\":8", "\"chunk_bytes\":1"), replaced("[8,1,0]", "[8,1]"),
        replaced("[8,1,0]", "[9,0,0]"), replaced("[8,1,0]", "[8,1,5]"), replaced("[8,1,0]", "[8,-1,0]"),
        replaced("[8,1,0]", "[8,\"1\",0]"), replaced("[8,1,0]", "8"),
        replaced("\"verified\":false", "\"verified\":true"), replaced(good.remote.sha256, "abc"),
        std::string(2 * kMaxStateBytes, ' ') + text}) {
    EXPECT_FALSE(parse_part_state(bad)) << bad.substr(0, 200);
  }
}

TEST(PartFile, LargeFilesHaveLargeChunks) {
  const TempFolder folder;
  RemoteFile huge = remote();
  huge.size = 1 << 20;
  const auto part = PartFile::open(folder / "m", huge, 16);
  ASSERT_TRUE(part);
  EXPECT_EQ(part->chunks(), kMaxChunks);
}

TEST(PartFile, WrongDigestThrowsAllAway) {
  const TempFolder folder;
  auto part = PartFile::open(folder / "m", remote(), 20);
  ASSERT_TRUE(part->write(0, "0123456789abcdefghiX"));
  const Status status = part->verify(kNeverStop);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(status.error().message, HasSubstr(base::sha256_hex(kContent)));
  EXPECT_THAT(folder.names(), ElementsAre());
}

TEST(PartFile, MoreThanAnnouncedIsRefused) {
  const TempFolder folder;
  auto part = PartFile::open(folder / "m", remote(), 8);
  EXPECT_FALSE(part->write(0, "012345678"));
  EXPECT_EQ(part->done(), 0U);
}

TEST(PartFile, OneProcessAtATime) {
  const TempFolder folder;
  const auto first = PartFile::open(folder / "m", remote(), 8);
  ASSERT_TRUE(first);
  const auto second = PartFile::open(folder / "m", remote(), 8);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
}

TEST(PartFile, ForgetsInOnePiece) {
  const TempFolder folder;
  auto part = PartFile::open(folder / "m", remote(), 8);
  ASSERT_TRUE(part->write(2, "ghij"));
  part->forget(true);
  EXPECT_EQ(part->chunks(), 1U);
  EXPECT_EQ(part->missing(0).bytes, kContent.size());
}

TEST(PartFile, WhereNothingCanBeMade) {
  const TempFolder folder;
  folder.write("file", "x");
  const auto in_file = PartFile::open(folder / "file" / "m", remote(), 8);
  ASSERT_FALSE(in_file);
  EXPECT_THAT(in_file.error().text(), HasSubstr("file/m.part"));
  std::filesystem::create_symlink(folder / "elsewhere", folder / "l.part");
  EXPECT_FALSE(PartFile::open(folder / "l", remote(), 8)) << "a link is not followed";
}

}  // namespace
}  // namespace peregrine::hub
