// The ops a model may call, over tensors that the backend owns.
//
// Activations are row-major matrices of F32, one row per token of the step; a row's result depends on that
// row and the weights alone, never on which other rows share the call nor on the number of threads. Models
// pass Tensors on and never look at `data`: on another backend it is a device address. Ops are called from
// one thread at a time, with shapes the model guarantees (asserted); everything that can fail happens at load
// and allocation.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/memory_budget.h"
#include "base/result.h"
#include "base/thread_pool.h"
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
// The bytes of a matrix stay valid until Backend::read_weights().
struct WeightSource {
  std::string_view name;
  tensor::DType dtype = tensor::DType::kF32;
  std::uint64_t rows = 0;
  std::uint64_t cols = 0;
  std::span<const std::byte> bytes;
  // Of a matrix of F32 or F16: the quantised type that it is converted to when it is read.
  std::optional<tensor::DType> kept_as = {};

  tensor::DType type_kept() const { return kept_as.value_or(dtype); }
};

// What a token sees of its sequence: all of it up to itself, the last `size` tokens with itself among them,
// or its chunk of `size` positions from the chunk's beginning.
struct View {
  enum class Kind : std::uint8_t { kAll, kWindow, kChunk };
  Kind kind = Kind::kAll;
  std::uint32_t size = 0;

  // The first position that the token at `position` sees.
  std::uint32_t first_visible(std::uint32_t position) const {
    if (kind == Kind::kWindow) return position - std::min(position, size - 1);
    return kind == Kind::kChunk ? position - position % size : 0;
  }
  bool operator==(const View&) const = default;
};

// Paged keys and values of a group of layers with one geometry and one view. A block holds `block_tokens`
// consecutive tokens of one sequence, for all layers of the group; a sequence is a table of block indices.
struct KvLayout {
  std::uint32_t n_layers = 0;
  std::uint32_t n_kv_heads = 0;
  std::uint32_t key_dim = 0;
  std::uint32_t value_dim = 0;
  bool latent = false;  // a value is the beginning of its key, and only keys are stored
  View view = {};
  std::uint32_t block_tokens = 16;
  // kF16, kF32 or kQ8_0, which has a scale in F16 for every 32 dimensions of a token.
  tensor::DType dtype = tensor::DType::kF16;

  std::uint64_t token_bytes(std::uint32_t dim) const;  // of one token's key or value in one head
  std::uint64_t block_bytes() const;                   // of one block, keys and values of all layers
};

// In a table: no block, because no token in view lies there.
inline constexpr std::uint32_t kNoKvBlock = UINT32_MAX;

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

// How weights are read: the parts of their sources, one after the other, and what is done around each.
struct WeightReading {
  using Bytes = std::span<const std::byte>;
  // Makes a part readable, for instance by waiting for the disk.
  std::function<Status(Bytes part)> prepare = {};
  // A part will not be read again.
  std::function<void(Bytes part)> release = {};
  // How far it is, before each part; false stops.
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress = {};
  // A file that the backend may keep the weights in, in its own layout: when it is there, it is taken instead
  // of the sources; else it is written. Empty: none. `key` tells what the sources are of.
  std::filesystem::path kept = {};
  std::string key = {};
};

// Consecutive rows of a step that belong to one sequence. Row i of the slice is the token at index start + i
// of the sequence; it sees those of the tokens 0 ... start + i that the group's view allows. Keys and values
// of earlier tokens in view already stand in `blocks`, which also has room for the slice's own; entries for
// blocks that no row sees may be kNoKvBlock.
struct SequenceSlice {
  std::uint32_t first_row = 0;
  std::uint32_t n_rows = 0;
  std::uint32_t start = 0;
  std::span<const std::uint32_t> blocks;
  std::uint32_t first_position = 0;  // of the sequence's token 0
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

  // YaRN (Peng et al., 2023): pairs that turn more than beta_fast times over the original context keep their
  // frequency, those below beta_slow get linear_scale, between them a ramp. No ramp where the context is 0.
  std::uint32_t original_context = 0;
  float beta_fast = 32.0F;
  float beta_slow = 1.0F;
  float magnitude = 1.0F;  // of cosines and sines
};

// A backend's form of a RopeSpec.
class Rope {
 public:
  virtual ~Rope() = default;
};

