#include "model/lora/files/base_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "model/lora/files/limits.h"
#include "model/lora/files/shown.h"

namespace peregrine::model {
namespace {

// Architectures whose modules have the names below. Of those that have more kinds of layers, attention with
// latent keys and experts among them, only these modules take adapters.
struct Family {
  std::string_view architecture;
  bool interleaved;  // queries and keys
};
constexpr std::array<Family, 6> kFamilies = {{
    {"llama", true},
    {"qwen2", false},
    {"qwen3", false},
    {"qwen3moe", false},
    {"gemma2", false},
    {"gpt-oss", false},
}};

struct Module {
  std::string_view publisher;  // within its layer
  std::string_view file;
};
constexpr std::array<Module, 7> kModules = {{
    {"self_attn.q_proj", "attn_q"},
    {"self_attn.k_proj", "attn_k"},
    {"self_attn.v_proj", "attn_v"},
    {"self_attn.o_proj", "attn_output"},
    {"mlp.gate_proj", "ffn_gate"},
    {"mlp.up_proj", "ffn_up"},
    {"mlp.down_proj", "ffn_down"},
}};

const Family* family_of(std::string_view architecture) {
  const auto* const found = std::ranges::find(kFamilies, architecture, &Family::architecture);
  return found == kFamilies.end() ? nullptr : found;
}

// "12.rest": the layer, with `text` cut to the rest. Nothing for what no layer's number looks like.
std::optional<std::uint32_t> take_layer(std::string_view& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0 || (text.front() == '0' && dot > 1)) return std::nullopt;
  const std::string_view digits = text.substr(0, dot);
  std::uint32_t layer = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), layer);
  if (error != std::errc() || end != digits.data() + digits.size() || layer >= kMaxLayers)
    return std::nullopt;
  text.remove_prefix(dot + 1);
  return layer;
}

}  // namespace

Result<AdapterBase> AdapterBase::of(const gguf::File& file) {
  PEREGRINE_ASSIGN(const std::string_view architecture, file.metadata().string("general.architecture"));
  if (family_of(architecture) == nullptr) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("models of the architecture {} take no adapters", shown(architecture)));
  }
  PEREGRINE_ASSIGN(Hparams hparams, read_hparams(file));
  return AdapterBase(file, std::move(hparams));
}

Result<BaseTarget> AdapterBase::tensor(std::string_view name) const {
  constexpr std::string_view kPrefix = "blk.";
  constexpr std::string_view kSuffix = ".weight";
  std::string_view part = name;
  const bool framed =
      part.starts_with(kPrefix) && part.ends_with(kSuffix) && part.size() > kPrefix.size() + kSuffix.size();
  const Module* module = nullptr;
  if (framed) {
    part.remove_prefix(kPrefix.size());
    part.remove_suffix(kSuffix.size());
    const auto layer = take_layer(part);
    const auto* const found = std::ranges::find(kModules, part, &Module::file);
    if (layer && found != kModules.end()) module = found;
  }
  if (module == nullptr) {
    return fail(ErrorCode::kUnsupported, "is not a tensor that an adapter may change", shown(name));
  }
  const gguf::TensorInfo* const info = file_->tensor(name);
  if (info == nullptr) return fail(ErrorCode::kNotFound, "is not in the base model", shown(name));
  if (info->shape.size() != 2 || info->shape[0] > kMaxWidth || info->shape[1] > kMaxWidth) {
    return fail(ErrorCode::kUnsupported, "is not a matrix in the base model", shown(name));
  }
  BaseTarget target;
  target.tensor = name;
  target.in = static_cast<std::uint32_t>(info->shape[0]);
  target.out = static_cast<std::uint32_t>(info->shape[1]);
  const bool query = module->file == "attn_q";
  const bool key = module->file == "attn_k";
  if (!family_of(hparams_.architecture)->interleaved || (!query && !key)) return target;
  target.order = RowOrder::kInterleaved;
  target.heads = query ? hparams_.n_heads : hparams_.n_kv_heads;
  if (target.out != target.heads * hparams_.head_dim || hparams_.head_dim % 2 != 0) {
    return fail(ErrorCode::kUnsupported, "has rows that are not whole heads of the base model", shown(name));
  }
  return target;
}

Result<BaseTarget> AdapterBase::module(std::string_view name) const {
  constexpr std::string_view kPrefix = "model.layers.";
  std::string_view part = name;
  if (part.starts_with(kPrefix)) {
    part.remove_prefix(kPrefix.size());
    const auto layer = take_layer(part);
    const auto* const found = std::ranges::find(kModules, part, &Module::publisher);
    if (layer && found != kModules.end()) {
      auto target = tensor(fmt::format("blk.{}.{}.weight", *layer, found->file));
      if (!target) target.error().where = shown(name);
      return target;
    }
  }
  return fail(ErrorCode::kUnsupported, "is not a module that an adapter may change", shown(name));
}

bool AdapterBase::knows_module(std::string_view name) {
  return std::ranges::any_of(kModules, [name](const Module& module) {
    if (!module.publisher.ends_with(name) || name.empty()) return false;
    const std::size_t before = module.publisher.size() - name.size();
    return before == 0 || module.publisher[before - 1] == '.';
  });
}

}  // namespace peregrine::model
