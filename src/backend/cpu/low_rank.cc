// Corrections of low rank: rows go through A to `rank` values, and these through B to what is added.
//
// Both halves are the plain matrix kernels, whose sums do not depend on how rows and outputs are cut; so a
// row's correction does not depend on the rows beside it either.
#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>
#include <vector>

#include "backend/cpu/cpu_backend.h"
#include "backend/cpu/tiles.h"
#include "tensor/codec.h"

namespace peregrine::backend::cpu {
namespace {

using tensor::DType;

// The values in the narrowest plain type that gives them back bit for bit: adapters are often trained and
// stored in half precision, and what is read is what a token costs.
std::pair<DType, std::vector<std::byte>> encode(std::span<const float> values) {
  std::vector<std::byte> bytes(values.size() * sizeof(std::uint16_t));
  std::vector<float> back(values.size());
  for (const DType type : {DType::kF16, DType::kBF16}) {
    if (!tensor::quantize_row(type, values.data(), bytes.data(), values.size())) continue;
    tensor::dequantize_row(type, bytes.data(), back.data(), back.size());
    if (std::memcmp(back.data(), values.data(), values.size_bytes()) == 0) return {type, std::move(bytes)};
  }
  const auto plain = std::as_bytes(values);
  bytes.assign(plain.begin(), plain.end());
  return {DType::kF32, std::move(bytes)};
}

void interleave(DType type, std::span<const std::byte> rows, std::uint64_t row_bytes, std::byte* panels) {
  const std::uint64_t n_rows = rows.size() / row_bytes;
  for (std::uint64_t first = 0; first < n_rows; first += kernels::kPanelRows) {
    kernels::interleave_rows(type, rows.data() + first * row_bytes, row_bytes,
                             std::min<std::uint64_t>(kernels::kPanelRows, n_rows - first),
                             panels + first * row_bytes);
  }
}

// The product of rows that lie `stride` values apart with the factor's `n_out` outputs.
kernels::MatmulTile product_with(const CpuLowRank& by, const CpuLowRank::Factor& factor, std::size_t n_out,
                                 const float* rows, std::size_t n_rows, std::size_t n_in) {
  return {.weights = by.panels(factor),
          .weight_row_bytes = factor.row_bytes,
          .first_out = 0,
          .n_out = n_out,
          .activations = reinterpret_cast<const std::byte*>(rows),
          .activation_row_stride = n_in * sizeof(float),
          .n_rows = n_rows,
          .k = n_in};
}

}  // namespace

Result<std::unique_ptr<LowRank>> CpuBackend::load_low_rank(const LowRankSource& source) {
  const std::uint64_t rank = source.rank;
  if (rank == 0 || source.n_in == 0 || source.n_out == 0 || source.a.size() != rank * source.n_in ||
      source.b.size() != rank * source.n_out) {
    return fail(ErrorCode::kInvalidArgument, "its sizes contradict each other", std::string(source.name));
  }
  const auto [a_type, a_bytes] = encode(source.a);
  const auto [b_type, b_bytes] = encode(source.b);
  CpuLowRank::Factor a{a_type, a_bytes.size() / rank, 0};
  CpuLowRank::Factor b{b_type, b_bytes.size() / source.n_out, 0};
  b.offset = kernels::panel_bytes(rank, a.row_bytes);
  const std::uint64_t bytes = b.offset + kernels::panel_bytes(source.n_out, b.row_bytes);
  PEREGRINE_ASSIGN(Memory memory, Memory::allocate(budget_, base::MemoryKind::kWeights, bytes, source.name));
  interleave(a.dtype, a_bytes, a.row_bytes, memory.data());
  interleave(b.dtype, b_bytes, b.row_bytes, memory.data() + b.offset);
  return std::make_unique<CpuLowRank>(source, std::move(memory), bytes, a, b);
}

Status CpuBackend::reserve_corrections(const ScratchNeeds& needs) {
  const std::uint64_t values = std::uint64_t{needs.rows} * needs.correction_rank;
  if (values <= low_rank_values_) return {};
  PEREGRINE_ASSIGN(low_rank_, Memory::allocate(budget_, base::MemoryKind::kScratch, values * sizeof(float),
                                               "activations"));
  low_rank_values_ = values;
  correction_places_.reserve(std::max(correction_places_.capacity(), needs.rows * kMaxProducts + 1));
  return {};
}

void CpuBackend::add_low_rank(Tensor x, std::span<const Correction> corrections) {
  std::vector<CorrectionPlace>& places = correction_places_;
  places.assign(1, {});
  for (const Correction& c : corrections) {
    assert(c.by->n_in() == x.cols && c.by->n_out() == c.out.cols && c.first_row + c.n_rows <= x.rows);
    const CorrectionPlace& before = places.back();
    places.push_back({before.down_tiles + tiles_of(c.by->rank(), c.n_rows),
                      before.up_tiles + tiles_of(c.by->n_out(), c.n_rows),
                      before.values + std::size_t{c.n_rows} * c.by->rank()});
  }
  assert(places.back().values <= low_rank_values_);
  // The correction that an item belongs to, and which of its tiles it is.
  const auto find = [&](std::size_t CorrectionPlace::* tiles, std::size_t item) {
    const auto after = std::ranges::upper_bound(places, item, {}, tiles);
    const auto index = static_cast<std::size_t>(after - places.begin()) - 1;
    return std::pair(index, item - places[index].*tiles);
  };
  for_each(places.back().down_tiles, [&](Lane&, std::size_t item) {
    const auto [index, tile] = find(&CorrectionPlace::down_tiles, item);
    const Correction& c = corrections[index];
    const auto& by = static_cast<const CpuLowRank&>(*c.by);
    kernels::MatmulTile task =
        product_with(by, by.a(), by.rank(), x.data + std::size_t{c.first_row} * x.cols, c.n_rows, by.n_in());
    task.out = low_rank_.floats() + places[index].values;
    task.out_row_stride = by.rank();
    task = cut(task, tile);
    kernels_.matmul_tile(by.a().dtype)(task);
    for (std::size_t r = 0; r < task.n_rows; ++r) {
      float* values = task.out + r * task.out_row_stride;
      kernels_.scale(values, by.scale(), values, task.n_out);
    }
  });
  for_each(places.back().up_tiles, [&](Lane&, std::size_t item) {
    const auto [index, tile] = find(&CorrectionPlace::up_tiles, item);
    const Correction& c = corrections[index];
    const auto& by = static_cast<const CpuLowRank&>(*c.by);
    kernels::MatmulTile task =
        product_with(by, by.b(), by.n_out(), low_rank_.floats() + places[index].values, c.n_rows, by.rank());
    task.out = c.out.data + std::size_t{c.first_row} * c.out.cols;
    task.out_row_stride = c.out.cols;
    task = cut(task, tile);
    alignas(64) float sums[kTileRows * kTileOutputs];
    float* to = std::exchange(task.out, sums);
    task.out_row_stride = kTileOutputs;
    kernels_.matmul_tile(by.b().dtype)(task);
    for (std::size_t r = 0; r < task.n_rows; ++r, to += c.out.cols) {
      kernels_.add(to, sums + r * kTileOutputs, to, task.n_out);
    }
  });
}

}  // namespace peregrine::backend::cpu
