#include "model/blocks/adapted.h"

#include <cassert>

namespace peregrine::model {

void adapt(backend::Backend& backend, const DecoderStep& step, backend::Tensor x,
           std::span<const AdaptableProduct> products) {
  if (step.adapted.empty()) return;
  assert(products.size() <= kMaxLinearsAtOnce);
  std::vector<backend::Correction>& corrections = step.scratch->corrections;
  corrections.clear();
  for (const AdaptedRows& rows : step.adapted) {
    for (const AdaptableProduct& product : products) {
      const backend::LowRank* by = rows.adapter->at(step.layer, product.target);
      if (by != nullptr) corrections.push_back({by, rows.first_row, rows.n_rows, product.out});
    }
  }
  if (!corrections.empty()) backend.add_low_rank(x, corrections);
}

}  // namespace peregrine::model
