// The CPU backend: checks shapes, splits ops into items that threads claim, calls kernels.
//
// Items never share output, and each is computed the same way whoever claims it and however many there are,
// so the result does not depend on the number of threads.
#pragma once

#include <string>
#include <vector>

#include "backend/backend.h"
#include "backend/cpu/memory.h"
#include "base/thread_pool.h"
#include "kernels/table.h"

namespace peregrine::backend::cpu {

class CpuBackend final : public Backend {
 public:
  CpuBackend(unsigned threads, const kernels::KernelTable& kernels, base::MemoryBudget& budget);

  std::string_view name() const override { return name_; }

  Result<std::unique_ptr<Matrix>> load_matrix(const WeightSource& source) override;
  Result<std::unique_ptr<Buffer>> load_vector(const WeightSource& source) override;
  Result<std::unique_ptr<Buffer>> allocate(std::uint32_t rows, std::uint32_t cols) override;
  Result<std::unique_ptr<KvStore>> allocate_kv(const KvLayout& layout, std::uint32_t n_blocks) override;
  Result<std::shared_ptr<const Rope>> make_rope(const RopeSpec& spec) override;
  Status reserve(const ScratchNeeds& needs) override;

  void embed(const Matrix& table, std::span<const TokenId> tokens, Tensor out) override;
  void matmul(const Matrix& weight, Tensor x, Tensor out) override;
  void add_bias(const Buffer& bias, Tensor x) override;
  void add(Tensor x, Tensor y) override;
  void rms_norm(Tensor x, const Buffer& weight, float eps, Tensor out) override;
  void silu_mul(Tensor gate, Tensor up) override;
  void rotations(const Rope& rope, std::span<const std::int32_t> positions, Tensor out) override;
  void rope(const Rope& rope, Tensor rotations, std::uint32_t head_dim, Tensor x) override;
  void store_kv(KvStore& kv, std::uint32_t layer, std::span<const SequenceSlice> slices, Tensor k,
                Tensor v) override;
  void attention(const KvStore& kv, std::span<const SequenceSlice> slices,
                 const AttentionArgs& args) override;
  void gather_rows(Tensor x, std::span<const std::uint32_t> rows, Tensor out) override;
  void read(Tensor x, std::span<float> out) override;

 private:
  // What one thread needs of its own while it works through items.
  struct Lane {
    Memory scores;                       // attention: one float per query head of a group and token
    std::vector<const std::byte*> keys;  // attention: the blocks of one KV head
    std::vector<const std::byte*> values;
  };

  // Calls body(lane, item) for every item; items with one lane index never run at the same time.
  template <class Body>
  void for_each(std::size_t items, Body body);
  template <class Body>
  void for_each_row(Tensor x, Body body);
  // Activations as the kernel for `dtype` wants them: x itself, or quantised to scratch.
  const std::byte* quantize(tensor::DType dtype, Tensor x, std::size_t& row_stride);

  base::MemoryBudget& budget_;
  const kernels::KernelTable& kernels_;
  base::ThreadPool pool_;
  std::string name_;

  ScratchNeeds reserved_;
  Memory quantized_;                       // activation rows
  std::vector<std::uint32_t> row_slices_;  // slice of each row
  std::vector<Lane> lanes_;
};

}  // namespace peregrine::backend::cpu
