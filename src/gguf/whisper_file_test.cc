// Whisper's container: what it says is read, what lies is refused with the name of what is wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <string>

#include "base/utf8.h"
#include "gguf/testing/raw_whisper.h"
#include "gguf/testing/temp_dir.h"
#include "gguf/whisper_file.h"
#include "gguf/whisper_format.h"

namespace peregrine::gguf {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::le;
using testing::RawWhisper;

constexpr std::uint32_t kHuge = 0xFFFFFFFF;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

TEST(WhisperFile, SaysWhatTheFileSays) {
  RawWhisper raw;
  raw.filters.replace(4, 4, le(0.5F));
  const std::string image = raw.encode();
  const auto file = WhisperFile::parse(bytes_of(image));
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->hparams().n_vocab, 4U);
  EXPECT_EQ(file->hparams().n_audio_ctx, 2U);
  EXPECT_EQ(file->hparams().n_text_ctx, 3U);
  EXPECT_EQ(file->hparams().n_mels, 1U);
  EXPECT_EQ(file->mel_filters()[1], 0.5F);
  EXPECT_THAT(file->tokens(), ElementsAre("a", std::string_view("\0\xFF", 2), ""));
  ASSERT_EQ(file->tensors().size(), 6U);
  const TensorInfo* half = file->tensor("half");
  ASSERT_NE(half, nullptr);
  EXPECT_EQ(half->type, tensor::DType::kF16);
  EXPECT_EQ(half->shape, (Shape{3, 2, 2}));
  EXPECT_EQ(half->data.size(), 24U);
  EXPECT_EQ(half->data[0], std::byte{2});
  EXPECT_EQ(file->tensor("hal"), nullptr);
  testing::exercise(*file, bytes_of(image));
}

TEST(WhisperFile, IsKnownByItsMagic) {
  EXPECT_TRUE(looks_like_whisper(bytes_of("lmgg")));
  EXPECT_FALSE(looks_like_whisper(bytes_of("GGUF....")));
  EXPECT_FALSE(looks_like_whisper(bytes_of("lmg")));
}

struct Corruption {
  const char* name;
  void (*mutate)(RawWhisper&);
  const char* where;
  const char* fragment;
  ErrorCode code = ErrorCode::kCorrupt;
};
void PrintTo(const Corruption& corruption, std::ostream* out) {
  *out << corruption.name;
}

constexpr auto kLimit = ErrorCode::kResourceExhausted;
constexpr auto kUnsupported = ErrorCode::kUnsupported;

