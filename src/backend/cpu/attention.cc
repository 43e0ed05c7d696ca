// Attention of the CPU backend: rows are cut into tiles, contexts into chunks, threads claim either.
//
// Where there are too few tiles for the threads, as in decoding, threads claim single chunks, whose states
// are folded in order afterwards: the same arithmetic as that of one thread, chunk by chunk.
#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

#include "backend/cpu/cpu_backend.h"

namespace peregrine::backend::cpu {
namespace {

using kernels::kAttentionChunkTiles;
using kernels::kAttentionChunkTokens;
using kernels::kKvTileTokens;

// Enough that unpacking keys and values is a small part of the work on them, and few enough that a tile's
// scores and sums stay in the second cache.
constexpr std::uint32_t kTileQueries = 64;
// Chunks of the largest tiles whose states are held at a time.
constexpr std::size_t kPartsPerThread = 4;
// Of attention_weights(): a context of 32,768 tokens.
constexpr std::size_t kMaxWeightChunks = 256;

constexpr std::uint32_t rows_of_tile(std::uint32_t group) {
  return std::max(1U, kTileQueries / group);
}
constexpr std::size_t state_floats(std::size_t n_queries, std::size_t value_dim) {
  return n_queries * (value_dim + 2);
}

// The task of a row tile and a KV head, with what it points to.
struct Item {
  kernels::AttentionTask task;
  std::array<kernels::TokenRange, kTileQueries> visible;
  std::array<const std::byte*, kAttentionChunkTiles> keys;
  std::array<const std::byte*, kAttentionChunkTiles> values;
};

}  // namespace

// What one call asks for.
class CpuBackend::AttentionCall {
 public:
  AttentionCall(const CpuKvStore& store, std::span<const SequenceSlice> rows, const AttentionArgs& args,
                const kernels::KernelTable& kernels)
      : slices(rows),
        layout(store.layout()),
        n_heads(layout.n_kv_heads),
        group(args.n_q_heads / n_heads),
        store_(store),
        args_(args),
        kernels_(kernels) {}

  // Of a row of a slice, in indices of its sequence.
  kernels::TokenRange visible(const SequenceSlice& slice, std::uint32_t row) const {
    if (args_.context != 0) return {0, args_.context};
    const std::uint32_t index = slice.start + (row - slice.first_row);
    const std::uint32_t first = layout.view.first_visible(slice.first_position + index);
    return {first - std::min(first, slice.first_position),
            args_.causal ? index + 1 : slice.start + slice.n_rows};
  }

  void bind(const RowTile& tile, std::size_t head, Item& item) const {
    const SequenceSlice& slice = slices[tile.slice];
    for (std::uint32_t i = 0; i < tile.n_rows; ++i) item.visible[i] = visible(slice, tile.first_row + i);
    item.task = {
        .q = args_.q.data + std::size_t{tile.first_row} * args_.q.cols + head * group * layout.key_dim,
        .q_row_stride = args_.q.cols,
        .n_rows = tile.n_rows,
        .n_heads = group,
        .key_dim = layout.key_dim,
        .value_dim = layout.value_dim,
        .visible = item.visible.data(),
        .key_tiles = item.keys.data(),
        .value_tiles = item.values.data(),
        .latent = layout.latent,
        .scale = args_.scale,
        .softcap = args_.softcap};
  }

  // Writes the state after chunk `chunk` of the context to `state`.
  void attend(const RowTile& tile, std::size_t head, Item& item, std::uint32_t chunk, float* workspace,
              const kernels::AttentionState& state) const {
    const std::span<const std::uint32_t> blocks = slices[tile.slice].blocks;
    const std::size_t begin = item.visible[0].begin / kKvTileTokens * kKvTileTokens;
    const std::size_t end = item.visible[tile.n_rows - std::size_t{1}].end;
    for (std::size_t i = 0; i < kAttentionChunkTiles; ++i) {
      const std::size_t token = chunk * kAttentionChunkTokens + i * kKvTileTokens;
      if (token < begin || token >= end) continue;
      const std::uint32_t block = blocks[token / layout.block_tokens];
      const auto in_block = static_cast<std::uint32_t>(token % layout.block_tokens);
      assert(block < store_.n_blocks());
      item.keys[i] = store_.key_tile(args_.layer, block, static_cast<std::uint32_t>(head), in_block);
      item.values[i] = store_.value_tile(args_.layer, block, static_cast<std::uint32_t>(head), in_block);
    }
    kernels_.kv(layout.dtype)->attention_chunk(item.task, chunk, workspace, state);
  }

