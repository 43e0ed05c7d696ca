// Keys, values and attention of the CPU backend.
#include <cassert>
#include <cstring>

#include "backend/cpu/cpu_backend.h"

namespace peregrine::backend::cpu {

void CpuBackend::store_kv(KvStore& kv, std::uint32_t layer, std::span<const SequenceSlice> slices, Tensor k,
                          Tensor v) {
  auto& store = static_cast<CpuKvStore&>(kv);
  const KvLayout& l = store.layout();
  assert(k.cols == l.n_kv_heads * l.key_dim);
  assert(l.latent || (v.cols == l.n_kv_heads * l.value_dim && v.rows == k.rows));
  const auto write = [&](const float* from, std::size_t dim, std::byte* to) {
    if (l.dtype == tensor::DType::kF16) {
      kernels_.f32_to_f16(from, reinterpret_cast<std::uint16_t*>(to), dim);
    } else {
      std::memcpy(to, from, dim * sizeof(float));
    }
  };
  for (const SequenceSlice& slice : slices) {
    for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
      const std::uint32_t index = slice.start + i;
      const std::uint32_t block = slice.blocks[index / l.block_tokens];
      const std::uint32_t token = index % l.block_tokens;
      assert(block < store.n_blocks());
      const std::size_t row = slice.first_row + i;
      for (std::uint32_t head = 0; head < l.n_kv_heads; ++head) {
        write(k.data + row * k.cols + std::size_t{head} * l.key_dim, l.key_dim,
              store.key(layer, block, head, token));
        if (l.latent) continue;
        write(v.data + row * v.cols + std::size_t{head} * l.value_dim, l.value_dim,
              store.value(layer, block, head, token));
      }
    }
  }
}

void CpuBackend::attention(const KvStore& kv, std::span<const SequenceSlice> slices,
                           const AttentionArgs& args) {
  const auto& store = static_cast<const CpuKvStore&>(kv);
  const KvLayout& l = store.layout();
  const std::uint32_t group = args.n_q_heads / l.n_kv_heads;
  assert(group >= 1 && group <= reserved_.head_group && args.q.cols == args.n_q_heads * l.key_dim);
  assert(args.out.cols == args.n_q_heads * l.value_dim);
  const kernels::AttentionFn attend =
      l.dtype == tensor::DType::kF16 ? kernels_.attention_f16 : kernels_.attention_f32;
  const float* sinks = args.sinks == nullptr ? nullptr : args.sinks->tensor().data;
  for (std::uint32_t s = 0; s < slices.size(); ++s) {
    std::fill_n(row_slices_.begin() + slices[s].first_row, slices[s].n_rows, s);
  }
  for_each(std::size_t{args.q.rows} * l.n_kv_heads, [&](Lane& lane, std::size_t item) {
    const auto row = static_cast<std::uint32_t>(item / l.n_kv_heads);
    const auto head = static_cast<std::uint32_t>(item % l.n_kv_heads);
    const SequenceSlice& slice = slices[row_slices_[row]];
    const std::uint32_t index = slice.start + (row - slice.first_row);
    const std::uint32_t n_tokens = args.causal ? index + 1 : slice.start + slice.n_rows;
    const std::uint32_t visible = l.view.first_visible(slice.first_position + index);
    const std::uint32_t first = visible - std::min(visible, slice.first_position);
    assert(n_tokens - first <= reserved_.context);
    for (std::uint32_t b = first / l.block_tokens; b <= (n_tokens - 1) / l.block_tokens; ++b) {
      assert(slice.blocks[b] < store.n_blocks());
      lane.keys[b] = store.key_block(args.layer, slice.blocks[b], head);
      lane.values[b] = store.value_block(args.layer, slice.blocks[b], head);
    }
    const std::size_t first_head = std::size_t{head} * group;
    attend({.q = args.q.data + std::size_t{row} * args.q.cols + first_head * l.key_dim,
            .n_heads = group,
            .key_dim = l.key_dim,
            .value_dim = l.value_dim,
            .value_stride = l.latent ? l.key_dim : l.value_dim,
            .key_blocks = lane.keys.data(),
            .value_blocks = lane.values.data(),
            .block_tokens = l.block_tokens,
            .first_token = first,
            .n_tokens = n_tokens,
            .scale = args.scale,
            .softcap = args.softcap,
            .sinks = sinks == nullptr ? nullptr : sinks + first_head,
            .scores = lane.scores.floats(),
            .out = args.out.data + std::size_t{row} * args.out.cols + first_head * l.value_dim});
  });
}

}  // namespace peregrine::backend::cpu
