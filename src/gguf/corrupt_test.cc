// Files that lie: each is refused with an error that says what is wrong and where, and nothing else happens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "gguf/file.h"
#include "gguf/testing/exercise.h"
#include "gguf/testing/raw_image.h"

namespace peregrine::gguf {
namespace {

using testing::array;
using testing::le;
using testing::RawImage;
using testing::sample_image;
using testing::text;
using u64 = std::uint64_t;

struct Corruption {
  const char* name;
  void (*mutate)(RawImage&);
  const char* where;
  const char* fragment;
  ErrorCode code = ErrorCode::kCorrupt;
};

void PrintTo(const Corruption& corruption, std::ostream* out) {
  *out << corruption.name;
}

constexpr auto kUnsupported = ErrorCode::kUnsupported;
constexpr auto kLimit = ErrorCode::kResourceExhausted;

void set(RawImage& image, std::string_view key, std::uint32_t type, std::string value) {
  image.pair(key).type = type;
  image.pair(key).value = std::move(value);
}

const Corruption kHeaders[] = {
    {"Empty", [](RawImage& f) { f.keep = 0; }, "header", "the file is empty"},
    {"MagicCut", [](RawImage& f) { f.keep = 3; }, "header", "not a GGUF file"},
    {"MagicOnly", [](RawImage& f) { f.keep = 4; }, "header", "ends inside the header"},
    {"VersionOnly", [](RawImage& f) { f.keep = 8; }, "header", "ends inside the header"},
    {"CountsCut", [](RawImage& f) { f.keep = 23; }, "header", "ends inside the header"},
    {"NotGguf",
     [](RawImage& f) {
       f.magic =
           "\x7F"
           "ELF";
     },
     "header", "does not start with \"GGUF\""},
    {"OldGgml", [](RawImage& f) { f.magic = "lmgg"; }, "header", "an old ggml", kUnsupported},
    {"OldGgjt", [](RawImage& f) { f.magic = "tjgg"; }, "header", "convert the model to GGUF", kUnsupported},
    {"LfsPointer", [](RawImage& f) { f.magic = "version https://git-lfs.github.com/spec/v1\n"; }, "header",
     "git lfs pull", kUnsupported},
    {"WebPage", [](RawImage& f) { f.magic = "<!DOCTYPE html>"; }, "header", "a web page", kUnsupported},
    {"Zip", [](RawImage& f) { f.magic = "PK\x03\x04"; }, "header", "a zip archive", kUnsupported},
    {"Safetensors", [](RawImage& f) { f.magic = le(u64{512}) + "{\"__metadata__\""; }, "header",
     "perhaps a safetensors file", kUnsupported},
    {"Version0", [](RawImage& f) { f.version = 0; }, "header", "GGUF version 0; versions 2 to 3",
     kUnsupported},
    {"Version1", [](RawImage& f) { f.version = 1; }, "header", "version 1, which is no longer read",
     kUnsupported},
    {"Version4", [](RawImage& f) { f.version = 4; }, "header", "GGUF version 4; versions 2 to 3",
     kUnsupported},
    {"BigEndian", [](RawImage& f) { f.version = 0x03000000; }, "header", "big-endian GGUF file (version 3)",
     kUnsupported},
    {"KeysBeyondFile", [](RawImage& f) { f.key_count = 1000; }, "header", "1000 keys are announced"},
    {"KeysHuge", [](RawImage& f) { f.key_count = ~u64{0}; }, "header", "more than the file has room for"},
    {"KeysOverLimit",
     [](RawImage& f) {
       f.key_count = kMaxKeys + 1;
       f.data.resize(kMaxKeys * 20);
     },
     "header", "65537 keys, the limit is 65536", kLimit},
    {"TensorsBeyondFile", [](RawImage& f) { f.tensor_count = 1000; }, "header", "1000 tensors are announced"},
    {"TensorsHuge", [](RawImage& f) { f.tensor_count = ~u64{0}; }, "header",
     "more than the file has room for"},
    {"TensorsOverLimit",
     [](RawImage& f) {
       f.tensor_count = kMaxTensors + 1;
       f.data.resize(kMaxTensors * 40);
     },
     "header", "131073 tensors, the limit is 131072", kLimit},
};

const Corruption kKeys[] = {
    {"KeyEmpty", [](RawImage& f) { f.pairs[1].key = ""; }, "key 2 of 8", "the key is empty"},
    {"KeyLengthHuge", [](RawImage& f) { f.pairs[1].key_bytes = ~u64{0}; }, "key 2 of 8",
     "18446744073709551615 bytes"},
    {"KeyTooLong", [](RawImage& f) { f.pairs[1].key.assign(65536, 'k'); }, "key 2 of 8",
     "the format allows 65535"},
    {"KeyBeyondFile", [](RawImage& f) { f.pairs[7].key_bytes = 60000; }, "key 8 of 8", "ends inside the key"},
    {"KeyNotUtf8", [](RawImage& f) { f.pairs[2].key = "eps\xFFlon"; }, "key 3 of 8", "not valid UTF-8"},
    {"KeyOverlongUtf8", [](RawImage& f) { f.pairs[2].key = "a\xC0\x80"; }, "key 3 of 8", "not valid UTF-8"},
    {"KeyTwice", [](RawImage& f) { f.pairs[3].key = "epsilon"; }, "epsilon", "the key appears twice"},
    {"KeyWithEscapeTwice", [](RawImage& f) { f.pairs[2].key = f.pairs[3].key = "\x1B[2J"; }, "\\x1b[2J",
     "twice"},
    {"ValueType13", [](RawImage& f) { f.pairs[1].type = 13; }, "llama.block_count", "value type 13 is not"},
    {"ValueTypeHuge", [](RawImage& f) { f.pairs[1].type = ~0U; }, "llama.block_count",
     "value type 4294967295"},
    {"StringLengthHuge", [](RawImage& f) { set(f, "general.architecture", 8, le(~u64{0}) + "llama"); },
     "general.architecture", "ends inside the value: 18446744073709551615 bytes"},
    {"StringBeyondFile", [](RawImage& f) { set(f, "general.architecture", 8, le(u64{100000}) + "llama"); },
     "general.architecture", "ends inside the value: 100000 bytes"},
    {"Boolean2", [](RawImage& f) { set(f, "flag", 7, "\x02"); }, "flag", "a boolean is 2, neither 0 nor 1"},
    {"Boolean255", [](RawImage& f) { set(f, "flag", 7, "\xFF"); }, "flag", "a boolean is 255"},
    {"ArrayBoolean2", [](RawImage& f) { set(f, "flags", 9, array(7, 2, "\x01\x02")); }, "flags",
     "a boolean is 2"},
    {"ArrayOfArrays", [](RawImage& f) { set(f, "flags", 9, array(9, 1, array(4, 1, le(1U)))); }, "flags",
     "an array of arrays", kUnsupported},
    {"ArrayType13", [](RawImage& f) { set(f, "flags", 9, array(13, 2, "\x01\x01")); }, "flags",
     "array element type 13 is not"},
    {"ArrayCountHuge", [](RawImage& f) { set(f, "scores", 9, array(6, ~u64{0}, le(0.5F))); }, "scores",
     "18446744073709551615 f32 elements"},
    {"ArrayCountTimesSizeWraps",
     [](RawImage& f) { set(f, "scores", 9, array(10, u64{1} << 61, le(u64{0}))); }, "scores",
     "2305843009213693952 u64 elements"},
    {"ArrayBeyondFile", [](RawImage& f) { set(f, "scores", 9, array(6, 5000, le(0.5F))); }, "scores",
     "5000 f32 elements"},
    {"StringsCountHuge", [](RawImage& f) { set(f, "words", 9, array(8, u64{1} << 60, text("a"))); }, "words",
     "1152921504606846976 string elements"},
    {"StringElementHuge", [](RawImage& f) { set(f, "words", 9, array(8, 2, text("a") + le(~u64{0}))); },
     "words", "ends inside string 2 of 2"},
    {"StringElementBeyondFile",
     [](RawImage& f) { set(f, "words", 9, array(8, 2, text("a") + le(u64{9999}))); }, "words",
     "ends inside string 2 of 2"},
    {"AlignmentZero", [](RawImage& f) { set(f, "general.alignment", 4, le(0U)); }, "general.alignment",
     "alignment 0 is not a power of two from 8 to 65536"},
    {"AlignmentOdd", [](RawImage& f) { set(f, "general.alignment", 4, le(33U)); }, "general.alignment",
     "alignment 33"},
    {"AlignmentSmall", [](RawImage& f) { set(f, "general.alignment", 4, le(4U)); }, "general.alignment",
     "alignment 4 "},
    {"AlignmentLarge", [](RawImage& f) { set(f, "general.alignment", 4, le(131072U)); }, "general.alignment",
     "alignment 131072"},
    {"AlignmentIsText", [](RawImage& f) { set(f, "general.alignment", 8, text("32")); }, "general.alignment",
     "is of type string, needed: u32"},
    {"AlignmentWide", [](RawImage& f) { set(f, "general.alignment", 10, le(u64{1} << 32)); },
     "general.alignment", "does not fit in u32"},
    {"OneShard", [](RawImage& f) { set(f, "split.count", 2, le(std::uint16_t{2})); }, "split.count",
     "shard 1 of 2; shards are opened by the first one's path", ErrorCode::kInvalidArgument},
    {"ShardIndexTooLarge",
     [](RawImage& f) {
       set(f, "split.count", 2, le(std::uint16_t{2}));
       set(f, "split.no", 2, le(std::uint16_t{2}));
     },
     "split.no", "shard 2 (from 0) of 2 cannot be"},
    {"ShardsOverLimit", [](RawImage& f) { set(f, "split.count", 2, le(std::uint16_t{65535})); },
     "split.count", "65535 shards, the limit is 4096", kLimit},
    {"SplitTensorsDiffer", [](RawImage& f) { set(f, "split.tensors.count", 5, le(std::int32_t{4})); },
     "split.tensors.count", "4 tensors are announced, 3 are there"},
    {"SplitTensorsNegative", [](RawImage& f) { set(f, "split.tensors.count", 5, le(std::int32_t{-3})); },
     "split.tensors.count", "does not fit in u64"},
};

const Corruption kTensors[] = {
    {"NameEmpty", [](RawImage& f) { f.tensors[1].name = ""; }, "tensor 2 of 3", "has no name"},
    {"NameLengthHuge", [](RawImage& f) { f.tensors[1].name_bytes = ~u64{0}; }, "tensor 2 of 3",
     "the limit is 256", kLimit},
    {"NameTooLong", [](RawImage& f) { f.tensors[1].name.assign(257, 't'); }, "tensor 2 of 3",
     "257 bytes long", kLimit},
    {"NameBeyondFile",
     [](RawImage& f) {
       f.tensors[2].name_bytes = 250;
       f.data.clear();
     },
     "tensor 3 of 3", "ends inside the name"},
    {"NameNotUtf8", [](RawImage& f) { f.tensors[1].name = "\xED\xA0\x80"; }, "tensor 2 of 3",
     "not valid UTF-8"},
    {"NameTwice", [](RawImage& f) { f.tensors[2].name = "norm"; }, "norm", "the tensor appears twice"},
    {"NoDimensions", [](RawImage& f) { f.tensors[0].dims = {}; }, "norm", "0 dimensions, 1 to 4"},
    {"FiveDimensions", [](RawImage& f) { f.tensors[0].dims = {8, 1, 1, 1, 1}; }, "norm",
     "5 dimensions, 1 to 4"},
    {"ManyDimensions", [](RawImage& f) { f.tensors[0].rank = ~0U; }, "norm", "4294967295 dimensions"},
    {"ZeroDimension", [](RawImage& f) { f.tensors[2].dims[1] = 0; }, "bias", "dimension 1 is zero"},
    {"ProductOverflows", [](RawImage& f) { f.tensors[0].dims = {u64{1} << 33, u64{1} << 33}; }, "norm",
     "the product of the dimensions overflows"},
    {"ProductWrapsToNothing", [](RawImage& f) { f.tensors[0].dims = {u64{1} << 32, u64{1} << 32}; }, "norm",
     "the product of the dimensions overflows"},
    {"BytesOverflow", [](RawImage& f) { f.tensors[0].dims = {u64{1} << 31, u64{1} << 31}; }, "norm",
     "the size in bytes overflows"},
    {"RowBytesOverflow", [](RawImage& f) { f.tensors[0].dims = {u64{1} << 63}; }, "norm",
     "the size in bytes overflows"},
    {"RowsNotWholeBlocks", [](RawImage& f) { f.tensors[1].dims = {48, 2}; }, "weight",
     "rows of 48 elements do not fill whole Q8_0 blocks of 32"},
    {"RowsNotWholeSuperBlocks", [](RawImage& f) { f.tensors[1].type = 12; }, "weight", "Q4_K blocks of 256"},
    {"TypeQ8_1", [](RawImage& f) { f.tensors[1].type = 9; }, "weight",
     "has type Q8_1, which is not supported", kUnsupported},
    {"TypeQ8_K", [](RawImage& f) { f.tensors[1].type = 15; }, "weight", "has type Q8_K", kUnsupported},
    {"TypeIQ3_S", [](RawImage& f) { f.tensors[1].type = 21; }, "weight",
     "has type IQ3_S, which is not supported; supported: F32, F16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, "
     "Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, I8, I16, I32, I64, F64, BF16, MXFP4",
     kUnsupported},
    {"TypeNVFP4", [](RawImage& f) { f.tensors[1].type = 40; }, "weight", "has type NVFP4", kUnsupported},
    {"TypeWithdrawn", [](RawImage& f) { f.tensors[1].type = 31; }, "weight", "has type Q4_0_4_4",
     kUnsupported},
    {"TypeUnknown", [](RawImage& f) { f.tensors[1].type = 4096; }, "weight", "the unknown type number 4096",
     kUnsupported},
    {"OffsetUnaligned", [](RawImage& f) { f.tensors[1].offset = 48; }, "weight",
     "offset 48 is not a multiple of the alignment, 32"},
    {"OffsetBeyondFile", [](RawImage& f) { f.tensors[2].offset = 4096; }, "bias",
     "24 bytes at offset 4096, ends outside"},
    {"OffsetHuge", [](RawImage& f) { f.tensors[2].offset = ~u64{31}; }, "bias", "ends outside the file"},
    {"OffsetPlusBytesWraps",
     [](RawImage& f) {
       f.tensors[2].type = 24;
       f.tensors[2].dims = {~u64{64}};
     },
     "bias", "18446744073709551551 bytes at offset 128, ends outside"},
    {"DataBeyondFile", [](RawImage& f) { f.tensors[2].dims[0] = 4; }, "bias",
     "32 bytes at offset 128, ends outside"},
    {"DataHuge", [](RawImage& f) { f.tensors[0].dims[0] = u64{1} << 60; }, "norm", "ends outside the file"},
    {"DataOneByteShort", [](RawImage& f) { f.data.pop_back(); }, "bias", "was the file cut short?"},
    {"NoData", [](RawImage& f) { f.data.clear(); }, "norm", "which has 0 bytes of data"},
    {"SameData", [](RawImage& f) { f.tensors[2].offset = 32; }, "bias", "its data overlaps that of weight"},
    {"OverlapByTheTail", [](RawImage& f) { f.tensors[0].dims[0] = 9; }, "weight",
     "its data overlaps that of norm"},
    {"OverlapInside", [](RawImage& f) { f.tensors[2].offset = 64; }, "bias",
     "its data overlaps that of weight"},
    {"CountBeyondTable", [](RawImage& f) { f.tensor_count = 4; }, "tensor 4 of 4", "has no name"},
};

class CorruptFile : public ::testing::TestWithParam<Corruption> {};

TEST_P(CorruptFile, IsRefusedWithItsReasonAndPlace) {
  RawImage image = sample_image();
  GetParam().mutate(image);
  const auto bytes = testing::exact_copy(testing::as_bytes(image.encode()));
  const auto file = File::parse(bytes);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().where, GetParam().where) << file.error().text();
  EXPECT_THAT(file.error().message, ::testing::HasSubstr(GetParam().fragment));
  EXPECT_EQ(file.error().code, GetParam().code);
}

std::string name_of(const ::testing::TestParamInfo<Corruption>& info) {
  return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Header, CorruptFile, ::testing::ValuesIn(kHeaders), name_of);
INSTANTIATE_TEST_SUITE_P(Keys, CorruptFile, ::testing::ValuesIn(kKeys), name_of);
INSTANTIATE_TEST_SUITE_P(Tensors, CorruptFile, ::testing::ValuesIn(kTensors), name_of);

// Both outcomes are fine; a crash, a read outside or a broken promise is not.
bool parses(const std::string& image) {
  const auto bytes = testing::exact_copy(testing::as_bytes(image));
  const auto file = File::parse(bytes);
  if (file) {
    testing::exercise(*file, bytes);
    return true;
  }
  EXPECT_FALSE(file.error().message.empty());
  EXPECT_FALSE(file.error().where.empty());
  EXPECT_TRUE(base::utf8_valid(file.error().text()));
  return false;
}

TEST(CorruptFileSweep, TruncationAnywhereIsAnError) {
  const std::string whole = sample_image().encode();
  ASSERT_TRUE(parses(whole));
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(parses(whole.substr(0, length))) << length;
  }
}

