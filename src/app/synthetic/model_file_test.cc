// Synthetic models against what is known without them: real files of the architectures, the loaders, and
// the statistics of the weights.
#include "app/synthetic/model_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "app/synthetic/layout.h"
#include "app/synthetic/random_weights.h"
#include "app/synthetic/testing/request.h"
#include "app/synthetic/vocabulary.h"
#include "base/memory_budget.h"
#include "base/rng.h"
#include "gguf/file.h"
#include "gguf/testing/temp_dir.h"
#include "model/testing/first_step.h"
#include "tensor/codec.h"

namespace peregrine::app::synthetic {
namespace {

using testing::request;
using testing::SizeList;

std::vector<std::byte> made(const SpecRequest& wanted) {
  const auto spec = resolve(wanted);
  EXPECT_TRUE(spec) << spec.error().text();
  auto bytes = model_bytes(*spec);
  EXPECT_TRUE(bytes) << bytes.error().text();
  return std::move(*bytes);
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

struct ShapeCase {
  std::string architecture;
  std::string type;
};

std::vector<ShapeCase> cases() {
  std::vector<ShapeCase> all;
  for (const Family& family : families()) {
    all.push_back({std::string(family.architecture), family.experts == Experts::kAlways ? "MXFP4" : "F16"});
    all.push_back({std::string(family.architecture), "Q4_K_M"});
  }
  for (const TypeMix& mix : type_mixes()) all.push_back({"llama", std::string(mix.name)});
  return all;
}

// Deviation of the numbers.
double spread(std::span<const float> x) {
  double sum = 0;
  double squares = 0;
  for (const float v : x) {
    sum += static_cast<double>(v);
    squares += static_cast<double>(v) * static_cast<double>(v);
  }
  const double mean = sum / static_cast<double>(x.size());
  return std::sqrt(squares / static_cast<double>(x.size()) - mean * mean);
}

TEST(SyntheticModel, EveryArchitectureAndTypeLoadsAndComputesSaneNumbers) {
  for (const ShapeCase& c : cases()) {
    SCOPED_TRACE(c.architecture + " " + c.type);
    SizeList sizes = {{"--feed-forward", 256}, {"--vocabulary", kMinVocabulary}};
    if (c.architecture == "llama") sizes.emplace_back("--layers", 1);
    if (c.architecture == "gemma2" || c.architecture == "gpt-oss") sizes.emplace_back("--window", 4);
    const std::vector<std::byte> bytes = made(request(c.architecture, c.type, sizes));
    const auto file = gguf::File::parse(bytes);
    ASSERT_TRUE(file) << file.error().text();
    base::MemoryBudget budget(std::uint64_t{1} << 30);
    const auto backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
    const auto loaded = model::load_model(*file, *backend);
    ASSERT_TRUE(loaded) << loaded.error().text();
    const auto outputs = model::testing::first_step(**loaded, 12);
    ASSERT_TRUE(outputs) << outputs.error().text();
    for (const float x : *outputs) ASSERT_TRUE(std::isfinite(x));
    // Logits neither flat nor certain; vectors behind a norm likewise. And not the same for every token.
    const std::size_t width = (*loaded)->info().output_width();
    const std::span<const float> first = std::span(*outputs).first(width);
    const std::span<const float> last = std::span(*outputs).last(width);
    EXPECT_GT(spread(first), 0.2);
    EXPECT_LT(spread(first), 5.0);
    std::vector<float> difference(width);
    for (std::size_t i = 0; i < width; ++i) difference[i] = first[i] - last[i];
    EXPECT_GT(spread(difference), 0.1);
  }
}

// A request of random small sizes; most fit together.
SpecRequest random_request(base::Rng& rng) {
  const auto below = [&rng](std::size_t n) { return static_cast<std::uint32_t>(rng.next() % n); };
  const Family& family = families()[below(families().size())];
  const std::uint32_t heads = 1 + below(6);
  const std::uint32_t head_dim = (family.latent ? 4 : 2) * (1 + below(12));
  const std::uint32_t kv_heads = family.latent ? 1 : family.encoder || below(2) == 0 ? heads : 1;
  SizeList sizes = {{"--layers", 1 + below(4)},
                    {"--heads", heads},
                    {"--kv-heads", kv_heads},
                    {"--head-dim", head_dim},
                    {"--width", family.encoder ? heads * head_dim : 1 + below(80)}};
  for (const SizeOption& option : size_options()) {
    const bool chosen =
        std::ranges::any_of(sizes, [&](const auto& size) { return size.first == option.flag; });
    const bool means_something = family.tiny.*option.member != 0 &&
                                 (option.applies != Applies::kInterleaved || family.architecture == "llama4");
    if (!chosen && means_something) sizes.emplace_back(option.flag, 1 + below(below(2) == 0 ? 6 : 80));
  }
  SpecRequest wanted = request(family.architecture, type_mixes()[below(type_mixes().size())].name, sizes);
  wanted.tokenizer = false;
  wanted.seed = rng.next();
  return wanted;
}

// resolve() promises that what it lets through fits together: the loaders must agree, whatever the sizes.
TEST(SyntheticModel, WhateverResolvesLoads) {
  constexpr int kRequests = 600;
  base::Rng rng(3);
  std::map<std::string_view, int> loaded_models;
  for (int i = 0; i < kRequests; ++i) {
    const SpecRequest wanted = random_request(rng);
    SCOPED_TRACE(std::to_string(i) + ": " + wanted.architecture + " " + wanted.type);
    const auto spec = resolve(wanted);
    if (!spec) continue;
    const std::vector<std::byte> bytes = *model_bytes(*spec);
    const auto file = gguf::File::parse(bytes);
    ASSERT_TRUE(file) << file.error().text();
    base::MemoryBudget budget(std::uint64_t{1} << 30);
    const auto backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
    const auto loaded = model::load_model(*file, *backend);
    ASSERT_TRUE(loaded) << loaded.error().text();
    const auto outputs = model::testing::first_step(**loaded, 7);
    ASSERT_TRUE(outputs) << outputs.error().text();
    for (const float x : *outputs) ASSERT_TRUE(std::isfinite(x));
    ++loaded_models[spec->family->architecture];
  }
  EXPECT_EQ(loaded_models.size(), families().size());
  for (const auto& [architecture, n] : loaded_models) EXPECT_GE(n, 5) << architecture;
}

TEST(SyntheticModel, SameSeedSameFile) {
  SpecRequest wanted = request("qwen3moe", "Q5_K_M");
  wanted.seed = 7;
  const auto first = made(wanted);
  EXPECT_EQ(made(wanted), first);
  wanted.seed = 8;
  const auto other = made(wanted);
  ASSERT_EQ(other.size(), first.size());
  std::size_t equal = 0;
  for (std::size_t i = first.size() / 2; i < first.size(); ++i) equal += first[i] == other[i] ? 1 : 0;
  EXPECT_LT(equal, first.size() / 16);
}

TEST(SyntheticModel, OnDiskAsInMemory) {
  const gguf::testing::TempDir folder;
  const auto spec = resolve(request("gpt-oss", "MXFP4", {{"--experts", 8}}));
  const auto path = folder.path() / "model.gguf";
  std::uint64_t last = 0;
  std::uint64_t total = 0;
  const Status written = write_model(*spec, path, [&](std::uint64_t done, std::uint64_t of) {
    EXPECT_GT(done, last);
    last = done;
    total = of;
  });
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_EQ(last, total);
  EXPECT_EQ(total, total_bytes(plan_tensors(*spec)));
  const auto bytes = *model_bytes(*spec);
  EXPECT_TRUE(read_file(path) == std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

TEST(SyntheticModel, LeavesNothingBehindWhereItCannotBe) {
  const gguf::testing::TempDir folder;
  const auto nothing = [](std::uint64_t, std::uint64_t) {};
  const auto tiny = resolve(request("llama", "F32"));
  const Status nowhere = write_model(*tiny, folder.path() / "none" / "model.gguf", nothing);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::kIo);
  // More than any disk holds.
  const auto huge = resolve(request("llama", "F32",
                                    {{"--layers", 1024},
                                     {"--width", 1048576},
                                     {"--heads", 1024},
                                     {"--head-dim", 1024},
                                     {"--feed-forward", 1048576}}));
  ASSERT_TRUE(huge) << huge.error().text();
  const Status full = write_model(*huge, folder.path() / "model.gguf", nothing);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::kResourceExhausted);
  EXPECT_THAT(full.error().where, ::testing::HasSubstr("model.gguf"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

// Large tensors are put together from a pool: their values must lie as those that are drawn one by one.
TEST(SyntheticModel, WeightsLieAsTheyShould) {
  for (const TypeMix& mix : type_mixes()) {
    for (const std::uint64_t rows : {64U, 1024U}) {
      SCOPED_TRACE(std::string(mix.name) + ", " + std::to_string(rows));
      const float deviation = 1.0F / std::sqrt(512.0F);
      const PlannedTensor tensor{"blk.0.ffn_up.weight", {512, rows}, mix.experts, 0.0F, deviation};
      std::vector<std::byte> bytes;
      const auto append = [&bytes](std::span<const std::byte> more) -> Status {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
      };
      RandomWeights weights(1);
      ASSERT_TRUE(weights.emit(tensor, append));
      ASSERT_EQ(bytes.size(), tensor.bytes());
      std::vector<float> values(tensor.elements());
      tensor::dequantize_row(tensor.type, bytes.data(), values.data(), values.size());
      EXPECT_NEAR(spread(values) / static_cast<double>(deviation), 1.0, 0.06);
      const double n = static_cast<double>(values.size());
      double sum = 0;
      double within = 0;
      for (const float v : values) {
        sum += static_cast<double>(v);
        within += std::abs(v) < deviation ? 1 : 0;
      }
      EXPECT_LT(std::abs(sum / n), 5.0 * static_cast<double>(deviation) / std::sqrt(n));
      EXPECT_NEAR(within / n, 0.683, 0.08);  // of a normal distribution; four bits are coarse
      if (tensor.elements() <= kDirectElements) continue;
      // Rows differ although cells repeat.
      std::set<std::vector<float>> rows_seen;
      for (std::size_t at = 0; at < values.size(); at += 512) {
        rows_seen.insert({values.begin() + static_cast<std::ptrdiff_t>(at),
                          values.begin() + static_cast<std::ptrdiff_t>(at + 512)});
      }
      EXPECT_EQ(rows_seen.size(), rows);
    }
  }
}

// Files of small models that other tools made, by name, and the request for a model of the same shape.
struct Golden {
  const char* name;
  SpecRequest request;
  std::set<std::string> left_out = {};  // tensors that synthetic models do without
  bool tied = false;
};

std::filesystem::path golden_file(const std::string& name) {
  for (const std::filesystem::path folder :
       {PEREGRINE_SOURCE_DIR "/tests/golden/models", PEREGRINE_SHARED_DIR "/golden"}) {
    if (std::filesystem::exists(folder / (name + ".gguf"))) return folder / (name + ".gguf");
  }
  return {};
}

std::vector<Golden> goldens() {
  const auto small = [](std::string_view architecture, std::string_view type, std::uint32_t layers,
                        std::uint32_t head_dim, const SizeList& more = {}) {
    SizeList sizes = {{"--layers", layers},    {"--width", 64},       {"--head-dim", head_dim},
                      {"--feed-forward", 128}, {"--vocabulary", 320}, {"--context", 512}};
    sizes.insert(sizes.end(), more.begin(), more.end());
    return request(architecture, type, sizes);
  };
  const SizeList wide = {{"--width", 256}, {"--feed-forward", 256}};
  const auto experts = [](std::uint32_t n, std::uint32_t used, std::uint32_t width) {
    return SizeList{{"--experts", n}, {"--experts-used", used}, {"--expert-feed-forward", width}};
  };
  const auto with = [](SizeList sizes, const SizeList& more) {
    sizes.insert(sizes.end(), more.begin(), more.end());
    return sizes;
  };
  return {
      {"llama-q4_k_m", small("llama", "Q4_K_M", 2, 64, wide), {"rope_freqs.weight"}, true},
      {"qwen3-q5_k_m", small("qwen3", "Q5_K_M", 2, 64, wide)},
      {"gemma2-q6_k", small("gemma2", "Q6_K", 2, 64, with(wide, {{"--kv-heads", 1}, {"--window", 16}}))},
      {"gemma2-f32",
       small("gemma2", "F32", 3, 32, {{"--feed-forward", 96}, {"--vocabulary", 352}, {"--window", 16}})},
      {"qwen3moe-f16", small("qwen3moe", "F16", 2, 16, experts(8, 2, 32))},
      {"qwen3moe-q8_0", small("qwen3moe", "Q8_0", 3, 16, experts(6, 2, 32))},
      {"gpt-oss-f32",
       small("gpt-oss", "F32", 2, 32, with(experts(4, 2, 32), {{"--feed-forward", 32}, {"--window", 16}}))},
      {"gpt-oss-mxfp4",
       small("gpt-oss", "MXFP4", 2, 32,
             with(experts(8, 2, 64), {{"--width", 128}, {"--feed-forward", 64}, {"--window", 16}}))},
      {"llama4-scout-f16",
       small("llama4", "F16", 4, 16, with(experts(4, 1, 32), {{"--expert-step", 1}})),
       {"rope_freqs.weight"}},
      {"llama4-interleave-q8_0",
       small("llama4", "Q8_0", 4, 16, with(experts(8, 1, 32), {{"--expert-step", 2}}))},
      {"deepseek2-groups-q8_0",
       small("deepseek2", "Q8_0", 3, 32, with(experts(8, 2, 32), {{"--kv-rank", 64}, {"--query-rank", 64}}))},
      {"bert-mean-f32", small("bert", "F32", 3, 16, {{"--context", 80}})},
      {"nomic-bert-mean-f16", small("nomic-bert", "F16", 3, 16)},
  };
}

using Tensors = std::map<std::string, std::string>;

Tensors tensors_of(const gguf::File& file) {
  Tensors tensors;
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    std::string& text = tensors[std::string(tensor.name)];
    text = tensor::traits(tensor.type).name;
    for (const std::uint64_t dim : tensor.shape) text += " " + std::to_string(dim);
  }
  return tensors;
}

// Keys that say how large the model is, and how they are typed.
std::map<std::string, std::uint32_t> sizes_of(const gguf::File& file) {
  std::map<std::string, std::uint32_t> sizes;
  for (const gguf::Metadata::Entry& entry : file.metadata().entries()) {
    const bool of_model = !entry.key.starts_with("tokenizer.") && entry.type == gguf::ValueType::kU32;
    if (of_model) sizes[std::string(entry.key)] = *file.metadata().u32(entry.key);
  }
  return sizes;
}

TEST(SyntheticModel, HasTheTensorsTypesAndKeysOfFilesThatOtherToolsMade) {
  std::size_t compared = 0;
  for (const Golden& golden : goldens()) {
    SCOPED_TRACE(golden.name);
    const auto path = golden_file(golden.name);
    if (path.empty()) continue;
    const auto theirs = gguf::File::open(path);
    ASSERT_TRUE(theirs) << theirs.error().text();
    ModelSpec spec = resolve(golden.request).value();
    spec.tied |= golden.tied;
    const std::vector<std::byte> bytes = model_bytes(spec).value();
    const auto ours = gguf::File::parse(bytes);
    ASSERT_TRUE(ours) << ours.error().text();
    Tensors expected = tensors_of(*theirs);
    for (const std::string& name : golden.left_out) expected.erase(name);
    EXPECT_EQ(tensors_of(*ours), expected);
    auto sizes = sizes_of(*theirs);
    // Of the reference's own training, or groups of experts, which synthetic models do not have.
    for (const char* key :
         {"expert_group_count", "expert_group_used_count", "rope.scaling.original_context_length"}) {
      sizes.erase(std::string(*theirs->metadata().string("general.architecture")) + "." + key);
    }
    auto our_sizes = sizes_of(*ours);
    std::erase_if(our_sizes,
                  [](const auto& entry) { return entry.first.ends_with("original_context_length"); });
    EXPECT_EQ(our_sizes, sizes);
    ++compared;
  }
  EXPECT_GE(compared, 1U) << "the repository has one of them";
}

}  // namespace
}  // namespace peregrine::app::synthetic
