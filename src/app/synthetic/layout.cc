#include "app/synthetic/layout.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "base/checked.h"

namespace peregrine::app::synthetic {
namespace {

constexpr float kNormDeviation = 0.05F;
constexpr float kBiasDeviation = 0.1F;
constexpr float kSinkDeviation = 1.0F;
constexpr float kChoiceBiasDeviation = 0.01F;
constexpr std::uint32_t kTokenTypes = 2;

class Planner {
 public:
  explicit Planner(const ModelSpec& spec) : spec_(spec), s_(spec.sizes), family_(*spec.family) {}

  std::vector<PlannedTensor> plan() {
    const std::string_view architecture = family_.architecture;
    if (family_.encoder) {
      plan_encoder();
      return std::move(tensors_);
    }
    matrix("token_embd", s_.width, s_.vocabulary, spec_.tied ? MatrixRole::kOutput : MatrixRole::kPlain);
    norm("output_norm", s_.width);
    if (!spec_.tied) matrix("output", s_.width, s_.vocabulary, MatrixRole::kOutput);
    for (layer_ = 0; layer_ < s_.layers; ++layer_) {
      prefix_ = fmt::format("blk.{}.", layer_);
      norm("attn_norm", s_.width);
      if (family_.latent) {
        latent_attention();
      } else {
        attention(architecture);
      }
      if (architecture == "gemma2") norm("post_attention_norm", s_.width);
      norm(architecture == "gpt-oss" ? "post_attention_norm" : "ffn_norm", s_.width);
      if (spec_.has_experts(layer_)) {
        experts(architecture);
      } else {
        feed_forward(s_.feed_forward, "");
      }
      if (architecture == "gemma2") norm("post_ffw_norm", s_.width);
    }
    return std::move(tensors_);
  }

 private:
  void matrix(std::string_view name, std::uint64_t n_in, std::uint64_t n_out,
              MatrixRole role = MatrixRole::kPlain) {
    add(name, ".weight", {n_in, n_out}, type_of(*spec_.mix, role, layer_, s_.layers, n_in), 0.0F, unit(n_in));
  }
  // The matrices of all experts, or of all heads.
  void stack(std::string_view name, std::uint64_t n_in, std::uint64_t n_out, std::uint64_t count,
             MatrixRole role) {
    add(name, ".weight", {n_in, n_out, count}, type_of(*spec_.mix, role, layer_, s_.layers, n_in), 0.0F,
        unit(n_in));
  }
  void plain_matrix(std::string_view name, std::uint64_t n_in, std::uint64_t n_out) {
    add(name, ".weight", {n_in, n_out}, tensor::DType::kF32, 0.0F, unit(n_in));
  }
  void norm(std::string_view name, std::uint64_t n) {
    add(name, ".weight", {n}, tensor::DType::kF32, 1.0F, kNormDeviation);
  }
  void layer_norm(std::string_view name, std::uint64_t n) {
    norm(name, n);
    bias(name, n);
  }
  void bias(std::string_view name, std::uint64_t n) {
    add(name, ".bias", {n}, tensor::DType::kF32, 0.0F, kBiasDeviation);
  }
  void linear(std::string_view name, std::uint64_t n_in, std::uint64_t n_out, bool biased,
              MatrixRole role = MatrixRole::kPlain) {
    matrix(name, n_in, n_out, role);
    if (biased) bias(name, n_out);
  }

  void attention(std::string_view architecture) {
    const bool all_biased = architecture == "gpt-oss" || architecture == "bert";
    const bool biased = all_biased || architecture == "qwen2";
    linear("attn_q", s_.width, spec_.query_width(), biased);
    linear("attn_k", s_.width, spec_.kv_width(), biased);
    linear("attn_v", s_.width, spec_.kv_width(), biased, MatrixRole::kValueOrDown);
    linear("attn_output", spec_.query_width(), s_.width, all_biased);
    if (architecture == "qwen3" || architecture == "qwen3moe") {
      norm("attn_q_norm", s_.head_dim);
      norm("attn_k_norm", s_.head_dim);
    }
    if (architecture == "gpt-oss") {
      add("attn_sinks", ".weight", {s_.heads}, tensor::DType::kF32, 0.0F, kSinkDeviation);
    }
  }

