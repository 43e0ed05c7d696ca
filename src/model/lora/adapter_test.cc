// Adapters against the model they are bound to: what fits, what is refused and in which words.
#include "model/lora/adapter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "model/model.h"
#include "model/testing/random_adapter.h"

namespace peregrine::model {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kSeeds = PEREGRINE_SOURCE_DIR "/tests/fuzz/corpus/model_fuzz";

// A model of the seeds, and an adapter of all its tensors that may have one.
class Bound {
 public:
  explicit Bound(const std::string& seed) {
    auto opened = gguf::File::open(kSeeds / (seed + ".gguf"));
    if (!opened) throw std::runtime_error(opened.error().text());
    file = std::make_unique<gguf::File>(std::move(*opened));
    backend = backend::make_cpu_backend({.threads = 1, .isa = {}}, budget);
    auto loaded = load_model(*file, *backend);
    if (!loaded) throw std::runtime_error(loaded.error().text());
    model = std::move(*loaded);
    weights = testing::random_adapter(*file, testing::kAttentionParts, 4, 1);
    const auto more = testing::random_adapter(*file, testing::kFeedForwardParts, 4, 2);
    weights.layers.insert(weights.layers.end(), more.layers.begin(), more.layers.end());
  }

  std::unique_ptr<gguf::File> file;
  base::MemoryBudget budget{std::uint64_t{64} << 20};
  std::unique_ptr<backend::Backend> backend;
  std::unique_ptr<Model> model;
  AdapterWeights weights;
};

TEST(AdapterTest, EveryFamilyTakesWhatItHas) {
  for (const char* seed : {"llama-f32", "llama-q4_k_m", "llama-experts-q4_0", "gemma2-f32", "gpt-oss-mxfp4",
                           "llama4-f16", "qwen2-f16", "qwen3-bf16", "qwen3moe-iq4_nl"}) {
    const Bound bound(seed);
    EXPECT_GE(bound.weights.layers.size(), 4U) << seed;
    const auto adapter = bound.model->bind(bound.weights);
    ASSERT_TRUE(adapter.has_value()) << seed << ": " << adapter.error().text();
    EXPECT_TRUE(bound.model->accepts(**adapter)) << seed;
  }
}

TEST(AdapterTest, IsItsModelsAndNoOthers) {
  const Bound one("llama-f32");
  const Bound other("llama-f32");
  const auto adapter = one.model->bind(one.weights);
  const auto again = one.model->bind(one.weights);
  ASSERT_TRUE(adapter.has_value() && again.has_value());
  EXPECT_FALSE(other.model->accepts(**adapter));
  EXPECT_NE((*adapter)->id(), (*again)->id());
  EXPECT_NE((*adapter)->id(), 0U);
}

TEST(AdapterTest, ItsMemoryIsTheBudgets) {
  Bound bound("llama-f32");
  const std::uint64_t before = bound.budget.used(base::MemoryKind::kWeights);
  auto adapter = bound.model->bind(bound.weights);
  ASSERT_TRUE(adapter.has_value());
  EXPECT_GT((*adapter)->bytes(), 0U);
  EXPECT_EQ(bound.budget.used(base::MemoryKind::kWeights) - before, (*adapter)->bytes());
  const std::uint64_t rest = bound.budget.available();
  bound.model.reset();  // an adapter may outlive its model
  EXPECT_GT(bound.budget.available(), rest);
  bound.backend.reset();
  adapter->reset();
  EXPECT_EQ(bound.budget.used(base::MemoryKind::kWeights), 0U);
}

TEST(AdapterTest, RefusedForWantOfMemoryLeavesNothing) {
  Bound bound("llama-f32");
  const std::uint64_t needed = (*bound.model->bind(bound.weights))->bytes();
  const auto hog =
      bound.budget.reserve(base::MemoryKind::kCaches, bound.budget.available() - needed + 1, "the test");
  ASSERT_TRUE(hog.has_value());
  const std::uint64_t before = bound.budget.available();
  const auto refused = bound.model->bind(bound.weights);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(bound.budget.available(), before);
}

struct BadAdapter {
  const char* what;
  const char* seed;
  std::function<void(AdapterWeights&)> spoil;
  ErrorCode code;
  const char* message;
  const char* where;
};

std::function<void(AdapterWeights&)> rename(const char* to) {
  return [=](AdapterWeights& w) { w.layers[0].tensor = to; };
}
std::function<void(AdapterWeights&)> with_rank(std::uint32_t rank) {
  return [=](AdapterWeights& w) {
    AdapterLayer& layer = w.layers[0];
    layer.rank = rank;
    layer.a.resize(std::size_t{rank} * layer.in);
    layer.b.resize(std::size_t{rank} * layer.out);
  };
}

constexpr ErrorCode kInvalid = ErrorCode::kInvalidArgument;
constexpr ErrorCode kUnsupported = ErrorCode::kUnsupported;
constexpr ErrorCode kCorrupt = ErrorCode::kCorrupt;
constexpr const char* kOnly = "ffn_gate, ffn_up and ffn_down only";
constexpr const char* kFirst = "blk.0.attn_q.weight";
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

const BadAdapter kBadAdapters[] = {
    {"another architecture", "llama-f32", [](AdapterWeights& w) { w.architecture = "qwen3"; }, kInvalid,
     "\"qwen3\"", "general.architecture"},
    {"a name for a terminal", "llama-f32", [](AdapterWeights& w) { w.architecture = "\x1b[2J"; }, kInvalid,
     "this one is \"llama\"", "general.architecture"},
    {"nothing", "llama-f32", [](AdapterWeights& w) { w.layers.clear(); }, kCorrupt, "changes nothing", ""},
    {"no tensor name", "llama-f32", rename(""), kUnsupported, kOnly, ""},
    {"a norm", "llama-f32", rename("blk.0.attn_norm.weight"), kUnsupported, kOnly, "blk.0.attn_norm.weight"},
    {"the output", "llama-f32", rename("output.weight"), kUnsupported, kOnly, "output.weight"},
    {"the embeddings", "llama-f32", rename("token_embd.weight"), kUnsupported, kOnly, "token_embd.weight"},
    {"a bias", "llama-f32", rename("blk.0.attn_q.bias"), kUnsupported, kOnly, "blk.0.attn_q.bias"},
    {"no layer", "llama-f32", rename("blk..attn_q.weight"), kUnsupported, kOnly, "blk..attn_q.weight"},
    {"a negative layer", "llama-f32", rename("blk.-1.attn_q.weight"), kUnsupported, kOnly,
     "blk.-1.attn_q.weight"},
    {"no part", "llama-f32", rename("blk.0.weight"), kUnsupported, kOnly, "blk.0.weight"},
    {"a layer over 32 bits", "llama-f32", rename("blk.4294967296.attn_q.weight"), kUnsupported, kOnly,
     "blk.4294967296.attn_q.weight"},
    {"a layer too many", "llama-f32", rename("blk.99.attn_q.weight"), kInvalid, "layers only",
     "blk.99.attn_q.weight"},
    {"experts", "llama-experts-q4_0", rename("blk.0.ffn_up_exps.weight"), kUnsupported,
     "adapters of experts are not supported", "blk.0.ffn_up_exps.weight"},
    {"a dense block where experts are", "llama-experts-q4_0", rename("blk.0.ffn_up.weight"), kInvalid,
     "no such tensor", "blk.0.ffn_up.weight"},
    {"a shared expert where none is", "llama-f32", rename("blk.0.ffn_up_shexp.weight"), kInvalid,
     "no such tensor", "blk.0.ffn_up_shexp.weight"},
    {"a dense block where a shared expert is", "llama4-f16", rename("blk.1.ffn_up.weight"), kInvalid,
     "no such tensor", "blk.1.ffn_up.weight"},
    {"latent attention", "deepseek2-f32", rename("blk.0.attn_output.weight"), kUnsupported,
     "latent attention", "blk.0.attn_output.weight"},
    {"rank 0", "llama-f32", with_rank(0), kInvalid, "rank of 0", kFirst},
    {"too high a rank", "llama-f32", with_rank(kMaxAdapterRank + 1), kInvalid, "1..256", kFirst},
    {"other inputs", "llama-f32", [](AdapterWeights& w) { w.layers[0].in *= 2; }, kInvalid, "inputs", kFirst},
    {"other outputs", "llama-f32", [](AdapterWeights& w) { w.layers[0].out -= 1; }, kInvalid, "outputs",
     kFirst},
    {"A too short", "llama-f32", [](AdapterWeights& w) { w.layers[0].a.pop_back(); }, kCorrupt, "sizes",
     kFirst},
    {"B too long", "llama-f32", [](AdapterWeights& w) { w.layers[0].b.push_back(0); }, kCorrupt, "sizes",
     kFirst},
    {"not a number in A", "llama-f32", [](AdapterWeights& w) { w.layers[0].a[3] = kNan; }, kCorrupt,
     "not finite", kFirst},
    {"infinity in B", "llama-f32",
     [](AdapterWeights& w) { w.layers[0].b[3] = std::numeric_limits<float>::infinity(); }, kCorrupt,
     "not finite", kFirst},
    {"no scale", "llama-f32", [](AdapterWeights& w) { w.layers[0].scale = kNan; }, kCorrupt, "not finite",
     kFirst},
    {"a tensor twice", "llama-f32", [](AdapterWeights& w) { w.layers.push_back(w.layers[0]); }, kCorrupt,
     "twice", kFirst},
    {"an encoder", "bert-f32", [](AdapterWeights&) {}, kUnsupported, "take no adapters", ""},
};

TEST(AdapterTest, WhatDoesNotFitIsRefusedByName) {
  for (const BadAdapter& bad : kBadAdapters) {
    Bound bound(bad.seed);
    if (bound.weights.layers.empty()) bound.weights.layers.emplace_back();
    bad.spoil(bound.weights);
    const std::uint64_t before = bound.budget.available();
    const auto adapter = bound.model->bind(bound.weights);
    ASSERT_FALSE(adapter.has_value()) << bad.what;
    EXPECT_EQ(adapter.error().code, bad.code) << bad.what << ": " << adapter.error().text();
    EXPECT_THAT(adapter.error().message, HasSubstr(bad.message)) << bad.what;
    EXPECT_EQ(adapter.error().message.find('\x1b'), std::string::npos) << bad.what;
    EXPECT_EQ(adapter.error().where, bad.where) << bad.what;
    EXPECT_EQ(bound.budget.available(), before) << bad.what;
  }
}

}  // namespace
}  // namespace peregrine::model
