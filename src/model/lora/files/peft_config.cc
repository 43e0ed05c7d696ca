#include "model/lora/files/peft_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <cmath>
#include <utility>

#include "gguf/printable.h"
#include "model/lora/files/json.h"
#include "model/lora/files/limits.h"

namespace peregrine::model {
namespace {

namespace bj = boost::json;

constexpr std::size_t kMaxTargets = 256;
constexpr double kMaxAlpha = 1e6;

// How the adapter was made, and what for: nothing that running it depends on.
constexpr std::array<std::string_view, 24> kDescriptive = {
    "auto_mapping",
    "base_model_name_or_path",
    "revision",
    "inference_mode",
    "lora_dropout",
    "layers_pattern",
    "layers_to_transform",
    "exclude_modules",
    "loftq_config",
    "megatron_config",
    "megatron_core",
    "runtime_config",
    "peft_version",
    "qalora_group_size",
    "parent_library",
    "eva_config",
    "corda_config",
    "arrow_config",
    "r",
    "lora_alpha",
    "use_rslora",
    "target_modules",
    "peft_type",
    "task_type",
};

tl::unexpected<Error> refuse(ErrorCode code, std::string message, std::string_view key = {}) {
  return fail(code, std::move(message), gguf::printable(key, gguf::PrintStyle::kLine, kMaxShownChars));
}

// null, false, nothing in it.
bool says_nothing(const bj::value& value) {
  if (value.is_null()) return true;
  if (value.is_bool()) return !value.get_bool();
  if (value.is_array()) return value.get_array().empty();
  if (value.is_object()) return value.get_object().empty();
  return value.is_string() && value.get_string().empty();
}

Status check_text(const bj::value& value, std::string_view key,
                  std::initializer_list<std::string_view> taken) {
  const bj::string* const text = value.if_string();
  if (text != nullptr && std::ranges::find(taken, std::string_view(*text)) != taken.end()) return {};
  return refuse(ErrorCode::kUnsupported, fmt::format("must be {}", fmt::join(taken, " or ")), key);
}

// Starting values that came with a change of the base's own weights make an adapter of another base.
Status check_start(const bj::value& value) {
  if (value.is_null() || value.is_bool()) return {};
  return check_text(value, "init_lora_weights", {"gaussian", "eva", "orthogonal"});
}

Status check_other(std::string_view key, const bj::value& value) {
  if (key == "bias") return value.is_null() ? Status() : check_text(value, key, {"none"});
  if (key == "init_lora_weights") return check_start(value);
  if (std::ranges::find(kDescriptive, key) != kDescriptive.end() || says_nothing(value)) return {};
  return refuse(ErrorCode::kUnsupported, "is not supported", key);
}

Result<double> number_at(const bj::object& config, std::string_view key) {
  const bj::value* const value = config.if_contains(key);
  if (value == nullptr || !value->is_number()) return refuse(ErrorCode::kCorrupt, "must be a number", key);
  return value->to_number<double>();
}

Result<bool> flag_at(const bj::object& config, std::string_view key) {
  const bj::value* const value = config.if_contains(key);
  if (value == nullptr || value->is_null()) return false;
  if (!value->is_bool()) return refuse(ErrorCode::kCorrupt, "must be true or false", key);
  return value->get_bool();
}

Result<std::vector<std::string>> read_targets(const bj::object& config) {
  constexpr std::string_view kKey = "target_modules";
  std::vector<std::string> targets;
  const bj::value* const value = config.if_contains(kKey);
  if (value == nullptr) return refuse(ErrorCode::kCorrupt, "is missing", kKey);
  // "all-linear", or a regular expression: the tensors tell which modules it meant.
  if (value->is_string() && !value->get_string().empty()) return targets;
  const bj::array* const list = value->if_array();
  if (list == nullptr || list->empty() || list->size() > kMaxTargets) {
    return refuse(ErrorCode::kCorrupt, "must be a list of names of modules", kKey);
  }
  targets.reserve(list->size());
  for (const bj::value& one : *list) {
    if (!one.is_string() || one.get_string().empty()) {
      return refuse(ErrorCode::kCorrupt, "must be a list of names of modules", kKey);
    }
    targets.emplace_back(one.get_string());
  }
  return targets;
}

}  // namespace

Result<PeftConfig> parse_peft_config(std::string_view text) {
  PEREGRINE_ASSIGN(const bj::value value, parse_adapter_json(text));
  const bj::object* const config = value.if_object();
  if (config == nullptr) return refuse(ErrorCode::kCorrupt, "is not a JSON object");
  const bj::value* const type = config->if_contains("peft_type");
  PEREGRINE_TRY(check_text(type == nullptr ? bj::value() : *type, "peft_type", {"LORA"}));
  const bj::value* const task = config->if_contains("task_type");
  if (task != nullptr && !task->is_null()) PEREGRINE_TRY(check_text(*task, "task_type", {"CAUSAL_LM"}));
  for (const auto& [key, member] : *config) PEREGRINE_TRY(check_other(key, member));

  PeftConfig out;
  PEREGRINE_ASSIGN(const double rank, number_at(*config, "r"));
  const auto* const known = std::ranges::find_if(
      kPeftRanks, [rank](std::uint32_t one) { return static_cast<double>(one) == rank; });
  if (known == std::end(kPeftRanks)) {
    return refuse(ErrorCode::kUnsupported, fmt::format("must be one of {}", fmt::join(kPeftRanks, ", ")),
                  "r");
  }
  out.rank = *known;
  PEREGRINE_ASSIGN(const double alpha, number_at(*config, "lora_alpha"));
  if (!(alpha > 0 && alpha <= kMaxAlpha)) {
    return refuse(ErrorCode::kUnsupported, fmt::format("must be above 0 and at most {}", kMaxAlpha),
                  "lora_alpha");
  }
  PEREGRINE_ASSIGN(const bool stabilised, flag_at(*config, "use_rslora"));
  out.scale = static_cast<float>(alpha / (stabilised ? std::sqrt(rank) : rank));
  PEREGRINE_ASSIGN(out.target_modules, read_targets(*config));
  return out;
}

}  // namespace peregrine::model