  void latent_attention() {
    const std::uint64_t rope = spec_.latent_rope_dim();
    const std::uint64_t heads = s_.heads;
    matrix("attn_q_a", s_.width, s_.query_rank);
    norm("attn_q_a_norm", s_.query_rank);
    matrix("attn_q_b", s_.query_rank, heads * (s_.head_dim + rope));
    matrix("attn_kv_a_mqa", s_.width, s_.kv_rank + rope);
    norm("attn_kv_a_norm", s_.kv_rank);
    stack("attn_k_b", s_.head_dim, s_.kv_rank, heads, MatrixRole::kPlain);
    stack("attn_v_b", s_.kv_rank, s_.head_dim, heads, MatrixRole::kPlain);
    matrix("attn_output", heads * s_.head_dim, s_.width);
  }

  void feed_forward(std::uint64_t n_ff, const std::string& suffix) {
    matrix("ffn_gate" + suffix, s_.width, n_ff);
    matrix("ffn_up" + suffix, s_.width, n_ff);
    matrix("ffn_down" + suffix, n_ff, s_.width, MatrixRole::kValueOrDown);
  }

  void experts(std::string_view architecture) {
    const std::uint64_t n_ff = s_.expert_feed_forward;
    plain_matrix("ffn_gate_inp", s_.width, s_.experts);
    stack("ffn_gate_exps", s_.width, n_ff, s_.experts, MatrixRole::kExperts);
    stack("ffn_up_exps", s_.width, n_ff, s_.experts, MatrixRole::kExperts);
    stack("ffn_down_exps", n_ff, s_.width, s_.experts, MatrixRole::kExpertsDown);
    if (architecture == "gpt-oss") {
      bias("ffn_gate_inp", s_.experts);
      stacked_bias("ffn_gate_exps", n_ff);
      stacked_bias("ffn_up_exps", n_ff);
      stacked_bias("ffn_down_exps", s_.width);
    }
    if (family_.latent) {
      add("exp_probs_b", ".bias", {s_.experts}, tensor::DType::kF32, 0.0F, kChoiceBiasDeviation);
    }
    if (family_.latent || architecture == "llama4") feed_forward(n_ff, "_shexp");
  }
  void stacked_bias(std::string_view name, std::uint64_t n) {
    add(name, ".bias", {n, s_.experts}, tensor::DType::kF32, 0.0F, kBiasDeviation);
  }

  void plan_encoder() {
    const bool learned_positions = family_.architecture == "bert";
    matrix("token_embd", s_.width, s_.vocabulary);
    plain_matrix("token_types", s_.width, kTokenTypes);
    if (learned_positions) plain_matrix("position_embd", s_.width, s_.context);
    layer_norm("token_embd_norm", s_.width);
    for (layer_ = 0; layer_ < s_.layers; ++layer_) {
      prefix_ = fmt::format("blk.{}.", layer_);
      if (learned_positions) {
        attention(family_.architecture);
      } else {
        matrix("attn_qkv", s_.width, std::uint64_t{3} * s_.width);
        matrix("attn_output", s_.width, s_.width);
      }
      layer_norm("attn_output_norm", s_.width);
      if (!learned_positions) matrix("ffn_gate", s_.width, s_.feed_forward);
      linear("ffn_up", s_.width, s_.feed_forward, learned_positions);
      linear("ffn_down", s_.feed_forward, s_.width, learned_positions, MatrixRole::kValueOrDown);
      layer_norm("layer_output_norm", s_.width);
    }
  }

  static float unit(std::uint64_t n_in) { return 1.0F / std::sqrt(static_cast<float>(n_in)); }

  void add(std::string_view name, const char* kind, const gguf::Shape& shape, tensor::DType type, float mean,
           float deviation) {
    tensors_.push_back({fmt::format("{}{}{}", prefix_, name, kind), shape, type, mean, deviation});
  }

  const ModelSpec& spec_;
  const Sizes& s_;
  const Family& family_;
  std::uint32_t layer_ = 0;
  std::string prefix_;
  std::vector<PlannedTensor> tensors_;
};

}  // namespace

std::uint64_t PlannedTensor::bytes() const {
  const tensor::DTypeTraits& traits = tensor::traits(type);
  return elements() / traits.block_elements * traits.block_bytes;
}

std::vector<PlannedTensor> plan_tensors(const ModelSpec& spec) {
  return Planner(spec).plan();
}

std::uint64_t total_bytes(const std::vector<PlannedTensor>& tensors) {
  std::uint64_t bytes = 0;
  for (const PlannedTensor& tensor : tensors) {
    bytes = base::checked_add(bytes, tensor.bytes()).value_or(std::numeric_limits<std::uint64_t>::max());
  }
  return bytes;
}

std::uint64_t total_elements(const std::vector<PlannedTensor>& tensors) {
  std::uint64_t elements = 0;
  for (const PlannedTensor& tensor : tensors) elements += tensor.elements();
  return elements;
}

}  // namespace peregrine::app::synthetic
