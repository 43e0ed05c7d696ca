#include "app/synthetic/spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "app/synthetic/vocabulary.h"
#include "model/hparams.h"

namespace peregrine::app::synthetic {
namespace {

constexpr std::string_view kTiny = "tiny";
constexpr std::string_view kDefaultArchitecture = "llama";

constexpr std::array<SizeOption, kSizeOptions> kOptions = {{
    {"--layers", &Sizes::layers, model::kMaxLayers, Applies::kAll, "Layers"},
    {"--width", &Sizes::width, model::kMaxWidth, Applies::kAll, "Width of the residual stream"},
    {"--heads", &Sizes::heads, model::kMaxHeads, Applies::kAll, "Query heads"},
    {"--kv-heads", &Sizes::kv_heads, model::kMaxHeads, Applies::kAll, "Key/value heads"},
    {"--head-dim", &Sizes::head_dim, model::kMaxHeadDim, Applies::kAll, "Width of a head"},
    {"--feed-forward", &Sizes::feed_forward, model::kMaxWidth, Applies::kAll, "Width of the feed-forward"},
    {"--experts", &Sizes::experts, model::kMaxExperts, Applies::kExperts, "Experts of a layer"},
    {"--experts-used", &Sizes::experts_used, model::kMaxExperts, Applies::kExperts, "Experts of a token"},
    {"--expert-feed-forward", &Sizes::expert_feed_forward, model::kMaxWidth, Applies::kExperts,
     "Width of an expert"},
    {"--expert-step", &Sizes::expert_step, model::kMaxLayers, Applies::kInterleaved,
     "Every how many layers there are experts (llama4)"},
    {"--kv-rank", &Sizes::kv_rank, model::kMaxHeadDim, Applies::kLatent, "Width of the latent (deepseek2)"},
    {"--query-rank", &Sizes::query_rank, model::kMaxWidth, Applies::kLatent,
     "Rank of the query projection (deepseek2)"},
    {"--window", &Sizes::window, model::kMaxContext, Applies::kWindow,
     "Tokens in view of windowed layers (gemma2, gpt-oss)"},
    {"--vocabulary", &Sizes::vocabulary, model::kMaxVocabulary, Applies::kAll, "Tokens of the vocabulary"},
    {"--context", &Sizes::context, model::kMaxContext, Applies::kAll, "Positions"},
}};

tl::unexpected<Error> wrong(std::string_view option, std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), std::string(option));
}

template <class Range, class Name>
std::string names_of(const Range& range, Name name) {
  std::vector<std::string_view> names;
  for (const auto& one : range) names.push_back(one.*name);
  return fmt::format("{}", fmt::join(names, ", "));
}

bool applies(Applies what, const Family& family) {
  switch (what) {
    case Applies::kAll:
      return true;
    case Applies::kExperts:
      return family.experts != Experts::kNever;
    case Applies::kInterleaved:
      return family.architecture == "llama4";
    case Applies::kLatent:
      return family.latent;
    case Applies::kWindow:
      return family.windowed;
  }
  return false;
}

const Family* find_family(std::string_view architecture) {
  const auto found = std::ranges::find(families(), architecture, &Family::architecture);
  return found == families().end() ? nullptr : &*found;
}

// Family, name and sizes of the request's preset.
Status start_from_preset(const SpecRequest& request, ModelSpec& spec) {
  const bool tiny = request.preset.empty() || request.preset == kTiny;
  const auto preset = std::ranges::find(presets(), request.preset, &Preset::name);
  if (!tiny && preset == presets().end()) {
    return fail(ErrorCode::kNotFound,
                fmt::format("there is no preset '{}'; there are {}, {}", request.preset, kTiny,
                            names_of(presets(), &Preset::name)),
                "--preset");
  }
  std::string architecture = request.architecture;
  if (architecture.empty()) architecture = tiny ? kDefaultArchitecture : preset->architecture;
  spec.family = find_family(architecture);
  if (spec.family == nullptr) {
    return fail(ErrorCode::kNotFound,
                fmt::format("there is no architecture '{}'; there are {}", architecture,
                            names_of(families(), &Family::architecture)),
                "--architecture");
  }
  if (!tiny && architecture != preset->architecture) {
    return wrong("--architecture", fmt::format("the preset {} is of architecture {}, not {}", preset->name,
                                               preset->architecture, architecture));
  }
  spec.name =
      tiny ? fmt::format("synthetic {} {}", kTiny, architecture) : fmt::format("synthetic {}", preset->name);
  spec.sizes = tiny ? spec.family->tiny : preset->sizes;
  spec.tied = spec.family->tied || (!tiny && preset->tied);
  return {};
}

// The sizes of the request, each within its own bounds.
Status override_sizes(const SpecRequest& request, ModelSpec& spec) {
  for (std::size_t i = 0; i < kSizeOptions; ++i) {
    if (!request.sizes[i]) continue;
    const SizeOption& option = kOptions[i];
    const std::uint32_t value = *request.sizes[i];
    if (!applies(option.applies, *spec.family)) {
      return wrong(option.flag, fmt::format("means nothing for {}", spec.family->architecture));
    }
    // A family that may have experts may be told to have none.
    const bool may_be_zero = option.member == &Sizes::experts && spec.family->experts == Experts::kOptional;
    if (value > option.max || (value == 0 && !may_be_zero)) {
      return wrong(option.flag, fmt::format("is {}, expected 1 to {}", value, option.max));
    }
    spec.sizes.*option.member = value;
  }
  return {};
}

