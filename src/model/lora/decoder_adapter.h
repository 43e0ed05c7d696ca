// The adapter of a Decoder: for every layer, a correction of each of the linear layers that it changes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "backend/backend.h"
#include "base/result.h"
#include "model/lora/adapter.h"
#include "model/lora/adapter_weights.h"

namespace peregrine::model {

// The linear layers of a decoder's layer that adapters may change.
enum class AdapterTarget : std::uint8_t { kQuery, kKey, kValue, kAttentionOutput, kGate, kUp, kDown };
inline constexpr std::size_t kAdapterTargets = 7;

// What a layer has of them; null where it has none.
struct AdaptableLayer {
  std::array<const backend::Matrix*, kAdapterTargets> matrices = {};
  bool latent_attention = false;
  bool shared_expert = false;  // the feed-forward is the block beside experts: ffn_gate_shexp and so on

  const backend::Matrix*& operator[](AdapterTarget target) {
    return matrices[static_cast<std::size_t>(target)];
  }
  const backend::Matrix* operator[](AdapterTarget target) const {
    return matrices[static_cast<std::size_t>(target)];
  }
};

class DecoderAdapter final : public Adapter {
 public:
  // Of the model with that identity. Errors as Model::bind().
  static Result<std::shared_ptr<const Adapter>> bind(const AdapterWeights& weights, std::uint64_t model,
                                                     std::string_view architecture,
                                                     std::span<const AdaptableLayer> layers,
                                                     backend::Backend& backend);

  // Null: nothing is changed there.
  const backend::LowRank* at(std::uint32_t layer, AdapterTarget target) const {
    return layers_[layer][static_cast<std::size_t>(target)].get();
  }
  std::uint64_t bytes() const override;

 private:
  DecoderAdapter(std::uint64_t model, std::size_t n_layers) : Adapter(model), layers_(n_layers) {}

  std::vector<std::array<std::unique_ptr<backend::LowRank>, kAdapterTargets>> layers_;
};

}  // namespace peregrine::model
