// The weights of one model as the CPU backend keeps them, in a file beside others, so that the next start
// maps it instead of interleaving rows again.
//
// The file says what it is of: the key of the model's file, the version of the layout, and the type and shape
// of every matrix. One that says anything else, or is shorter than it says, is not used and written anew. Any
// bytes are weights, so a file that lies inside can make a model talk nonsense, but do nothing else. Whoever
// changes one replaces it; one truncated while it is mapped ends the process (SIGBUS).
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "tensor/dtype.h"

namespace peregrine::backend::cpu {

struct KeptMatrix {
  tensor::DType dtype = tensor::DType::kF32;
  std::uint64_t rows = 0;
  std::uint64_t cols = 0;
  std::span<std::byte> panels;  // pages of its own
};

// Puts the panels that `file` has in the place of those of `matrices`; read-only from then on. False if it is
// no such file, or is of something else: `matrices` are then untouched. Errors: kIo when the system cannot
// map them, and some may be mapped.
Result<bool> map_weights(const std::filesystem::path& file, std::string_view key,
                         std::span<const KeptMatrix> matrices);

// Writes such a file, and the folder it lies in if there is none. Errors: kIo.
Status keep_weights(const std::filesystem::path& file, std::string_view key,
                    std::span<const KeptMatrix> matrices);

}  // namespace peregrine::backend::cpu