const Corruption kCorruptions[] = {
    {"Gguf", [](RawWhisper& f) { f.magic = 0x46554747; }, "header", "not a whisper model"},
    {"NoVocabulary", [](RawWhisper& f) { f.figures[0] = 0; }, "n_vocab", "is 0"},
    {"VocabularyHuge", [](RawWhisper& f) { f.figures[0] = kHuge; }, "n_vocab", "limit", kLimit},
    {"NoAudioContext", [](RawWhisper& f) { f.figures[1] = 0; }, "n_audio_ctx", "is 0"},
    {"AudioContextHuge", [](RawWhisper& f) { f.figures[1] = kHuge; }, "n_audio_ctx", "limit", kLimit},
    {"AudioStateHuge", [](RawWhisper& f) { f.figures[2] = 1U << 15; }, "n_audio_state", "limit", kLimit},
    {"NoAudioHead", [](RawWhisper& f) { f.figures[3] = 0; }, "n_audio_head", "is 0"},
    {"AudioLayersHuge", [](RawWhisper& f) { f.figures[4] = 257; }, "n_audio_layer", "limit", kLimit},
    {"TextContextHuge", [](RawWhisper& f) { f.figures[5] = kHuge; }, "n_text_ctx", "limit", kLimit},
    {"NoTextState", [](RawWhisper& f) { f.figures[6] = 0; }, "n_text_state", "is 0"},
    {"TextHeadsHuge", [](RawWhisper& f) { f.figures[7] = kHuge; }, "n_text_head", "limit", kLimit},
    {"NoTextLayers", [](RawWhisper& f) { f.figures[8] = 0; }, "n_text_layer", "is 0"},
    {"NoMels", [](RawWhisper& f) { f.figures[9] = 0; }, "n_mels", "is 0"},
    {"MelsHuge", [](RawWhisper& f) { f.figures[9] = f.filter_rows = kHuge; }, "n_mels", "limit", kLimit},
    {"TypeNegative", [](RawWhisper& f) { f.figures[10] = kHuge; }, "ftype", "limit", kLimit},
    {"FilterRows", [](RawWhisper& f) { f.filter_rows = 2; }, "mel filters", "expected [1, 201]"},
    {"FilterWidth", [](RawWhisper& f) { f.filter_width = kHuge; }, "mel filters", "expected [1, 201]"},
    {"MoreTokens", [](RawWhisper& f) { f.token_count = 5; }, "vocabulary", "more than n_vocab, 4"},
    {"TokensBeyondFile", [](RawWhisper& f) { f.figures[0] = f.token_count.emplace(kMaxWhisperVocabulary); },
     "vocabulary", "more than the file has room for"},
    {"TokenHuge", [](RawWhisper& f) { f.first_token_bytes = kHuge; }, "token 1 of 3", "limit", kLimit},
    {"TokenBeyondFile",
     [](RawWhisper& f) {
       f.first_token_bytes = 1000;
       f.tensors.clear();
     },
     "token 1 of 3", "ends inside it"},
    {"NoRank", [](RawWhisper& f) { f.tensors[0].rank = 0; }, "tensor 1", "0 dimensions"},
    {"RankHuge", [](RawWhisper& f) { f.tensors[0].rank = kHuge; }, "tensor 1", "1 to 4 are possible"},
    {"ZeroDimension", [](RawWhisper& f) { f.tensors[2].dims[1] = 0; }, "tensor 3", "dimension 1 is zero"},
    {"ShapeOverflows", [](RawWhisper& f) { f.tensors[0].dims = {kHuge, kHuge, kHuge}; }, "tensor 1",
     "overflows"},
    {"BytesOverflow", [](RawWhisper& f) { f.tensors[0].dims = {kHuge, kHuge}; }, "bias", "overflows"},
    {"NoName", [](RawWhisper& f) { f.tensors[0].name_bytes = 0; }, "tensor 1", "no name"},
    {"NameHuge", [](RawWhisper& f) { f.tensors[0].name_bytes = kHuge; }, "tensor 1", "limit", kLimit},
    {"NameBeyondFile",
     [](RawWhisper& f) {
       f.tensors.resize(1);
       f.tensors[0].name_bytes = 200;
     },
     "tensor 1", "ends inside the name"},
    {"NameNoText", [](RawWhisper& f) { f.tensors[0].name = "\xFF"; }, "tensor 1", "not valid UTF-8"},
    {"TypeUnknown", [](RawWhisper& f) { f.tensors[0].type = 4711; }, "bias", "4711", kUnsupported},
    {"TypeOfGguf", [](RawWhisper& f) { f.tensors[0].type = 14; }, "bias", "Q6_K", kUnsupported},
    {"TypeWithdrawn", [](RawWhisper& f) { f.tensors[0].type = 5; }, "bias", "Q4_3", kUnsupported},
    {"PartOfABlock", [](RawWhisper& f) { f.tensors[5].dims[0] = 33; }, "q8_0", "whole Q8_0 blocks"},
    {"DataBeyondFile", [](RawWhisper& f) { f.tensors[5].dims[1] = 2; }, "q8_0", "cut short"},
    {"DataFarBeyondFile", [](RawWhisper& f) { f.tensors[5].dims[1] = kHuge; }, "q8_0", "cut short"},
    {"TwiceTheSame", [](RawWhisper& f) { f.tensors[1].name = "bias"; }, "bias", "twice"},
    {"TensorsOverLimit",
     [](RawWhisper& f) {
       f.tensors.clear();
       for (std::uint32_t i = 0; i <= kMaxWhisperTensors; ++i)
         f.tensors.push_back({std::to_string(i), {1}, 0, "...."});
     },
     "tensors", "more than 16384", kLimit},
};

class WhisperFileThatLies : public ::testing::TestWithParam<Corruption> {};

TEST_P(WhisperFileThatLies, IsRefused) {
  RawWhisper raw;
  GetParam().mutate(raw);
  const std::string image = raw.encode();
  const auto file = WhisperFile::parse(bytes_of(image));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, GetParam().code);
  EXPECT_EQ(file.error().where, GetParam().where);
  EXPECT_THAT(file.error().message, HasSubstr(GetParam().fragment));
}

INSTANTIATE_TEST_SUITE_P(, WhisperFileThatLies, ::testing::ValuesIn(kCorruptions),
                         [](const auto& param) { return param.param.name; });

