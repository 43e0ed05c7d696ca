// The paged cache of keys and values of the CPU backend.
#include <fmt/format.h>

#include <cassert>
#include <cstring>

#include "backend/cpu/cpu_backend.h"

namespace peregrine::backend::cpu {
namespace {

// Steps of fewer rows are stored by one thread: waking the others takes longer.
constexpr std::uint32_t kMinSharedRows = 16;

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

}  // namespace

Result<std::unique_ptr<KvStore>> CpuBackend::allocate_kv(const KvLayout& layout, std::uint32_t n_blocks) {
  PEREGRINE_TRY(check_layout(layout, kernels_));
  const std::uint64_t tokens = std::uint64_t{n_blocks} * layout.block_tokens * layout.n_kv_heads;
  const auto allocate = [&](std::uint32_t dim) -> Result<Memory> {
    PEREGRINE_ASSIGN(Memory memory, Memory::allocate(budget_, base::MemoryKind::kKvCache,
                                                     tokens * layout.token_bytes(dim), "the KV cache"));
    // A head's tiles lie far apart, each in a small page of its own otherwise.
    memory.prepare_for_streaming();
    return memory;
  };
  std::vector<Memory> keys;
  std::vector<Memory> values;
  for (std::uint32_t i = 0; i < layout.n_layers; ++i) {
    PEREGRINE_ASSIGN(Memory key_memory, allocate(layout.key_dim));
    keys.push_back(std::move(key_memory));
    if (layout.latent) continue;
    PEREGRINE_ASSIGN(Memory value_memory, allocate(layout.value_dim));
    values.push_back(std::move(value_memory));
  }
  return std::make_unique<CpuKvStore>(layout, n_blocks, std::move(keys), std::move(values));
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
