// The CPU backend: checks shapes, splits ops into items that threads claim, calls kernels.
//
// Items never share output, and each is computed the same way whoever claims it and however many there are,
// so the result does not depend on the number of threads.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "backend/backend.h"
#include "backend/cpu/memory.h"
#include "base/thread_pool.h"
#include "base/work_split.h"
#include "kernels/table.h"

namespace peregrine::backend::cpu {

class CpuBackend final : public Backend {
 public:
  CpuBackend(std::shared_ptr<base::ThreadPool> pool, const kernels::KernelTable& kernels,
             base::MemoryBudget& budget);

  std::string_view name() const override { return name_; }

  Result<std::unique_ptr<Matrix>> load_matrix(const WeightSource& source) override;
  Status read_weights(const WeightReading& reading) override;
  Result<std::unique_ptr<Buffer>> load_vector(const WeightSource& source) override;
  Result<std::unique_ptr<LowRank>> load_low_rank(const LowRankSource& source) override;
  Result<std::unique_ptr<Buffer>> allocate(std::uint32_t rows, std::uint32_t cols) override;
  Result<std::unique_ptr<KvStore>> allocate_kv(const KvLayout& layout, std::uint32_t n_blocks) override;
  Result<std::shared_ptr<const Rope>> make_rope(const RopeSpec& spec) override;
  Result<std::unique_ptr<Routes>> allocate_routes(std::uint32_t rows, std::uint32_t n_experts,
                                                  std::uint32_t n_used) override;
  Status reserve(const ScratchNeeds& needs) override;

  void embed(const Matrix& table, std::span<const TokenId> tokens, Tensor out) override;
  using Backend::matmul;
  void matmul(Tensor x, std::span<const Product> products) override;
  void add_low_rank(Tensor x, std::span<const Correction> corrections) override;
  void add_bias(const Buffer& bias, Tensor x) override;
  void add(Tensor x, Tensor y) override;
  void rms_norm(Tensor x, const Buffer& weight, float eps, Tensor out) override;
  void rms_norm_heads(Tensor x, std::uint32_t head_dim, const Buffer* weight, float eps) override;
  void layer_norm(Tensor x, const Buffer& weight, const Buffer* bias, float eps, Tensor out) override;
  void gate_mul(Gate kind, Tensor gate, Tensor up) override;
  void gelu(Tensor x) override;
  void softcap(Tensor x, float cap) override;
  void scale(Tensor x, float factor) override;
  void scale_rows(Tensor x, std::span<const float> factors) override;
  void copy_heads(Tensor from, std::uint32_t from_offset, Tensor to, std::uint32_t to_offset,
                  std::uint32_t n_heads, std::uint32_t width) override;
  void head_matmul(const Matrix& weight, std::uint32_t n_heads, Tensor x, Tensor out) override;
  void route(const RouterSpec& spec, Tensor scores, Routes& routes) override;
  void dispatch(const Routes& routes, Tensor x, bool weighted, Tensor out) override;
  using Backend::expert_matmul;
  void expert_matmul(const Routes& routes, Tensor x, std::span<const Product> products) override;
  void expert_add_bias(const Buffer& bias, const Routes& routes, Tensor x) override;
  void combine(const Routes& routes, Tensor x, bool weighted, Tensor out) override;
  void rotations(const Rope& rope, std::span<const std::int32_t> positions, Tensor out) override;
  void rope(const Rope& rope, Tensor rotations, std::uint32_t head_dim, Tensor x) override;
  void store_kv(KvStore& kv, std::uint32_t layer, std::span<const SequenceSlice> slices, Tensor k,
                Tensor v) override;
  void attention(const KvStore& kv, std::span<const SequenceSlice> slices,
                 const AttentionArgs& args) override;
  void attention_weights(const KvStore& kv, std::span<const SequenceSlice> slices, const AttentionArgs& args,
                         std::uint32_t head, Tensor out) override;
  void copy_kv(KvStore& kv, std::uint32_t from, std::uint32_t to, std::uint32_t n_tokens) override;
  void unfold(Tensor x, bool channels_first, std::uint32_t stride, Tensor out) override;
  void gather_rows(Tensor x, std::span<const std::uint32_t> rows, Tensor out) override;
  void write(std::span<const float> from, Tensor out) override;
  void read(Tensor x, std::span<float> out) override;

 private:
  // What one thread needs of its own while it works through items.
  struct Lane {
    Memory attention;  // a chunk's workspace and its state
  };

