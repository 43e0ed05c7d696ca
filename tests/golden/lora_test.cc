// Adapters applied at run time against the same adapters merged into the weights offline, per architecture
// and instruction set; and the same bits however sequences are fed and whatever runs beside them.
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "kernels/table.h"
#include "model/testing/random_adapter.h"
#include "tests/golden/model_harness.h"

namespace peregrine::golden {
namespace {

using model::testing::kAttentionParts;
using model::testing::kFeedForwardParts;

struct Case {
  std::string model;
  std::string isa;
  std::vector<std::string_view> parts;

  friend void PrintTo(const Case& c, std::ostream* out) { *out << c.model << ", " << c.isa; }
};

std::vector<std::string_view> attention() {
  return {kAttentionParts.begin(), kAttentionParts.end()};
}
std::vector<std::string_view> feed_forward() {
  return {kFeedForwardParts.begin(), kFeedForwardParts.end()};
}
std::vector<std::string_view> both() {
  std::vector<std::string_view> parts = attention();
  parts.insert(parts.end(), kFeedForwardParts.begin(), kFeedForwardParts.end());
  return parts;
}

std::vector<Case> cases() {
  struct Family {
    const char* model;
    std::vector<std::string_view> parts;
  };
  std::vector<Case> all;
  for (const Family& family :
       {Family{"llama-gqa-f32", both()}, Family{"llama-q4_k_m", both()}, Family{"qwen2-f32", both()},
        Family{"qwen3-tied-bf16", both()}, Family{"gemma2-f32", both()}, Family{"qwen3moe-f16", attention()},
        Family{"mixtral-f32", attention()}, Family{"gpt-oss-f32", attention()},
        Family{"llama4-scout-f16", both()}, Family{"deepseek2-kimi-f32", feed_forward()}}) {
    for (const kernels::KernelTable* table : kernels::available_kernels()) {
      all.push_back({family.model, std::string(table->isa), family.parts});
    }
  }
  return all;
}

std::string name_of(const testing::TestParamInfo<Case>& param) {
  return test_name(param.param.model, param.param.isa);
}

double rms(const std::vector<float>& values) {
  double squares = 0;
  for (const float v : values) squares += static_cast<double>(v) * static_cast<double>(v);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

class LoraParity : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const std::filesystem::path folder = golden_folder(GetParam().model);
    if (folder.empty()) GTEST_SKIP() << "needs golden/" << GetParam().model << ".gguf of the shared folder";
    path_ = folder / (GetParam().model + ".gguf");
    golden_ = read_golden(folder / (GetParam().model + ".json"));
    std::erase_if(golden_.prompts, [](const Prompt& prompt) { return prompt.tokens.size() > 64; });
    harness_ = std::make_unique<ModelHarness>(path_, GetParam().isa, 2);
  }

  model::AdapterWeights weights(std::uint32_t rank) const {
    return model::testing::random_adapter(harness_->file(), GetParam().parts, rank, 100 + rank);
  }

  std::filesystem::path path_;
  GoldenFile golden_;
  std::unique_ptr<ModelHarness> harness_;
};

TEST_P(LoraParity, EqualsTheMergedWeights) {
  const std::size_t n_vocab = harness_->info().n_vocab;
  for (const std::uint32_t rank : {1U, 4U, 16U}) {
    const model::AdapterWeights adapter = weights(rank);
    ASSERT_GE(adapter.layers.size(), 3U);
    const auto bound = harness_->bind(adapter);
    ModelHarness merged(model::testing::merged(path_, adapter).bytes(), GetParam().isa, 2);
    for (const Prompt& prompt : golden_.prompts) {
      const std::vector<float> wanted = merged.run({{&prompt, {512}}})[0];
      const std::vector<float> found = harness_->run({{&prompt, {512}, bound.get()}})[0];
      const std::vector<float> plain = harness_->run({{&prompt, {512}}})[0];
      // The golden file's bounds are for its own logits; an adapter's may be larger.
      const double larger = std::max(1.0, rms(wanted) / rms(plain));
      const Tolerance& t = golden_.tolerance;
      const Difference d = compare(wanted, found, n_vocab);
      EXPECT_LE(d.max_abs, static_cast<double>(t.max_abs) * larger) << prompt.name << ", rank " << rank;
      EXPECT_LE(d.rms, static_cast<double>(t.rms) * larger) << prompt.name << ", rank " << rank;
      EXPECT_LE(d.kl_mean, t.kl_mean * larger * larger) << prompt.name << ", rank " << rank;
      EXPECT_LE(d.kl_max, t.kl_max * larger * larger) << prompt.name << ", rank " << rank;
      // Without the adapter, it would be far outside.
      EXPECT_GT(compare(wanted, plain, n_vocab).rms, 3 * static_cast<double>(t.rms) * larger)
          << prompt.name << ", rank " << rank;
    }
  }
}

TEST_P(LoraParity, SameBitsHoweverFed) {
  const auto bound = harness_->bind(weights(4));
  for (const Prompt& prompt : golden_.prompts) {
    const std::vector<float> whole = harness_->run({{&prompt, {512}, bound.get()}})[0];
    for (const std::vector<std::uint32_t>& steps : {std::vector<std::uint32_t>{7}, {1}, {3, 11, 1, 2}}) {
      EXPECT_EQ(harness_->run({{&prompt, steps, bound.get()}})[0], whole) << prompt.name;
    }
  }
}

// Sequences with three adapters and with none, interleaved in every step.
TEST_P(LoraParity, SameBitsAloneAndAmongOthers) {
  const auto first = harness_->bind(weights(1));
  const auto second = harness_->bind(weights(4));
  const auto third = harness_->bind(weights(16));
  std::vector<Feed> feeds;
  const std::vector<std::vector<std::uint32_t>> cuts = {{5, 1}, {512}, {1}, {1, 9, 2}};
  for (const Prompt& prompt : golden_.prompts) {
    for (const model::Adapter* adapter :
         {static_cast<const model::Adapter*>(nullptr), first.get(), second.get(), first.get(), third.get(),
          static_cast<const model::Adapter*>(nullptr)}) {
      feeds.push_back({&prompt, cuts[feeds.size() % cuts.size()], adapter});
    }
  }
  const std::vector<std::vector<float>> together = harness_->run(feeds);
  // Those without an adapter as a model gives them that never had one.
  ModelHarness fresh(path_, GetParam().isa, 1);
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    const std::vector<Feed> alone = {{feeds[i].prompt, {512}, feeds[i].adapter}};
    EXPECT_EQ(together[i], (feeds[i].adapter == nullptr ? fresh : *harness_).run(alone)[0]) << i;
  }
}

TEST_P(LoraParity, SameBitsOnAnyInstructionSetAndNumberOfThreads) {
  const Prompt& prompt = golden_.prompts.back();
  const auto bound = harness_->bind(weights(16));
  const std::vector<float> logits = harness_->run({{&prompt, {512}, bound.get()}})[0];
  for (const unsigned threads : {1U, 3U}) {
    ModelHarness other(path_, threads == 1 ? "scalar" : GetParam().isa, threads);
    const auto again = other.bind(weights(16));
    EXPECT_EQ(other.run({{&prompt, {512}, again.get()}})[0], logits) << threads;
  }
}

INSTANTIATE_TEST_SUITE_P(, LoraParity, testing::ValuesIn(cases()), name_of);

}  // namespace
}  // namespace peregrine::golden
