// Random adapters for the models of tests, and what their offline merge is.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "gguf/file.h"
#include "model/lora/adapter_weights.h"
#include "model/testing/editable_model.h"
#include "tensor/codec.h"

namespace peregrine::model::testing {

inline constexpr std::array<std::string_view, 4> kAttentionParts = {"attn_q", "attn_k", "attn_v",
                                                                    "attn_output"};
inline constexpr std::array<std::string_view, 6> kFeedForwardParts = {
    "ffn_gate", "ffn_up", "ffn_down", "ffn_gate_shexp", "ffn_up_shexp", "ffn_down_shexp"};

inline bool is_part(std::string_view tensor, std::span<const std::string_view> parts) {
  return std::ranges::any_of(
      parts, [&](std::string_view part) { return tensor.ends_with("." + std::string(part) + ".weight"); });
}

// A correction of the tensor that is about a third of its size.
inline AdapterLayer random_layer(const gguf::TensorInfo& tensor, std::uint32_t rank, base::Rng& rng) {
  AdapterLayer layer{.tensor = std::string(tensor.name),
                     .rank = rank,
                     .in = static_cast<std::uint32_t>(tensor.shape[0]),
                     .out = static_cast<std::uint32_t>(tensor.shape[1]),
                     .scale = 0.5F,
                     .a = {},
                     .b = {}};
  std::vector<float> row(layer.in);
  tensor::dequantize_row(tensor.type, tensor.data.data(), row.data(), row.size());
  double squares = 0;
  for (const float w : row) squares += static_cast<double>(w) * static_cast<double>(w);
  const auto fill = [&](std::vector<float>& values, std::size_t n, double deviation) {
    values.resize(n);
    for (float& v : values) v = static_cast<float>((rng.uniform() * 2 - 1) * std::sqrt(3.0) * deviation);
  };
  const double deviation_a = 1 / std::sqrt(layer.in);
  fill(layer.a, std::size_t{rank} * layer.in, deviation_a);
  fill(layer.b, std::size_t{rank} * layer.out,
       std::sqrt(squares / layer.in) / 3 / (0.5 * std::sqrt(rank) * deviation_a));
  return layer;
}

// Of all tensors of the model that are called one of `parts`.
inline AdapterWeights random_adapter(const gguf::File& file, std::span<const std::string_view> parts,
                                     std::uint32_t rank, std::uint64_t seed) {
  base::Rng rng(seed);
  AdapterWeights weights;
  weights.architecture = std::string(*file.metadata().string("general.architecture"));
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    if (is_part(tensor.name, parts)) weights.layers.push_back(random_layer(tensor, rank, rng));
  }
  return weights;
}

// The model in F32 with the adapter merged into its weights: W + scale * B A.
inline EditableModel merged(const std::filesystem::path& path, const AdapterWeights& adapter) {
  EditableModel model(path, EditableModel::Arrays::kDropped);
  for (EditableModel::Tensor& tensor : model.tensors) {
    const std::size_t row_bytes = *tensor::row_bytes(tensor.type, tensor.shape[0]);
    const std::size_t n_rows = tensor.data.size() / row_bytes;
    std::vector<float> values(n_rows * tensor.shape[0]);
    for (std::size_t r = 0; r < n_rows; ++r) {
      tensor::dequantize_row(tensor.type, tensor.data.data() + r * row_bytes,
                             values.data() + r * tensor.shape[0], tensor.shape[0]);
    }
    const auto layer = std::ranges::find(adapter.layers, tensor.name, &AdapterLayer::tensor);
    if (layer != adapter.layers.end()) {
      for (std::size_t o = 0; o < layer->out; ++o) {
        for (std::size_t i = 0; i < layer->in; ++i) {
          double sum = 0;
          for (std::size_t r = 0; r < layer->rank; ++r) {
            sum += static_cast<double>(layer->b[o * layer->rank + r]) *
                   static_cast<double>(layer->a[r * layer->in + i]);
          }
          float& w = values[o * layer->in + i];
          w = static_cast<float>(static_cast<double>(w) + static_cast<double>(layer->scale) * sum);
        }
      }
    }
    const auto bytes = std::as_bytes(std::span(values));
    tensor.data.assign(bytes.begin(), bytes.end());
    tensor.type = tensor::DType::kF32;
  }
  return model;
}

}  // namespace peregrine::model::testing
