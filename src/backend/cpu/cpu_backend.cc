#include "backend/cpu/cpu_backend.h"

#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <cstring>

#include "tensor/codec.h"

namespace peregrine::backend::cpu {
namespace {

using base::MemoryKind;

// Scratch for lists of blocks is laid out for blocks of at least this many tokens.
constexpr std::uint32_t kMinBlockTokens = 16;

// A tile of a matrix product: enough outputs to amortise the claim of an item, enough rows that a weight row
// is used many times while it is in cache.
constexpr std::uint32_t kTileOutputs = 32;
constexpr std::uint32_t kTileRows = 64;

unsigned usable_cores() {
  cpu_set_t set;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

class CpuRope final : public Rope {
 public:
  explicit CpuRope(const RopeSpec& spec) : pairing(spec.pairing), dim(spec.dim), frequencies(spec.dim / 2) {
    for (std::uint32_t i = 0; i < dim / 2; ++i) {
      const double exponent = -2.0 * i / dim;
      const double factor = spec.freq_factors.empty() ? 1.0 : static_cast<double>(spec.freq_factors[i]);
      frequencies[i] = std::pow(static_cast<double>(spec.base), exponent) *
                       static_cast<double>(spec.linear_scale) / factor;
    }
  }

  RopePairing pairing;
  std::uint32_t dim;
  std::vector<double> frequencies;  // radians per position, of each pair
};

}  // namespace

CpuBackend::CpuBackend(unsigned threads, const kernels::KernelTable& kernels, base::MemoryBudget& budget)
    : budget_(budget),
      kernels_(kernels),
      pool_(threads == 0 ? usable_cores() : threads),
      name_(fmt::format("cpu ({}, {} threads)", kernels.isa, pool_.size())),
      lanes_(pool_.size()) {}

template <class Body>
void CpuBackend::for_each(std::size_t items, Body body) {
  const std::size_t lanes = std::min<std::size_t>(pool_.size(), items);
  std::atomic<std::size_t> next{0};
  pool_.run(lanes, [&](std::size_t lane) {
    for (std::size_t item; (item = next.fetch_add(1, std::memory_order_relaxed)) < items;)
      body(lanes_[lane], item);
  });
}

template <class Body>
void CpuBackend::for_each_row(Tensor x, Body body) {
  // Rows of elementwise work are short: several make an item.
  constexpr std::uint32_t kRowsPerItem = 8;
  for_each((x.rows + kRowsPerItem - 1) / kRowsPerItem, [&](Lane&, std::size_t item) {
    const auto first = static_cast<std::uint32_t>(item) * kRowsPerItem;
    for (std::uint32_t r = first; r < std::min(first + kRowsPerItem, x.rows); ++r) {
      body(r, x.data + std::size_t{r} * x.cols);
    }
  });
}

Result<std::unique_ptr<Matrix>> CpuBackend::load_matrix(const WeightSource& source) {
  const std::string name(source.name);
  if (kernels_.matmul_tile(source.dtype) == nullptr) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("weights of type {} are not supported", tensor::traits(source.dtype).name), name);
  }
  const auto row_bytes = tensor::row_bytes(source.dtype, source.cols);
  if (!row_bytes || source.rows > UINT32_MAX || source.cols > UINT32_MAX || source.rows == 0 ||
      source.cols == 0 || source.bytes.size() / source.rows != *row_bytes ||
      source.bytes.size() % source.rows != 0) {
    return fail(ErrorCode::kCorrupt, "its size does not match its shape", name);
  }
  PEREGRINE_ASSIGN(auto reservation, budget_.reserve(MemoryKind::kWeights, source.bytes.size(), name));
  return std::make_unique<CpuMatrix>(std::move(reservation), source, *row_bytes);
}

Result<std::unique_ptr<Buffer>> CpuBackend::load_vector(const WeightSource& source) {
  const std::string name(source.name);
  const auto bytes = tensor::row_bytes(source.dtype, source.cols);
  if (!bytes || source.rows != 1 || source.bytes.size() != *bytes || source.cols > UINT32_MAX) {
    return fail(ErrorCode::kCorrupt, "its size does not match its shape", name);
  }
  const auto n = static_cast<std::uint32_t>(source.cols);
  PEREGRINE_ASSIGN(Memory memory, Memory::allocate(budget_, MemoryKind::kWeights, n * sizeof(float), name));
  tensor::dequantize_row(source.dtype, source.bytes.data(), memory.floats(), n);
  return std::make_unique<CpuBuffer>(std::move(memory), 1, n);
}