  // Calls body(lane, item) for every item; items with one lane index never run at the same time.
  template <class Body>
  void for_each(std::size_t items, Body body) {
    const std::size_t lanes = std::min<std::size_t>(pool_->size(), items);
    split_.reset(items, lanes);
    pool_->run(lanes, [&](std::size_t lane) {
      for (std::size_t item; split_.next(lane, item);) body(lanes_[lane], item);
    });
  }
  // Calls body(index, row) for every row.
  template <class Body>
  void for_each_row(Tensor x, Body body) {
    // Rows of elementwise work are short: several make an item.
    constexpr std::uint32_t kRowsPerItem = 8;
    for_each((x.rows + kRowsPerItem - 1) / kRowsPerItem, [&](Lane&, std::size_t item) {
      const auto first = static_cast<std::uint32_t>(item) * kRowsPerItem;
      for (std::uint32_t r = first; r < std::min(first + kRowsPerItem, x.rows); ++r) {
        body(r, x.data + std::size_t{r} * x.cols);
      }
    });
  }
  // Calls body(run) for every run of products whose weights take activations in the same form: these share
  // what was quantised, and the threads.
  template <class Body>
  static void for_each_form(std::span<const Product> products, Body body) {
    const auto form = [](const Product& p) {
      return kernels::activation_format(static_cast<const CpuMatrix&>(*p.weight).dtype());
    };
    while (!products.empty()) {
      const auto other =
          std::ranges::find_if(products, [&](const Product& p) { return form(p) != form(products[0]); });
      const auto n = static_cast<std::size_t>(other - products.begin());
      body(products.first(n));
      products = products.subspan(n);
    }
  }
  // matmul() of weights that take activations in the same form.
  void matmul_of_one_form(Tensor x, std::span<const Product> products);
  // Attention (attention.cc): a tile of consecutive query rows that read keys and values together.
  struct RowTile {
    std::uint32_t slice = 0;
    std::uint32_t first_row = 0;
    std::uint32_t n_rows = 0;
    std::uint32_t first_chunk = 0;  // of the context, that a row sees
    std::uint32_t n_chunks = 0;
    std::size_t first_part = 0;  // chunks of the tiles before this one
  };
  class AttentionCall;
  Status reserve_attention(const ScratchNeeds& needs);
  // Cuts the rows of `call` into row_tiles_; returns the number of their chunks.
  std::size_t cut_rows(const AttentionCall& call);
  std::size_t cut_rows(const AttentionCall& call, std::uint32_t tile_rows);
  void attend_whole_tiles(const AttentionCall& call);
  void attend_parts(const AttentionCall& call, std::size_t parts);

  // Corrections (low_rank.cc): what one of them has before it among its call's.
  struct CorrectionPlace {
    std::size_t down_tiles = 0;  // of products with A
    std::size_t up_tiles = 0;    // of products with B
    std::size_t values = 0;      // of A x
  };
  Status reserve_corrections(const ScratchNeeds& needs);

  void expert_matmul_of_one_form(const CpuRoutes& routes, Tensor x, std::span<const Product> products);
  // The part of `task` that the tile `item` of its product is.
  static kernels::MatmulTile cut(kernels::MatmulTile task, std::size_t item);
  // Activations as the kernel for `dtype` wants them: x itself, or quantised to scratch.
  const std::byte* quantize(tensor::DType dtype, Tensor x, std::size_t& row_stride);

  // A matrix whose rows are still to be read, and from where.
  struct UnreadMatrix {
    std::weak_ptr<Memory> panels;
    WeightSource source;
  };
  // `done` of `total` bytes are read already.
  Status read_matrix(const WeightSource& source, std::byte* panels, const WeightReading& reading,
                     std::uint64_t total, std::uint64_t done);

  base::MemoryBudget& budget_;
  const kernels::KernelTable& kernels_;
  std::shared_ptr<base::ThreadPool> pool_;
  std::string name_;

  std::vector<UnreadMatrix> unread_;
  bool wide_activations_ = false;  // some weights take them as words
  ScratchNeeds reserved_;
  std::uint64_t quantized_bytes_ = 0;
  Memory quantized_;                   // activation rows
  std::vector<RowTile> row_tiles_;     // of the attention that runs
  std::uint64_t parts_floats_ = 0;     // of parts_
  Memory parts_;                       // attention: states of chunks that several threads share out
  std::uint64_t low_rank_values_ = 0;  // of low_rank_
  Memory low_rank_;                    // corrections: A x
  std::vector<CorrectionPlace> correction_places_;
  std::vector<Lane> lanes_;
  base::WorkSplit split_;
};

}  // namespace peregrine::backend::cpu
