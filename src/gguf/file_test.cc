#include "gguf/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <utility>

#include "gguf/testing/exercise.h"
#include "gguf/testing/raw_image.h"
#include "gguf/writer.h"

namespace peregrine::gguf {
namespace {

using tensor::DType;
using testing::as_bytes;
using ::testing::ElementsAre;
using testing::sample_image;

void expect_sample(const File& file) {
  const Metadata& m = file.metadata();
  EXPECT_EQ(m.entries().size(), 8U);
  EXPECT_EQ(m.string("general.architecture"), "llama");
  EXPECT_EQ(m.u32("llama.block_count"), 2U);
  EXPECT_EQ(m.f32("epsilon"), 1e-5F);
  EXPECT_EQ(m.boolean("flag"), true);
  EXPECT_THAT(m.f32s("scores").value(), ElementsAre(0.5F, -1.0F, 2.0F));
  EXPECT_THAT(m.strings("words").value(), ElementsAre("a", "", "\xC4\xA0the"));
  EXPECT_THAT(m.booleans("flags").value(), ElementsAre(true, false));
  EXPECT_EQ(m.f32("deep"), 0.25F);

  ASSERT_EQ(file.tensors().size(), 3U);
  const TensorInfo* bias = file.tensor("bias");
  ASSERT_NE(bias, nullptr);
  EXPECT_EQ(bias, &file.tensors()[2]);
  EXPECT_EQ(bias->type, DType::kF16);
  EXPECT_EQ(bias->shape, (Shape{3, 2, 1, 2}));
  EXPECT_EQ(bias->shape.elements(), 12U);
  ASSERT_EQ(bias->data.size(), 24U);
  EXPECT_EQ(bias->data.front(), std::byte{128});
  EXPECT_EQ(bias->data.back(), std::byte{151});
  EXPECT_EQ(file.tensor("weight")->data.size(), 68U);
  EXPECT_EQ(file.tensor("weight")->data.front(), std::byte{32});
  EXPECT_EQ(file.tensor("weigh"), nullptr);
}

TEST(File, ReadsAnImageWrittenByHandInBothVersions) {
  for (const std::uint32_t version : {2U, 3U}) {
    testing::RawImage image = sample_image();
    image.version = version;
    const std::string bytes = image.encode();
    const auto file = File::parse(as_bytes(bytes));
    ASSERT_TRUE(file) << file.error().text();
    EXPECT_EQ(file->version(), version);
    EXPECT_EQ(file->shards(), 1U);
    EXPECT_EQ(file->file_bytes(), bytes.size());
    expect_sample(*file);
    testing::exercise(*file, as_bytes(bytes));
  }
}

TEST(File, ViewsSurviveAMove) {
  const std::string bytes = sample_image().encode();
  auto file = File::parse(as_bytes(bytes));
  ASSERT_TRUE(file);
  const std::string_view name = file->tensors()[0].name;
  const File moved = std::move(*file);
  EXPECT_EQ(moved.tensor(name), &moved.tensors()[0]);
  expect_sample(moved);
}

TEST(File, HoldsMetadataWithoutTensors) {
  testing::RawImage image = sample_image();
  image.tensors.clear();
  image.data.clear();
  const std::string bytes = image.encode();
  const auto file = File::parse(as_bytes(bytes));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_TRUE(file->tensors().empty());
  EXPECT_EQ(file->tensor(""), nullptr);
}

TEST(File, AnEmptyImageIsAFileWithNothingInIt) {
  const std::string bytes = testing::RawImage{}.encode();
  const auto file = File::parse(as_bytes(bytes));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_TRUE(file->metadata().entries().empty());
  EXPECT_FALSE(file->metadata().contains(""));
}

// Offsets need not follow the table's order, and space between tensors is nobody's business.
TEST(File, TensorsMayLieInAnyOrderWithGaps) {
  testing::RawImage image;
  image.tensors = {{"last", {8}, 0, 128}, {"first", {8}, 0, 0}};
  image.data = std::string(160, 'x');
  const std::string bytes = image.encode();
  const auto file = File::parse(as_bytes(bytes));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->tensor("last")->data.data() - file->tensor("first")->data.data(), 128);
}

TEST(File, AlignmentMovesTheData) {
  testing::RawImage image;
  image.alignment = 4096;
  image.pairs = {{"general.alignment", 4, testing::le<std::uint32_t>(4096)}};
  image.tensors = {{"t", {4}, 24, 0}};
  image.data = "data";
  const std::string bytes = image.encode();
  const auto file = File::parse(as_bytes(bytes));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->alignment(), 4096U);
  EXPECT_EQ(file->tensor("t")->data.data() - as_bytes(bytes).data(), 4096);
  EXPECT_EQ(file->tensor("t")->data[3], std::byte{'a'});
}