Result<std::unique_ptr<Buffer>> CpuBackend::allocate(std::uint32_t rows, std::uint32_t cols) {
  const std::uint64_t bytes = std::uint64_t{rows} * cols * sizeof(float);
  PEREGRINE_ASSIGN(Memory memory, Memory::allocate(budget_, MemoryKind::kScratch, bytes, "activations"));
  return std::make_unique<CpuBuffer>(std::move(memory), rows, cols);
}

Result<std::unique_ptr<KvStore>> CpuBackend::allocate_kv(const KvLayout& layout, std::uint32_t n_blocks) {
  if ((layout.dtype != tensor::DType::kF16 && layout.dtype != tensor::DType::kF32) ||
      layout.block_tokens < kMinBlockTokens) {
    return fail(ErrorCode::kInvalidArgument,
                "the KV cache takes F16 or F32, in blocks of at least 16 tokens");
  }
  const std::uint64_t layer_bytes = layout.block_bytes() / 2 / layout.n_layers * n_blocks;
  std::vector<Memory> keys;
  std::vector<Memory> values;
  for (std::uint32_t i = 0; i < layout.n_layers; ++i) {
    for (std::vector<Memory>* side : {&keys, &values}) {
      PEREGRINE_ASSIGN(Memory memory,
                       Memory::allocate(budget_, MemoryKind::kKvCache, layer_bytes, "the KV cache"));
      side->push_back(std::move(memory));
    }
  }
  return std::make_unique<CpuKvStore>(layout, n_blocks, std::move(keys), std::move(values));
}

Result<std::shared_ptr<const Rope>> CpuBackend::make_rope(const RopeSpec& spec) {
  if (spec.dim == 0 || spec.dim % 2 != 0 ||
      (!spec.freq_factors.empty() && spec.freq_factors.size() != spec.dim / 2)) {
    return fail(ErrorCode::kInvalidArgument, "rotary dimensions must be even, with one factor per pair");
  }
  return std::make_shared<const CpuRope>(spec);
}

Status CpuBackend::reserve(const ScratchNeeds& needs) {
  const ScratchNeeds wanted{.rows = std::max(needs.rows, reserved_.rows),
                            .n_in = std::max(needs.n_in, reserved_.n_in),
                            .context = std::max(needs.context, reserved_.context),
                            .head_group = std::max(needs.head_group, reserved_.head_group)};
  // The wider of the two forms, for whole blocks.
  const std::size_t n_in = (wanted.n_in + 255) / 256 * std::size_t{256};
  const std::size_t row_bytes =
      std::max(kernels::activation_row_bytes(kernels::ActivationFormat::kQ8x32, n_in),
               kernels::activation_row_bytes(kernels::ActivationFormat::kQ8x256, n_in));
  PEREGRINE_ASSIGN(quantized_,
                   Memory::allocate(budget_, MemoryKind::kScratch, wanted.rows * row_bytes, "activations"));
  row_slices_.resize(wanted.rows);
  const std::uint64_t scores =
      kernels::attention_workspace(wanted.head_group, wanted.context) * sizeof(float);
  for (Lane& lane : lanes_) {
    PEREGRINE_ASSIGN(lane.scores,
                     Memory::allocate(budget_, MemoryKind::kScratch, scores, "attention scores"));
    lane.keys.resize(wanted.context / kMinBlockTokens + 1);
    lane.values.resize(wanted.context / kMinBlockTokens + 1);
  }
  reserved_ = wanted;
  return {};
}

void CpuBackend::embed(const Matrix& table, std::span<const TokenId> tokens, Tensor out) {
  const auto& m = static_cast<const CpuMatrix&>(table);
  assert(out.cols == m.n_in() && out.rows == tokens.size());
  for_each_row(out, [&](std::uint32_t r, float* row) {
    assert(tokens[r] >= 0 && static_cast<std::uint32_t>(tokens[r]) < m.n_out());
    tensor::dequantize_row(m.dtype(), m.row(static_cast<std::uint64_t>(tokens[r])), row, out.cols);
  });
}

const std::byte* CpuBackend::quantize(tensor::DType dtype, Tensor x, std::size_t& row_stride) {
  const kernels::ActivationFormat format = kernels::activation_format(dtype);
  row_stride = kernels::activation_row_bytes(format, x.cols);
  const kernels::QuantizeRowFn quantize_row = kernels_.quantize(format);
  if (quantize_row == nullptr) return reinterpret_cast<const std::byte*>(x.data);
  assert(x.rows <= reserved_.rows && x.cols <= reserved_.n_in);
  for_each_row(x, [&](std::uint32_t r, const float* row) {
    quantize_row(row, quantized_.data() + r * row_stride, x.cols);
  });
  return quantized_.data();
}

