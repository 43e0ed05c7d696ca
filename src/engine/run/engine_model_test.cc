// The engine over real models: what it generates is what the model's own forward pass gives for one sequence
// alone, recomputed from the start for every token.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <tuple>

#include "backend/backend.h"
#include "base/metrics.h"
#include "engine/engine.h"
#include "engine/sample/sampler.h"
#include "engine/testing/reader.h"
#include "gguf/file.h"
#include "model/model.h"
#include "model/testing/random_adapter.h"

namespace peregrine::engine::testing {
namespace {

constexpr std::uint32_t kContext = 256;
constexpr std::uint32_t kBlockTokens = 16;

std::filesystem::path find_model(const std::string& name) {
  for (const char* folder : {PEREGRINE_SOURCE_DIR "/tests/golden/models/", PEREGRINE_SHARED_DIR "/golden/"}) {
    if (std::filesystem::exists(folder + name)) return folder + name;
  }
  return {};
}

// A model file, and the backend's threads.
class EngineModelTest : public ::testing::TestWithParam<std::tuple<const char*, unsigned>> {
 protected:
  void SetUp() override {
    const auto& [name, threads] = GetParam();
    const std::filesystem::path path = find_model(name);
    if (path.empty()) GTEST_SKIP() << name << " is not here";
    auto file = gguf::File::open(path);
    ASSERT_TRUE(file.has_value()) << file.error().text();
    file_ = std::make_unique<gguf::File>(std::move(*file));
    backend::CpuOptions options;
    options.threads = threads;
    backend_ = backend::make_cpu_backend(options, budget_);
    auto model = model::load_model(*file_, *backend_);
    ASSERT_TRUE(model.has_value()) << model.error().text();
    model_ = std::move(*model);
  }

  std::unique_ptr<Engine> start(std::uint32_t step_tokens, std::uint32_t max_sequences,
                                std::uint32_t blocks) {
    std::uint64_t block_bytes = 0;
    for (const model::KvGroup& group : model_->info().kv) {
      block_bytes += group.layout(kBlockTokens, tensor::DType::kF16).block_bytes();
    }
    EngineOptions options;
    options.max_context = kContext;
    options.kv_bytes = blocks * block_bytes;
    options.step_tokens = step_tokens;
    options.max_sequences = max_sequences;
    auto engine = Engine::start(*model_, options, budget_, metrics_, "m");
    EXPECT_TRUE(engine.has_value()) << engine.error().text();
    return engine ? std::move(*engine) : nullptr;
  }

  std::vector<TokenId> prompt_of(std::size_t n, std::uint64_t seed) const {
    base::Rng rng(seed);
    std::vector<TokenId> tokens;
    for (std::size_t i = 0; i < n; ++i)
      tokens.push_back(static_cast<TokenId>(rng.next() % model_->info().n_vocab));
    return tokens;
  }

  // Every token from a forward pass over the whole sequence in an empty cache.
  std::vector<TokenId> expected_completion(const GenerationRequest& request) {
    auto store = model::allocate_kv(*model_, kBlockTokens, tensor::DType::kF16, kContext / kBlockTokens);
    auto workspace = model_->make_workspace(kContext, 1, kContext);
    EXPECT_TRUE(store.has_value() && workspace.has_value());
    std::vector<std::uint32_t> blocks(kContext / kBlockTokens);
    std::iota(blocks.begin(), blocks.end(), 0U);
    std::vector<std::int32_t> positions(kContext);
    std::iota(positions.begin(), positions.end(), 0);
    std::vector<float> logits(model_->info().n_vocab);
    Sampler sampler(request.sampling);
    SamplerScratch scratch;
    std::vector<TokenId> tokens = request.prompt;
    while (tokens.size() < request.prompt.size() + request.max_tokens) {
      const auto n = static_cast<std::uint32_t>(tokens.size());
      const backend::SequenceSlice slice{.first_row = 0, .n_rows = n, .start = 0, .blocks = blocks};
      const std::vector<std::span<const backend::SequenceSlice>> slices(store->size(), {&slice, 1});
      const std::uint32_t last = n - 1;
      const model::Adapter* const adapter = request.adapter.get();
      model_->forward({.tokens = tokens,
                       .positions = std::span(positions).first(n),
                       .slices = slices,
                       .output_rows = {&last, 1},
                       .adapters = {&adapter, 1}},
                      *store, **workspace, logits);
      tokens.push_back(*sampler.sample(logits, scratch));
    }
    return {tokens.begin() + static_cast<std::ptrdiff_t>(request.prompt.size()), tokens.end()};
  }

