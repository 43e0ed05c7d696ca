// What fuzzers of adapter files share: any bytes against one small base.
#pragma once

#include <cmath>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "model/lora/files/adapter_file.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/testing/adapter_parts.h"

namespace peregrine::model::testing {

inline void require(bool promise) {
  if (!promise) std::abort();
}

inline const AdapterBase& small_base() {
  static const std::vector<std::byte> bytes = make_base();
  static const gguf::File file = std::move(gguf::File::parse(bytes).value());
  static const AdapterBase base = AdapterBase::of(file).value();
  return base;
}

// Refused in words that can be shown, or as adapter_weights.h promises.
inline void check(const Result<AdapterWeights>& weights) {
  if (!weights) {
    require(!weights.error().message.empty() && base::utf8_valid(weights.error().text()));
    return;
  }
  require(weights->architecture == "llama" && !weights->layers.empty());
  std::set<std::string> names;
  for (const AdapterLayer& layer : weights->layers) {
    require(names.insert(layer.tensor).second && layer.rank >= 1 && layer.rank <= kMaxFileRank);
    require(layer.a.size() == std::size_t{layer.rank} * layer.in);
    require(layer.b.size() == std::size_t{layer.out} * layer.rank);
    require(std::isfinite(layer.scale));
    for (const float value : layer.a) require(std::isfinite(value));
    for (const float value : layer.b) require(std::isfinite(value));
  }
}

}  // namespace peregrine::model::testing
