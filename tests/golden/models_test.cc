// Logits of random models of every architecture against a reference implementation, per instruction set,
// however the tokens are fed.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <ostream>

#include "kernels/table.h"
#include "tests/golden/model_harness.h"

namespace peregrine::golden {
namespace {

struct Case {
  std::string model;
  std::string isa;

  friend void PrintTo(const Case& c, std::ostream* out) { *out << c.model << ", " << c.isa; }
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* model :
       {"llama-gqa-f32", "llama-q4_k_m", "llama-ropefreqs-q4_0", "llama-spm-q8_0", "llama-tied-ropefreqs-f16",
        "qwen3-tied-bf16", "qwen3-q5_k_m", "qwen3moe-f16", "qwen3moe-q8_0", "gemma2-f32", "gemma2-q6_k",
        "gpt-oss-f32", "gpt-oss-mxfp4", "llama4-scout-f16", "llama4-interleave-q8_0", "deepseek2-kimi-f32",
        "deepseek2-groups-q8_0", "qwen2-f32", "mixtral-f32"}) {
    for (const kernels::KernelTable* table : kernels::available_kernels()) {
      all.push_back({model, std::string(table->isa)});
    }
  }
  return all;
}

// Those whose weights are not F32: the reference rounds activations for them.
std::vector<Case> rounded_cases() {
  std::vector<Case> all = cases();
  std::erase_if(all, [](const Case& c) { return c.model.ends_with("-f32"); });
  return all;
}

std::string name_of(const testing::TestParamInfo<Case>& param) {
  return test_name(param.param.model, param.param.isa);
}

class ModelParity : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    folder_ = golden_folder(GetParam().model);
    if (folder_.empty()) GTEST_SKIP() << "needs golden/" << GetParam().model << ".gguf of the shared folder";
    golden_ = read_golden(folder_ / (GetParam().model + ".json"));
    harness_ = harness(2);
  }

  std::unique_ptr<ModelHarness> harness(unsigned threads) const {
    return std::make_unique<ModelHarness>(folder_ / (GetParam().model + ".gguf"), GetParam().isa, threads);
  }

  void expect_close(const Prompt& prompt, const std::vector<float>& all, const char* how) {
    const Tolerance& tolerance = prompt.long_context ? golden_.tolerance_long : golden_.tolerance;
    const std::size_t n_vocab = harness_->info().n_vocab;
    std::vector<float> logits = prompt.of_interest(all, n_vocab);
    const std::size_t excused = excuse_flipped_choices(prompt, tolerance, logits);
    EXPECT_LE(excused, prompt.tokens.size() / 16) << prompt.name << ", " << how;
    const Difference d = compare(prompt.logits, logits, n_vocab);
    EXPECT_LE(d.max_abs, tolerance.max_abs) << prompt.name << ", " << how;
    EXPECT_LE(d.rms, tolerance.rms) << prompt.name << ", " << how;
    EXPECT_LE(d.kl_mean, tolerance.kl_mean) << prompt.name << ", " << how;
    EXPECT_LE(d.kl_max, tolerance.kl_max) << prompt.name << ", " << how;
  }

  // Thousands of tokens take a minute in plain C++, and its bits are those of the other instruction sets.
  bool too_long(const Prompt& prompt) const { return prompt.long_context && GetParam().isa == "scalar"; }

  // Rounding moves the router's scores as it moves the logits. Where two experts are closer than that,
  // another engine may choose the other one, and the row differs as a whole. Such rows are taken from the
  // comparison, if they are off at all; returns how many. The bound: three standard deviations of the
  // difference of two scores whose error, relative to their spread, is that of the reference's own logits.
  std::size_t excuse_flipped_choices(const Prompt& prompt, const Tolerance& tolerance,
                                     std::vector<float>& logits) const {
    if (prompt.router_margin.empty() || !golden_.reference_error || prompt.long_context) return 0;
    const std::size_t n_vocab = harness_->info().n_vocab;
    double squares = 0;
    for (const float x : prompt.logits) squares += static_cast<double>(x) * static_cast<double>(x);
    const double spread = std::sqrt(squares / static_cast<double>(prompt.logits.size()));
    const double bound = 3.0 * std::numbers::sqrt2 * *golden_.reference_error / spread;
    std::size_t excused = 0;
    for (std::size_t row = 0; row < prompt.router_margin.size(); ++row) {
      if (static_cast<double>(prompt.router_margin[row]) > bound) continue;
      const auto wanted = prompt.logits.begin() + static_cast<std::ptrdiff_t>(row * n_vocab);
      const auto found = logits.begin() + static_cast<std::ptrdiff_t>(row * n_vocab);
      float worst = 0;
      for (std::size_t i = 0; i < n_vocab; ++i) {
        const auto at = static_cast<std::ptrdiff_t>(i);
        worst = std::max(worst, std::abs(wanted[at] - found[at]));
      }
      if (worst <= tolerance.max_abs) continue;
      std::copy_n(wanted, n_vocab, found);
      ++excused;
    }
    return excused;
  }

  std::filesystem::path folder_;
  GoldenFile golden_;
  std::unique_ptr<ModelHarness> harness_;
};

