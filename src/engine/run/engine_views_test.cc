// Models whose layers see a window or a chunk: the same bytes, in a cache as small as the formula says. The
// scripted model compares everything a row sees in such a group with the first group, so every test here also
// checks that no block is given back, shared or evicted too early.
#include <gmock/gmock.h>

#include "engine/run/capacity.h"
#include "engine/testing/engine_fixture.h"

namespace peregrine::engine::testing {
namespace {

using backend::View;

constexpr View kWindow{View::Kind::kWindow, 20};
constexpr View kChunk{View::Kind::kChunk, 48};

class EngineViews : public EngineTest {
 protected:
  ~EngineViews() override { engine_.reset(); }

  void start_views() {
    auto engine = Engine::start(windowed_, options_, budget_, metrics_, "m");
    ASSERT_TRUE(engine.has_value()) << engine.error().text();
    engine_ = std::move(*engine);
  }
  void expect_right(const std::vector<GenerationRequest>& requests) {
    std::vector<Reader> readers;
    for (const GenerationRequest& request : requests) readers.push_back(submit(request));
    for (std::size_t i = 0; i < readers.size(); ++i) {
      EXPECT_EQ(readers[i].rest().tokens, expected_completion(requests[i])) << "request " << i;
    }
  }

  ScriptedModel windowed_{backend_, kContext, {kWindow, kChunk}};
};

std::vector<GenerationRequest> varied_requests(std::size_t n, std::uint64_t seed) {
  base::Rng rng(seed);
  std::vector<GenerationRequest> requests;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<TokenId> prompt = prompt_of(rng.next() % 150, rng.next() % 3);
    const std::vector<TokenId> own = prompt_of(1 + rng.next() % 60, rng.next());
    prompt.insert(prompt.end(), own.begin(), own.end());
    requests.push_back(
        request_of(std::move(prompt), 1 + static_cast<std::uint32_t>(rng.next() % 90), rng.next()));
  }
  return requests;
}

TEST_F(EngineViews, ManySequencesInRoomAndInNeed) {
  struct Shape {
    std::uint32_t step_tokens, max_sequences;
    std::uint64_t bytes;
    bool prefix_cache;
  };
  for (const Shape& shape : {Shape{512, 16, 0, true}, Shape{16, 16, 0, true}, Shape{33, 8, 6000, true},
                             Shape{33, 8, 6000, false}, Shape{1, 1, 0, true}}) {
    options_.step_tokens = shape.step_tokens;
    options_.max_sequences = shape.max_sequences;
    options_.kv_bytes = shape.bytes;
    options_.prefix_cache = shape.prefix_cache;
    options_.decode_latency_ms =
        shape.bytes != 0 ? kMaxDecodeLatencyMs : 0;  // in haste, it is surely too small
    start_views();
    expect_right(varied_requests(24, shape.step_tokens));
    settle();
    EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
    engine_.reset();
  }
  EXPECT_GT(counter("peregrine_preemptions_total"), 0) << "some shape was to be too small";
}

TEST_F(EngineViews, GuessesMayBeWrongInWindowsToo) {
  for (const std::uint32_t step_tokens : {512U, 5U}) {
    options_.step_tokens = step_tokens;
    options_.max_sequences = 4;
    start_views();
    for (std::uint64_t seed = 0; seed < 6; ++seed) expect_right({babble(2, 300, seed)});
    settle();
    EXPECT_EQ(engine_->snapshot().kv_blocks_used, 0U);
    engine_.reset();
  }
  const double drafted = counter("peregrine_drafted_tokens_total");
  const double accepted = counter("peregrine_accepted_draft_tokens_total");
  EXPECT_GT(accepted, 0);
  EXPECT_GT(drafted, accepted);
}

TEST_F(EngineViews, APrefixIsReusedThoughTheWindowIsSmaller) {
  start_views();
  const std::vector<TokenId> shared = prompt_of(160, 1);
  EXPECT_EQ(submit(request_of(shared, 4)).rest().finished.cached_tokens, 0U);
  std::vector<TokenId> longer = shared;
  longer.push_back(5);
  const GenerationRequest again = request_of(longer, 30);
  const Completion completion = submit(again).rest();
  EXPECT_EQ(completion.finished.cached_tokens, 160U);
  EXPECT_EQ(completion.tokens, expected_completion(again));
}

TEST_F(EngineViews, APrefixWhoseWindowIsGoneIsNotReused) {
  options_.max_sequences = 2;
  options_.step_tokens = 16;
  start_views();
  const std::vector<TokenId> first = prompt_of(200, 1);
  submit(request_of(first, 1)).rest();
  // Others pass through the small side pools, while the large first group keeps everything.
  for (std::uint64_t i = 0; i < 4; ++i) submit(request_of(prompt_of(200, 10 + i), 1)).rest();
  const Completion completion = submit(request_of(first, 20)).rest();
  EXPECT_EQ(completion.finished.cached_tokens, 0U);
  EXPECT_EQ(completion.tokens, expected_completion(request_of(first, 20)));
}

TEST_F(EngineViews, TheCacheTakesTheBytesOfTheFormula) {
  options_.max_sequences = 4;
  options_.step_tokens = 32;
  const std::uint64_t before = budget_.used(base::MemoryKind::kKvCache);
  start_views();
  // 512 tokens of 4 sequences in blocks of 16; beside them what a window of 20 and a chunk of 48 may touch
  // while 32 rows are computed: ceil((20 + 32 - 1) / 16) + 1 and ceil((48 + 32 - 1) / 16) + 1 blocks a
  // sequence.
  const std::uint64_t blocks = 4 * (512 / 16) + 4 * 5 + 4 * 6;
  EXPECT_EQ(budget_.used(base::MemoryKind::kKvCache) - before, blocks * 16 * 4);
}

TEST(Capacity, SideGroupsAreBoundedByWhatTheySee) {
  model::ModelInfo info;
  info.n_vocab = 100;
  info.context_length = 1U << 17;
  const model::KvGroup full{.n_layers = 12, .n_kv_heads = 8, .key_dim = 64, .value_dim = 64};
  model::KvGroup window = full;
  window.view = {View::Kind::kWindow, 128};
  info.kv = {full, window};
  EngineOptions options;
  options.max_sequences = 1;
  options.step_tokens = 512;
  const auto layouts = kv_layouts(info, options);
  const auto capacity = plan_capacity(info, options, layouts, std::uint64_t{64} << 30);
  ASSERT_TRUE(capacity.has_value());
  EXPECT_EQ(capacity->max_context, 1U << 17);
  // A token of a layer: keys and values of 8 heads of 64 halves.
  constexpr std::uint64_t kTokenBytes = 12 * 2 * 8 * 64 * 2;
  EXPECT_EQ(capacity->kv_bytes, kTokenBytes * ((1U << 17) + 41 * 16));
}

TEST(Capacity, ALatentCacheHoldsOneVectorPerToken) {
  model::ModelInfo info;
  info.n_vocab = 100;
  info.context_length = 4096;
  info.kv = {{.n_layers = 61, .n_kv_heads = 1, .key_dim = 576, .value_dim = 512, .latent = true}};
  EngineOptions options;
  options.max_sequences = 1;
  const auto capacity = plan_capacity(info, options, kv_layouts(info, options), std::uint64_t{8} << 30);
  ASSERT_TRUE(capacity.has_value());
  EXPECT_EQ(capacity->kv_bytes, std::uint64_t{61} * 576 * 2 * 4096);
}

// In the same memory nearly twice the context: 34 bytes instead of 64 for 32 values.
TEST(Capacity, Q8KeysAndValuesGoFurther) {
  model::ModelInfo info;
  info.n_vocab = 100;
  info.context_length = 1U << 17;
  info.kv = {{.n_layers = 16, .n_kv_heads = 8, .key_dim = 64, .value_dim = 64}};
  EngineOptions options;
  options.kv_bytes = std::uint64_t{16} * 8 * (64 + 64) * 2 * 16 * 1700;  // of 1700 blocks in F16
  const auto halves = plan_capacity(info, options, kv_layouts(info, options), 0);
  options.kv_dtype = tensor::DType::kQ8_0;
  const auto bytes = plan_capacity(info, options, kv_layouts(info, options), 0);
  ASSERT_TRUE(halves.has_value() && bytes.has_value());
  EXPECT_EQ(halves->max_context, 16U * 1700);
  EXPECT_EQ(bytes->max_context, 16U * 3200);
  EXPECT_EQ(bytes->kv_bytes, halves->kv_bytes);
}

}  // namespace
}  // namespace peregrine::engine::testing
