#include "backend/backend.h"

namespace peregrine::backend {

std::uint64_t KvLayout::block_bytes() const {
  const std::uint64_t token = std::uint64_t{n_kv_heads} * (key_dim + (latent ? 0 : value_dim));
  return token * block_tokens * n_layers * tensor::traits(dtype).block_bytes;
}

}  // namespace peregrine::backend
