// The ops a model may call, over tensors that the backend owns.
//
// Activations are row-major matrices of F32, one row per token of the step; a row's result depends on that
// row and the weights alone, never on which other rows share the call nor on the number of threads. Models
// pass Tensors on and never look at `data`: on another backend it is a device address. Ops are called from
// one thread at a time, with shapes the model guarantees (asserted); everything that can fail happens at load
// and allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/memory_budget.h"
#include "base/result.h"
#include "tensor/dtype.h"

namespace peregrine::backend {

using TokenId = std::int32_t;

// A matrix of F32 activations. `rows` may be less than what was allocated.
struct Tensor {
  float* data = nullptr;
  std::uint32_t rows = 0;
  std::uint32_t cols = 0;

  Tensor first_rows(std::uint32_t n) const { return {data, n, cols}; }
};

// Memory of the backend for activations; lives as long as the object.
class Buffer {
 public:
  virtual ~Buffer() = default;
  virtual Tensor tensor() const = 0;
};

// A weight matrix [n_out, n_in] in whatever layout the backend prefers for it.
class Matrix {
 public:
  virtual ~Matrix() = default;
  std::uint32_t n_out() const { return n_out_; }
  std::uint32_t n_in() const { return n_in_; }

 protected:
  Matrix(std::uint32_t n_out, std::uint32_t n_in) : n_out_(n_out), n_in_(n_in) {}

 private:
  std::uint32_t n_out_;
  std::uint32_t n_in_;
};

// Where a weight comes from: rows of `cols` elements of `dtype`, row after row. For matrices rows = outputs.
// The bytes stay valid as long as the backend's object made from them.
struct WeightSource {
  std::string_view name;
  tensor::DType dtype = tensor::DType::kF32;
  std::uint64_t rows = 0;
  std::uint64_t cols = 0;
  std::span<const std::byte> bytes;
};

// Paged keys and values of a group of layers with one geometry. A block holds `block_tokens` consecutive
// tokens of one sequence, for all layers of the group; a sequence is a table of block indices.
struct KvLayout {
  std::uint32_t n_layers = 0;
  std::uint32_t n_kv_heads = 0;
  std::uint32_t head_dim = 0;
  std::uint32_t block_tokens = 16;
  tensor::DType dtype = tensor::DType::kF16;  // kF16 or kF32

  std::uint64_t block_bytes() const;  // of one block, keys and values of all layers
};

class KvStore {
 public:
  virtual ~KvStore() = default;
  const KvLayout& layout() const { return layout_; }
  std::uint32_t n_blocks() const { return n_blocks_; }

 protected:
  KvStore(const KvLayout& layout, std::uint32_t n_blocks) : layout_(layout), n_blocks_(n_blocks) {}

 private:
  KvLayout layout_;
  std::uint32_t n_blocks_;
};

// Consecutive rows of a step that belong to one sequence. Row i of the slice is the token at index start + i
// of the sequence; it sees the tokens 0 ... start + i. Keys and values of earlier tokens already stand in
// `blocks`, which also has room for the slice's own.
struct SequenceSlice {
  std::uint32_t first_row = 0;
  std::uint32_t n_rows = 0;
  std::uint32_t start = 0;
  std::span<const std::uint32_t> blocks;
};

enum class RopePairing { kAdjacent, kHalves };  // pairs (2i, 2i+1), or (i, i + dim/2)

// Rotary position embedding (Su et al., 2021): angle of pair i at position p = p * base^(-2i/dim) /
// factor[i].
struct RopeSpec {
  RopePairing pairing = RopePairing::kAdjacent;
  std::uint32_t dim = 0;  // rotated dimensions of a head; the rest passes through
  float base = 10000.0F;
  float linear_scale = 1.0F;        // positions are multiplied by this
  std::vector<float> freq_factors;  // dim/2 entries, or empty for all ones
};

// A backend's form of a RopeSpec.
class Rope {
 public:
  virtual ~Rope() = default;
};

struct AttentionArgs {
  Tensor q;    // [rows, n_q_heads * head_dim]
  Tensor out;  // same shape
  std::uint32_t layer = 0;
  std::uint32_t n_q_heads = 0;
  float scale = 1.0F;
};

// What ops will be asked for at most, so that they allocate nothing.
struct ScratchNeeds {
  std::uint32_t rows = 0;        // of a step
  std::uint32_t n_in = 0;        // inputs of a matrix
  std::uint32_t context = 0;     // tokens that a row attends to
  std::uint32_t head_group = 1;  // query heads per key/value head
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::string_view name() const = 0;  // "cpu (avx512-vnni, 2 threads)"

