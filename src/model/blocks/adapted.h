// Linear layers whose rows may have adapters.
#pragma once

#include <cstdint>
#include <span>

#include "backend/backend.h"
#include "model/blocks/scratch.h"

namespace peregrine::model {

// A linear layer whose product stands in `out`.
struct AdaptableProduct {
  AdapterTarget target = {};
  backend::Tensor out;
};
inline constexpr std::uint32_t kMaxLinearsAtOnce = 3;  // queries, keys and values

// Adds to the products of x what the rows' adapters change of them. Rows without an adapter are not touched.
void adapt(backend::Backend& backend, const DecoderStep& step, backend::Tensor x,
           std::span<const AdaptableProduct> products);

}  // namespace peregrine::model
