#include "app/synthetic/random_weights.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string_view>

#include "tensor/codec.h"

namespace peregrine::app::synthetic {
namespace {

// Pools that are kept; models need fewer than these, and a pool that is made again is the same.
constexpr std::size_t kMaxPools = 24;
constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

// FNV-1a (Fowler, Noll and Vo).
std::uint64_t hash(std::uint64_t seed, std::string_view text) {
  std::uint64_t h = 0xCBF29CE484222325ULL ^ seed;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
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

// `elements` values, whole blocks of `type`.
std::vector<std::byte> draw(base::Rng& rng, tensor::DType type, float mean, float deviation,
                            std::size_t elements) {
  std::vector<std::byte> out(encoded_bytes(type, elements));
  std::array<float, kCellElements> values;
  for (std::size_t done = 0; done < elements; done += kCellElements) {
    const std::size_t n = std::min(kCellElements, elements - done);
    for (std::size_t i = 0; i < n; ++i) values[i] = mean + deviation * normal(rng);
    // Every type of a mix can be encoded, and values are finite.
    [[maybe_unused]] const bool encoded =
        tensor::quantize_row(type, values.data(), out.data() + encoded_bytes(type, done), n);
  }
  return out;
}

}  // namespace

const RandomWeights::Cells& RandomWeights::pool(const Distribution& d) {
  if (const auto found = pools_.find(d); found != pools_.end()) return found->second;
  if (pools_.size() == kMaxPools) pools_.clear();
  std::uint64_t seed = hash(seed_, tensor::traits(d.type).name);
  seed = (seed ^ std::bit_cast<std::uint32_t>(d.mean)) * 0x100000001B3ULL;
  seed = (seed ^ std::bit_cast<std::uint32_t>(d.deviation)) * 0x100000001B3ULL;
  base::Rng rng(seed);
  return pools_.emplace(d, draw(rng, d.type, d.mean, d.deviation, kPoolCells * kCellElements)).first->second;
}

Status RandomWeights::emit(const PlannedTensor& tensor, gguf::ByteSink sink) {
  base::Rng rng(hash(seed_, tensor.name));
  const std::uint64_t elements = tensor.elements();
  if (elements <= kDirectElements)
    return sink(draw(rng, tensor.type, tensor.mean, tensor.deviation, elements));

  const Cells& cells = pool({tensor.type, tensor.mean, tensor.deviation});
  const std::size_t cell_bytes = encoded_bytes(tensor.type, kCellElements);
  std::vector<std::byte> piece(kPieceBytes / cell_bytes * cell_bytes);
  for (std::uint64_t left = tensor.bytes(); left > 0;) {
    const std::size_t size = std::min<std::uint64_t>(piece.size(), left);
    for (std::size_t at = 0; at < size; at += cell_bytes) {
      const std::size_t cell = rng.next() % kPoolCells;
      std::memcpy(piece.data() + at, cells.data() + cell * cell_bytes, cell_bytes);
    }
    PEREGRINE_TRY(sink(std::span(piece).first(size)));
    left -= size;
  }
  return {};
}

}  // namespace peregrine::app::synthetic