TEST(File, OpenNamesAPathThatIsNotThere) {
  const auto file = File::open("/nonexistent/model.gguf");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(file.error().where, "/nonexistent/model.gguf");
}

// The trained story model that the project's tests share; facts from an independent reader.
TEST(File, ReadsAPublishedModel) {
  const std::filesystem::path path = PEREGRINE_SHARED_DIR "/models/stories260K.gguf";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  const auto file = File::open(path);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->version(), 3U);
  const Metadata& m = file->metadata();
  EXPECT_EQ(m.entries().size(), 21U);
  EXPECT_EQ(m.string("general.architecture"), "llama");
  EXPECT_EQ(m.string("general.name"), "stories260K");
  EXPECT_EQ(m.u32("llama.feed_forward_length"), 172U);
  EXPECT_EQ(m.f32("llama.attention.layer_norm_rms_epsilon"), 1e-5F);
  EXPECT_EQ(m.boolean("tokenizer.ggml.add_bos_token"), true);
  EXPECT_EQ(m.boolean("tokenizer.ggml.add_eos_token"), false);
  const auto tokens = m.strings("tokenizer.ggml.tokens").value();
  ASSERT_EQ(tokens.size(), 512U);
  EXPECT_EQ(tokens[3], "<0x00>");
  EXPECT_EQ(m.f32s("tokenizer.ggml.scores").value().size(), 512U);
  EXPECT_EQ(m.i32s("tokenizer.ggml.token_type").value()[0], 2);

  ASSERT_EQ(file->tensors().size(), 48U);
  EXPECT_EQ(file->tensor("token_embd.weight")->shape, (Shape{64, 512}));
  EXPECT_EQ(file->tensor("blk.4.ffn_down.weight")->shape, (Shape{172, 64}));
  std::uint64_t parameters = 0;
  for (const TensorInfo& t : file->tensors()) {
    EXPECT_EQ(t.type, DType::kF32) << t.name;
    parameters += t.shape.elements();
  }
  EXPECT_EQ(parameters, 292800U);
  // The last tensor ends with the file.
  EXPECT_EQ(file->tensors().back().data.size(), 64U * 172U * 4U);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

boost::json::value read_json(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return boost::json::parse(text.str());
}

// Every golden model states its architecture, vocabulary and how many weights it has of which type.
TEST(File, AgreesWithTheGoldenModelsOwnAccount) {
  const std::filesystem::path directory = PEREGRINE_SHARED_DIR "/golden";
  if (!std::filesystem::exists(directory)) GTEST_SKIP() << "no " << directory;
  int models = 0;
  for (const auto& item : std::filesystem::directory_iterator(directory)) {
    if (item.path().extension() != ".gguf") continue;
    SCOPED_TRACE(item.path().filename());
    ++models;
    auto json_path = item.path();
    const boost::json::value golden = read_json(json_path.replace_extension(".json"));
    const auto& types = golden.at("weight_types").as_object();
    const auto file = File::open(item.path());
    ASSERT_TRUE(file) << file.error().text();
    EXPECT_EQ(file->metadata().string("general.architecture").value(),
              std::string_view(golden.at("arch").as_string()));
    EXPECT_EQ(file->metadata().strings("tokenizer.ggml.tokens").value().size(),
              golden.at("n_vocab").to_number<std::size_t>());
    std::map<std::string, std::int64_t> counts;
    for (const TensorInfo& t : file->tensors()) ++counts[lower(tensor::traits(t.type).name)];
    std::map<std::string, std::int64_t> expected;
    for (const auto& [name, count] : types) expected[name] = count.to_number<std::int64_t>();
    EXPECT_EQ(counts, expected);
  }
  EXPECT_GT(models, 0);
}

}  // namespace
}  // namespace peregrine::gguf
