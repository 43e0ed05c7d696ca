#include "model/lora/decoder_adapter.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "gguf/printable.h"

namespace peregrine::model {
namespace {

struct TargetName {
  std::string_view part;
  AdapterTarget target;
  bool attention;
  bool shared_expert;
};
constexpr std::array kTargetNames = {
    TargetName{"attn_q", AdapterTarget::kQuery, true, false},
    TargetName{"attn_k", AdapterTarget::kKey, true, false},
    TargetName{"attn_v", AdapterTarget::kValue, true, false},
    TargetName{"attn_output", AdapterTarget::kAttentionOutput, true, false},
    TargetName{"ffn_gate", AdapterTarget::kGate, false, false},
    TargetName{"ffn_up", AdapterTarget::kUp, false, false},
    TargetName{"ffn_down", AdapterTarget::kDown, false, false},
    TargetName{"ffn_gate_shexp", AdapterTarget::kGate, false, true},
    TargetName{"ffn_up_shexp", AdapterTarget::kUp, false, true},
    TargetName{"ffn_down_shexp", AdapterTarget::kDown, false, true},
};

// "blk.LAYER.PART.weight" taken apart.
struct TensorName {
  std::uint32_t layer = 0;
  std::string_view part;
};
std::optional<TensorName> parse_name(std::string_view name) {
  constexpr std::string_view kBegin = "blk.";
  constexpr std::string_view kEnd = ".weight";
  if (!name.starts_with(kBegin) || !name.ends_with(kEnd)) return std::nullopt;
  name.remove_prefix(kBegin.size());
  TensorName parsed;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), parsed.layer);
  const auto digits = static_cast<std::size_t>(end - name.data());
  if (error != std::errc() || digits + kEnd.size() >= name.size() || name[digits] != '.') return std::nullopt;
  parsed.part = name.substr(digits + 1, name.size() - digits - 1 - kEnd.size());
  return parsed;
}

// Names come from files: they are shown as what can be shown.
tl::unexpected<Error> refuse(ErrorCode code, std::string message, const AdapterLayer& layer) {
  return fail(code, std::move(message), gguf::printable_name(layer.tensor));
}

struct Place {
  std::uint32_t layer = 0;
  AdapterTarget target = {};
};

Result<Place> find_place(const AdapterLayer& of, std::span<const AdaptableLayer> layers) {
  const std::optional<TensorName> name = parse_name(of.tensor);
  const auto known = std::ranges::find(kTargetNames, name ? name->part : "", &TargetName::part);
  if (name && name->part.ends_with("_exps")) {
    return refuse(ErrorCode::kUnsupported, "adapters of experts are not supported", of);
  }
  if (known == kTargetNames.end()) {
    return refuse(
        ErrorCode::kUnsupported,
        "adapters may change attn_q, attn_k, attn_v, attn_output, ffn_gate, ffn_up and ffn_down only", of);
  }
  if (name->layer >= layers.size()) {
    return refuse(ErrorCode::kInvalidArgument, fmt::format("the model has {} layers only", layers.size()),
                  of);
  }
  const AdaptableLayer& layer = layers[name->layer];
  if (known->attention && layer.latent_attention) {
    return refuse(ErrorCode::kUnsupported, "adapters of latent attention are not supported", of);
  }
  if (layer[known->target] == nullptr || (!known->attention && known->shared_expert != layer.shared_expert)) {
    return refuse(ErrorCode::kInvalidArgument, "the model has no such tensor", of);
  }
  return Place{name->layer, known->target};
}

bool all_finite(std::span<const float> values) {
  return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

Status check_layer(const AdapterLayer& layer, const backend::Matrix& base) {
  if (layer.rank == 0 || layer.rank > kMaxAdapterRank) {
    return refuse(ErrorCode::kInvalidArgument,
                  fmt::format("a rank of {} does not lie in 1..{}", layer.rank, kMaxAdapterRank), layer);
  }
  if (layer.in != base.n_in() || layer.out != base.n_out()) {
    return refuse(ErrorCode::kInvalidArgument,
                  fmt::format("the adapter's is of {} inputs and {} outputs, the model's of {} and {}",
                              layer.in, layer.out, base.n_in(), base.n_out()),
                  layer);
  }
  if (layer.a.size() != std::size_t{layer.rank} * layer.in ||
      layer.b.size() != std::size_t{layer.rank} * layer.out) {
    return refuse(ErrorCode::kCorrupt, "the factors' sizes do not match their shapes", layer);
  }
  if (!std::isfinite(layer.scale) || !all_finite(layer.a) || !all_finite(layer.b)) {
    return refuse(ErrorCode::kCorrupt, "holds values that are not finite", layer);
  }
  return {};
}

}  // namespace

Result<std::shared_ptr<const Adapter>> DecoderAdapter::bind(const AdapterWeights& weights,
                                                            std::uint64_t model,
                                                            std::string_view architecture,
                                                            std::span<const AdaptableLayer> layers,
                                                            backend::Backend& backend) {
  if (weights.architecture != architecture) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("the adapter is for models of the architecture \"{}\", this one is \"{}\"",
                            gguf::printable_name(weights.architecture), architecture),
                "general.architecture");
  }
  if (weights.layers.empty()) return fail(ErrorCode::kCorrupt, "the adapter changes nothing");
  const std::shared_ptr<DecoderAdapter> adapter(new DecoderAdapter(model, layers.size()));
  for (const AdapterLayer& layer : weights.layers) {
    PEREGRINE_ASSIGN(const Place place, find_place(layer, layers));
    PEREGRINE_TRY(check_layer(layer, *layers[place.layer][place.target]));
    auto& slot = adapter->layers_[place.layer][static_cast<std::size_t>(place.target)];
    if (slot != nullptr) return refuse(ErrorCode::kCorrupt, "the adapter has this tensor twice", layer);
    PEREGRINE_ASSIGN(slot, backend.load_low_rank({.name = layer.tensor,
                                                  .n_out = layer.out,
                                                  .n_in = layer.in,
                                                  .rank = layer.rank,
                                                  .scale = layer.scale,
                                                  .a = layer.a,
                                                  .b = layer.b}));
  }
  return std::shared_ptr<const Adapter>(adapter);
}

std::uint64_t DecoderAdapter::bytes() const {
  std::uint64_t total = 0;
  for (const auto& layer : layers_) {
    for (const auto& correction : layer) total += correction ? correction->bytes() : 0;
  }
  return total;
}

}  // namespace peregrine::model
