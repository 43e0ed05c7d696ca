#include "backend/backend.h"

namespace peregrine::backend {

std::uint64_t KvLayout::block_bytes() const {
  const std::uint64_t values = std::uint64_t{block_tokens} * n_kv_heads * head_dim;
  return 2 * values * n_layers * tensor::traits(dtype).block_bytes;
}

}  // namespace peregrine::backend