void CpuBackend::matmul(const Matrix& weight, Tensor x, Tensor out) {
  const auto& w = static_cast<const CpuMatrix&>(weight);
  assert(x.cols == w.n_in() && out.cols == w.n_out() && x.rows == out.rows);
  std::size_t stride = 0;
  const std::byte* activations = quantize(w.dtype(), x, stride);
  const kernels::MatmulTileFn tile = kernels_.matmul_tile(w.dtype());
  const std::size_t row_tiles = (x.rows + kTileRows - 1) / kTileRows;
  const std::size_t out_tiles = (w.n_out() + kTileOutputs - 1) / kTileOutputs;
  // Row tiles vary fastest: the threads share a strip of weights while it is in cache.
  for_each(out_tiles * row_tiles, [&](Lane&, std::size_t item) {
    const std::size_t first_out = item / row_tiles * kTileOutputs;
    const std::size_t first_row = item % row_tiles * kTileRows;
    tile({.weights = w.row(first_out),
          .weight_row_stride = w.row_bytes(),
          .n_out = std::min<std::size_t>(kTileOutputs, w.n_out() - first_out),
          .activations = activations + first_row * stride,
          .activation_row_stride = stride,
          .n_rows = std::min<std::size_t>(kTileRows, x.rows - first_row),
          .k = x.cols,
          .out = out.data + first_row * out.cols + first_out,
          .out_row_stride = out.cols});
  });
}

void CpuBackend::add_bias(const Buffer& bias, Tensor x) {
  const Tensor b = bias.tensor();
  assert(b.cols == x.cols);
  for_each_row(x, [&](std::uint32_t, float* row) { kernels_.add(row, b.data, row, x.cols); });
}

void CpuBackend::add(Tensor x, Tensor y) {
  assert(x.rows == y.rows && x.cols == y.cols);
  for_each_row(x, [&](std::uint32_t r, float* row) {
    kernels_.add(row, y.data + std::size_t{r} * y.cols, row, x.cols);
  });
}

void CpuBackend::rms_norm(Tensor x, const Buffer& weight, float eps, Tensor out) {
  const Tensor w = weight.tensor();
  assert(w.cols == x.cols && out.cols == x.cols && out.rows == x.rows);
  for_each_row(out, [&](std::uint32_t r, float* row) {
    kernels_.rms_norm(x.data + std::size_t{r} * x.cols, w.data, eps, row, x.cols);
  });
}

void CpuBackend::silu_mul(Tensor gate, Tensor up) {
  assert(gate.rows == up.rows && gate.cols == up.cols);
  for_each_row(gate, [&](std::uint32_t r, float* row) {
    kernels_.silu_mul(row, up.data + std::size_t{r} * up.cols, row, gate.cols);
  });
}

void CpuBackend::rotations(const Rope& rope, std::span<const std::int32_t> positions, Tensor out) {
  const auto& r = static_cast<const CpuRope&>(rope);
  assert(out.cols == r.dim && positions.size() == out.rows);
  const std::size_t half = r.dim / 2;
  for_each_row(out, [&](std::uint32_t i, float* row) {
    for (std::size_t pair = 0; pair < half; ++pair) {
      const double angle = static_cast<double>(positions[i]) * r.frequencies[pair];
      row[pair] = static_cast<float>(std::cos(angle));
      row[half + pair] = static_cast<float>(std::sin(angle));
    }
  });
}

void CpuBackend::rope(const Rope& rope, Tensor rotations, std::uint32_t head_dim, Tensor x) {
  const auto& r = static_cast<const CpuRope&>(rope);
  assert(x.cols % head_dim == 0 && r.dim <= head_dim && rotations.rows == x.rows && rotations.cols == r.dim);
  const kernels::RopeFn rotate =
      r.pairing == RopePairing::kAdjacent ? kernels_.rope_norm : kernels_.rope_neox;
  for_each_row(x, [&](std::uint32_t i, float* row) {
    const float* cosines = rotations.data + std::size_t{i} * r.dim;
    rotate(row, x.cols / head_dim, head_dim, r.dim, cosines, cosines + r.dim / 2);
  });
}

