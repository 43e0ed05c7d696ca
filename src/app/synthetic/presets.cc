// The architectures and the presets, as data.
#include <array>

#include "app/synthetic/spec.h"

namespace peregrine::app::synthetic {
namespace {

constexpr Sizes kTinyDecoder = {.layers = 2,
                                .width = 256,
                                .heads = 4,
                                .kv_heads = 2,
                                .head_dim = 64,
                                .feed_forward = 512,
                                .vocabulary = 512,
                                .context = 2048};

constexpr Sizes tiny_experts(std::uint32_t step) {
  Sizes sizes = kTinyDecoder;
  sizes.experts = 4;
  sizes.experts_used = 2;
  sizes.expert_feed_forward = 256;
  sizes.expert_step = step;
  return sizes;
}

constexpr Sizes tiny_windowed(Sizes sizes) {
  sizes.window = 64;
  return sizes;
}

constexpr Sizes tiny_latent() {
  Sizes sizes = tiny_experts(1);
  sizes.kv_heads = 1;
  sizes.kv_rank = 256;
  sizes.query_rank = 128;
  return sizes;
}

constexpr Sizes tiny_encoder() {
  Sizes sizes = kTinyDecoder;
  sizes.kv_heads = sizes.heads;
  sizes.context = 512;
  return sizes;
}

constexpr std::array kFamilies = {
    Family{
        .architecture = "llama", .experts = Experts::kOptional, .rope_base = 500000.0F, .tiny = kTinyDecoder},
    Family{.architecture = "qwen2", .rope_base = 1000000.0F, .tiny = kTinyDecoder},
    Family{.architecture = "qwen3", .rope_base = 1000000.0F, .tiny = kTinyDecoder},
    Family{.architecture = "qwen3moe",
           .experts = Experts::kAlways,
           .rope_base = 1000000.0F,
           .tiny = tiny_experts(1)},
    Family{.architecture = "gemma2", .windowed = true, .tied = true, .tiny = tiny_windowed(kTinyDecoder)},
    Family{.architecture = "gpt-oss",
           .experts = Experts::kAlways,
           .windowed = true,
           .rope_base = 150000.0F,
           .yarn_factor = 32.0F,
           .tiny = tiny_windowed(tiny_experts(1))},
    Family{.architecture = "llama4",
           .experts = Experts::kAlways,
           .rope_base = 500000.0F,
           .tiny = tiny_experts(2)},
    Family{.architecture = "deepseek2",
           .experts = Experts::kAlways,
           .latent = true,
           .yarn_factor = 40.0F,
           .tiny = tiny_latent()},
    Family{.architecture = "bert", .encoder = true, .tiny = tiny_encoder()},
    Family{.architecture = "nomic-bert", .encoder = true, .rope_base = 1000.0F, .tiny = tiny_encoder()},
};

constexpr std::array kPresets = {
    Preset{"llama-3.2-1b",
           "llama",
           true,
           {.layers = 16,
            .width = 2048,
            .heads = 32,
            .kv_heads = 8,
            .head_dim = 64,
            .feed_forward = 8192,
            .vocabulary = 128256,
            .context = 131072}},
    Preset{"llama-3.1-8b",
           "llama",
           false,
           {.layers = 32,
            .width = 4096,
            .heads = 32,
            .kv_heads = 8,
            .head_dim = 128,
            .feed_forward = 14336,
            .vocabulary = 128256,
            .context = 131072}},
    Preset{"qwen2.5-0.5b",
           "qwen2",
           true,
           {.layers = 24,
            .width = 896,
            .heads = 14,
            .kv_heads = 2,
            .head_dim = 64,
            .feed_forward = 4864,
            .vocabulary = 151936,
            .context = 32768}},
    Preset{"qwen3-0.6b",
           "qwen3",
           true,
           {.layers = 28,
            .width = 1024,
            .heads = 16,
            .kv_heads = 8,
            .head_dim = 128,
            .feed_forward = 3072,
            .vocabulary = 151936,
            .context = 40960}},
    // Qwen3 30B-A3B with an eighth of its layers and a quarter of its experts.
    Preset{"qwen3moe-small",
           "qwen3moe",
           false,
           {.layers = 6,
            .width = 2048,
            .heads = 32,
            .kv_heads = 4,
            .head_dim = 128,
            .feed_forward = 6144,
            .experts = 32,
            .experts_used = 8,
            .expert_feed_forward = 768,
            .expert_step = 1,
            .vocabulary = 151936,
            .context = 40960}},
    Preset{"gemma-2-2b",
           "gemma2",
           true,
           {.layers = 26,
            .width = 2304,
            .heads = 8,
            .kv_heads = 4,
            .head_dim = 256,
            .feed_forward = 9216,
            .window = 4096,
            .vocabulary = 256000,
            .context = 8192}},
    // gpt-oss 20B with a quarter of its layers and of its experts.
    Preset{"gpt-oss-small",
           "gpt-oss",
           false,
           {.layers = 6,
            .width = 2880,
            .heads = 64,
            .kv_heads = 8,
            .head_dim = 64,
            .feed_forward = 2880,
            .experts = 8,
            .experts_used = 4,
            .expert_feed_forward = 2880,
            .expert_step = 1,
            .window = 128,
            .vocabulary = 201088,
            .context = 131072}},
    Preset{"gpt-oss-20b",
           "gpt-oss",
           false,
           {.layers = 24,
            .width = 2880,
            .heads = 64,
            .kv_heads = 8,
            .head_dim = 64,
            .feed_forward = 2880,
            .experts = 32,
            .experts_used = 4,
            .expert_feed_forward = 2880,
            .expert_step = 1,
            .window = 128,
            .vocabulary = 201088,
            .context = 131072}},
    // DeepSeek-V3's attention at full size, with few layers and experts.
    Preset{"deepseek2-small",
           "deepseek2",
           false,
           {.layers = 3,
            .width = 7168,
            .heads = 128,
            .kv_heads = 1,
            .head_dim = 128,
            .feed_forward = 18432,
            .experts = 16,
            .experts_used = 8,
            .expert_feed_forward = 2048,
            .expert_step = 1,
            .kv_rank = 512,
            .query_rank = 1536,
            .vocabulary = 129280,
            .context = 163840}},
    Preset{"nomic-embed-text",
           "nomic-bert",
           false,
           {.layers = 12,
            .width = 768,
            .heads = 12,
            .kv_heads = 12,
            .head_dim = 64,
            .feed_forward = 3072,
            .vocabulary = 30528,
            .context = 2048}},
};

}  // namespace

std::span<const Family> families() {
  return kFamilies;
}
std::span<const Preset> presets() {
  return kPresets;
}

}  // namespace peregrine::app::synthetic
