#include "model/arch/deepseek2.h"

#include <fmt/format.h>

#include <cmath>

#include "model/blocks/decoder.h"
#include "model/info.h"

namespace peregrine::model {
namespace {

// Values of expert_gating_func in GGUF files.
constexpr std::uint32_t kGateSoftmax = 1;
constexpr std::uint32_t kGateSigmoid = 2;

Result<LatentShape> read_latent(const HparamReader& reader, const Hparams& h) {
  LatentShape s;
  s.n_heads = h.n_heads;
  s.rope_dim = h.rope_dim;
  PEREGRINE_ASSIGN(s.q_lora, reader.count_or("attention.q_lora_rank", 0, 0, kMaxWidth));
  PEREGRINE_ASSIGN(s.kv_lora, reader.count("attention.kv_lora_rank", kMaxHeadDim));
  PEREGRINE_ASSIGN(const std::uint32_t key, reader.count("attention.key_length_mla", kMaxHeadDim));
  PEREGRINE_ASSIGN(s.value_dim, reader.count("attention.value_length_mla", kMaxHeadDim));
  if (key <= s.rope_dim) {
    return reader.refuse("attention.key_length_mla",
                         fmt::format("is {}, not above the {} rotated dimensions", key, s.rope_dim));
  }
  if (s.kv_lora + s.rope_dim != h.head_dim) {
    return reader.refuse("attention.key_length",
                         fmt::format("is {}, expected the latent's {} and {} rotated dimensions", h.head_dim,
                                     s.kv_lora, s.rope_dim));
  }
  s.nope_dim = key - s.rope_dim;
  return s;
}

Status read_router(const HparamReader& reader, ExpertsShape& experts) {
  backend::RouterSpec& router = experts.router;
  PEREGRINE_ASSIGN(const std::uint32_t gate,
                   reader.count_or("expert_gating_func", kGateSigmoid, kGateSoftmax, kGateSigmoid));
  router.scores =
      gate == kGateSigmoid ? backend::RouterSpec::Scores::kSigmoid : backend::RouterSpec::Scores::kSoftmax;
  PEREGRINE_ASSIGN(router.normalise, reader.flag_or("expert_weights_norm", false));
  PEREGRINE_ASSIGN(router.scale, reader.positive_or("expert_weights_scale", 1.0F));
  PEREGRINE_ASSIGN(router.n_groups, reader.count_or("expert_group_count", 1, 1, router.n_experts));
  PEREGRINE_ASSIGN(router.n_groups_used,
                   reader.count_or("expert_group_used_count", router.n_groups, 1, router.n_groups));
  if (router.n_experts % router.n_groups != 0) {
    return reader.refuse("expert_group_count", fmt::format("{} groups do not divide {} experts",
                                                           router.n_groups, router.n_experts));
  }
  if (router.n_experts / router.n_groups * router.n_groups_used < router.n_used) {
    return reader.refuse("expert_group_used_count",
                         fmt::format("leaves fewer than {} experts", router.n_used));
  }
  return {};
}

// YaRN's correction of the scores' scale; cosines and sines are left alone.
Result<float> read_scale(const HparamReader& reader, const Hparams& h, std::uint32_t key_dim) {
  const float plain = 1.0F / std::sqrt(static_cast<float>(key_dim));
  if (h.rope_original_context == 0 || !reader.has("rope.scaling.yarn_log_multiplier")) return plain;
  PEREGRINE_ASSIGN(const float multiplier, reader.positive_or("rope.scaling.yarn_log_multiplier", 0.1F));
  const float m = 1.0F + multiplier * std::log(1.0F / h.rope_linear_scale);
  return plain * m * m;
}

}  // namespace

Result<std::unique_ptr<Model>> load_deepseek2(const gguf::File& file, backend::Backend& backend) {
  WeightLoader loader(file, backend);
  DecoderSpec spec;
  PEREGRINE_ASSIGN(spec.h, read_hparams(file));
  const Hparams& h = spec.h;
  PEREGRINE_ASSIGN(ModelInfo info, describe(file, h));
  PEREGRINE_ASSIGN(spec.rope, load_rope(loader, h, backend::RopePairing::kAdjacent, 1.0F));
  const HparamReader reader(file, h.architecture);
  PEREGRINE_ASSIGN(spec.latent, read_latent(reader, h));
  PEREGRINE_ASSIGN(spec.latent_scale, read_scale(reader, h, spec.latent.nope_dim + spec.latent.rope_dim));
  PEREGRINE_ASSIGN(spec.experts, read_experts(file, h));
  if (spec.experts.n_experts == 0) return reader.refuse("expert_count", "must be at least 1");
  PEREGRINE_TRY(read_router(reader, spec.experts));
  PEREGRINE_ASSIGN(const std::uint32_t n_dense,
                   reader.count_or("leading_dense_block_count", 0, 0, h.n_layers));
  PEREGRINE_ASSIGN(const std::uint32_t n_shared, reader.count_or("expert_shared_count", 1, 0, kMaxExperts));
  const std::uint64_t shared_width = std::uint64_t{n_shared} * spec.experts.n_ff;
  if (shared_width > kMaxWidth)
    return reader.refuse("expert_shared_count", fmt::format("is {}, too many", n_shared));
  spec.max_n_ff = std::max(h.n_ff, static_cast<std::uint32_t>(shared_width));

  std::vector<DecoderLayer> layers;
  for (std::uint32_t i = 0; i < h.n_layers; ++i) {
    const std::string prefix = fmt::format("blk.{}.", i);
    DecoderLayer layer;
    layer.kv_layer = i;
    PEREGRINE_ASSIGN(layer.attention_norm, loader.vector(prefix + "attn_norm.weight", h.n_embd));
    PEREGRINE_ASSIGN(layer.latent, LatentAttentionWeights::load(loader, h, spec.latent, prefix));
    PEREGRINE_ASSIGN(layer.ffn_norm, loader.vector(prefix + "ffn_norm.weight", h.n_embd));
    if (i < n_dense) {
      PEREGRINE_ASSIGN(layer.dense, FeedForwardWeights::load(loader, h.n_embd, h.n_ff, prefix));
    } else {
      PEREGRINE_ASSIGN(layer.experts, ExpertsWeights::load(loader, h, spec.experts, prefix));
      if (n_shared > 0) {
        PEREGRINE_ASSIGN(layer.dense,
                         FeedForwardWeights::load(loader, h.n_embd, static_cast<std::uint32_t>(shared_width),
                                                  prefix, "_shexp"));
      }
    }
    layers.push_back(std::move(layer));
  }
  info.kv = {{.n_layers = h.n_layers,
              .n_kv_heads = 1,
              .key_dim = spec.latent.kv_lora + spec.latent.rope_dim,
              .value_dim = spec.latent.kv_lora,
              .latent = true}};
  return Decoder::create(loader, std::move(spec), std::move(info), std::move(layers));
}

}  // namespace peregrine::model