struct AttentionArgs {
  Tensor q;                 // [rows, n_q_heads * key_dim]
  Tensor out;               // [rows, n_q_heads * value_dim]
  std::uint32_t layer = 0;  // in the group
  std::uint32_t n_q_heads = 0;
  float scale = 1.0F;
  float softcap = 0.0F;           // scores are kept within +-softcap; 0 leaves them
  const Buffer* sinks = nullptr;  // [1, n_q_heads]: one more score in each head's denominator
  bool causal = true;             // false: every row sees the whole slice, which is the whole sequence
  // Cross-attention, unless 0: every row sees tokens 0 ... context - 1 of what stands in its slice's blocks;
  // `start` and `causal` mean nothing.
  std::uint32_t context = 0;
};

// The product of a gate's function and `up` in a gated feed-forward block.
enum class Gate : std::uint8_t {
  kSilu,         // silu(gate) * up: SwiGLU (Shazeer, 2020)
  kGelu,         // gelu(gate) * up, tanh form: GeGLU, gemma
  kClampedSilu,  // min(g, 7) sigmoid(1.702 g) * (clamp(u, +-7) + 1): gpt-oss
};

// How a mixture of experts picks and weighs them.
struct RouterSpec {
  enum class Scores : std::uint8_t {
    kSoftmax,          // probabilities over all experts
    kSoftmaxOfChosen,  // chosen by logit; probabilities among the chosen
    kSigmoid,          // independent
  };
  std::uint32_t n_experts = 0;
  std::uint32_t n_used = 0;
  Scores scores = Scores::kSoftmax;
  bool normalise = false;               // weights of the chosen are rescaled to the sum 1
  float scale = 1.0F;                   // of the weights, last
  const Buffer* choice_bias = nullptr;  // [1, n_experts], added to scores for choosing only
  // With groups: only experts of the n_groups_used groups with the largest sum of two best scores.
  std::uint32_t n_groups = 1;
  std::uint32_t n_groups_used = 1;
};

// Which experts the rows of a step go to: rows * n_used assignments, ordered by expert, then by row. Made by
// route(), in use until the next.
class Routes {
 public:
  virtual ~Routes() = default;
};

// A correction of a matrix by two thin ones (Hu et al., 2021): scale * B A, of rank `rank`.
class LowRank {
 public:
  virtual ~LowRank() = default;
  std::uint32_t n_out() const { return n_out_; }
  std::uint32_t n_in() const { return n_in_; }
  std::uint32_t rank() const { return rank_; }
  virtual std::uint64_t bytes() const = 0;  // of memory

 protected:
  LowRank(std::uint32_t n_out, std::uint32_t n_in, std::uint32_t rank)
      : n_out_(n_out), n_in_(n_in), rank_(rank) {}

 private:
  std::uint32_t n_out_;
  std::uint32_t n_in_;
  std::uint32_t rank_;
};

// Where it comes from; everything is finite.
struct LowRankSource {
  std::string_view name;
  std::uint32_t n_out = 0;
  std::uint32_t n_in = 0;
  std::uint32_t rank = 0;
  float scale = 1.0F;
  std::span<const float> a;  // [rank, n_in]
  std::span<const float> b;  // [n_out, rank]
};

// Rows of a product that a correction is added to.
struct Correction {
  const LowRank* by = nullptr;
  std::uint32_t first_row = 0;
  std::uint32_t n_rows = 0;
  Tensor out;  // the whole product
};

// One of several matrices that the same rows are multiplied with at a time.
struct Product {
  const Matrix* weight = nullptr;
  Tensor out;
};
inline constexpr std::size_t kMaxProducts = 4;

// What ops will be asked for at most, so that they allocate nothing.
struct ScratchNeeds {
  std::uint32_t rows = 0;        // of a matrix product's activations
  std::uint32_t n_in = 0;        // inputs of a matrix
  std::uint32_t context = 0;     // tokens that a row attends to
  std::uint32_t head_group = 1;  // query heads per key/value head
  std::uint32_t key_dim = 0;     // of an attention head
  std::uint32_t value_dim = 0;
  std::uint32_t correction_rank = 0;  // of all corrections that one row gets in a call, together
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::string_view name() const = 0;  // "cpu (avx512-vnni, 2 threads)"

