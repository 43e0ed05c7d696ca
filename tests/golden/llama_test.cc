// Logits of random llama models against a reference implementation, per instruction set, however the tokens
// are fed.
#include <gtest/gtest.h>

#include "kernels/table.h"
#include "tests/golden/model_harness.h"

namespace peregrine::golden {
namespace {

struct Case {
  std::string model;
  std::string isa;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* model : {"llama-gqa-f32", "llama-q4_k_m", "llama-ropefreqs-q4_0", "llama-spm-q8_0",
                            "llama-tied-ropefreqs-f16"}) {
    for (const kernels::KernelTable* table : kernels::available_kernels()) {
      all.push_back({model, std::string(table->isa)});
    }
  }
  return all;
}

class LlamaParity : public testing::TestWithParam<Case> {
 protected:
  LlamaParity()
      : golden_(read_golden(models_dir() / (GetParam().model + ".json"))),
        harness_(models_dir() / (GetParam().model + ".gguf"), GetParam().isa, 2) {}

  void expect_close(const Prompt& prompt, const std::vector<float>& logits, const char* how) {
    const Difference d = compare(prompt.logits, logits, harness_.info().n_vocab);
    EXPECT_LE(d.max_abs, golden_.tolerance.max_abs) << prompt.name << ", " << how;
    EXPECT_LE(d.rms, golden_.tolerance.rms) << prompt.name << ", " << how;
    EXPECT_LE(d.kl_mean, golden_.tolerance.kl_mean) << prompt.name << ", " << how;
    EXPECT_LE(d.kl_max, golden_.tolerance.kl_max) << prompt.name << ", " << how;
  }

  GoldenFile golden_;
  ModelHarness harness_;
};

TEST_P(LlamaParity, EveryPositionHoweverFed) {
  ASSERT_FALSE(golden_.prompts.empty());
  for (const Prompt& prompt : golden_.prompts) {
    const std::vector<float> whole = harness_.run({{&prompt, {512}}})[0];
    expect_close(prompt, whole, "whole");
    // Rows do not depend on how a sequence was cut: the same bits, not merely the same tolerance.
    EXPECT_EQ(harness_.run({{&prompt, {7}}})[0], whole) << prompt.name << " in chunks of 7";
    EXPECT_EQ(harness_.run({{&prompt, {1}}})[0], whole) << prompt.name << " one by one";
    EXPECT_EQ(harness_.run({{&prompt, {3, 11, 1, 2}}})[0], whole) << prompt.name << " unevenly";
  }
}

TEST_P(LlamaParity, InterleavedWithOtherSequences) {
  std::vector<Feed> feeds;
  std::vector<std::vector<float>> alone;
  for (const Prompt& prompt : golden_.prompts) {
    for (const std::vector<std::uint32_t>& steps : {std::vector<std::uint32_t>{5, 1}, {512}, {1, 9, 2}}) {
      feeds.push_back({&prompt, steps});
      alone.push_back(harness_.run({{&prompt, {512}}})[0]);
    }
  }
  const std::vector<std::vector<float>> together = harness_.run(feeds);
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    expect_close(*feeds[i].prompt, together[i], "interleaved");
    EXPECT_EQ(together[i], alone[i]) << feeds[i].prompt->name;
  }
}

TEST_P(LlamaParity, GreedyContinuation) {
  for (const Prompt& prompt : golden_.prompts) {
    const Tokens tokens = harness_.greedy(prompt, prompt.greedy.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      // Past a step that is closer than the tolerance, a correct engine may differ.
      if (prompt.greedy_margin[i] < 2 * golden_.tolerance.max_abs) break;
      ASSERT_EQ(tokens[i], prompt.greedy[i]) << prompt.name << ", step " << i;
    }
  }
}

TEST_P(LlamaParity, SameBitsOnAnyNumberOfThreads) {
  const Prompt& prompt = golden_.prompts.back();
  const std::vector<float> two = harness_.run({{&prompt, {512}}})[0];
  for (const unsigned threads : {1U, 3U}) {
    ModelHarness other(models_dir() / (GetParam().model + ".gguf"), GetParam().isa, threads);
    EXPECT_EQ(other.run({{&prompt, {512}}})[0], two) << threads;
  }
}

INSTANTIATE_TEST_SUITE_P(, LlamaParity, testing::ValuesIn(cases()), [](const auto& param) {
  std::string name = param.param.model + "_" + param.param.isa;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace peregrine::golden
