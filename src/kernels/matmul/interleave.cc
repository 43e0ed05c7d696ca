#include "kernels/matmul/interleave.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace peregrine::kernels {
namespace {

using tensor::DType;

// A block as runs of words of one size.
struct WordRun {
  std::size_t bytes = 0;
  std::size_t word = 4;
};
using BlockWords = std::array<WordRun, 2>;

BlockWords words_of(DType type) noexcept {
  const std::size_t block = tensor::traits(type).block_bytes;
  switch (type) {
    case DType::kF16:
    case DType::kBF16:
      return {{{block, 2}, {}}};
    case DType::kMXFP4:
      return {{{1, 1}, {block - 1, 4}}};
    case DType::kQ2_K:  // d and dmin come last
      return {{{block - 4, 4}, {4, 2}}};
    case DType::kQ3_K:  // d comes last
    case DType::kQ6_K:
      return {{{block - 2, 4}, {2, 2}}};
    case DType::kQ4_1:  // d and a second half come first
    case DType::kQ5_1:
    case DType::kQ4_K:
    case DType::kQ5_K:
    case DType::kIQ4_XS:
      return {{{4, 2}, {block - 4, 4}}};
    case DType::kF32:
    case DType::kQ16_0:
      return {{{block, 4}, {}}};
    default:  // d comes first
      return {{{2, 2}, {block - 2, 4}}};
  }
}

// Calls visit(offset in the block, size of the word) for every word of a block, in order.
template <class Visit>
void for_each_word(const BlockWords& words, Visit visit) {
  std::size_t at = 0;
  for (const WordRun& run : words) {
    for (const std::size_t end = at + run.bytes; at < end; at += run.word) visit(at, run.word);
  }
}

// With the size known, a copy is one load and one store.
void copy_word(std::byte* to, const std::byte* from, std::size_t size) {
  if (size == 4) {
    std::memcpy(to, from, 4);
  } else if (size == 2) {
    std::memcpy(to, from, 2);
  } else {
    *to = *from;
  }
}

}  // namespace

void interleave_rows(DType type, const std::byte* rows, std::size_t row_bytes, std::size_t n_rows,
                     std::byte* panel) noexcept {
  const BlockWords words = words_of(type);
  const std::size_t block_bytes = tensor::traits(type).block_bytes;
  if (n_rows < kPanelRows) std::memset(panel, 0, kPanelRows * row_bytes);
  for (std::size_t block = 0; block < row_bytes / block_bytes; ++block) {
    for (std::size_t strip = 0; strip * kStripRows < n_rows; ++strip) {
      const std::byte* from = rows + strip * kStripRows * row_bytes + block * block_bytes;
      std::byte* to = panel + strip_offset(strip, row_bytes, block, block_bytes);
      const std::size_t n = std::min(kStripRows, n_rows - strip * kStripRows);
      for_each_word(words, [&](std::size_t at, std::size_t size) {
        for (std::size_t r = 0; r < n; ++r)
          copy_word(to + kStripRows * at + r * size, from + r * row_bytes + at, size);
      });
    }
  }
}

void extract_blocks(DType type, const std::byte* panels, std::size_t row_bytes, std::size_t row,
                    std::size_t first, std::size_t n_blocks, std::byte* out) noexcept {
  const BlockWords words = words_of(type);
  const std::size_t block_bytes = tensor::traits(type).block_bytes;
  for (std::size_t block = first; block < first + n_blocks; ++block, out += block_bytes) {
    const std::byte* from = panels + strip_offset(row / kStripRows, row_bytes, block, block_bytes);
    for_each_word(words, [&](std::size_t at, std::size_t size) {
      copy_word(out + at, from + kStripRows * at + row % kStripRows * size, size);
    });
  }
}

}  // namespace peregrine::kernels
