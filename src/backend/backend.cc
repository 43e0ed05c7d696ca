#include "backend/backend.h"

#include "base/checked.h"

namespace peregrine::backend {

std::uint64_t KvLayout::token_bytes(std::uint32_t dim) const {
  const tensor::DTypeTraits& traits = tensor::traits(dtype);
  return base::ceil_div(std::uint64_t{dim}, std::uint64_t{traits.block_elements}) * traits.block_bytes;
}

std::uint64_t KvLayout::block_bytes() const {
  const std::uint64_t token = token_bytes(key_dim) + (latent ? 0 : token_bytes(value_dim));
  return token * n_kv_heads * block_tokens * n_layers;
}

}  // namespace peregrine::backend
