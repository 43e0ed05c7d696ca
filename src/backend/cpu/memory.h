// What the CPU backend owns: activations, weights, rope tables, and the paged KV cache.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "backend/backend.h"
#include "base/aligned_buffer.h"
#include "base/memory_budget.h"
#include "base/numa.h"
#include "kernels/attention/kv_tile.h"
#include "kernels/matmul/interleave.h"

namespace peregrine::backend::cpu {

// Zeroed memory that stands in the budget as long as it lives.
class Memory {
 public:
  static Result<Memory> allocate(base::MemoryBudget& budget, base::MemoryKind kind, std::uint64_t bytes,
                                 std::string_view what);

  // For what all threads read from end to end again and again: larger pages, if the system has some, on all
  // of its memory nodes. Before it is touched.
  void prepare_for_streaming() {
    buffer_.prefer_huge_pages();
    if (base::memory_nodes().size() > 1) base::spread_pages(buffer_.span(), base::memory_nodes());
  }

  std::byte* data() { return buffer_.data(); }
  const std::byte* data() const { return buffer_.data(); }
  float* floats() { return reinterpret_cast<float*>(buffer_.data()); }
  const float* floats() const { return reinterpret_cast<const float*>(buffer_.data()); }

 private:
  base::MemoryBudget::Reservation reservation_;
  base::AlignedBuffer buffer_;
};

class CpuBuffer final : public Buffer {
 public:
  CpuBuffer(Memory memory, std::uint32_t rows, std::uint32_t cols)
      : memory_(std::move(memory)), rows_(rows), cols_(cols) {}
  Tensor tensor() const override { return {memory_.floats(), rows_, cols_}; }

 private:
  // The contents are the backend's to change through any handle, as device memory would be.
  mutable Memory memory_;
  std::uint32_t rows_;
  std::uint32_t cols_;
};

// Panels of interleaved rows (kernels/matmul/interleave.h), in memory of its own.
class CpuMatrix final : public Matrix {
 public:
  CpuMatrix(std::shared_ptr<Memory> memory, const WeightSource& source, std::uint64_t row_bytes)
      : Matrix(static_cast<std::uint32_t>(source.rows), static_cast<std::uint32_t>(source.cols)),
        memory_(std::move(memory)),
        dtype_(source.type_kept()),
        row_bytes_(row_bytes) {}

  tensor::DType dtype() const { return dtype_; }
  std::uint64_t row_bytes() const { return row_bytes_; }  // of the type it is kept in
  const std::byte* panels() const { return memory_->data(); }

 private:
  std::shared_ptr<const Memory> memory_;  // shared with the list of what is still to be read
  tensor::DType dtype_;
  std::uint64_t row_bytes_;
};

// A, then B, each as panels of the narrowest plain type that holds it exactly.
class CpuLowRank final : public LowRank {
 public:
  struct Factor {
    tensor::DType dtype = tensor::DType::kF32;
    std::uint64_t row_bytes = 0;
    std::uint64_t offset = 0;  // of its panels in the memory
  };
  CpuLowRank(const LowRankSource& source, Memory memory, std::uint64_t bytes, const Factor& a,
             const Factor& b)
      : LowRank(source.n_out, source.n_in, source.rank),
        memory_(std::move(memory)),
        bytes_(bytes),
        a_(a),
        b_(b),
        scale_(source.scale) {}

  std::uint64_t bytes() const override { return bytes_; }
  const Factor& a() const { return a_; }
  const Factor& b() const { return b_; }
  const std::byte* panels(const Factor& factor) const { return memory_.data() + factor.offset; }
  float scale() const { return scale_; }

