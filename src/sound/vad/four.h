// Four floats in a register, on every machine: the compilers' own vectors. Each lane rounds as a float alone.
#pragma once

#include <cstddef>
#include <cstring>

namespace peregrine::sound {

using Four = float __attribute__((vector_size(4 * sizeof(float))));
inline constexpr std::size_t kFour = 4;

inline Four load_four(const float* from) {
  Four four;
  std::memcpy(&four, from, sizeof four);
  return four;
}
inline void store_four(const Four& four, float* to) {
  std::memcpy(to, &four, sizeof four);
}

}  // namespace peregrine::sound
