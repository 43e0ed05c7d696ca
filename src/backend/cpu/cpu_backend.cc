#include "backend/cpu/cpu_backend.h"

#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <numbers>

#include "backend/cpu/tiles.h"
#include "tensor/codec.h"

namespace peregrine::backend::cpu {
namespace {

using base::MemoryKind;

unsigned usable_cores() {
  cpu_set_t set;
  if (::sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
}

// Of the pair whose frequency is `frequency` radians per position: 1 keeps it, 0 scales it (YaRN's ramp).
// Pairs between the two bounds, which are rounded to whole pairs, get a share by their index.
class YarnRamp {
 public:
  explicit YarnRamp(const RopeSpec& spec) {
    if (spec.original_context == 0) return;
    const auto pair_of = [&](double turns) {
      // base^(-2i/dim) * context = 2 pi turns, solved for i.
      return spec.dim * std::log(spec.original_context / (turns * 2 * std::numbers::pi)) /
             (2 * std::log(static_cast<double>(spec.base)));
    };
    low_ = std::max(0.0, std::floor(pair_of(static_cast<double>(spec.beta_fast))));
    high_ = std::min(spec.dim - 1.0, std::ceil(pair_of(static_cast<double>(spec.beta_slow))));
    on_ = true;
  }
  double kept(std::uint32_t pair) const {
    if (!on_) return 0.0;
    return 1.0 - std::clamp((pair - low_) / std::max(0.001, high_ - low_), 0.0, 1.0);
  }

 private:
  bool on_ = false;
  double low_ = 0.0;
  double high_ = 0.0;
};

class CpuRope final : public Rope {
 public:
  explicit CpuRope(const RopeSpec& spec)
      : pairing(spec.pairing),
        dim(spec.dim),
        magnitude(static_cast<double>(spec.magnitude)),
        frequencies(spec.dim / 2) {
    const YarnRamp ramp(spec);
    for (std::uint32_t i = 0; i < dim / 2; ++i) {
      const double exponent = -2.0 * i / dim;
      const double factor = spec.freq_factors.empty() ? 1.0 : static_cast<double>(spec.freq_factors[i]);
      const double plain = std::pow(static_cast<double>(spec.base), exponent) / factor;
      const double kept = ramp.kept(i);
      frequencies[i] = plain * (kept + (1.0 - kept) * static_cast<double>(spec.linear_scale));
    }
  }

  RopePairing pairing;
  std::uint32_t dim;
  double magnitude;
  std::vector<double> frequencies;  // radians per position, of each pair
};

// Row `row` of a matrix as floats.
void read_row(const CpuMatrix& m, std::uint64_t row, float* out) {
  // Whole blocks of every type, and few enough for the stack.
  constexpr std::size_t kElements = 256;
  std::byte part[kElements * sizeof(float)];
  const auto& traits = tensor::traits(m.dtype());
  const std::size_t n_blocks = m.row_bytes() / traits.block_bytes;
  const std::size_t step = kElements / traits.block_elements;
  for (std::size_t first = 0; first < n_blocks; first += step, out += kElements) {
    const std::size_t n = std::min(step, n_blocks - first);
    kernels::extract_blocks(m.dtype(), m.panels(), m.row_bytes(), row, first, n, part);
    tensor::dequantize_row(m.dtype(), part, out, n * traits.block_elements);
  }
}

}  // namespace

CpuBackend::CpuBackend(std::shared_ptr<base::ThreadPool> pool, const kernels::KernelTable& kernels,
                       base::MemoryBudget& budget)
    : budget_(budget),
      kernels_(kernels),
      pool_(std::move(pool)),
      name_(fmt::format("cpu ({}, {} threads)", kernels.isa, pool_->size())),
      lanes_(pool_->size()),
      split_(pool_->size()) {}

Result<std::unique_ptr<Matrix>> CpuBackend::load_matrix(const WeightSource& source) {
  const std::string name(source.name);
  if (kernels_.matmul_tile(source.dtype) == nullptr || kernels_.matmul_tile(source.type_kept()) == nullptr) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("weights of type {} are not supported", tensor::traits(source.dtype).name), name);
  }
  const auto row_bytes = tensor::row_bytes(source.dtype, source.cols);
  if (!row_bytes || source.rows > UINT32_MAX || source.cols > UINT32_MAX || source.rows == 0 ||
      source.cols == 0 || source.bytes.size() / source.rows != *row_bytes ||
      source.bytes.size() % source.rows != 0) {
    return fail(ErrorCode::kCorrupt, "its size does not match its shape", name);
  }
  const auto kept_bytes = tensor::row_bytes(source.type_kept(), source.cols);
  if (!kept_bytes)
    return fail(ErrorCode::kUnsupported, "its rows do not fill the blocks it is kept in", name);
  const std::uint64_t bytes = kernels::panel_bytes(source.rows, *kept_bytes);
  PEREGRINE_ASSIGN(Memory memory, Memory::allocate(budget_, MemoryKind::kWeights, bytes, name));
  memory.prepare_for_streaming();
  const auto panels = std::make_shared<Memory>(std::move(memory));
  unread_.push_back({panels, source});
  if (kernels::activation_format(source.type_kept()) == kernels::ActivationFormat::kI16x32)
    wide_activations_ = true;
  return std::make_unique<CpuMatrix>(panels, source, *kept_bytes);
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

Result<std::shared_ptr<const Rope>> CpuBackend::make_rope(const RopeSpec& spec) {
  if (spec.dim == 0 || spec.dim % 2 != 0 ||
      (!spec.freq_factors.empty() && spec.freq_factors.size() != spec.dim / 2)) {
    return fail(ErrorCode::kInvalidArgument, "rotary dimensions must be even, with one factor per pair");
  }
  return std::make_shared<const CpuRope>(spec);
}

Result<std::unique_ptr<Routes>> CpuBackend::allocate_routes(std::uint32_t rows, std::uint32_t n_experts,
                                                            std::uint32_t n_used) {
  PEREGRINE_ASSIGN(auto reservation, budget_.reserve(MemoryKind::kScratch,
                                                     CpuRoutes::bytes(rows, n_experts, n_used), "routing"));
  return std::make_unique<CpuRoutes>(std::move(reservation), rows, n_experts, n_used);
}

Status CpuBackend::reserve(const ScratchNeeds& needs) {
  // The widest of the forms that weights take, for whole blocks.
  const std::size_t n_in = (needs.n_in + 255) / 256 * std::size_t{256};
  std::size_t row_bytes = std::max(kernels::activation_row_bytes(kernels::ActivationFormat::kQ8x32, n_in),
                                   kernels::activation_row_bytes(kernels::ActivationFormat::kQ8x256, n_in));
  if (wide_activations_) {
    row_bytes = std::max(row_bytes, kernels::activation_row_bytes(kernels::ActivationFormat::kI16x32, n_in));
  }
  if (needs.rows * row_bytes > quantized_bytes_) {
    PEREGRINE_ASSIGN(quantized_,
                     Memory::allocate(budget_, MemoryKind::kScratch, needs.rows * row_bytes, "activations"));
    quantized_bytes_ = needs.rows * row_bytes;
  }
  PEREGRINE_TRY(reserve_corrections(needs));
  return reserve_attention(needs);
}

void CpuBackend::embed(const Matrix& table, std::span<const TokenId> tokens, Tensor out) {
  const auto& m = static_cast<const CpuMatrix&>(table);
  assert(out.cols == m.n_in() && out.rows == tokens.size());
  for_each_row(out, [&](std::uint32_t r, float* row) {
    assert(tokens[r] >= 0 && static_cast<std::uint32_t>(tokens[r]) < m.n_out());
    read_row(m, static_cast<std::uint64_t>(tokens[r]), row);
  });
}

const std::byte* CpuBackend::quantize(tensor::DType dtype, Tensor x, std::size_t& row_stride) {
  const kernels::ActivationFormat format = kernels::activation_format(dtype);
  row_stride = kernels::activation_row_bytes(format, x.cols);
  const kernels::QuantizeRowFn quantize_row = kernels_.quantize(format);
  if (quantize_row == nullptr) return reinterpret_cast<const std::byte*>(x.data);
  assert(x.rows * row_stride <= quantized_bytes_);
  for_each_row(x, [&](std::uint32_t r, const float* row) {
    quantize_row(row, quantized_.data() + r * row_stride, x.cols);
  });
  return quantized_.data();
}

kernels::MatmulTile CpuBackend::cut(kernels::MatmulTile task, std::size_t item) {
  const std::size_t row_tiles = (task.n_rows + kTileRows - 1) / kTileRows;
  // Row tiles vary fastest: the threads share a strip of weights while it is in cache.
  const std::size_t first_out = item / row_tiles * kTileOutputs;
  const std::size_t first_row = item % row_tiles * kTileRows;
  task.first_out += first_out;
  task.n_out = std::min<std::size_t>(kTileOutputs, task.n_out - first_out);
  task.activations += first_row * task.activation_row_stride;
  task.n_rows = std::min<std::size_t>(kTileRows, task.n_rows - first_row);
  task.out += first_row * task.out_row_stride + first_out;
  return task;
}

void CpuBackend::matmul(Tensor x, std::span<const Product> products) {
  assert(products.size() <= kMaxProducts);
  for_each_form(products, [&](std::span<const Product> alike) { matmul_of_one_form(x, alike); });
}

void CpuBackend::matmul_of_one_form(Tensor x, std::span<const Product> products) {
  std::array<kernels::MatmulTile, kMaxProducts> tasks;
  std::array<kernels::MatmulTileFn, kMaxProducts> kernel;
  std::array<std::size_t, kMaxProducts + 1> firsts;  // tiles before those of a product
  firsts[0] = 0;
  for (std::size_t i = 0; i < products.size(); ++i) {
    const auto& w = static_cast<const CpuMatrix&>(*products[i].weight);
    const Tensor out = products[i].out;
    assert(x.cols == w.n_in() && out.cols == w.n_out() && x.rows == out.rows);
    kernel[i] = kernels_.matmul_tile(w.dtype());
    tasks[i] = {.weights = w.panels(),
                .weight_row_bytes = w.row_bytes(),
                .first_out = 0,
                .n_out = w.n_out(),
                .n_rows = x.rows,
                .k = x.cols,
                .out = out.data,
                .out_row_stride = out.cols};
    firsts[i + 1] = firsts[i] + tiles_of(w.n_out(), x.rows);
  }
  std::size_t stride = 0;
  const std::byte* activations =
      quantize(static_cast<const CpuMatrix&>(*products[0].weight).dtype(), x, stride);
  for_each(firsts[products.size()], [&](Lane&, std::size_t item) {
    std::size_t i = 0;
    while (item >= firsts[i + 1]) ++i;
    kernels::MatmulTile task = tasks[i];
    task.activations = activations;
    task.activation_row_stride = stride;
    kernel[i](cut(task, item - firsts[i]));
  });
}

void CpuBackend::head_matmul(const Matrix& weight, std::uint32_t n_heads, Tensor x, Tensor out) {
  const auto& w = static_cast<const CpuMatrix&>(weight);
  const std::uint32_t n_out = w.n_out() / n_heads;
  assert(x.cols == w.n_in() * n_heads && out.cols == w.n_out() && x.rows == out.rows);
  std::size_t stride = 0;
  const std::byte* activations = quantize(w.dtype(), {x.data, x.rows * n_heads, w.n_in()}, stride);
  const kernels::MatmulTileFn tile = kernels_.matmul_tile(w.dtype());
  const std::size_t tiles = tiles_of(n_out, x.rows);
  for_each(tiles * n_heads, [&](Lane&, std::size_t item) {
    const std::size_t head = item / tiles;
    tile(cut({.weights = w.panels(),
              .weight_row_bytes = w.row_bytes(),
              .first_out = head * n_out,
              .n_out = n_out,
              .activations = activations + head * stride,
              .activation_row_stride = stride * n_heads,
              .n_rows = x.rows,
              .k = w.n_in(),
              .out = out.data + head * n_out,
              .out_row_stride = out.cols},
             item % tiles));
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

void CpuBackend::rms_norm_heads(Tensor x, std::uint32_t head_dim, const Buffer* weight, float eps) {
  assert(x.cols % head_dim == 0 && (weight == nullptr || weight->tensor().cols == head_dim));
  const float* w = weight == nullptr ? nullptr : weight->tensor().data;
  for_each_row(x, [&](std::uint32_t, float* row) {
    for (std::uint32_t at = 0; at < x.cols; at += head_dim) {
      kernels_.rms_norm(row + at, w, eps, row + at, head_dim);
    }
  });
}

void CpuBackend::layer_norm(Tensor x, const Buffer& weight, const Buffer* bias, float eps, Tensor out) {
  const Tensor w = weight.tensor();
  assert(w.cols == x.cols && out.cols == x.cols && out.rows == x.rows);
  const float* b = bias == nullptr ? nullptr : bias->tensor().data;
  for_each_row(out, [&](std::uint32_t r, float* row) {
    kernels_.layer_norm(x.data + std::size_t{r} * x.cols, w.data, b, eps, row, x.cols);
  });
}

void CpuBackend::gate_mul(Gate kind, Tensor gate, Tensor up) {
  assert(gate.rows == up.rows && gate.cols == up.cols);
  const auto apply = kind == Gate::kSilu   ? kernels_.silu_mul
                     : kind == Gate::kGelu ? kernels_.gelu_mul
                                           : kernels_.clamped_swiglu;
  for_each_row(gate, [&](std::uint32_t r, float* row) {
    apply(row, up.data + std::size_t{r} * up.cols, row, gate.cols);
  });
}

void CpuBackend::gelu(Tensor x) {
  for_each_row(x, [&](std::uint32_t, float* row) { kernels_.gelu(row, row, x.cols); });
}

void CpuBackend::softcap(Tensor x, float cap) {
  for_each_row(x, [&](std::uint32_t, float* row) { kernels_.softcap(row, cap, row, x.cols); });
}

void CpuBackend::scale(Tensor x, float factor) {
  for_each_row(x, [&](std::uint32_t, float* row) { kernels_.scale(row, factor, row, x.cols); });
}

void CpuBackend::scale_rows(Tensor x, std::span<const float> factors) {
  assert(factors.size() == x.rows);
  for_each_row(x, [&](std::uint32_t r, float* row) { kernels_.scale(row, factors[r], row, x.cols); });
}

void CpuBackend::copy_heads(Tensor from, std::uint32_t from_offset, Tensor to, std::uint32_t to_offset,
                            std::uint32_t n_heads, std::uint32_t width) {
  const std::uint32_t from_width = from.cols / n_heads;
  const std::uint32_t to_width = to.cols / n_heads;
  assert(from.rows == to.rows && from_offset + width <= from_width && to_offset + width <= to_width);
  for_each_row(to, [&](std::uint32_t r, float* row) {
    const float* source = from.data + std::size_t{r} * from.cols + from_offset;
    for (std::uint32_t head = 0; head < n_heads; ++head) {
      std::memcpy(row + std::size_t{head} * to_width + to_offset, source + std::size_t{head} * from_width,
                  width * sizeof(float));
    }
  });
}

void CpuBackend::rotations(const Rope& rope, std::span<const std::int32_t> positions, Tensor out) {
  const auto& r = static_cast<const CpuRope&>(rope);
  assert(out.cols == r.dim && positions.size() == out.rows);
  const std::size_t half = r.dim / 2;
  for_each_row(out, [&](std::uint32_t i, float* row) {
    for (std::size_t pair = 0; pair < half; ++pair) {
      const double angle = static_cast<double>(positions[i]) * r.frequencies[pair];
      row[pair] = static_cast<float>(r.magnitude * std::cos(angle));
      row[half + pair] = static_cast<float>(r.magnitude * std::sin(angle));
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

void CpuBackend::gather_rows(Tensor x, std::span<const std::uint32_t> rows, Tensor out) {
  assert(x.cols == out.cols && out.rows == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::memcpy(out.data + i * out.cols, x.data + std::size_t{rows[i]} * x.cols, out.cols * sizeof(float));
  }
}

void CpuBackend::unfold(Tensor x, bool channels_first, std::uint32_t stride, Tensor out) {
  const std::uint32_t times = channels_first ? x.cols : x.rows;
  const std::uint32_t channels = channels_first ? x.rows : x.cols;
  assert(out.cols == 3 * channels && out.rows == (times + stride - 1) / stride);
  const std::size_t next_time = channels_first ? 1 : x.cols;
  const std::size_t next_channel = channels_first ? x.cols : 1;
  for_each_row(out, [&](std::uint32_t t, float* row) {
    for (std::uint32_t k = 0; k < 3; ++k) {
      const std::uint32_t from = stride * t + k;  // plus one
      const bool inside = from >= 1 && from <= times;
      const float* source = inside ? x.data + (from - 1) * next_time : nullptr;
      for (std::uint32_t c = 0; c < channels; ++c) row[3 * c + k] = inside ? source[c * next_channel] : 0.0F;
    }
  });
}

void CpuBackend::write(std::span<const float> from, Tensor out) {
  assert(from.size() == std::size_t{out.rows} * out.cols);
  std::memcpy(out.data, from.data(), from.size_bytes());
}

void CpuBackend::read(Tensor x, std::span<float> out) {
  assert(out.size() == std::size_t{x.rows} * x.cols);
  std::memcpy(out.data(), x.data, out.size_bytes());
}

}  // namespace peregrine::backend::cpu

namespace peregrine::backend {

std::shared_ptr<base::ThreadPool> make_cpu_pool(unsigned threads) {
  return std::make_shared<base::ThreadPool>(threads == 0 ? cpu::usable_cores() : threads);
}

std::unique_ptr<Backend> make_cpu_backend(const CpuOptions& options, base::MemoryBudget& budget) {
  const kernels::KernelTable& table =
      options.isa.empty() ? kernels::kernels()
                          : kernels::select_kernels(options.isa, kernels::available_kernels());
  return std::make_unique<cpu::CpuBackend>(
      options.pool != nullptr ? options.pool : make_cpu_pool(options.threads), table, budget);
}

}  // namespace peregrine::backend