  // Of a tile of one row and one query head: writes exp(score - largest of its chunk) to `weights`, the
  // chunks' largest scores and the sums of their weights to `largest` and `totals`.
  void weigh(const RowTile& tile, std::size_t head, float* workspace, float* weights, float* largest,
             float* totals) const {
    Item item;
    bind(tile, head / group, item);
    item.task.q += head % group * layout.key_dim;
    item.task.n_heads = 1;
    item.task.value_dim = 0;
    for (std::uint32_t chunk = 0; chunk < tile.n_chunks; ++chunk) {
      attend(tile, head / group, item, chunk, workspace,
             {.largest = largest + chunk, .total = totals + chunk, .out = nullptr, .out_row_stride = 0});
      const std::size_t first = chunk * kAttentionChunkTokens;
      std::copy_n(kernels::attention_weights(workspace, layout.key_dim),
                  std::min<std::size_t>(kAttentionChunkTokens, args_.context - first), weights + first);
    }
  }

  // The state of a tile's chunk in `floats`.
  kernels::AttentionState part(const RowTile& tile, float* floats) const {
    const std::size_t queries = std::size_t{tile.n_rows} * group;
    return {.largest = floats + queries * layout.value_dim,
            .total = floats + queries * layout.value_dim + queries,
            .out = floats,
            .out_row_stride = std::size_t{group} * layout.value_dim};
  }
  // The state of a tile in the output; largest scores and totals in `floats`.
  kernels::AttentionState whole(const RowTile& tile, std::size_t head, float* floats) const {
    return {.largest = floats,
            .total = floats + std::size_t{tile.n_rows} * group,
            .out = args_.out.data + std::size_t{tile.first_row} * args_.out.cols +
                   head * group * layout.value_dim,
            .out_row_stride = args_.out.cols};
  }

  void begin(const RowTile& tile, const kernels::AttentionState& state) const {
    const std::size_t queries = std::size_t{tile.n_rows} * group;
    std::fill_n(state.largest, queries, -std::numeric_limits<float>::infinity());
    std::fill_n(state.total, queries, 0.0F);
    for (std::size_t row = 0; row < tile.n_rows; ++row) {
      std::fill_n(state.out + row * state.out_row_stride, std::size_t{group} * layout.value_dim, 0.0F);
    }
  }
  void fold(const Item& item, const kernels::AttentionState& chunk,
            const kernels::AttentionState& state) const {
    kernels_.attention_fold(item.task, chunk, state);
  }
  void finish(const Item& item, std::size_t head, const kernels::AttentionState& state) const {
    const float* sinks = args_.sinks == nullptr ? nullptr : args_.sinks->tensor().data + head * group;
    kernels_.attention_finish(item.task, sinks, state);
  }

  const std::span<const SequenceSlice> slices;
  const KvLayout& layout;
  const std::size_t n_heads;  // of keys and values
  const std::uint32_t group;  // query heads to each

