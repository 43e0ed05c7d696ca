// Any bytes as weights and activations, in any shape: every instruction set quantises and multiplies to the
// bits of the scalar one, and a tile's values do not depend on what else the tile holds.
//
// The input: six bytes that give type, blocks, outputs, rows and where the tile begins, then bytes that are
// repeated as far as weights and activations go.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

#include "kernels/matmul/interleave.h"
#include "kernels/table.h"

namespace {

using namespace peregrine::kernels;  // NOLINT(google-build-using-namespace): one function
namespace tensor = peregrine::tensor;
using Bytes = std::vector<std::byte>;

void require(bool holds) {
  if (!holds) std::abort();
}

bool same(std::span<const float> a, std::span<const float> b) {
  return std::ranges::equal(a, b, [](float x, float y) {
    return (std::isnan(x) && std::isnan(y)) ||
           std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
  });
}

Bytes repeated(std::span<const std::uint8_t> data, std::size_t n, std::size_t at) {
  Bytes out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = std::byte{data[(at + i) % data.size()]};
  return out;
}

// Words of Q16_0 have fourteen bits; no file can say otherwise.
void bound_words(Bytes& blocks) {
  for (std::size_t at = 0; at + 68 <= blocks.size(); at += 68) {
    for (std::size_t i = 4; i < 68; i += 2) {
      std::int16_t word;
      std::memcpy(&word, blocks.data() + at + i, sizeof(word));
      word = static_cast<std::int16_t>(word / 5);
      std::memcpy(blocks.data() + at + i, &word, sizeof(word));
    }
  }
}

struct Shape {
  tensor::DType type;
  std::size_t k;
  std::size_t n_out;
  std::size_t n_rows;
  std::size_t first_out;
  std::size_t first_row;
};

struct Operands {
  Bytes panels;
  std::size_t weight_row_bytes;
  Bytes activations;
  std::size_t activation_row_bytes;
};

Bytes interleaved(const Shape& s, const Bytes& rows, std::size_t row_bytes) {
  Bytes panels(panel_bytes(s.n_out, row_bytes));
  for (std::size_t o = 0; o < s.n_out; o += kPanelRows) {
    interleave_rows(s.type, rows.data() + o * row_bytes, row_bytes, std::min(kPanelRows, s.n_out - o),
                    panels.data() + o * row_bytes);
  }
  return panels;
}

// The outputs from `first_out` on of the rows from `first_row` on.
std::vector<float> multiply(const KernelTable& table, const Shape& s, const Operands& in,
                            std::size_t first_out, std::size_t first_row) {
  const std::size_t n_out = s.n_out - first_out;
  const std::size_t n_rows = s.n_rows - first_row;
  std::vector<float> out(n_rows * n_out);
  table.matmul_tile(s.type)({.weights = in.panels.data(),
                             .weight_row_bytes = in.weight_row_bytes,
                             .first_out = first_out,
                             .n_out = n_out,
                             .activations = in.activations.data() + first_row * in.activation_row_bytes,
                             .activation_row_stride = in.activation_row_bytes,
                             .n_rows = n_rows,
                             .k = s.k,
                             .out = out.data(),
                             .out_row_stride = n_out});
  return out;
}

Bytes quantized(const KernelTable& table, const Shape& s, const Bytes& floats, std::size_t row_bytes) {
  const QuantizeRowFn quantize = table.quantize(activation_format(s.type));
  if (quantize == nullptr) return floats;
  std::vector<float> row(s.k);
  Bytes out(s.n_rows * row_bytes);
  for (std::size_t r = 0; r < s.n_rows; ++r) {
    std::memcpy(row.data(), floats.data() + r * s.k * sizeof(float), s.k * sizeof(float));
    quantize(row.data(), out.data() + r * row_bytes, s.k);
  }
  return out;
}

void check_part(const KernelTable& table, const Shape& s, const Operands& in,
                const std::vector<float>& whole) {
  const std::vector<float> part = multiply(table, s, in, s.first_out, s.first_row);
  const std::size_t n_out = s.n_out - s.first_out;
  for (std::size_t r = s.first_row; r < s.n_rows; ++r) {
    require(same(std::span(part).subspan((r - s.first_row) * n_out, n_out),
                 std::span(whole).subspan(r * s.n_out + s.first_out, n_out)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kHeader = 6;
  if (size <= kHeader) return 0;
  const std::span<const std::uint8_t> content(data + kHeader, size - kHeader);
  Shape s{};
  s.type = static_cast<tensor::DType>(data[0] % kMatmulTypes);
  const std::size_t block = tensor::traits(s.type).block_elements;
  s.k = block * (1 + data[1] % (block == 256 ? 4 : block == 32 ? 20 : 200));
  s.n_out = 1 + data[2] % 80;
  s.n_rows = 1 + data[3] % 20;
  s.first_out = data[4] % s.n_out;
  s.first_row = data[5] % s.n_rows;
  Operands in;
  in.weight_row_bytes = *tensor::row_bytes(s.type, s.k);
  Bytes rows = repeated(content, s.n_out * in.weight_row_bytes, 0);
  if (s.type == tensor::DType::kQ16_0) bound_words(rows);
  in.panels = interleaved(s, rows, in.weight_row_bytes);
  in.activation_row_bytes = activation_row_bytes(activation_format(s.type), s.k);
  const Bytes floats = repeated(content, s.n_rows * s.k * sizeof(float), content.size() / 2);
  const KernelTable& scalar = *available_kernels().back();
  in.activations = quantized(scalar, s, floats, in.activation_row_bytes);
  const std::vector<float> expected = multiply(scalar, s, in, 0, 0);
  for (const KernelTable* table : available_kernels()) {
    require(quantized(*table, s, floats, in.activation_row_bytes) == in.activations ||
            activation_format(s.type) == ActivationFormat::kF32);
    require(same(multiply(*table, s, in, 0, 0), expected));
    check_part(*table, s, in, expected);
  }
  return 0;
}
