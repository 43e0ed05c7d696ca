// What stores of keys and values take of the memory: in the budget, and of the system's.
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "backend/backend.h"

namespace peregrine::backend {
namespace {

constexpr std::uint32_t kLayers = 6;
constexpr std::uint32_t kKvHeads = 8;
constexpr std::uint32_t kKeyDim = 64;
constexpr std::uint32_t kKvWidth = kKvHeads * kKeyDim;
constexpr std::uint32_t kBlocks = 8;
// Tokens of a page, of a text and of a window of speech.
constexpr std::uint32_t kPage = 32;
constexpr std::uint32_t kText = 448;
constexpr std::uint32_t kWindow = 1504;
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
constexpr std::uint64_t kHugePage = 2 * kMiB;

KvLayout layout_of(std::uint32_t block_tokens, bool latent = false) {
  return {.n_layers = kLayers,
          .n_kv_heads = kKvHeads,
          .key_dim = kKeyDim,
          .value_dim = kKeyDim,
          .latent = latent,
          .block_tokens = block_tokens,
          .dtype = tensor::DType::kF16};
}

std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/smaps_rollup");
  for (std::string word; file >> word;) {
    std::uint64_t kilobytes = 0;
    if (word == "Rss:" && file >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

class KvBlocksTest : public ::testing::Test {
 protected:
  // How much more is resident once every layer of `block` has so many tokens.
  std::uint64_t growth(std::uint32_t block_tokens, std::uint32_t block, std::uint32_t n_tokens) {
    auto store = backend_->allocate_kv(layout_of(block_tokens), kBlocks).value();
    std::vector<float> rows(std::size_t{n_tokens} * kKvWidth, 1.0F);
    const Tensor tensor{rows.data(), n_tokens, kKvWidth};
    const SequenceSlice slice{.n_rows = n_tokens, .blocks = {&block, 1}};
    const std::uint64_t before = resident_bytes();
    for (std::uint32_t i = 0; i < kLayers; ++i) backend_->store_kv(*store, i, {&slice, 1}, tensor, tensor);
    return resident_bytes() - before;
  }

  base::MemoryBudget budget_{256 * kMiB};
  std::unique_ptr<Backend> backend_ = make_cpu_backend({.threads = 1, .isa = {}}, budget_);
};

TEST_F(KvBlocksTest, TheBudgetHoldsWhatTheLayoutSays) {
  for (const std::uint32_t tokens : {kPage, kText, kWindow}) {
    const std::uint64_t keys = std::uint64_t{kLayers} * tokens * kKvWidth * 2;
    for (const bool latent : {false, true}) {
      const auto store = backend_->allocate_kv(layout_of(tokens, latent), kBlocks).value();
      EXPECT_EQ(budget_.used(base::MemoryKind::kKvCache), kBlocks * keys * (latent ? 1 : 2));
    }
    EXPECT_EQ(backend_->allocate_kv(layout_of(tokens), 100000).error().code, ErrorCode::kResourceExhausted);
    EXPECT_EQ(budget_.used(base::MemoryKind::kKvCache), 0U);
  }
}

TEST_F(KvBlocksTest, AWindowTakesItsOwnMemoryOnly) {
  if (resident_bytes() == 0) GTEST_SKIP() << "/proc/self/smaps_rollup cannot be read";
  growth(kWindow, 0, kWindow);  // whatever is touched once
  const std::uint64_t block = layout_of(kWindow).block_bytes();
  const std::uint64_t grown = growth(kWindow, 3, kWindow);
  EXPECT_GE(grown, block);
  EXPECT_LE(grown, block + 2 * kHugePage + kMiB);
}

TEST_F(KvBlocksTest, OfATextOnlyWhatIsWrittenTakesMemory) {
  if (resident_bytes() == 0) GTEST_SKIP() << "/proc/self/smaps_rollup cannot be read";
  growth(kText, 0, 64);
  // A tile of sixteen tokens in every head, for keys and for values: a page or two of the smallest size.
  EXPECT_LE(growth(kText, 5, 16), std::uint64_t{2} * kLayers * kKvHeads * 2 * 4096 + kMiB);
}

}  // namespace
}  // namespace peregrine::backend
