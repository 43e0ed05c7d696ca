#include "kernels/matmul/interleave.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "kernels/matmul/matmul.h"
#include "tensor/q4_k.h"

namespace peregrine::kernels {
namespace {

using tensor::DType;

std::vector<std::byte> random_bytes(std::size_t n, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> out(n);
  for (std::byte& b : out) b = static_cast<std::byte>(random() & 0xFFU);
  return out;
}

class Interleave : public testing::TestWithParam<DType> {
 protected:
  std::size_t row_bytes() const {
    return *tensor::row_bytes(GetParam(), 3 * tensor::traits(GetParam()).block_elements);
  }
};

TEST_P(Interleave, RowsComeBackAsTheyWere) {
  for (const std::size_t n_rows : {1U, 7U, 16U, 17U, 32U}) {
    const std::vector<std::byte> rows = random_bytes(n_rows * row_bytes(), static_cast<unsigned>(n_rows));
    std::vector<std::byte> panel(kPanelRows * row_bytes(), std::byte{0xAA});
    interleave_rows(GetParam(), rows.data(), row_bytes(), n_rows, panel.data());
    std::vector<std::byte> row(row_bytes());
    for (std::size_t r = 0; r < kPanelRows; ++r) {
      extract_blocks(GetParam(), panel.data(), row_bytes(), r, 0, 3, row.data());
      const std::vector<std::byte> expected =
          r < n_rows ? std::vector(rows.begin() + static_cast<std::ptrdiff_t>(r * row_bytes()),
                                   rows.begin() + static_cast<std::ptrdiff_t>((r + 1) * row_bytes()))
                     : std::vector(row_bytes(), std::byte{0});
      EXPECT_EQ(row, expected) << r << " of " << n_rows;
    }
  }
}

constexpr auto kInterleavedTypes = [] {
  std::array<DType, kMatmulTypes> types{};
  for (std::size_t i = 0; i < types.size(); ++i) types[i] = static_cast<DType>(i);
  return types;
}();

INSTANTIATE_TEST_SUITE_P(Types, Interleave, testing::ValuesIn(kInterleavedTypes),
                         [](const testing::TestParamInfo<DType>& test) {
                           return std::string(tensor::traits(test.param).name);
                         });

// The layout that kernels rely on: fields keep their place in a strip's block, word by word, and the strips
// of a panel alternate.
TEST(InterleaveLayout, FieldsKeepTheirPlaceAndRowsAlternate) {
  using Block = tensor::BlockQ4_K;
  constexpr std::size_t kBlocks = 2;
  Block rows[kPanelRows][kBlocks] = {};
  for (std::size_t r = 0; r < kPanelRows; ++r) {
    for (std::size_t b = 0; b < kBlocks; ++b) {
      rows[r][b].q[4] = static_cast<std::uint8_t>(100 * b + r);  // the second word
      const auto half = static_cast<std::uint16_t>(0x100 * b + r);
      std::memcpy(&rows[r][b].dmin, &half, 2);
    }
  }
  std::byte panel[sizeof(rows)];
  interleave_rows(DType::kQ4_K, reinterpret_cast<const std::byte*>(rows), sizeof(rows[0]), kPanelRows, panel);
  for (std::size_t r = 0; r < kPanelRows; ++r) {
    for (std::size_t b = 0; b < kBlocks; ++b) {
      const std::byte* block = panel + (2 * b + r / 16) * 16 * sizeof(Block);
      std::uint16_t half;
      std::memcpy(&half, block + 16 * offsetof(Block, dmin) + 2 * (r % 16), 2);
      EXPECT_EQ(half, 0x100 * b + r);
      const std::byte q = block[16 * (offsetof(Block, q) + 4) + 4 * (r % 16)];
      EXPECT_EQ(static_cast<std::size_t>(q), 100 * b + r);
    }
  }
}

TEST(InterleaveLayout, APartOfAPanelTakesAWholeOne) {
  EXPECT_EQ(panels_of(0), 0U);
  EXPECT_EQ(panels_of(1), 1U);
  EXPECT_EQ(panels_of(32), 1U);
  EXPECT_EQ(panels_of(33), 2U);
  EXPECT_EQ(panel_bytes(33, 10), 640U);
}

}  // namespace
}  // namespace peregrine::kernels
