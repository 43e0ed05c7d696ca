#include "gguf/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <limits>

#include "gguf/file.h"
#include "gguf/tensor_types.h"
#include "gguf/testing/raw_image.h"
#include "gguf/testing/temp_dir.h"

namespace peregrine::gguf {
namespace {

using tensor::DType;
using ::testing::HasSubstr;

constexpr DType kAllTypes[] = {
    DType::kF32,  DType::kF16,    DType::kBF16,  DType::kQ8_0, DType::kQ4_0, DType::kQ4_1, DType::kQ5_0,
    DType::kQ5_1, DType::kIQ4_NL, DType::kMXFP4, DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K,
    DType::kQ6_K, DType::kIQ4_XS, DType::kI8,    DType::kI16,  DType::kI32,  DType::kI64,  DType::kF64};

std::vector<std::byte> counted(std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 31 + size);
  return bytes;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_in(const std::filesystem::path& directory) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory), {}));
}

// The layout stated byte by byte.
TEST(Writer, WritesTheDocumentedLayout) {
  using testing::le;
  using testing::text;
  Writer w;
  w.add_string("general.architecture", "x");
  w.add_array<std::uint16_t>("n", std::array<std::uint16_t, 2>{1, 2});
  w.add_tensor("a", DType::kI8, {3}, std::vector<std::byte>(3, std::byte{7}));
  w.add_tensor("b", DType::kF16, {2, 1}, std::vector<std::byte>(4, std::byte{9}));
  const auto bytes = w.bytes().value();

  std::string expected = "GGUF" + le(3U) + le<std::uint64_t>(2) + le<std::uint64_t>(2);
  expected += text("general.architecture") + le(8U) + text("x");
  expected += text("n") + le(9U) + le(2U) + le<std::uint64_t>(2) + std::string("\1\0\2\0", 4);
  expected += text("a") + le(1U) + le<std::uint64_t>(3) + le(24U) + le<std::uint64_t>(0);
  expected +=
      text("b") + le(2U) + le<std::uint64_t>(2) + le<std::uint64_t>(1) + le(1U) + le<std::uint64_t>(32);
  expected.resize((expected.size() + 31) / 32 * 32);
  expected += std::string(3, '\7') + std::string(29, '\0') + std::string(4, '\t') + std::string(28, '\0');
  ASSERT_EQ(bytes.size(), expected.size());
  EXPECT_TRUE(std::ranges::equal(bytes, testing::as_bytes(expected)));
}

TEST(Writer, TensorsOfEveryTypeComeBack) {
  Writer w;
  for (const DType type : kAllTypes) {
    const auto& traits = tensor::traits(type);
    const Shape shape = {2ULL * traits.block_elements, 3, 1, 2};
    w.add_tensor(traits.name, type, shape, counted(12ULL * traits.block_bytes));
  }
  const auto bytes = w.bytes().value();
  const auto file = File::parse(bytes);
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_EQ(file->tensors().size(), std::size(kAllTypes));
  for (const DType type : kAllTypes) {
    const auto& traits = tensor::traits(type);
    const TensorInfo* t = file->tensor(traits.name);
    ASSERT_NE(t, nullptr) << traits.name;
    EXPECT_EQ(t->type, type);
    EXPECT_EQ(t->shape, (Shape{2ULL * traits.block_elements, 3, 1, 2}));
    EXPECT_TRUE(std::ranges::equal(t->data, counted(12ULL * traits.block_bytes)));
  }
}

// The numbers of the format, as its documentation lists them.
TEST(TensorTypes, HaveTheFormatsNumbers) {
  constexpr std::uint32_t kIds[] = {0,  1,  30, 8,  2,  3,  6,  7,  20, 39, 10,
                                    11, 12, 13, 14, 23, 24, 25, 26, 27, 28};
  for (std::size_t i = 0; i < std::size(kAllTypes); ++i) {
    EXPECT_EQ(tensor_type_id(kAllTypes[i]), kIds[i]);
    EXPECT_EQ(tensor_type_from_id(kIds[i]), kAllTypes[i]);
  }
  for (std::uint32_t id = 0; id < 100; ++id) {
    EXPECT_EQ(tensor_type_from_id(id).has_value(), std::ranges::count(kIds, id) == 1) << id;
  }
}

TEST(Writer, AlignsDataAsAsked) {
  for (const std::uint32_t alignment : {8U, 32U, 64U, 65536U}) {
    Writer w(alignment);
    w.add_string("k", "v");
    w.add_tensor("a", DType::kI8, {5}, counted(5));
    w.add_tensor("b", DType::kI8, {6}, counted(6));
    const auto bytes = w.bytes().value();
    const auto file = File::parse(bytes);
    ASSERT_TRUE(file) << file.error().text();
    EXPECT_EQ(file->alignment(), alignment);
    EXPECT_EQ(file->metadata().contains("general.alignment"), alignment != 32);
    for (const TensorInfo& t : file->tensors()) {
      EXPECT_EQ(static_cast<std::size_t>(t.data.data() - bytes.data()) % alignment, 0U);
    }
    EXPECT_TRUE(std::ranges::equal(file->tensor("b")->data, counted(6)));
  }
}