  // Loading. Errors name the tensor: kUnsupported for a type without kernels, kResourceExhausted. A matrix
  // only has its memory until read_weights().
  virtual Result<std::unique_ptr<Matrix>> load_matrix(const WeightSource& source) = 0;
  // Brings the matrices that were loaded since the last call into the backend's layout. Errors: kCancelled
  // when `progress` said so, and those of `prepare`.
  virtual Status read_weights(const WeightReading& reading) = 0;
  // A vector (norm weights, biases): a 1 x n buffer of F32, converted from any plain type.
  virtual Result<std::unique_ptr<Buffer>> load_vector(const WeightSource& source) = 0;
  // Unlike the rest, at any time and from any thread. Errors: kInvalidArgument for sizes that contradict each
  // other, kResourceExhausted.
  virtual Result<std::unique_ptr<LowRank>> load_low_rank(const LowRankSource& source) = 0;
  virtual Result<std::unique_ptr<Buffer>> allocate(std::uint32_t rows, std::uint32_t cols) = 0;
  // kInvalidArgument for a type, size of block or width of heads that the backend cannot store.
  virtual Result<std::unique_ptr<KvStore>> allocate_kv(const KvLayout& layout, std::uint32_t n_blocks) = 0;
  virtual Result<std::shared_ptr<const Rope>> make_rope(const RopeSpec& spec) = 0;
  virtual Result<std::unique_ptr<Routes>> allocate_routes(std::uint32_t rows, std::uint32_t n_experts,
                                                          std::uint32_t n_used) = 0;
  // Called once or more before the first op; the largest needs count.
  virtual Status reserve(const ScratchNeeds& needs) = 0;

  // out[r] = row tokens[r] of the table.
  virtual void embed(const Matrix& table, std::span<const TokenId> tokens, Tensor out) = 0;
  // out[r][o] = sum over i of weight[o][i] * x[r][i], for each of up to kMaxProducts weights.
  virtual void matmul(Tensor x, std::span<const Product> products) = 0;
  void matmul(const Matrix& weight, Tensor x, Tensor out) { matmul(x, std::array{Product{&weight, out}}); }
  // out[r] += scale * B (A x[r]) for the rows of each correction; those of one `out` do not overlap.
  virtual void add_low_rank(Tensor x, std::span<const Correction> corrections) = 0;
  // x[r] += bias.
  virtual void add_bias(const Buffer& bias, Tensor x) = 0;
  // x += y.
  virtual void add(Tensor x, Tensor y) = 0;
  // out = x / sqrt(mean(x^2) + eps) * weight, row by row; out may be x.
  virtual void rms_norm(Tensor x, const Buffer& weight, float eps, Tensor out) = 0;
  // The same for each group of head_dim columns; `weight` (head_dim) may be null.
  virtual void rms_norm_heads(Tensor x, std::uint32_t head_dim, const Buffer* weight, float eps) = 0;
  // out = (x - mean) / sqrt(variance + eps) * weight + bias, row by row; bias may be null, out may be x.
  virtual void layer_norm(Tensor x, const Buffer& weight, const Buffer* bias, float eps, Tensor out) = 0;
  // gate = f(gate) * up.
  virtual void gate_mul(Gate kind, Tensor gate, Tensor up) = 0;
  // x = gelu(x), tanh form.
  virtual void gelu(Tensor x) = 0;
  // x = cap * tanh(x / cap).
  virtual void softcap(Tensor x, float cap) = 0;
  // x *= factor, or row r by factors[r].
  virtual void scale(Tensor x, float factor) = 0;
  virtual void scale_rows(Tensor x, std::span<const float> factors) = 0;
  // In every row, for every head: `width` columns from column `from_offset` of the head in `from` to column
  // `to_offset` of the head in `to`. Heads are from.cols / n_heads and to.cols / n_heads wide.
  virtual void copy_heads(Tensor from, std::uint32_t from_offset, Tensor to, std::uint32_t to_offset,
                          std::uint32_t n_heads, std::uint32_t width) = 0;
  // Every head by its own matrix: weight is [n_heads * out, in], x [rows, n_heads * in], out [rows, n_heads *
  // out].
  virtual void head_matmul(const Matrix& weight, std::uint32_t n_heads, Tensor x, Tensor out) = 0;

