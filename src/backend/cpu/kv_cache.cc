// The paged cache of keys and values of the CPU backend.
#include <fmt/format.h>

#include <cassert>
#include <cstring>

#include "backend/cpu/cpu_backend.h"

namespace peregrine::backend::cpu {
namespace {

// Steps of fewer rows are stored by one thread: waking the others takes longer.
constexpr std::uint32_t kMinSharedRows = 16;
// Tokens of a block that is no page of a sequence but has room for a whole one.
constexpr std::uint32_t kWholeSequence = 256;
// Bytes of a head's keys in such a block that are worth a large page; fewer lie in a few small ones.
constexpr std::size_t kLongRun = std::size_t{128} << 10;

Status check_layout(const KvLayout& l, const kernels::KernelTable& kernels) {
  const tensor::DTypeTraits& traits = tensor::traits(l.dtype);
  if (kernels.kv(l.dtype) == nullptr) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the KV cache takes F16, Q8_0 or F32, not {}", traits.name));
  }
  if (l.block_tokens == 0 || l.block_tokens % kernels::kKvTileTokens != 0) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("blocks of the KV cache hold a multiple of 16 tokens, not {}", l.block_tokens));
  }
  if (l.key_dim % traits.block_elements != 0 || l.value_dim % traits.block_elements != 0) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("a KV cache of type {} needs heads whose width is a multiple of {}; this model's "
                            "keys have {}, its values {}",
                            traits.name, traits.block_elements, l.key_dim, l.value_dim));
  }
  return {};
}

Result<Memory> allocate(base::MemoryBudget& budget, std::uint64_t bytes) {
  return Memory::allocate(budget, base::MemoryKind::kKvCache, bytes, "the KV cache");
}

}  // namespace

CpuKvStore::CpuKvStore(const KvLayout& layout, std::uint32_t n_blocks) : KvStore(layout, n_blocks) {
  keys_.token_bytes = layout.token_bytes(layout.key_dim);
  if (!layout.latent) values_.token_bytes = layout.token_bytes(layout.value_dim);
}

Result<std::unique_ptr<CpuKvStore>> CpuKvStore::create(const KvLayout& layout, std::uint32_t n_blocks,
                                                       base::MemoryBudget& budget) {
  std::unique_ptr<CpuKvStore> store(new CpuKvStore(layout, n_blocks));
  PEREGRINE_TRY(layout.block_tokens < kWholeSequence ? store->place_by_layer(budget)
                                                     : store->place_by_block(budget));
  return store;
}

Status CpuKvStore::place_by_layer(base::MemoryBudget& budget) {
  const std::size_t rows = std::size_t{layout().n_kv_heads} * layout().block_tokens;
  for (std::uint32_t i = 0; i < layout().n_layers; ++i) {
    for (Place* place : {&keys_, &values_}) {
      if (place->token_bytes == 0) continue;
      place->block_stride = rows * place->token_bytes;
      PEREGRINE_ASSIGN(Memory memory, allocate(budget, n_blocks() * place->block_stride));
      // A head's tiles lie far apart, each in a small page of its own otherwise.
      memory.prepare_for_streaming();
      place->layers.push_back(memory.data());
      memory_.push_back(std::move(memory));
    }
  }
  return {};
}

Status CpuKvStore::place_by_block(base::MemoryBudget& budget) {
  const std::size_t rows = std::size_t{layout().n_kv_heads} * layout().block_tokens;
  const std::uint64_t block = layout().block_bytes();
  PEREGRINE_ASSIGN(Memory memory, allocate(budget, n_blocks() * block));
  // What a sequence leaves of shorter runs takes no memory, in small pages.
  if (layout().block_tokens * keys_.token_bytes >= kLongRun) memory.prepare_for_streaming();
  std::byte* next = memory.data();
  for (std::uint32_t i = 0; i < layout().n_layers; ++i) {
    for (Place* place : {&keys_, &values_}) {
      if (place->token_bytes == 0) continue;
      place->block_stride = block;
      place->layers.push_back(next);
      next += rows * place->token_bytes;
    }
  }
  memory_.push_back(std::move(memory));
  return {};
}

Result<std::unique_ptr<KvStore>> CpuBackend::allocate_kv(const KvLayout& layout, std::uint32_t n_blocks) {
  PEREGRINE_TRY(check_layout(layout, kernels_));
  PEREGRINE_ASSIGN(std::unique_ptr<KvStore> store, CpuKvStore::create(layout, n_blocks, budget_));
  return store;
}

void CpuBackend::store_kv(KvStore& kv, std::uint32_t layer, std::span<const SequenceSlice> slices, Tensor k,
                          Tensor v) {
  auto& store = static_cast<CpuKvStore&>(kv);
  const KvLayout& l = store.layout();
  assert(k.cols == l.n_kv_heads * l.key_dim);
  assert(l.latent || (v.cols == l.n_kv_heads * l.value_dim && v.rows == k.rows));
  const kernels::KvKernels& write = *kernels_.kv(l.dtype);
  const auto store_head = [&](std::uint32_t head) {
    for (const SequenceSlice& slice : slices) {
      for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
        const std::uint32_t block = slice.blocks[(slice.start + i) / l.block_tokens];
        const std::uint32_t token = (slice.start + i) % l.block_tokens;
        const std::size_t in_tile = token % kernels::kKvTileTokens;
        const std::size_t row = slice.first_row + i;
        assert(block < store.n_blocks());
        (l.latent ? write.store_row : write.store_key)(k.data + row * k.cols + std::size_t{head} * l.key_dim,
                                                       l.key_dim, in_tile,
                                                       store.key_tile(layer, block, head, token));
        if (l.latent) continue;
        write.store_row(v.data + row * v.cols + std::size_t{head} * l.value_dim, l.value_dim, in_tile,
                        store.value_tile(layer, block, head, token));
      }
    }
  };
  if (k.rows < kMinSharedRows) {
    for (std::uint32_t head = 0; head < l.n_kv_heads; ++head) store_head(head);
  } else {
    for_each(l.n_kv_heads, [&](Lane&, std::size_t head) { store_head(static_cast<std::uint32_t>(head)); });
  }
}

void CpuBackend::copy_kv(KvStore& kv, std::uint32_t from, std::uint32_t to, std::uint32_t n_tokens) {
  auto& store = static_cast<CpuKvStore&>(kv);
  const KvLayout& l = store.layout();
  assert(from < store.n_blocks() && to < store.n_blocks() && n_tokens <= l.block_tokens);
  if (from == to || n_tokens == 0) return;
  // Tokens share tiles, so whole tiles are copied: of the rest of the last one nothing is said.
  const std::size_t tokens =
      (n_tokens + kernels::kKvTileTokens - 1) / kernels::kKvTileTokens * kernels::kKvTileTokens;
  for_each(std::size_t{l.n_layers} * l.n_kv_heads, [&](Lane&, std::size_t i) {
    const auto layer = static_cast<std::uint32_t>(i / l.n_kv_heads);
    const auto head = static_cast<std::uint32_t>(i % l.n_kv_heads);
    std::memcpy(store.key_tile(layer, to, head, 0), store.key_tile(layer, from, head, 0),
                tokens * l.token_bytes(l.key_dim));
    if (l.latent) return;
    std::memcpy(store.value_tile(layer, to, head, 0), store.value_tile(layer, from, head, 0),
                tokens * l.token_bytes(l.value_dim));
  });
}

}  // namespace peregrine::backend::cpu
