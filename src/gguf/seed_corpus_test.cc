// The seed corpus of gguf_fuzz, as checked in, is what this file makes. After a change here or in Writer, run
// with PEREGRINE_WRITE_CORPUS=1 to write it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "gguf/file.h"
#include "gguf/testing/raw_image.h"
#include "gguf/writer.h"

namespace peregrine::gguf {
namespace {

using tensor::DType;

std::string finished(const Writer& writer) {
  const auto bytes = writer.bytes().value();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string every_scalar() {
  Writer w;
  w.add_u8("u8", 200);
  w.add_i8("i8", -100);
  w.add_u16("u16", 40000);
  w.add_i16("i16", -30000);
  w.add_u32("u32", 4000000000U);
  w.add_i32("i32", -2000000000);
  w.add_u64("u64", 1ULL << 63);
  w.add_i64("i64", -(1LL << 62));
  w.add_f32("f32", 0.1F);
  w.add_f64("f64", 1e300);
  w.add_bool("bool", true);
  w.add_string("string", "caf\xC3\xA9 \xFF\x1B[0m");
  return finished(w);
}

std::string every_array() {
  Writer w;
  w.add_array<std::uint8_t>("u8", std::array<std::uint8_t, 3>{1, 2, 3});
  w.add_array<std::int8_t>("i8", std::array<std::int8_t, 2>{-1, 1});
  w.add_array<std::uint16_t>("u16", std::array<std::uint16_t, 2>{1, 2});
  w.add_array<std::int16_t>("i16", std::array<std::int16_t, 2>{-1, 1});
  w.add_array<std::uint32_t>("u32", std::array{1U, 2U});
  w.add_array<std::int32_t>("i32", std::array{-1, 1});
  w.add_array<std::uint64_t>("u64", std::array<std::uint64_t, 2>{1, 2});
  w.add_array<std::int64_t>("i64", std::array<std::int64_t, 2>{-1, 1});
  w.add_array<float>("f32", std::array{0.5F, 1.0F});
  w.add_array<double>("f64", std::array{0.5, 1e300});
  w.add_array<bool>("bool", std::array{true, false});
  w.add_strings("strings", std::array<std::string_view, 4>{"", "a", "\xE2\x96\x81the", "\xFF"});
  w.add_strings("empty", std::span<const std::string>{});
  return finished(w);
}

std::string every_tensor_type(std::uint32_t alignment) {
  Writer w(alignment);
  for (const DType type :
       {DType::kF32,  DType::kF16,    DType::kBF16,  DType::kQ8_0, DType::kQ4_0, DType::kQ4_1, DType::kQ5_0,
        DType::kQ5_1, DType::kIQ4_NL, DType::kMXFP4, DType::kQ2_K, DType::kQ3_K, DType::kQ4_K, DType::kQ5_K,
        DType::kQ6_K, DType::kIQ4_XS, DType::kI8,    DType::kI16,  DType::kI32,  DType::kI64,  DType::kF64}) {
    const auto& traits = tensor::traits(type);
    w.add_tensor(traits.name, type, {traits.block_elements, 1, 2},
                 std::vector<std::byte>(2ULL * traits.block_bytes, std::byte{0x55}));
  }
  return finished(w);
}

std::string model_like() {
  Writer w;
  w.add_string("general.architecture", "llama");
  w.add_u32("llama.block_count", 1);
  w.add_f32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
  w.add_strings("tokenizer.ggml.tokens", std::array<std::string_view, 3>{"<s>", "</s>", "a"});
  w.add_array<float>("tokenizer.ggml.scores", std::array{0.0F, -1.0F, -2.0F});
  w.add_string("tokenizer.chat_template", "{% for m in messages %}\n{{ m.content }}{% endfor %}");
  w.add_u16("split.count", 0);
  w.add_u16("split.no", 0);
  w.add_i32("split.tensors.count", 2);
  w.add_tensor("token_embd.weight", DType::kF32, {4, 3}, std::vector<std::byte>(48));
  w.add_tensor("output_norm.weight", DType::kF32, {4}, std::vector<std::byte>(16));
  return finished(w);
}

std::map<std::string, std::string> seeds() {
  testing::RawImage version_2 = testing::sample_image();
  version_2.version = 2;
  testing::RawImage unsupported = testing::sample_image();
  unsupported.tensors[1].type = 21;
  testing::RawImage shard;
  shard.pairs = {{"split.count", 2, testing::le<std::uint16_t>(3)},
                 {"split.no", 2, testing::le<std::uint16_t>(1)}};
  return {
      {"empty", testing::RawImage{}.encode()},
      {"sample-v2", version_2.encode()},
      {"sample-v3", testing::sample_image().encode()},
      {"every-scalar", every_scalar()},
      {"every-array", every_array()},
      {"every-tensor-type", every_tensor_type(32)},
      {"every-tensor-type-align-8", every_tensor_type(8)},
      {"model-like", model_like()},
      {"unsupported-type", unsupported.encode()},
      {"shard", shard.encode()},
  };
}

TEST(SeedCorpus, IsWhatThisFileMakes) {
  const std::filesystem::path directory = PEREGRINE_SOURCE_DIR "/tests/fuzz/corpus/gguf_fuzz";
  const bool write = std::getenv("PEREGRINE_WRITE_CORPUS") != nullptr;
  if (write) std::filesystem::create_directories(directory);
  for (const auto& [name, bytes] : seeds()) {
    const auto path = directory / (name + ".gguf");
    if (write) std::ofstream(path, std::ios::binary) << bytes;
    std::ifstream in(path, std::ios::binary);
    ASSERT_TRUE(in) << path << " is missing; run with PEREGRINE_WRITE_CORPUS=1";
    const std::string stored{std::istreambuf_iterator<char>(in), {}};
    EXPECT_TRUE(stored == bytes) << path << " differs; run with PEREGRINE_WRITE_CORPUS=1";
  }
}

}  // namespace
}  // namespace peregrine::gguf