// Sizes that follow from others unless they are given.
Status derive_sizes(const SpecRequest& request, ModelSpec& spec) {
  const auto given = [&](std::uint32_t Sizes::* member) {
    const auto* option = std::ranges::find(kOptions, member, &SizeOption::member);
    return request.sizes[static_cast<std::size_t>(option - kOptions.begin())].has_value();
  };
  Sizes& s = spec.sizes;
  if (!given(&Sizes::head_dim) && (given(&Sizes::width) || given(&Sizes::heads))) {
    if (s.width % s.heads != 0) {
      return wrong("--heads",
                   fmt::format("{} heads do not divide the width {}; --head-dim says how wide they are",
                               s.heads, s.width));
    }
    s.head_dim = s.width / s.heads;
  }
  if (spec.family->encoder && !given(&Sizes::kv_heads)) s.kv_heads = s.heads;
  if (s.experts == 0) return {};
  if (s.experts_used == 0) s.experts_used = std::min(2U, s.experts);
  if (s.expert_feed_forward == 0) s.expert_feed_forward = s.feed_forward;
  if (s.expert_step == 0) s.expert_step = 1;
  return {};
}

Status check_heads(const ModelSpec& spec) {
  const Sizes& s = spec.sizes;
  if (s.heads % s.kv_heads != 0) {
    return wrong("--kv-heads",
                 fmt::format("{} key/value heads do not divide {} query heads", s.kv_heads, s.heads));
  }
  if (spec.family->latent && s.kv_heads != 1) {
    return wrong("--kv-heads", fmt::format("all heads of {} share one latent", spec.family->architecture));
  }
  // Rotation takes pairs, and half of a latent head.
  const std::uint32_t unit = spec.family->latent ? 4 : 2;
  if (s.head_dim == 0 || s.head_dim % unit != 0 || s.head_dim > model::kMaxHeadDim) {
    return wrong("--head-dim", fmt::format("is {}, expected a multiple of {} of at most {}", s.head_dim, unit,
                                           model::kMaxHeadDim));
  }
  if (spec.query_width() > model::kMaxWidth) {
    return wrong("--head-dim",
                 fmt::format("{} heads of {} are wider than {}", s.heads, s.head_dim, model::kMaxWidth));
  }
  if (spec.family->encoder && (s.kv_heads != s.heads || spec.query_width() != s.width)) {
    return wrong(s.kv_heads != s.heads ? "--kv-heads" : "--head-dim",
                 fmt::format("the {} heads of {} must fill the width {} for keys as for queries", s.heads,
                             spec.family->architecture, s.width));
  }
  const std::uint32_t rope = spec.latent_rope_dim();
  if (spec.family->latent && s.kv_rank + rope > model::kMaxHeadDim) {
    return wrong("--kv-rank", fmt::format("the latent's {} and {} rotated dimensions are more than {}",
                                          s.kv_rank, rope, model::kMaxHeadDim));
  }
  if (spec.family->latent && s.head_dim + rope > model::kMaxHeadDim) {
    return wrong("--head-dim", fmt::format("{} and {} rotated dimensions are more than {}", s.head_dim, rope,
                                           model::kMaxHeadDim));
  }
  return {};
}

Status check_experts(const ModelSpec& spec) {
  const Sizes& s = spec.sizes;
  if (s.experts == 0) return {};
  if (s.experts_used > s.experts) {
    return wrong("--experts-used", fmt::format("{} of {} experts cannot be used", s.experts_used, s.experts));
  }
  if (std::uint64_t{s.experts} * std::max(s.expert_feed_forward, s.width) > UINT32_MAX) {
    return wrong("--experts", fmt::format("{} experts of this width are too many", s.experts));
  }
  if (s.expert_step > s.layers) {
    return wrong("--expert-step", fmt::format("{} layers have no {}th", s.layers, s.expert_step));
  }
  return {};
}

}  // namespace

const std::array<SizeOption, kSizeOptions>& size_options() {
  return kOptions;
}

bool ModelSpec::has_experts(std::uint32_t layer) const {
  if (sizes.experts == 0) return false;
  if (family->latent) return layer >= 1;  // the first layer is dense, as in DeepSeek-V2
  return (layer + 1) % sizes.expert_step == 0;
}

Result<ModelSpec> resolve(const SpecRequest& request) {
  ModelSpec spec;
  spec.seed = request.seed;
  spec.tokenizer = request.tokenizer;
  PEREGRINE_TRY(start_from_preset(request, spec));
  spec.mix = find_type_mix(request.type.empty() ? "Q4_K_M" : request.type);
  if (spec.mix == nullptr) {
    return fail(ErrorCode::kNotFound,
                fmt::format("there is no type '{}'; there are {}", request.type,
                            names_of(type_mixes(), &TypeMix::name)),
                "--type");
  }
  PEREGRINE_TRY(override_sizes(request, spec));
  PEREGRINE_TRY(derive_sizes(request, spec));
  PEREGRINE_TRY(check_heads(spec));
  PEREGRINE_TRY(check_experts(spec));
  if (spec.tokenizer && spec.sizes.vocabulary < kMinVocabulary) {
    return wrong("--vocabulary", fmt::format("is {}, expected at least {}: the bytes and the tokens of chat",
                                             spec.sizes.vocabulary, kMinVocabulary));
  }
  return spec;
}

}  // namespace peregrine::app::synthetic