void CpuBackend::store_kv(KvStore& kv, std::uint32_t layer, std::span<const SequenceSlice> slices, Tensor k,
                          Tensor v) {
  auto& store = static_cast<CpuKvStore&>(kv);
  const KvLayout& l = store.layout();
  assert(k.cols == l.n_kv_heads * l.head_dim && v.cols == k.cols && k.rows == v.rows);
  const auto write = [&](const float* from, std::byte* to) {
    if (l.dtype == tensor::DType::kF16) {
      kernels_.f32_to_f16(from, reinterpret_cast<std::uint16_t*>(to), l.head_dim);
    } else {
      std::memcpy(to, from, l.head_dim * sizeof(float));
    }
  };
  for (const SequenceSlice& slice : slices) {
    for (std::uint32_t i = 0; i < slice.n_rows; ++i) {
      const std::uint32_t index = slice.start + i;
      const std::uint32_t block = slice.blocks[index / l.block_tokens];
      assert(block < store.n_blocks());
      const std::size_t row = std::size_t{slice.first_row + i} * k.cols;
      for (std::uint32_t head = 0; head < l.n_kv_heads; ++head) {
        const std::uint32_t token = index % l.block_tokens;
        write(k.data + row + std::size_t{head} * l.head_dim, store.key(layer, block, head, token));
        write(v.data + row + std::size_t{head} * l.head_dim, store.value(layer, block, head, token));
      }
    }
  }
}

void CpuBackend::attention(const KvStore& kv, std::span<const SequenceSlice> slices,
                           const AttentionArgs& args) {
  const auto& store = static_cast<const CpuKvStore&>(kv);
  const KvLayout& l = store.layout();
  const std::uint32_t group = args.n_q_heads / l.n_kv_heads;
  assert(group >= 1 && group <= reserved_.head_group && args.q.cols == args.n_q_heads * l.head_dim);
  const kernels::AttentionFn attend =
      l.dtype == tensor::DType::kF16 ? kernels_.attention_f16 : kernels_.attention_f32;
  for (std::uint32_t s = 0; s < slices.size(); ++s) {
    std::fill_n(row_slices_.begin() + slices[s].first_row, slices[s].n_rows, s);
  }
  for_each(std::size_t{args.q.rows} * l.n_kv_heads, [&](Lane& lane, std::size_t item) {
    const auto row = static_cast<std::uint32_t>(item / l.n_kv_heads);
    const auto head = static_cast<std::uint32_t>(item % l.n_kv_heads);
    const SequenceSlice& slice = slices[row_slices_[row]];
    const std::uint32_t n_tokens = slice.start + (row - slice.first_row) + 1;
    assert(n_tokens <= reserved_.context);
    for (std::uint32_t b = 0; b <= (n_tokens - 1) / l.block_tokens; ++b) {
      lane.keys[b] = store.key_block(args.layer, slice.blocks[b], head);
      lane.values[b] = store.value_block(args.layer, slice.blocks[b], head);
    }
    const std::size_t offset = std::size_t{row} * args.q.cols + std::size_t{head} * group * l.head_dim;
    attend({.q = args.q.data + offset,
            .n_heads = group,
            .key_dim = l.head_dim,
            .value_dim = l.head_dim,
            .key_blocks = lane.keys.data(),
            .value_blocks = lane.values.data(),
            .block_tokens = l.block_tokens,
            .first_token = 0,
            .n_tokens = n_tokens,
            .scale = args.scale,
            .scores = lane.scores.floats(),
            .out = args.out.data + offset});
  });
}

void CpuBackend::gather_rows(Tensor x, std::span<const std::uint32_t> rows, Tensor out) {
  assert(x.cols == out.cols && out.rows == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::memcpy(out.data + i * out.cols, x.data + std::size_t{rows[i]} * x.cols, out.cols * sizeof(float));
  }
}

void CpuBackend::read(Tensor x, std::span<float> out) {
  assert(out.size() == std::size_t{x.rows} * x.cols);
  std::memcpy(out.data(), x.data, out.size_bytes());
}

}  // namespace peregrine::backend::cpu

namespace peregrine::backend {

std::unique_ptr<Backend> make_cpu_backend(const CpuOptions& options, base::MemoryBudget& budget) {
  const kernels::KernelTable& table =
      options.isa.empty() ? kernels::kernels()
                          : kernels::select_kernels(options.isa, kernels::available_kernels());
  return std::make_unique<cpu::CpuBackend>(options.threads, table, budget);
}

}  // namespace peregrine::backend
