#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/client.h"
#include "hub/limits.h"

namespace peregrine::hub {
namespace {

const std::string kDigest(64, 'd');

TEST(Listing, FilesWithSizesAndDigests) {
  std::vector<RepositoryFile> files;
  const std::string json = R"([
    {"type": "directory", "oid": "1", "size": 0, "path": "Q4_K_M"},
    {"type": "file", "oid": "2", "size": 1570, "path": ".gitattributes"},
    {"type": "file", "oid": "3", "size": 135, "path": "Q4_K_M/m-00001-of-00002.gguf",
     "lfs": {"oid": ")" + kDigest +
                           R"(", "size": 5000000000, "pointerSize": 135}, "xetHash": "x"}])";
  ASSERT_TRUE(parse_listing(json, files));
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, ".gitattributes");
  EXPECT_EQ(files[0].size, 1570U);
  EXPECT_EQ(files[0].sha256, "");
  EXPECT_EQ(files[1].path, "Q4_K_M/m-00001-of-00002.gguf");
  EXPECT_EQ(files[1].size, 5000000000U);
  EXPECT_EQ(files[1].sha256, kDigest);
}

TEST(Listing, WhatIsNotDescribedIsLeftOut) {
  for (const char* json :
       {"[]", "[1, null, \"x\", [], {}]", R"([{"type": "file"}])", R"([{"type": "file", "path": "a"}])",
        R"([{"type": "file", "path": "", "size": 1}])", R"([{"type": "file", "path": "a", "size": -1}])",
        R"([{"type": "file", "path": "a", "size": "1"}])", R"([{"type": "file", "path": 7, "size": 1}])",
        R"([{"type": "file", "path": "a", "size": 1e30}])"}) {
    std::vector<RepositoryFile> files;
    EXPECT_TRUE(parse_listing(json, files)) << json;
    EXPECT_TRUE(files.empty()) << json;
  }
  std::vector<RepositoryFile> files;
  EXPECT_TRUE(parse_listing(R"([{"type": "file", "path": "a", "size": 1, "lfs": {"oid": "short"}}])", files));
  EXPECT_EQ(files.at(0).sha256, "");
}

TEST(Listing, NoListingAtAll) {
  for (const char* json : {"", "{}", "null", "\"x\"", "[", "[1,]", "<html>", R"({"error": "x"})"}) {
    std::vector<RepositoryFile> files;
    const Status status = parse_listing(json, files);
    ASSERT_FALSE(status) << json;
    EXPECT_EQ(status.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(status.error().message, ::testing::HasSubstr("HF_ENDPOINT"));
  }
  std::vector<RepositoryFile> files;
  EXPECT_FALSE(parse_listing(std::string(100000, '['), files)) << "deep nesting";
}

TEST(Listing, NoMoreThanTheLimit) {
  std::string json = "[";
  for (std::size_t i = 0; i <= kMaxRepositoryFiles; ++i) json += R"({"type":"file","path":"a","size":1},)";
  json.back() = ']';
  std::vector<RepositoryFile> files;
  const Status status = parse_listing(json, files);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kResourceExhausted);
}

}  // namespace
}  // namespace peregrine::hub