  // Loading. Errors name the tensor: kUnsupported for a type without kernels, kResourceExhausted.
  virtual Result<std::unique_ptr<Matrix>> load_matrix(const WeightSource& source) = 0;
  // A vector (norm weights, biases): a 1 x n buffer of F32, converted from any plain type.
  virtual Result<std::unique_ptr<Buffer>> load_vector(const WeightSource& source) = 0;
  virtual Result<std::unique_ptr<Buffer>> allocate(std::uint32_t rows, std::uint32_t cols) = 0;
  virtual Result<std::unique_ptr<KvStore>> allocate_kv(const KvLayout& layout, std::uint32_t n_blocks) = 0;
  virtual Result<std::shared_ptr<const Rope>> make_rope(const RopeSpec& spec) = 0;
  // Called once or more before the first op; the largest needs count.
  virtual Status reserve(const ScratchNeeds& needs) = 0;

  // out[r] = row tokens[r] of the table.
  virtual void embed(const Matrix& table, std::span<const TokenId> tokens, Tensor out) = 0;
  // out[r][o] = sum over i of weight[o][i] * x[r][i].
  virtual void matmul(const Matrix& weight, Tensor x, Tensor out) = 0;
  // x[r] += bias.
  virtual void add_bias(const Buffer& bias, Tensor x) = 0;
  // x += y.
  virtual void add(Tensor x, Tensor y) = 0;
  // out = x / sqrt(mean(x^2) + eps) * weight, row by row; out may be x.
  virtual void rms_norm(Tensor x, const Buffer& weight, float eps, Tensor out) = 0;
  // gate = silu(gate) * up.
  virtual void silu_mul(Tensor gate, Tensor up) = 0;
  // The rotation of every row's position, once per step; out: [rows, RopeSpec::dim].
  virtual void rotations(const Rope& rope, std::span<const std::int32_t> positions, Tensor out) = 0;
  // Rotates each of the heads in each row, in place; x.cols = heads * head_dim.
  virtual void rope(const Rope& rope, Tensor rotations, std::uint32_t head_dim, Tensor x) = 0;
  // Writes keys and values of the slices' rows to the cache; k, v: [rows, n_kv_heads * head_dim].
  virtual void store_kv(KvStore& kv, std::uint32_t layer, std::span<const SequenceSlice> slices, Tensor k,
                        Tensor v) = 0;
  // Causal grouped-query attention over the cache, softmax(q k^T * scale) v.
  virtual void attention(const KvStore& kv, std::span<const SequenceSlice> slices,
                         const AttentionArgs& args) = 0;
  // out[i] = x[rows[i]].
  virtual void gather_rows(Tensor x, std::span<const std::uint32_t> rows, Tensor out) = 0;
  // Copies to the host: out has rows * cols elements.
  virtual void read(Tensor x, std::span<float> out) = 0;
};

struct CpuOptions {
  unsigned threads = 0;  // 0: one per core this process may use
  std::string isa;  // "scalar", "avx2", "avx512"; empty: the environment's choice, else the best there is
};

// The CPU backend. Memory it allocates is reserved in `budget`, which outlives it.
std::unique_ptr<Backend> make_cpu_backend(const CpuOptions& options, base::MemoryBudget& budget);

}  // namespace peregrine::backend
