#include "service/catalogue/model_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/part_file.h"
#include "hub/testing/temp_folder.h"

namespace peregrine::service {
namespace {

using hub::testing::TempFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> ids(const FolderListing& listing) {
  std::vector<std::string> out;
  for (const StoredModel& model : listing.models) out.push_back(model.id);
  return out;
}

TEST(ModelFolder, AbsentOrEmptyHasNothing) {
  const TempFolder folder;
  EXPECT_THAT(ids(*ModelFolder(folder.path()).list()), IsEmpty());
  EXPECT_THAT(ids(*ModelFolder(folder / "absent").list()), IsEmpty());
  folder.write("file", "");
  EXPECT_FALSE(ModelFolder(folder / "file").list());
}

TEST(ModelFolder, ListsWhatIsAModel) {
  const TempFolder folder;
  folder.write("Plain-Q8_0.gguf", "12345");
  folder.write("UPPER.GGUF", "1");
  folder.write("notes.txt", "");
  folder.write(".hidden.gguf", "");
  folder.write("stranger.bin", "");
  folder.write("ggml-large.bin", "123");
  folder.write("half.gguf.part", "");
  std::filesystem::create_directory(folder / "folder.gguf");
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.gguf");
  for (const char* shard : {"big-00001-of-00002.gguf", "big-00002-of-00002.gguf", "lost-00002-of-00002.gguf",
                            "torn-00001-of-00003.gguf", "torn-00003-of-00003.gguf"}) {
    folder.write(shard, "1234");
  }
  folder.write("ggml-base.bin", "lmgg and what follows");
  folder.write("other.bin", "GGUF or anything");
  ASSERT_TRUE(write_origin(folder / "ggml-large.bin", {"whisper-large-v3", "hf:a/b:c", 3, "", "", ""}));
  const auto listing = ModelFolder(folder.path()).list();
  ASSERT_TRUE(listing);
  EXPECT_THAT(ids(*listing), ElementsAre("big", "plain-q8_0", "upper", "whisper-base", "whisper-large-v3"));
  EXPECT_EQ(listing->models[0].files.size(), 2U);
  EXPECT_EQ(listing->models[0].bytes, 8U);
  EXPECT_EQ(listing->models[1].bytes, 5U);
  EXPECT_FALSE(listing->models[1].origin);
  ASSERT_TRUE(listing->models[4].origin);
  EXPECT_EQ(listing->models[4].origin->source, "hf:a/b:c");
  ASSERT_EQ(listing->unfinished.size(), 1U);
  EXPECT_EQ(listing->unfinished[0].name, "half.gguf");
  EXPECT_EQ(listing->unfinished[0].total, 0U);
}

TEST(ModelFolder, IdsOfTheCatalogueComeFromTheOrigin) {
  const TempFolder folder;
  folder.write("gpt-oss-20b-mxfp4.gguf", "x");
  const ModelFolder models(folder.path());
  EXPECT_EQ(models.find("gpt-oss-20b-mxfp4")->id, "gpt-oss-20b-mxfp4");
  ASSERT_TRUE(
      write_origin(folder / "gpt-oss-20b-mxfp4.gguf", {"openai/gpt-oss-20b", "hf:a/b:c", 1, "", "", ""}));
  for (const char* name : {"openai/gpt-oss-20b", "GPT-OSS-20B", "gpt-oss", "gpt-oss-20b-mxfp4.gguf"}) {
    const auto model = models.find(name);
    ASSERT_TRUE(model) << name;
    EXPECT_EQ(model->id, "openai/gpt-oss-20b");
  }
  const auto by_path = models.find((folder / "gpt-oss-20b-mxfp4.gguf").string());
  EXPECT_TRUE(by_path);
}

TEST(ModelFolder, DamagedOriginsAreNone) {
  const TempFolder folder;
  folder.write("m.gguf", "x");
  for (const std::string& json :
       {std::string(), std::string("{"), std::string("[]"), std::string(R"({"bytes": -1})"),
        std::string(R"({"bytes": "1"})"), std::string(R"({"id": "x"})"),
        std::string(100000, ' ') + R"({"bytes": 1})"}) {
    folder.write("m.gguf.json", json);
    EXPECT_FALSE(read_origin(folder / "m.gguf")) << json.substr(0, 40);
  }
  folder.write("m.gguf.json", R"({"bytes": 1, "id": 7, "source": "s"})");
  EXPECT_EQ(read_origin(folder / "m.gguf")->source, "s");
  EXPECT_EQ(ModelFolder(folder.path()).list()->models.at(0).id, "m") << "an id that is no id";
}

TEST(ModelFolder, UnknownAndAmbiguousNames) {
  const TempFolder folder;
  folder.write("A.gguf", "x");
  folder.write("a.gguf", "x");
  const ModelFolder models(folder.path());
  const auto unknown = models.find("b\x1b[2J");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(unknown.error().text().find('\x1b'), std::string::npos);
  const auto ambiguous = models.find("a");
  ASSERT_FALSE(ambiguous);
  EXPECT_EQ(ambiguous.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(ambiguous.error().message, HasSubstr("A.gguf"));
  EXPECT_TRUE(models.find("a.gguf")) << "the file's name tells them apart";
}

TEST(ModelFolder, RemovesAllOfAModelAndNothingElse) {
  const TempFolder folder;
  for (const char* name : {"big-00001-of-00002.gguf", "big-00002-of-00002.gguf", "other.gguf"}) {
    folder.write(name, "x");
    ASSERT_TRUE(write_origin(folder / name, {"", "s", 1, "", "", ""}));
  }
  folder.write("big-00002-of-00002.gguf.part", "x");
  folder.write("big-00002-of-00002.gguf.part.json", "x");
  const ModelFolder models(folder.path());
  ASSERT_TRUE(models.remove(*models.find("big")));
  EXPECT_THAT(folder.names(), ElementsAre("other.gguf", "other.gguf.json"));
}

TEST(ModelFolder, RemovesALinkNotWhereItLeads) {
  const TempFolder elsewhere;
  elsewhere.write("real.gguf", "x");
  const TempFolder folder;
  std::filesystem::create_symlink(elsewhere / "real.gguf", folder / "link.gguf");
  const ModelFolder models(folder.path());
  ASSERT_TRUE(models.remove(*models.find("link")));
  EXPECT_THAT(folder.names(), IsEmpty());
  EXPECT_THAT(elsewhere.names(), ElementsAre("real.gguf"));
}

TEST(ModelFolder, UnfinishedDownloads) {
  const TempFolder folder;
  {
    auto part =
        hub::PartFile::open(folder / "m.gguf", {"https://h/m.gguf", 100, std::string(64, 'a'), "", ""}, 100);
    ASSERT_TRUE(part->write(0, std::string(25, 'x')));
    ASSERT_TRUE(part->checkpoint());
  }
  const ModelFolder models(folder.path());
  const auto listing = models.list();
  ASSERT_EQ(listing->unfinished.size(), 1U);
  EXPECT_EQ(listing->unfinished[0].done, 25U);
  EXPECT_EQ(listing->unfinished[0].total, 100U);
  EXPECT_FALSE(models.find("m")) << "no model yet";
  EXPECT_FALSE(models.remove_unfinished("../m.gguf"));
  ASSERT_TRUE(models.remove_unfinished("m.gguf"));
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(ModelFolder, TooManyFiles) {
  const TempFolder folder;
  for (std::size_t i = 0; i <= kMaxFolderEntries; ++i) folder.write(std::to_string(i), "");
  const auto listing = ModelFolder(folder.path()).list();
  ASSERT_FALSE(listing);
  EXPECT_EQ(listing.error().code, ErrorCode::kResourceExhausted);
}

}  // namespace
}  // namespace peregrine::service
