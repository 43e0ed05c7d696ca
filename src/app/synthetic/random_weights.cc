#include "app/synthetic/random_weights.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>

#include "tensor/codec.h"

namespace peregrine::app::synthetic {
namespace {

// Pools that are kept; models need fewer than these, and a pool that is made again is the same.
constexpr std::size_t kMaxPools = 24;
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

// FNV-1a (Fowler, Noll and Vo), and a step of it.
std::uint64_t mixed(std::uint64_t h, std::uint64_t value) {
  return (h ^ value) * 0x100000001B3ULL;
}
std::uint64_t hash(std::uint64_t seed, std::string_view text) {
  std::uint64_t h = 0xCBF29CE484222325ULL ^ seed;
  for (const char c : text) h = mixed(h, static_cast<unsigned char>(c));
  return h;
}

// Mean 0, deviation 1.
float normal(base::Rng& rng) {
  constexpr int kTerms = 8;
  constexpr float kMean = kTerms * 65535 / 2.0F;
  constexpr float kInverseDeviation = 1.0F / 53510.04F;  // 1 / (65536 sqrt(8 / 12))
  std::uint64_t sum = 0;
  for (int draw = 0; draw < kTerms / 4; ++draw) {
    const std::uint64_t bits = rng.next();
    sum += (bits & 0xFFFFU) + ((bits >> 16) & 0xFFFFU) + ((bits >> 32) & 0xFFFFU) + (bits >> 48);
  }
  return (static_cast<float>(sum) - kMean) * kInverseDeviation;
}

std::size_t encoded_bytes(tensor::DType type, std::size_t elements) {
  const tensor::DTypeTraits& traits = tensor::traits(type);
  return elements / traits.block_elements * traits.block_bytes;
}

// Writes out.size() bytes of `type`, whole blocks.
void draw(base::Rng& rng, tensor::DType type, float mean, float deviation, std::span<std::byte> out) {
  const tensor::DTypeTraits& traits = tensor::traits(type);
  const std::size_t elements = out.size() / traits.block_bytes * traits.block_elements;
  std::array<float, kCellElements> values;
  for (std::size_t done = 0; done < elements; done += kCellElements) {
    const std::size_t n = std::min(kCellElements, elements - done);
    for (std::size_t i = 0; i < n; ++i) values[i] = mean + deviation * normal(rng);
    // Every type of a mix can be encoded, and values are finite.
    [[maybe_unused]] const bool encoded =
        tensor::quantize_row(type, values.data(), out.data() + encoded_bytes(type, done), n);
  }
}

}  // namespace

RandomWeights::Pool::Pool(std::uint64_t seed, const Distribution& distribution)
    : seed_(mixed(mixed(hash(seed, tensor::traits(distribution.type).name),
                        std::bit_cast<std::uint32_t>(distribution.mean)),
                  std::bit_cast<std::uint32_t>(distribution.deviation))),
      distribution_(distribution),
      cell_bytes_(encoded_bytes(distribution.type, kCellElements)),
      cells_(kPoolCells * cell_bytes_),
      made_(kPoolCells) {}

std::span<const std::byte> RandomWeights::Pool::cell(std::size_t index) {
  const std::span<std::byte> bytes = std::span(cells_).subspan(index * cell_bytes_, cell_bytes_);
  if (!made_[index]) {
    base::Rng rng(mixed(seed_, index));
    draw(rng, distribution_.type, distribution_.mean, distribution_.deviation, bytes);
    made_[index] = true;
  }
  return bytes;
}

RandomWeights::Pool& RandomWeights::pool(const Distribution& distribution) {
  if (pools_.size() == kMaxPools && !pools_.contains(distribution)) pools_.clear();
  return pools_.try_emplace(distribution, seed_, distribution).first->second;
}

Status RandomWeights::emit(const PlannedTensor& tensor, base::ByteSink sink) {
  base::Rng rng(hash(seed_, tensor.name));
  const std::uint64_t elements = tensor.elements();
  if (elements <= kDirectElements) {
    std::vector<std::byte> bytes(tensor.bytes());
    draw(rng, tensor.type, tensor.mean, tensor.deviation, bytes);
    return sink(bytes);
  }
  Pool& cells = pool({tensor.type, tensor.mean, tensor.deviation});
  std::vector<std::byte> piece(kPieceBytes / cells.cell_bytes() * cells.cell_bytes());
  for (std::uint64_t left = tensor.bytes(); left > 0;) {
    const std::size_t size = std::min<std::uint64_t>(piece.size(), left);
    for (std::size_t at = 0; at < size; at += cells.cell_bytes()) {
      std::ranges::copy(cells.cell(rng.next() % kPoolCells), piece.begin() + static_cast<std::ptrdiff_t>(at));
    }
    PEREGRINE_TRY(sink(std::span(piece).first(size)));
    left -= size;
  }
  return {};
}

}  // namespace peregrine::app::synthetic
