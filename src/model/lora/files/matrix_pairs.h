// The two matrices of each layer, as both formats of adapter files have them: found under names that differ
// in their ends, and read into the same layers.
//
// A Tensor is a view of a file's: `name`, `type` and `data`, as finite_floats() takes them.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "model/lora/files/adapter_file.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/numbers.h"
#include "model/lora/files/shown.h"

namespace peregrine::model {

template <class Tensor>
struct MatrixPair {
  const Tensor* a = nullptr;
  const Tensor* b = nullptr;
};

// By what is left of the names.
template <class Tensor>
using MatrixPairs = std::map<std::string_view, MatrixPair<Tensor>>;

// kCorrupt where one of two is not there: `a` and `b` are how the file calls them.
template <class Tensor>
Status check_complete(const MatrixPairs<Tensor>& pairs, std::string_view a, std::string_view b) {
  for (const auto& [name, pair] : pairs) {
    if (pair.a != nullptr && pair.b != nullptr) continue;
    return fail(ErrorCode::kCorrupt, fmt::format("has no {}", pair.a == nullptr ? a : b), shown(name));
  }
  return {};
}

// A layer whose matrices were found to be of these shapes: [rank, in] and [out, rank].
struct LayerShape {
  BaseTarget target;
  std::uint32_t rank = 0;
  float scale = 0;
};

// `shape_of` gives the LayerShape of a name and its pair, or what is wrong with them. Errors: its;
// kResourceExhausted for more than kMaxAdapterNumbers, before they are read; those of finite_floats().
template <class Tensor, class ShapeOf>
Result<AdapterWeights> read_layers(const MatrixPairs<Tensor>& pairs, const std::string& architecture,
                                   ShapeOf shape_of) {
  AdapterWeights out;
  out.architecture = architecture;
  out.layers.reserve(pairs.size());
  std::uint64_t numbers = 0;
  for (const auto& [name, pair] : pairs) {
    PEREGRINE_ASSIGN(const LayerShape shape, shape_of(name, pair));
    const BaseTarget& target = shape.target;
    numbers += std::uint64_t{shape.rank} * (std::uint64_t{target.in} + target.out);
    if (numbers > kMaxAdapterNumbers) {
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("the adapter has more than {} numbers", kMaxAdapterNumbers));
    }
    AdapterLayer layer;
    layer.tensor = target.tensor;
    layer.rank = shape.rank;
    layer.in = target.in;
    layer.out = target.out;
    layer.scale = shape.scale;
    PEREGRINE_ASSIGN(layer.a, finite_floats(pair.a->data, pair.a->type, pair.a->name));
    PEREGRINE_ASSIGN(layer.b, finite_floats(pair.b->data, pair.b->type, pair.b->name));
    reorder_rows(target, layer.rank, layer.b);
    out.layers.push_back(std::move(layer));
  }
  return out;
}

}  // namespace peregrine::model
