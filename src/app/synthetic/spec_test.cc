#include "app/synthetic/spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/synthetic/testing/request.h"

namespace peregrine::app::synthetic {
namespace {

using ::testing::HasSubstr;
using testing::request;
using testing::SizeList;

TEST(SyntheticSpec, EveryPresetAndEveryArchitectureResolves) {
  for (const Preset& preset : presets()) {
    SpecRequest wanted;
    wanted.preset = preset.name;
    const auto spec = resolve(wanted);
    ASSERT_TRUE(spec) << preset.name << ": " << spec.error().text();
    EXPECT_EQ(spec->family->architecture, preset.architecture);
  }
  for (const Family& family : families()) {
    for (const TypeMix& mix : type_mixes()) {
      const auto spec = resolve(request(family.architecture, mix.name));
      ASSERT_TRUE(spec) << family.architecture << ", " << mix.name << ": " << spec.error().text();
    }
  }
}

TEST(SyntheticSpec, SizesFollowUnlessTheyAreGiven) {
  EXPECT_EQ(resolve(request("llama", "F32", {{"--width", 512}}))->sizes.head_dim, 128U);
  EXPECT_EQ(resolve(request("llama", "F32", {{"--width", 512}, {"--head-dim", 32}}))->sizes.head_dim, 32U);
  EXPECT_EQ(resolve(request("llama", "F32", {{"--experts", 8}}))->sizes.experts_used, 2U);
  EXPECT_EQ(resolve(request("llama", "F32", {{"--experts", 8}}))->sizes.expert_feed_forward, 512U);
  EXPECT_EQ(resolve(request("bert", "F32", {{"--heads", 8}}))->sizes.kv_heads, 8U);
}

TEST(SyntheticSpec, EveryOptionSetsItsSize) {
  // An architecture that takes all of them does not exist; each option is tried where it means something.
  for (const SizeOption& option : size_options()) {
    const char* architecture = "llama";
    if (option.applies == Applies::kExperts) architecture = "qwen3moe";
    if (option.applies == Applies::kInterleaved) architecture = "llama4";
    if (option.applies == Applies::kLatent) architecture = "deepseek2";
    if (option.applies == Applies::kWindow) architecture = "gemma2";
    const Sizes before = resolve(request(architecture, "F32"))->sizes;
    const std::uint32_t value = option.member == &Sizes::vocabulary ? 300 : before.*option.member / 2;
    const auto spec = resolve(request(architecture, "F32", {{option.flag, value}}));
    ASSERT_TRUE(spec) << option.flag << ": " << spec.error().text();
    EXPECT_EQ(spec->sizes.*option.member, value) << option.flag;
  }
}

TEST(SyntheticSpec, RefusesWhatDoesNotFitAndNamesTheOption) {
  struct Case {
    const char* architecture;
    SizeList sizes;
    const char* where;
    const char* message;
  };
  const Case cases[] = {
      {"llama", {{"--layers", 0}}, "--layers", "is 0, expected 1 to 1024"},
      {"llama", {{"--layers", 2000}}, "--layers", "expected 1 to 1024"},
      {"llama", {{"--width", 250}}, "--heads", "4 heads do not divide the width 250"},
      {"llama", {{"--heads", 3}}, "--heads", "3 heads do not divide"},
      {"llama", {{"--kv-heads", 3}}, "--kv-heads", "3 key/value heads do not divide 4"},
      {"llama", {{"--kv-heads", 8}}, "--kv-heads", "8 key/value heads do not divide 4"},
      {"llama", {{"--head-dim", 63}}, "--head-dim", "multiple of 2"},
      {"llama", {{"--head-dim", 1026}}, "--head-dim", "expected 1 to 1024"},
      {"llama", {{"--width", 2048}, {"--heads", 1}, {"--kv-heads", 1}}, "--head-dim", "of at most 1024"},
      {"llama", {{"--vocabulary", 258}}, "--vocabulary", "at least 259"},
      {"llama", {{"--window", 64}}, "--window", "means nothing for llama"},
      {"llama", {{"--kv-rank", 64}}, "--kv-rank", "means nothing for llama"},
      {"llama", {{"--expert-step", 2}}, "--expert-step", "means nothing for llama"},
      {"qwen2", {{"--experts", 4}}, "--experts", "means nothing for qwen2"},
      {"qwen3moe", {{"--experts", 0}}, "--experts", "is 0"},
      {"qwen3moe", {{"--experts-used", 5}}, "--experts-used", "5 of 4 experts"},
      {"qwen3moe", {{"--experts", 1}}, "--experts-used", "2 of 1 experts"},
      {"qwen3moe", {{"--experts", 4096}, {"--expert-feed-forward", 1048576}}, "--experts", "too many"},
      {"gemma2", {{"--window", 0}}, "--window", "is 0"},
      {"llama4", {{"--expert-step", 3}}, "--expert-step", "2 layers have no 3th"},
      {"deepseek2", {{"--kv-heads", 2}}, "--kv-heads", "share one latent"},
      {"deepseek2", {{"--head-dim", 66}}, "--head-dim", "multiple of 4"},
      {"deepseek2", {{"--kv-rank", 1000}}, "--kv-rank", "more than 1024"},
      {"deepseek2", {{"--head-dim", 800}}, "--head-dim", "more than 1024"},
      {"bert", {{"--kv-heads", 2}}, "--kv-heads", "must fill the width 256"},
      {"bert", {{"--head-dim", 32}}, "--head-dim", "must fill the width 256"},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(c.architecture) + " " + c.where);
    const auto spec = resolve(request(c.architecture, "F32", c.sizes));
    ASSERT_FALSE(spec);
    EXPECT_EQ(spec.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(spec.error().where, c.where) << spec.error().text();
    EXPECT_THAT(spec.error().message, HasSubstr(c.message));
  }
}

TEST(SyntheticSpec, ListsTheNamesThereAre) {
  const auto no_type = resolve(request("llama", "Q9_X"));
  ASSERT_FALSE(no_type);
  EXPECT_EQ(no_type.error().where, "--type");
  EXPECT_THAT(no_type.error().message, HasSubstr("F32, F16, BF16, Q8_0"));
  const auto no_architecture = resolve(request("mamba", "F32"));
  ASSERT_FALSE(no_architecture);
  EXPECT_EQ(no_architecture.error().where, "--architecture");
  EXPECT_THAT(no_architecture.error().message, HasSubstr("llama, qwen2, qwen3"));
  SpecRequest preset;
  preset.preset = "gpt-5";
  const auto no_preset = resolve(preset);
  ASSERT_FALSE(no_preset);
  EXPECT_EQ(no_preset.error().where, "--preset");
  EXPECT_THAT(no_preset.error().message, HasSubstr("tiny, llama-3.2-1b"));
  preset.preset = "llama-3.2-1b";
  preset.architecture = "qwen3";
  const auto mismatch = resolve(preset);
  ASSERT_FALSE(mismatch);
  EXPECT_EQ(mismatch.error().where, "--architecture");
}

}  // namespace
}  // namespace peregrine::app::synthetic