  base::MemoryBudget budget_{std::uint64_t{1} << 30};
  base::Metrics metrics_;
  std::unique_ptr<gguf::File> file_;
  std::unique_ptr<backend::Backend> backend_;
  std::unique_ptr<model::Model> model_;
};

TEST_P(EngineModelTest, SameBytesAloneAndAmongOthers) {
  std::vector<GenerationRequest> requests;
  for (std::uint64_t i = 0; i < 33; ++i) {
    GenerationRequest request;
    request.prompt = prompt_of(20 + i * 37 % 90, i % 11);
    request.max_tokens = i < 4 ? 24 : 12;
    request.sampling.seed = i;
    request.sampling.temperature = i == 0 ? 0.0F : 1.0F;
    request.sampling.top_p = i % 2 == 0 ? 1.0F : 0.9F;
    requests.push_back(request);
  }
  std::vector<std::vector<TokenId>> expected;
  for (std::size_t i = 0; i < 4; ++i) expected.push_back(expected_completion(requests[i]));

  struct Shape {
    std::uint32_t step_tokens, max_sequences, blocks;
  };
  std::vector<std::vector<TokenId>> first;
  for (const Shape& shape : {Shape{256, 64, 1024}, Shape{48, 40, 24}, Shape{9, 8, 16}}) {
    const auto engine = start(shape.step_tokens, shape.max_sequences, shape.blocks);
    ASSERT_NE(engine, nullptr);
    std::vector<Reader> readers;
    for (const GenerationRequest& request : requests) {
      auto generations = engine->submit(request);
      ASSERT_TRUE(generations.has_value());
      readers.emplace_back(std::move(generations->front()));
    }
    std::vector<std::vector<TokenId>> completions;
    for (Reader& reader : readers) completions.push_back(reader.rest().tokens);
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_EQ(completions[i], expected[i]) << "request " << i;
    if (first.empty()) first = completions;
    EXPECT_EQ(completions, first) << "steps of " << shape.step_tokens;
    // Warm cache: a prefix is found, the bytes stay.
    auto again = engine->submit(requests[3]);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(Reader(std::move(again->front())).rest().tokens, expected[3]);
  }
}

// Samples of one prompt arrive together and outgrow the cache together, whatever the timing.
TEST_P(EngineModelTest, PreemptionLeavesNoTrace) {
  GenerationRequest crowd;
  crowd.prompt = prompt_of(20, 99);
  crowd.max_tokens = 60;
  crowd.sampling.seed = 1000;
  crowd.n = 8;
  std::vector<std::vector<TokenId>> expected;  // before the engine takes the backend
  for (GenerationRequest alone = crowd; expected.size() < crowd.n; ++alone.sampling.seed) {
    expected.push_back(expected_completion(alone));
  }
  const auto engine = start(9, 8, 16);
  ASSERT_NE(engine, nullptr);
  auto generations = engine->submit(crowd);
  ASSERT_TRUE(generations.has_value());
  std::vector<Reader> readers;
  for (auto& generation : *generations) readers.emplace_back(std::move(generation));
  for (std::size_t i = 0; i < readers.size(); ++i) {
    EXPECT_EQ(readers[i].rest().tokens, expected[i]) << "sample " << i;
  }
  EXPECT_GT(metrics_.counter("peregrine_preemptions_total", "", {{"model", "m"}}).Value(), 0);
}

TEST_P(EngineModelTest, AdaptersShareBatchesAndLeaveNoTrace) {
  const bool latent = model_->info().kv.front().latent;
  const auto parts = latent ? std::span<const std::string_view>(model::testing::kFeedForwardParts)
                            : std::span<const std::string_view>(model::testing::kAttentionParts);
  std::vector<std::shared_ptr<const model::Adapter>> adapters = {nullptr};
  for (const std::uint32_t rank : {2U, 16U}) {
    auto adapter = model_->bind(model::testing::random_adapter(*file_, parts, rank, rank));
    ASSERT_TRUE(adapter.has_value()) << adapter.error().text();
    adapters.push_back(std::move(*adapter));
  }
  std::vector<GenerationRequest> requests;
  std::vector<std::vector<TokenId>> expected;
  for (std::uint64_t i = 0; i < 6; ++i) {
    GenerationRequest request;
    request.prompt = prompt_of(40, i / 3);  // each prompt with all adapters
    request.max_tokens = 12;
    request.sampling.seed = i / 3;
    request.adapter = adapters[i % 3];
    expected.push_back(expected_completion(request));
    requests.push_back(std::move(request));
  }
  EXPECT_NE(expected[0], expected[1]);
  EXPECT_NE(expected[1], expected[2]);
  const auto engine = start(24, 8, 64);
  ASSERT_NE(engine, nullptr);
  for (const char* cache : {"cold", "warm"}) {
    std::vector<Reader> readers;
    for (const GenerationRequest& request : requests) {
      auto generations = engine->submit(request);
      ASSERT_TRUE(generations.has_value());
      readers.emplace_back(std::move(generations->front()));
    }
    for (std::size_t i = 0; i < readers.size(); ++i) {
      EXPECT_EQ(readers[i].rest().tokens, expected[i]) << cache << " cache, request " << i;
    }
  }
}

TEST_P(EngineModelTest, CachedPrefixGivesTheSameBytes) {
  const auto engine = start(64, 8, 64);
  ASSERT_NE(engine, nullptr);
  GenerationRequest request;
  request.prompt = prompt_of(100, 3);
  request.max_tokens = 20;
  request.sampling.seed = 5;
  request.n = 2;
  auto generations = engine->submit(request);
  ASSERT_TRUE(generations.has_value());
  const Completion leader = Reader(std::move((*generations)[0])).rest();
  const Completion follower = Reader(std::move((*generations)[1])).rest();
  EXPECT_EQ(leader.finished.cached_tokens, 0U);
  EXPECT_EQ(follower.finished.cached_tokens, 96U);
  GenerationRequest single = request;
  EXPECT_EQ(leader.tokens, expected_completion(single));
  single.sampling.seed = 6;
  EXPECT_EQ(follower.tokens, expected_completion(single));
}

INSTANTIATE_TEST_SUITE_P(Models, EngineModelTest,
                         ::testing::Combine(::testing::Values("llama-gqa-f32.gguf", "llama-q4_k_m.gguf"),
                                            ::testing::Values(1U, 3U)));
// Windows and sinks, experts, a latent cache.
INSTANTIATE_TEST_SUITE_P(Families, EngineModelTest,
                         ::testing::Combine(::testing::Values("gemma2-f32.gguf", "gpt-oss-mxfp4.gguf",
                                                              "deepseek2-groups-q8_0.gguf"),
                                            ::testing::Values(2U)));

}  // namespace
}  // namespace peregrine::engine::testing
