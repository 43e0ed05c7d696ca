#include "model/info.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

namespace peregrine::model {

Result<ModelInfo> describe(const gguf::File& file, const Hparams& h) {
  ModelInfo info;
  info.architecture = h.architecture;
  PEREGRINE_ASSIGN(const std::string_view name, file.metadata().string_or("general.name", ""));
  info.name = name;
  info.n_vocab = h.n_vocab;
  info.context_length = h.context_length;
  info.embedding_length = h.n_embd;
  info.kv = {
      {.n_layers = h.n_layers, .n_kv_heads = h.n_kv_heads, .key_dim = h.head_dim, .value_dim = h.value_dim}};
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    std::uint64_t elements = 1;
    for (const std::uint64_t dim : tensor.shape) elements *= dim;
    info.n_parameters += elements;
    info.weight_bytes += tensor.data.size();
  }
  return info;
}

float yarn_magnitude(const Hparams& h) {
  return h.rope_original_context == 0 ? 1.0F : 1.0F + 0.1F * std::log(1.0F / h.rope_linear_scale);
}

Result<std::shared_ptr<const backend::Rope>> load_rope(WeightLoader& loader, const Hparams& h,
                                                       backend::RopePairing pairing, float magnitude) {
  backend::RopeSpec spec{.pairing = pairing,
                         .dim = h.rope_dim,
                         .base = h.rope_base,
                         .linear_scale = h.rope_linear_scale,
                         .freq_factors = {},
                         .original_context = h.rope_original_context,
                         .magnitude = magnitude};
  PEREGRINE_ASSIGN(spec.freq_factors, read_rope_factors(loader, h.rope_dim / 2));
  return loader.backend().make_rope(spec);
}

Result<std::vector<float>> read_rope_factors(WeightLoader& loader, std::uint32_t n) {
  constexpr const char* kName = "rope_freqs.weight";
  std::vector<float> factors;
  const gguf::TensorInfo* tensor = loader.take(kName);
  if (tensor == nullptr) return factors;
  if (tensor->type != tensor::DType::kF32 || tensor->data.size() != n * sizeof(float)) {
    return fail(ErrorCode::kCorrupt, fmt::format("expected {} values of F32", n), kName);
  }
  factors.resize(n);
  std::memcpy(factors.data(), tensor->data.data(), tensor->data.size());
  for (const float factor : factors) {
    if (!std::isfinite(factor) || factor <= 0.0F) {
      return fail(ErrorCode::kCorrupt, "factors must be positive and finite", kName);
    }
  }
  return factors;
}

}  // namespace peregrine::model
