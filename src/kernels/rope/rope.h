// Rotary position embedding (Su et al. 2021) of one token's heads, in place, by tables of its position.
//
// Pair i of rot_dim / 2 turns by the angle whose cosine and sine are cosines[i], sines[i]; frequency scaling
// is the business of whoever fills the tables. Elements rot_dim.. of a head stay as they are. Variants agree
// bit for bit.
#pragma once

#include <cstddef>

namespace peregrine::kernels {

// x is [n_heads][head_dim]; rot_dim is even and at most head_dim.
//   rope_norm: pair i is elements (2 i, 2 i + 1);           GGUF's "norm" order (llama)
//   rope_neox: pair i is elements (i, i + rot_dim / 2);     GGUF's "neox" order (qwen, gemma)
using RopeFn = void (*)(float* x, std::size_t n_heads, std::size_t head_dim, std::size_t rot_dim,
                        const float* cosines, const float* sines) noexcept;

}  // namespace peregrine::kernels