TEST_P(ModelParity, EveryPositionHoweverFed) {
  ASSERT_FALSE(golden_.prompts.empty());
  for (const Prompt& prompt : golden_.prompts) {
    if (too_long(prompt)) continue;
    const std::vector<float> whole = harness_->run({{&prompt, {512}}})[0];
    expect_close(prompt, whole, "whole");
    if (prompt.long_context) continue;  // whole is enough
    // Rows do not depend on how a sequence was cut: the same bits, not merely the same tolerance.
    EXPECT_EQ(harness_->run({{&prompt, {7}}})[0], whole) << prompt.name << " in chunks of 7";
    EXPECT_EQ(harness_->run({{&prompt, {1}}})[0], whole) << prompt.name << " one by one";
    EXPECT_EQ(harness_->run({{&prompt, {3, 11, 1, 2}}})[0], whole) << prompt.name << " unevenly";
  }
}

TEST_P(ModelParity, InterleavedWithOtherSequences) {
  std::vector<Feed> feeds;
  std::vector<std::vector<float>> alone;
  for (const Prompt& prompt : golden_.prompts) {
    if (prompt.long_context) continue;
    for (const std::vector<std::uint32_t>& steps : {std::vector<std::uint32_t>{5, 1}, {512}, {1, 9, 2}}) {
      feeds.push_back({&prompt, steps});
      alone.push_back(harness_->run({{&prompt, {512}}})[0]);
    }
  }
  const std::vector<std::vector<float>> together = harness_->run(feeds);
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    expect_close(*feeds[i].prompt, together[i], "interleaved");
    EXPECT_EQ(together[i], alone[i]) << feeds[i].prompt->name;
  }
}

// A full batch of decodes: every row of a step is another sequence's.
TEST_P(ModelParity, SameBitsAloneAndAmongThirtyOneOthers) {
  constexpr std::size_t kSequences = 32;
  constexpr std::size_t kTokens = 20;
  std::vector<Prompt> prompts;
  for (std::size_t i = 0; i < kSequences; ++i) {
    Prompt prompt = golden_.prompts[i % golden_.prompts.size()];
    // Of different lengths, so that the batch shrinks on the way.
    prompt.tokens.resize(std::min(prompt.tokens.size(), kTokens - i % 5));
    prompts.push_back(std::move(prompt));
  }
  std::vector<Feed> feeds;
  for (const Prompt& prompt : prompts) feeds.push_back({&prompt, {1}});
  const std::vector<std::vector<float>> together = harness_->run(feeds);
  for (const std::size_t i : {std::size_t{0}, kSequences / 2, kSequences - 1}) {
    EXPECT_EQ(together[i], harness_->run({{&prompts[i], {1}}})[0]) << prompts[i].name;
  }
}

TEST_P(ModelParity, GreedyContinuation) {
  for (const Prompt& prompt : golden_.prompts) {
    if (too_long(prompt)) continue;
    const Tokens tokens = harness_->greedy(prompt, prompt.greedy.size());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      // Past a step that is closer than the tolerance, a correct engine may differ.
      if (prompt.greedy_margin[i] < 2 * golden_.tolerance.max_abs) break;
      ASSERT_EQ(tokens[i], prompt.greedy[i]) << prompt.name << ", step " << i;
    }
  }
}

// The error that quantised weights bring against F32 arithmetic on the same weights, beside the reference's
// own.
class RoundedParity : public ModelParity {};

TEST_P(RoundedParity, RoundsNoWorseThanTwiceTheReference) {
  ASSERT_TRUE(golden_.reference_error);
  double squares = 0;
  double count = 0;
  for (const Prompt& prompt : golden_.prompts) {
    if (prompt.long_context) continue;
    std::vector<float> logits = harness_->run({{&prompt, {512}}})[0];
    excuse_flipped_choices(prompt, golden_.tolerance, logits);
    const Difference d = compare(prompt.logits, logits, harness_->info().n_vocab);
    squares += d.rms * d.rms * static_cast<double>(logits.size());
    count += static_cast<double>(logits.size());
  }
  EXPECT_LE(std::sqrt(squares / count), 2.0 * *golden_.reference_error);
}

TEST_P(ModelParity, SameBitsOnAnyNumberOfThreads) {
  const Prompt& prompt =
      golden_.prompts[golden_.prompts.back().long_context ? 0 : golden_.prompts.size() - 1];
  const std::vector<float> two = harness_->run({{&prompt, {512}}})[0];
  for (const unsigned threads : {1U, 3U}) {
    EXPECT_EQ(harness(threads)->run({{&prompt, {512}}})[0], two) << threads;
  }
}

INSTANTIATE_TEST_SUITE_P(, ModelParity, testing::ValuesIn(cases()), name_of);
INSTANTIATE_TEST_SUITE_P(, RoundedParity, testing::ValuesIn(rounded_cases()), name_of);

}  // namespace
}  // namespace peregrine::golden