 private:
  const CpuKvStore& store_;
  const AttentionArgs& args_;
  const kernels::KernelTable& kernels_;
};

Status CpuBackend::reserve_attention(const ScratchNeeds& needs) {
  reserved_.rows = std::max(needs.rows, reserved_.rows);
  row_tiles_.reserve(reserved_.rows);
  if (needs.context <= reserved_.context && needs.head_group <= reserved_.head_group &&
      needs.key_dim <= reserved_.key_dim && needs.value_dim <= reserved_.value_dim) {
    return {};
  }
  reserved_.context = std::max(needs.context, reserved_.context);
  reserved_.head_group = std::max(needs.head_group, reserved_.head_group);
  reserved_.key_dim = std::max(needs.key_dim, reserved_.key_dim);
  reserved_.value_dim = std::max(needs.value_dim, reserved_.value_dim);
  const auto allocate = [&](std::size_t floats) {
    return Memory::allocate(budget_, base::MemoryKind::kScratch, floats * sizeof(float), "attention");
  };
  const std::size_t queries = std::max(kTileQueries, reserved_.head_group);
  const std::size_t state = state_floats(queries, reserved_.value_dim);
  for (Lane& lane : lanes_) {
    PEREGRINE_ASSIGN(lane.attention, allocate(kernels::attention_workspace(queries, reserved_.key_dim) +
                                              state + 2 * queries));
  }
  if (pool_->size() == 1 || reserved_.context <= kAttentionChunkTokens) return {};
  parts_floats_ = pool_->size() * (kPartsPerThread * state + 2 * 2 * queries);
  PEREGRINE_ASSIGN(parts_, allocate(parts_floats_));
  return {};
}

std::size_t CpuBackend::cut_rows(const AttentionCall& call, std::uint32_t tile_rows) {
  row_tiles_.clear();
  std::size_t chunks = 0;
  for (std::uint32_t s = 0; s < call.slices.size(); ++s) {
    const SequenceSlice& slice = call.slices[s];
    const std::uint32_t n_tiles = (slice.n_rows + tile_rows - 1) / tile_rows;
    for (std::uint32_t t = 0; t < n_tiles; ++t) {
      // Tiles of about the same size.
      const auto row = [&](std::uint64_t i) {
        return static_cast<std::uint32_t>(slice.n_rows * i / n_tiles);
      };
      RowTile tile{.slice = s, .first_row = slice.first_row + row(t), .n_rows = row(t + 1) - row(t)};
      const std::uint32_t last_row = tile.first_row + tile.n_rows - 1;
      const std::size_t last_token = call.visible(slice, last_row).end - std::size_t{1};
      tile.first_chunk =
          static_cast<std::uint32_t>(call.visible(slice, tile.first_row).begin / kAttentionChunkTokens);
      tile.n_chunks = static_cast<std::uint32_t>(last_token / kAttentionChunkTokens) + 1 - tile.first_chunk;
      tile.first_part = chunks;
      chunks += tile.n_chunks;
      row_tiles_.push_back(tile);
    }
  }
  return chunks;
}

std::size_t CpuBackend::cut_rows(const AttentionCall& call) {
  std::uint32_t tile_rows = rows_of_tile(call.group);
  std::size_t chunks = cut_rows(call, tile_rows);
  while (tile_rows > 1 && chunks * call.n_heads < 2 * std::size_t{pool_->size()}) {
    tile_rows /= 2;
    chunks = cut_rows(call, tile_rows);
  }
  return chunks;
}

void CpuBackend::attend_whole_tiles(const AttentionCall& call) {
  for_each(row_tiles_.size() * call.n_heads, [&](Lane& lane, std::size_t i) {
    // The last rows of a prompt see most: first, so that no thread is left with them at the end.
    const RowTile& tile = row_tiles_[row_tiles_.size() - 1 - i / call.n_heads];
    const std::size_t head = i % call.n_heads;
    const std::size_t queries = std::size_t{tile.n_rows} * call.group;
    float* workspace = lane.attention.floats();
    float* after = workspace + kernels::attention_workspace(queries, call.layout.key_dim);
    const kernels::AttentionState part = call.part(tile, after);
    const kernels::AttentionState whole =
        call.whole(tile, head, after + state_floats(queries, call.layout.value_dim));
    Item item;
    call.bind(tile, head, item);
    call.begin(tile, whole);
    for (std::uint32_t chunk = 0; chunk < tile.n_chunks; ++chunk) {
      call.attend(tile, head, item, tile.first_chunk + chunk, workspace, part);
      call.fold(item, part, whole);
    }
    call.finish(item, head, whole);
  });
}

void CpuBackend::attend_parts(const AttentionCall& call, std::size_t parts) {
  std::uint32_t largest_tile = 0;
  for (const RowTile& tile : row_tiles_) largest_tile = std::max(largest_tile, tile.n_rows);
  const std::size_t queries = std::size_t{largest_tile} * call.group;
  const std::size_t items = row_tiles_.size() * call.n_heads;
  const std::size_t slot_floats = state_floats(queries, call.layout.value_dim);
  assert(slot_floats > 0);
  float* const slots = parts_.floats() + items * 2 * queries;
  const std::size_t n_slots = (parts_floats_ - items * 2 * queries) / slot_floats;
  for (std::size_t first = 0; first < parts; first += n_slots) {
    const std::size_t last = std::min(parts, first + n_slots);
    for_each(last - first, [&](Lane& lane, std::size_t i) {
      const std::size_t part = first + i;
      const auto after = std::upper_bound(
          row_tiles_.begin(), row_tiles_.end(), part,
          [&](std::size_t p, const RowTile& tile) { return p < tile.first_part * call.n_heads; });
      const RowTile& tile = *std::prev(after);
      const std::size_t in_tile = part - tile.first_part * call.n_heads;
      const std::size_t head = in_tile / tile.n_chunks;
      const auto chunk = tile.first_chunk + static_cast<std::uint32_t>(in_tile % tile.n_chunks);
      Item item;
      call.bind(tile, head, item);
      call.attend(tile, head, item, chunk, lane.attention.floats(), call.part(tile, slots + i * slot_floats));
    });
    for_each(items, [&](Lane&, std::size_t i) {
      const RowTile& tile = row_tiles_[i / call.n_heads];
      const std::size_t head = i % call.n_heads;
      const std::size_t begin = tile.first_part * call.n_heads + head * tile.n_chunks;
      const std::size_t end = begin + tile.n_chunks;
      if (end <= first || begin >= last) return;
      const kernels::AttentionState whole = call.whole(tile, head, parts_.floats() + i * 2 * queries);
      Item item;
      call.bind(tile, head, item);
      if (begin >= first) call.begin(tile, whole);
      for (std::size_t part = std::max(begin, first); part < std::min(end, last); ++part) {
        call.fold(item, call.part(tile, slots + (part - first) * slot_floats), whole);
      }
      if (end <= last) call.finish(item, head, whole);
    });
  }
}

void CpuBackend::attention(const KvStore& kv, std::span<const SequenceSlice> slices,
                           const AttentionArgs& args) {
  const AttentionCall call(static_cast<const CpuKvStore&>(kv), slices, args, kernels_);
  assert(call.group >= 1 && call.group <= reserved_.head_group);
  assert(call.layout.key_dim <= reserved_.key_dim && call.layout.value_dim <= reserved_.value_dim);
  assert(args.q.cols == args.n_q_heads * call.layout.key_dim);
  assert(args.out.cols == args.n_q_heads * call.layout.value_dim);
  const std::size_t parts = cut_rows(call) * call.n_heads;
  const std::size_t items = row_tiles_.size() * call.n_heads;
  const std::size_t threads = pool_->size();
  if (threads > 1 && items < 2 * threads && parts > items) {
    attend_parts(call, parts);
  } else {
    attend_whole_tiles(call);
  }
}

void CpuBackend::attention_weights(const KvStore& kv, std::span<const SequenceSlice> slices,
                                   const AttentionArgs& args, std::uint32_t head, Tensor out) {
  const AttentionCall call(static_cast<const CpuKvStore&>(kv), slices, args, kernels_);
  const std::size_t n_chunks = (args.context + kAttentionChunkTokens - 1) / kAttentionChunkTokens;
  assert(args.context > 0 && out.cols == args.context && out.rows == args.q.rows && args.sinks == nullptr);
  assert(n_chunks <= kMaxWeightChunks);
  cut_rows(call, 1);
  for_each(row_tiles_.size(), [&](Lane& lane, std::size_t i) {
    const RowTile& tile = row_tiles_[i];
    std::array<float, kMaxWeightChunks> largest;
    std::array<float, kMaxWeightChunks> totals;
    float* weights = out.data + std::size_t{tile.first_row} * out.cols;
    call.weigh(tile, head, lane.attention.floats(), weights, largest.data(), totals.data());
    const float top = *std::max_element(largest.begin(), largest.begin() + n_chunks);
    for (std::size_t c = 0; c < n_chunks; ++c) largest[c] -= top;
    kernels_.exp(largest.data(), largest.data(), n_chunks);
    float total = 0.0F;
    for (std::size_t c = 0; c < n_chunks; ++c) total += totals[c] * largest[c];
    for (std::size_t c = 0; c < n_chunks; ++c) {
      const std::size_t first = c * kAttentionChunkTokens;
      const std::size_t n = std::min<std::size_t>(kAttentionChunkTokens, out.cols - first);
      kernels_.scale(weights + first, largest[c] / total, weights + first, n);
    }
  });
}

}  // namespace peregrine::backend::cpu