TEST(CorruptFileSweep, EveryByteMayTakeEveryValue) {
  const std::string whole = sample_image().encode();
  const std::size_t table_end = whole.size() - sample_image().data.size();
  std::size_t refused = 0;
  for (std::size_t at = 0; at < table_end; ++at) {
    std::string image = whole;
    for (int value = 0; value < 256; ++value) {
      image[at] = static_cast<char>(value);
      if (!parses(image)) ++refused;
    }
  }
  // Most of a header's bytes matter; the rest is text and numbers that may well be different.
  EXPECT_GT(refused, table_end * 64);
}

// Eight-byte fields carry counts, lengths and offsets: put extreme values everywhere.
TEST(CorruptFileSweep, EveryPositionMayHoldAnExtremeNumber) {
  const std::string whole = sample_image().encode();
  const u64 extremes[] = {
      0,          1,           0x7F,         0xFF,         0xFFFF,       0x10000,      0x7FFFFFFF,
      0xFFFFFFFF, ~u64{0} - 7, ~u64{0} - 23, ~u64{0} >> 1, u64{1} << 63, u64{1} << 61, ~u64{0}};
  for (std::size_t at = 0; at + 8 <= whole.size(); ++at) {
    for (const u64 extreme : extremes) {
      std::string image = whole;
      parses(image.replace(at, 8, le(extreme)));
    }
  }
}

TEST(CorruptFileSweep, ErrorsAboutHostileNamesStayShortAndPrintable) {
  RawImage image = sample_image();
  image.pairs[0] = {std::string(60000, '\x07'), 99, ""};
  const std::string bytes = image.encode();
  const auto file = File::parse(testing::as_bytes(bytes));
  ASSERT_FALSE(file);
  EXPECT_LT(file.error().text().size(), 400U);
  EXPECT_EQ(file.error().text().find('\x07'), std::string::npos);
}

}  // namespace
}  // namespace peregrine::gguf