struct Mistake {
  const char* where;
  const char* fragment;
  void (*make)(Writer&);
};

const Mistake kMistakes[] = {
    {"", "1 to 65535 bytes of UTF-8", [](Writer& w) { w.add_u32("", 1); }},
    {"\\xff", "1 to 65535 bytes of UTF-8", [](Writer& w) { w.add_u32("\xFF", 1); }},
    {"k", "the key was already added", [](Writer& w) { w.add_u32("k", 1), w.add_string("k", "2"); }},
    {"general.alignment", "already added", [](Writer& w) { w.add_u32("general.alignment", 64); }},
    {"", "a tensor's name must be", [](Writer& w) { w.add_tensor("", DType::kI8, {1}, counted(1)); }},
    {"t", "the tensor was already added",
     [](Writer& w) {
       w.add_tensor("t", DType::kI8, {1}, counted(1));
       w.add_tensor("t", DType::kI8, {1}, counted(1));
     }},
    {"t", "1 to 4 dimensions", [](Writer& w) { w.add_tensor("t", DType::kI8, {}, counted(1)); }},
    {"t", "1 to 4 dimensions", [](Writer& w) { w.add_tensor("t", DType::kI8, {1, 1, 1, 1, 1}, counted(1)); }},
    {"t", "none zero",
     [](Writer& w) { w.add_tensor("t", DType::kI8, {1, 0}, std::span<const std::byte>{}); }},
    {"t", "rows of whole Q8_0 blocks", [](Writer& w) { w.add_tensor("t", DType::kQ8_0, {33}, counted(34)); }},
    {"t", "takes 68 bytes, 67 were given",
     [](Writer& w) { w.add_tensor("t", DType::kQ8_0, {32, 2}, counted(67)); }},
    {"t", "none zero", [](Writer& w) { w.add_tensor("t", DType::kI8, {1ULL << 63, 2}, counted(1)); }},
};

TEST(Writer, KeepsTheFirstMistakeAndWritesNothing) {
  for (const Mistake& mistake : kMistakes) {
    Writer w;
    mistake.make(w);
    w.add_u32("", 0);  // a later mistake does not hide the first
    const auto bytes = w.bytes();
    ASSERT_FALSE(bytes) << mistake.fragment;
    EXPECT_EQ(bytes.error().where, mistake.where);
    EXPECT_THAT(bytes.error().message, HasSubstr(mistake.fragment));

    const testing::TempDir dir;
    EXPECT_FALSE(w.write(dir.path() / "m.gguf"));
    EXPECT_FALSE(w.write_shards(dir.path(), "m", 2));
    EXPECT_EQ(files_in(dir.path()), 0U) << "nothing may be left behind";
  }
  for (const std::uint32_t alignment : {0U, 4U, 48U, 131072U}) EXPECT_FALSE(Writer(alignment).bytes());
}

TEST(Writer, ReplacesAFileInOneStep) {
  const testing::TempDir dir;
  const auto path = dir.path() / "model.gguf";
  std::ofstream(path) << "old";
  Writer w;
  w.add_string("general.name", "new");
  w.add_tensor("t", DType::kF32, {100}, counted(400));
  // Who holds the old file keeps it: the path changes hands, the bytes do not change.
  std::ifstream old(path);
  ASSERT_TRUE(w.write(path));
  std::string still;
  old >> still;
  EXPECT_EQ(still, "old");
  const auto bytes = w.bytes().value();
  const std::string written = contents(path);
  EXPECT_TRUE(std::ranges::equal(bytes, testing::as_bytes(written)));
  EXPECT_EQ(files_in(dir.path()), 1U);

  const auto file = File::open(path);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->metadata().string("general.name"), "new");
}

TEST(Writer, FailingToWriteIsAnErrorAndLeavesTheOldFile) {
  const testing::TempDir dir;
  Writer w;
  const auto nowhere = w.write(dir.path() / "none" / "m.gguf");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::kIo);
  EXPECT_EQ(nowhere.error().where, (dir.path() / "none" / "m.gguf").string());

  // A directory cannot be replaced by a file: the rename fails after everything was written.
  std::filesystem::create_directories(dir.path() / "m.gguf");
  const auto refused = w.write(dir.path() / "m.gguf");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kIo);
  EXPECT_EQ(files_in(dir.path()), 1U) << "no temporary file may stay";
}

TEST(Writer, BorrowsTensorDataUnlessGivenIt) {
  std::vector<std::byte> data = counted(8);
  Writer w;
  w.add_tensor("borrowed", DType::kI8, {8}, std::span<const std::byte>(data));
  w.add_tensor("owned", DType::kI8, {8}, std::vector<std::byte>(data));
  data[0] = std::byte{42};
  const Writer copy = w;
  const auto bytes = copy.bytes().value();
  const auto file = File::parse(bytes);
  EXPECT_EQ(file->tensor("borrowed")->data[0], std::byte{42});
  EXPECT_EQ(file->tensor("owned")->data[0], counted(8)[0]);
}

}  // namespace
}  // namespace peregrine::gguf
