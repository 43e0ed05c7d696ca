// What a synthetic model is: an architecture, its sizes and a mix of tensor types. Its weights are random.
//
// Sizes come from a preset and are overridden one by one. resolve() answers with a spec whose parts fit
// together, so that the model loads, or with an error whose `where` is the option at fault.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/synthetic/type_mix.h"
#include "base/result.h"

namespace peregrine::app::synthetic {

struct Sizes {
  std::uint32_t layers = 0;
  std::uint32_t width = 0;
  std::uint32_t heads = 0;
  std::uint32_t kv_heads = 0;
  std::uint32_t head_dim = 0;  // of latent attention: without the rotated part, which has half as much
  std::uint32_t feed_forward = 0;
  std::uint32_t experts = 0;  // 0: none
  std::uint32_t experts_used = 0;
  std::uint32_t expert_feed_forward = 0;
  std::uint32_t expert_step = 0;  // every n-th layer has experts
  std::uint32_t kv_rank = 0;      // of latent attention
  std::uint32_t query_rank = 0;
  std::uint32_t window = 0;
  std::uint32_t vocabulary = 0;
  std::uint32_t context = 0;
};

// Which families of models a size means something for.
enum class Applies : std::uint8_t { kAll, kExperts, kInterleaved, kLatent, kWindow };

struct SizeOption {
  std::string_view flag;  // "--layers"
  std::uint32_t Sizes::* member;
  std::uint32_t max;
  Applies applies;
  std::string_view help;
};
inline constexpr std::size_t kSizeOptions = 15;
const std::array<SizeOption, kSizeOptions>& size_options();

enum class Experts : std::uint8_t { kNever, kOptional, kAlways };

// What an architecture is, beside its sizes.
struct Family {
  std::string_view architecture;  // general.architecture
  Experts experts = Experts::kNever;
  bool encoder = false;  // vectors instead of logits
  bool latent = false;
  bool windowed = false;  // every other layer
  bool tied = false;      // the output is the embeddings, always
  float rope_base = 10000.0F;
  float yarn_factor = 0.0F;  // 0: none
  Sizes tiny;                // the preset "tiny"
};
std::span<const Family> families();

struct Preset {
  std::string_view name;
  std::string_view architecture;
  bool tied = false;
  Sizes sizes;
};
std::span<const Preset> presets();

struct ModelSpec {
  std::string name;  // general.name
  const Family* family = nullptr;
  const TypeMix* mix = nullptr;
  bool tied = false;
  bool tokenizer = true;  // false: only for models too small to hold one
  std::uint64_t seed = 0;
  Sizes sizes;

  std::uint32_t query_width() const { return sizes.heads * sizes.head_dim; }
  std::uint32_t kv_width() const { return sizes.kv_heads * sizes.head_dim; }
  std::uint32_t latent_rope_dim() const { return sizes.head_dim / 2; }
  bool has_experts(std::uint32_t layer) const;
};

struct SpecRequest {
  std::string preset;        // empty: "tiny"
  std::string architecture;  // empty: the preset's, llama for "tiny"
  std::string type;          // empty: Q4_K_M
  std::uint64_t seed = 0;
  bool tokenizer = true;
  std::array<std::optional<std::uint32_t>, kSizeOptions> sizes;  // in the order of size_options()
};

// Errors: kInvalidArgument, kNotFound; `where` is the option.
Result<ModelSpec> resolve(const SpecRequest& request);

}  // namespace peregrine::app::synthetic
