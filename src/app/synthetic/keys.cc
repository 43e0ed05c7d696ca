#include "app/synthetic/keys.h"

#include <algorithm>
#include <string>

#include "app/synthetic/vocabulary.h"

namespace peregrine::app::synthetic {
namespace {

constexpr std::uint32_t kQuantizationVersion = 2;
constexpr float kRmsEpsilon = 1e-5F;
constexpr float kLayerNormEpsilon = 1e-12F;
constexpr std::uint32_t kMeanPooling = 1;
constexpr std::uint32_t kSigmoidGates = 2;

class KeyWriter {
 public:
  explicit KeyWriter(const ModelSpec& spec)
      : spec_(spec),
        s_(spec.sizes),
        family_(*spec.family),
        prefix_(std::string(family_.architecture) + ".") {}

  gguf::Writer write() {
    writer_.add_string("general.architecture", family_.architecture);
    writer_.add_string("general.type", "model");
    writer_.add_string("general.name", spec_.name);
    writer_.add_u32("general.quantization_version", kQuantizationVersion);
    writer_.add_u32("general.file_type", spec_.mix->file_type);
    add("context_length", s_.context);
    add("embedding_length", s_.width);
    add("block_count", s_.layers);
    add("feed_forward_length", s_.feed_forward);
    add("attention.head_count", s_.heads);
    add("vocab_size", s_.vocabulary);
    if (family_.encoder) {
      add_encoder();
    } else {
      add_decoder();
    }
    if (spec_.tokenizer) add_vocabulary(writer_, s_.vocabulary, !family_.encoder);
    return std::move(writer_);
  }

 private:
  void add_encoder() {
    writer_.add_f32(key("attention.layer_norm_epsilon"), kLayerNormEpsilon);
    writer_.add_bool(key("attention.causal"), false);
    add("pooling_type", kMeanPooling);
    if (family_.architecture == "nomic-bert") writer_.add_f32(key("rope.freq_base"), family_.rope_base);
  }

  void add_decoder() {
    add("attention.head_count_kv", s_.kv_heads);
    writer_.add_f32(key("attention.layer_norm_rms_epsilon"), kRmsEpsilon);
    writer_.add_f32(key("rope.freq_base"), family_.rope_base);
    if (family_.latent) {
      add_latent();
    } else {
      add("attention.key_length", s_.head_dim);
      add("attention.value_length", s_.head_dim);
      add("rope.dimension_count", s_.head_dim);
    }
    if (family_.yarn_factor > 0.0F) add_yarn();
    if (s_.experts > 0) add_experts();
    if (family_.windowed) add("attention.sliding_window", s_.window);
    if (family_.architecture == "gemma2") {
      writer_.add_f32(key("attn_logit_softcapping"), 50.0F);
      writer_.add_f32(key("final_logit_softcapping"), 30.0F);
    }
  }

  void add_latent() {
    const std::uint32_t rope = spec_.latent_rope_dim();
    add("attention.key_length", s_.kv_rank + rope);
    add("attention.value_length", s_.kv_rank);
    add("attention.key_length_mla", s_.head_dim + rope);
    add("attention.value_length_mla", s_.head_dim);
    add("attention.q_lora_rank", s_.query_rank);
    add("attention.kv_lora_rank", s_.kv_rank);
    add("rope.dimension_count", rope);
  }

  // As if the model had been trained for a context shorter by the factor.
  void add_yarn() {
    const auto original = static_cast<std::uint32_t>(static_cast<float>(s_.context) / family_.yarn_factor);
    writer_.add_string(key("rope.scaling.type"), "yarn");
    writer_.add_f32(key("rope.scaling.factor"), family_.yarn_factor);
    add("rope.scaling.original_context_length", std::max(1U, original));
    if (family_.latent) writer_.add_f32(key("rope.scaling.yarn_log_multiplier"), 0.1F);
  }

  void add_experts() {
    add("expert_count", s_.experts);
    add("expert_used_count", s_.experts_used);
    add("expert_feed_forward_length", s_.expert_feed_forward);
    if (family_.architecture == "llama4") add("interleave_moe_layer_step", s_.expert_step);
    if (!family_.latent) return;
    add("leading_dense_block_count", 1);
    add("expert_shared_count", 1);
    writer_.add_f32(key("expert_weights_scale"), 2.5F);
    writer_.add_bool(key("expert_weights_norm"), true);
    add("expert_gating_func", kSigmoidGates);
  }

  std::string key(const char* name) const { return prefix_ + name; }
  void add(const char* name, std::uint32_t value) { writer_.add_u32(key(name), value); }

  const ModelSpec& spec_;
  const Sizes& s_;
  const Family& family_;
  std::string prefix_;
  gguf::Writer writer_;
};

}  // namespace

gguf::Writer keys_of(const ModelSpec& spec) {
  return KeyWriter(spec).write();
}

}  // namespace peregrine::app::synthetic
