// adapter_config.json and adapter_model.safetensors: which tensor is whose, and in what order its rows are.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "gguf/printable.h"
#include "model/lora/files/adapter_file.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/matrix_pairs.h"
#include "model/lora/files/peft_config.h"
#include "model/lora/files/safetensors.h"
#include "model/lora/files/zip.h"

namespace peregrine::model {
namespace {

using Pair = MatrixPair<SafeTensor>;
using Pairs = MatrixPairs<SafeTensor>;

struct TensorName {
  std::string_view module;  // "model.layers.0.self_attn.q_proj"
  bool is_b = false;
};

// "base_model.model.MODULE.lora_A.weight"; some writers leave the name of the adapter in it.
std::optional<TensorName> split_name(std::string_view name) {
  constexpr std::string_view kPrefix = "base_model.model.";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  for (const std::string_view end : {".weight", ".default.weight"}) {
    for (const bool is_b : {false, true}) {
      const std::string suffix = fmt::format(".lora_{}{}", is_b ? 'B' : 'A', end);
      if (name.ends_with(suffix)) return TensorName{name.substr(0, name.size() - suffix.size()), is_b};
    }
  }
  return std::nullopt;
}

Result<Pairs> pair_up(const std::vector<SafeTensor>& tensors) {
  Pairs pairs;
  for (const SafeTensor& tensor : tensors) {
    const auto name = split_name(tensor.name);
    if (!name) {
      return fail(ErrorCode::kUnsupported, "is not named as LoRA tensors of PEFT are", shown(tensor.name));
    }
    Pair& pair = pairs[name->module];
    const SafeTensor*& place = name->is_b ? pair.b : pair.a;
    if (place != nullptr) return fail(ErrorCode::kCorrupt, "is there twice", shown(tensor.name));
    place = &tensor;
  }
  PEREGRINE_TRY(check_complete(pairs, "lora_A", "lora_B"));
  return pairs;
}

bool is_target(std::string_view module, std::string_view target) {
  return module.ends_with(target) &&
         (module.size() == target.size() || module[module.size() - target.size() - 1] == '.');
}

// Each target is a module of such models and has tensors, and no tensor is of another module.
Status check_targets(const Pairs& pairs, const PeftConfig& config) {
  const std::vector<std::string>& targets = config.target_modules;
  if (targets.empty()) return {};
  constexpr const char* kKey = "target_modules";
  for (const std::string& target : targets) {
    const bool used =
        std::ranges::any_of(pairs, [&](const auto& one) { return is_target(one.first, target); });
    if (used) continue;
    const std::string name = gguf::printable(target, gguf::PrintStyle::kQuoted, kMaxShownChars);
    if (!AdapterBase::knows_module(target)) {
      return fail(ErrorCode::kUnsupported, fmt::format("names {}, which the base model does not have", name),
                  kKey);
    }
    return fail(ErrorCode::kCorrupt, fmt::format("names {}, of which there are no tensors", name), kKey);
  }
  for (const auto& [module, pair] : pairs) {
    const std::string_view name = module;
    const auto names_it = [name](const std::string& target) { return is_target(name, target); };
    if (!std::ranges::any_of(targets, names_it)) {
      return fail(ErrorCode::kCorrupt, "is not among the target_modules", shown(name));
    }
  }
  return {};
}

Status check_shapes(std::string_view module, const Pair& pair, const BaseTarget& target, std::uint32_t rank) {
  const auto check = [&](const SafeTensor& tensor, std::uint64_t rows, std::uint64_t columns) -> Status {
    if (tensor.rows == rows && tensor.columns == columns) return {};
    return fail(ErrorCode::kCorrupt,
                fmt::format("has the shape [{}, {}]; with r {} the base model needs [{}, {}]", tensor.rows,
                            tensor.columns, rank, rows, columns),
                shown(tensor.name));
  };
  if (rank > std::min(target.in, target.out)) {
    return fail(ErrorCode::kUnsupported, fmt::format("is smaller than the rank {}", rank), shown(module));
  }
  PEREGRINE_TRY(check(*pair.a, rank, target.in));
  return check(*pair.b, target.out, rank);
}

template <class T>
Result<T> in_member(std::string_view member, Result<T> result) {
  if (!result) {
    Error& error = result.error();
    error.where = error.where.empty() ? std::string(member) : fmt::format("{}: {}", member, error.where);
  }
  return result;
}

Result<AdapterWeights> join(const std::vector<SafeTensor>& tensors, const PeftConfig& config,
                            const AdapterBase& base) {
  if (tensors.empty()) return fail(ErrorCode::kCorrupt, "has no tensors");
  PEREGRINE_ASSIGN(const Pairs pairs, pair_up(tensors));
  PEREGRINE_TRY(check_targets(pairs, config));
  return read_layers(pairs, base.architecture(),
                     [&](std::string_view module, const Pair& pair) -> Result<LayerShape> {
                       PEREGRINE_ASSIGN(BaseTarget target, base.module(module));
                       PEREGRINE_TRY(check_shapes(module, pair, target, config.rank));
                       return LayerShape{std::move(target), config.rank, config.scale};
                     });
}

}  // namespace

Result<AdapterWeights> read_peft_adapter(std::string_view config, std::span<const std::byte> weights,
                                         const AdapterBase& base) {
  PEREGRINE_ASSIGN(const PeftConfig parsed, in_member(kAdapterConfigName, parse_peft_config(config)));
  PEREGRINE_ASSIGN(const auto tensors, in_member(kAdapterWeightsName, parse_safetensors(weights)));
  return in_member(kAdapterWeightsName, join(tensors, parsed, base));
}

}  // namespace peregrine::model