// A file may end between two tensors; that the model then lacks some is found when it is loaded.
TEST(WhisperFile, MayEndBetweenTensorsOnly) {
  RawWhisper raw;
  std::vector<std::size_t> whole;
  for (std::size_t n = 0; n <= raw.tensors.size(); ++n) {
    RawWhisper part = raw;
    part.tensors.resize(n);
    whole.push_back(part.encode().size());
  }
  const std::string image = raw.encode();
  for (std::size_t size = 0; size <= image.size(); ++size) {
    // A copy, so that a sanitizer sees reads beyond the end.
    const std::vector<std::byte> cut(bytes_of(image).begin(),
                                     bytes_of(image).begin() + static_cast<std::ptrdiff_t>(size));
    const auto file = WhisperFile::parse(cut);
    EXPECT_EQ(file.has_value(), std::ranges::find(whole, size) != whole.end()) << size;
    if (file) {
      testing::exercise(*file, cut);
    } else {
      EXPECT_EQ(file.error().code, ErrorCode::kCorrupt) << size;
    }
  }
}

TEST(WhisperFile, KeepsItsPromisesWithAnyByteChanged) {
  RawWhisper raw;
  raw.filters.resize(201 * 4);
  const std::string image = raw.encode();
  const std::size_t filters = 4 + 11 * 4 + 8;
  for (std::size_t at = 0; at < image.size(); ++at) {
    if (at >= filters && at < filters + raw.filters.size()) continue;
    for (const int value : {0x00, 0x01, 0x7F, 0x80, 0xFF}) {
      std::string changed = image;
      changed[at] = static_cast<char>(value);
      const auto file = WhisperFile::parse(bytes_of(changed));
      if (file) {
        testing::exercise(*file, bytes_of(changed));
      } else {
        EXPECT_FALSE(file.error().where.empty());
        EXPECT_TRUE(base::utf8_valid(file.error().text()));
      }
    }
  }
}

TEST(WhisperFile, IsMappedFromAPath) {
  const testing::TempDir folder;
  const auto path = folder.path() / "tiny.bin";
  const std::string image = RawWhisper{}.encode();
  std::ofstream(path, std::ios::binary) << image;
  auto opened = WhisperFile::open(path);
  ASSERT_TRUE(opened) << opened.error().text();
  const WhisperFile file = std::move(*opened);
  EXPECT_EQ(file.file_bytes(), image.size());
  EXPECT_EQ(file.tokens()[0], "a");
  EXPECT_NE(file.tensor("q8_0"), nullptr);
  std::ofstream(path, std::ios::binary) << image.substr(0, 20);
  const auto cut = WhisperFile::open(path);
  ASSERT_FALSE(cut);
  EXPECT_THAT(cut.error().where, HasSubstr("tiny.bin: n_audio_layer"));
  EXPECT_EQ(WhisperFile::open(folder.path() / "none.bin").error().code, ErrorCode::kNotFound);
}

// The seeds of whisper_file_fuzz, as checked in; PEREGRINE_WRITE_CORPUS=1 writes them anew.
std::map<std::string, std::string> seeds() {
  RawWhisper no_tensors;
  no_tensors.tensors.clear();
  RawWhisper two_mels;
  two_mels.figures[9] = two_mels.filter_rows = 2;
  two_mels.filters += two_mels.filters;
  RawWhisper unknown_type;
  unknown_type.tensors[1].type = 14;
  return {{"empty", ""},
          {"header", RawWhisper{}.encode().substr(0, 48)},
          {"sample", RawWhisper{}.encode()},
          {"no-tensors", no_tensors.encode()},
          {"two-mels", two_mels.encode()},
          {"unsupported-type", unknown_type.encode()}};
}

TEST(WhisperSeedCorpus, IsWhatThisFileMakes) {
  const std::filesystem::path directory = PEREGRINE_SOURCE_DIR "/tests/fuzz/corpus/whisper_file_fuzz";
  const bool write = std::getenv("PEREGRINE_WRITE_CORPUS") != nullptr;
  if (write) std::filesystem::create_directories(directory);
  for (const auto& [name, bytes] : seeds()) {
    const auto path = directory / (name + ".bin");
    if (write) std::ofstream(path, std::ios::binary) << bytes;
    std::ifstream in(path, std::ios::binary);
    ASSERT_TRUE(in) << path << " is missing; run with PEREGRINE_WRITE_CORPUS=1";
    const std::string stored{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(stored == bytes) << path << " differs; run with PEREGRINE_WRITE_CORPUS=1";
  }
}

}  // namespace
}  // namespace peregrine::gguf
