// How keys and values lie in the KV cache: in tiles of sixteen consecutive tokens of one KV head.
//
// A row tile is [16 tokens][dim]. A key tile holds the same with the tokens innermost, [dim][16 tokens]: one
// vector has a dimension of sixteen keys, so that sixteen scores are summed side by side. In Q8_0 (GGUF's
// format) 32 neighbouring dimensions of a token share a scale in F16: a row tile has blocks of a scale and 32
// bytes, a key tile has for every 32 dimensions the scales of its tokens and then [32][16] bytes. Both forms
// take the same room.
//
// A Q8_0 block with a value that is not finite, or beyond 127 times the largest F16, has no finite value.
#pragma once

#include <cstddef>

namespace peregrine::kernels {

inline constexpr std::size_t kKvTileTokens = 16;

// Writes `row` [dim] as the tile's token `token` < 16; other tokens of the tile stay as they are. In Q8_0
// `dim` is a multiple of 32.
using StoreKvFn = void (*)(const float* row, std::size_t dim, std::size_t token, std::byte* tile) noexcept;

}  // namespace peregrine::kernels