 private:
  Memory memory_;
  std::uint64_t bytes_;
  Factor a_;
  Factor b_;
  float scale_;
};

// A layer's keys or values in a block: [kv head][tile of 16 tokens], so that attention of one head reads each
// block as one run of memory. Forms of tiles: kernels/attention/kv_tile.h. Values lie in row tiles and keys
// in key tiles, but those of a latent store, which are values as well and stored once, in row tiles.
//
// Blocks that are pages of sequences: [layer][keys, values][block], each of the first two in memory of its
// own, since all are in use sooner or later. Blocks as long as a sequence: [block][layer][keys, values], so
// that one takes memory when it is first used, and little more than its own.
class CpuKvStore final : public KvStore {
 public:
  static Result<std::unique_ptr<CpuKvStore>> create(const KvLayout& layout, std::uint32_t n_blocks,
                                                    base::MemoryBudget& budget);

  // The tile with the block's token `token`.
  std::byte* key_tile(std::uint32_t layer, std::uint32_t block, std::uint32_t head, std::uint32_t token) {
    return keys_.tile(layer, block, row(head, token));
  }
  const std::byte* key_tile(std::uint32_t layer, std::uint32_t block, std::uint32_t head,
                            std::uint32_t token) const {
    return keys_.tile(layer, block, row(head, token));
  }
  std::byte* value_tile(std::uint32_t layer, std::uint32_t block, std::uint32_t head, std::uint32_t token) {
    return values_.tile(layer, block, row(head, token));
  }
  const std::byte* value_tile(std::uint32_t layer, std::uint32_t block, std::uint32_t head,
                              std::uint32_t token) const {
    return (layout().latent ? keys_ : values_).tile(layer, block, row(head, token));
  }

 private:
  // Where keys, or values, lie.
  struct Place {
    std::size_t token_bytes = 0;     // of one head
    std::size_t block_stride = 0;    // bytes from a block to the next
    std::vector<std::byte*> layers;  // block 0 of each

    std::byte* tile(std::uint32_t layer, std::uint32_t block, std::size_t row) const {
      return layers[layer] + block * block_stride + row * token_bytes;
    }
  };

  CpuKvStore(const KvLayout& layout, std::uint32_t n_blocks);
  Status place_by_layer(base::MemoryBudget& budget);
  Status place_by_block(base::MemoryBudget& budget);

  // Of the tile's first token, among the rows of all heads.
  std::size_t row(std::uint32_t head, std::uint32_t token) const {
    return std::size_t{head} * layout().block_tokens + (token - token % kernels::kKvTileTokens);
  }

  std::vector<Memory> memory_;
  Place keys_;
  Place values_;  // none of a latent store
};

// Assignments a in the order of experts: expert e has those from begins[e] to begins[e + 1].
class CpuRoutes final : public Routes {
  base::MemoryBudget::Reservation reservation_;

 public:
  // Bytes of one for so many rows.
  static std::uint64_t bytes(std::uint32_t max_rows, std::uint32_t n_experts, std::uint32_t n_used) {
    return std::uint64_t{max_rows} * (n_used * 20ULL + n_experts * 4ULL) + n_experts * 16ULL;
  }
  CpuRoutes(base::MemoryBudget::Reservation reservation, std::uint32_t max_rows, std::uint32_t n_experts,
            std::uint32_t n_used)
      : reservation_(std::move(reservation)),
        used(n_used),
        begins(n_experts + std::size_t{1}),
        next(n_experts),
        first_tiles(n_experts + std::size_t{1}),
        choice(std::size_t{max_rows} * n_experts),
        chosen(std::size_t{max_rows} * n_used),
        chosen_weights(chosen.size()),
        places(chosen.size()),
        rows(chosen.size()),
        weights(chosen.size()) {}

  std::uint32_t used;                 // experts per row
  std::uint32_t n_rows = 0;           // of the step
  std::vector<std::uint32_t> begins;  // by expert
  // Scratch of route() and of products:
  std::vector<std::uint32_t> next;               // by expert
  mutable std::vector<std::size_t> first_tiles;  // by expert: tiles of the product before its own
  std::vector<float> choice;                     // by row and expert
  // By row and rank of the expert in the row:
  std::vector<std::uint32_t> chosen;
  std::vector<float> chosen_weights;
  std::vector<std::uint32_t> places;  // assignment
  // By assignment:
  std::vector<std::uint32_t> rows;
  std::vector<float> weights;
};

}  // namespace peregrine::backend::cpu