  // Mixture of experts. Weights of all experts are one matrix, [n_experts * n_out, n_in].
  // Chooses from scores [rows, n_experts] (logits).
  virtual void route(const RouterSpec& spec, Tensor scores, Routes& routes) = 0;
  // out[a] = x[row of assignment a], by its weight if `weighted`; out: [rows * n_used, x.cols].
  virtual void dispatch(const Routes& routes, Tensor x, bool weighted, Tensor out) = 0;
  // out[a] = weight[expert of a] x[a], for each of up to kMaxProducts weights. Only experts in use are read.
  virtual void expert_matmul(const Routes& routes, Tensor x, std::span<const Product> products) = 0;
  void expert_matmul(const Matrix& weight, const Routes& routes, Tensor x, Tensor out) {
    expert_matmul(routes, x, std::array{Product{&weight, out}});
  }
  // x[a] += bias[expert of a]; bias: [1, n_experts * x.cols].
  virtual void expert_add_bias(const Buffer& bias, const Routes& routes, Tensor x) = 0;
  // out[r] = sum over the assignments a of r, best expert first, of x[a], by its weight if `weighted`.
  virtual void combine(const Routes& routes, Tensor x, bool weighted, Tensor out) = 0;

  // The rotation of every row's position, once per step; out: [rows, RopeSpec::dim].
  virtual void rotations(const Rope& rope, std::span<const std::int32_t> positions, Tensor out) = 0;
  // Rotates each of the heads in each row, in place; x.cols = heads * head_dim.
  virtual void rope(const Rope& rope, Tensor rotations, std::uint32_t head_dim, Tensor x) = 0;
  // Writes keys and values of the slices' rows to the cache; k: [rows, n_kv_heads * key_dim], v likewise. Of
  // a latent cache only k is taken.
  virtual void store_kv(KvStore& kv, std::uint32_t layer, std::span<const SequenceSlice> slices, Tensor k,
                        Tensor v) = 0;
  // Grouped-query attention over what each row sees of its sequence, softmax(cap(q k^T * scale)) v.
  virtual void attention(const KvStore& kv, std::span<const SequenceSlice> slices,
                         const AttentionArgs& args) = 0;
  // What attention() weighs the values with in query head `head`; out: [rows, args.context]. Of `args`, `out`
  // means nothing, and there are no sinks.
  virtual void attention_weights(const KvStore& kv, std::span<const SequenceSlice> slices,
                                 const AttentionArgs& args, std::uint32_t head, Tensor out) = 0;
  // The first n_tokens tokens of block `from` become those of block `to`, in all layers.
  virtual void copy_kv(KvStore& kv, std::uint32_t from, std::uint32_t to, std::uint32_t n_tokens) = 0;
  // Rows of a convolution over time with three taps, as inputs of a matrix product: out[t][3 c + k] = channel
  // c of x at time stride * t + k - 1, 0 outside of x; out: [ceil(times / stride), 3 * channels]. x is
  // [times, channels], or [channels, times] if `channels_first`.
  virtual void unfold(Tensor x, bool channels_first, std::uint32_t stride, Tensor out) = 0;
  // out[i] = x[rows[i]].
  virtual void gather_rows(Tensor x, std::span<const std::uint32_t> rows, Tensor out) = 0;
  // Copies from the host: `from` has rows * cols elements.
  virtual void write(std::span<const float> from, Tensor out) = 0;
  // Copies to the host: out has rows * cols elements.
  virtual void read(Tensor x, std::span<float> out) = 0;
};

struct CpuOptions {
  unsigned threads = 0;  // 0: one per core this process may use
  // Instead of threads of its own: backends that share a pool take turns, op by op.
  std::shared_ptr<base::ThreadPool> pool = {};
  std::string isa;  // "scalar", "avx2", "avx512"; empty: the environment's choice, else the best there is
};

// The pool that `threads` of CpuOptions stands for.
std::shared_ptr<base::ThreadPool> make_cpu_pool(unsigned threads);

// The CPU backend. Memory it allocates is reserved in `budget`, which outlives it.
std::unique_ptr<Backend> make_cpu_backend(const CpuOptions& options, base::MemoryBudget& budget);

}  // namespace peregrine::backend
