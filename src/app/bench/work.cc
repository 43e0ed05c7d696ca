#include "app/bench/work.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>

namespace peregrine::app::bench {
namespace {

constexpr std::string_view kEmbeddings = "token_embd.weight";
constexpr std::string_view kOutput = "output.weight";

// True for weights that activations are multiplied by; vectors and biases are only added or scaled with.
bool is_matrix(const gguf::TensorInfo& tensor) {
  return tensor.shape.size() >= 2 && tensor.name.ends_with(".weight");
}

bool is_of_experts(std::string_view name) {
  return name.ends_with("_exps.weight") || name.ends_with("_exps.bias");
}

Macs macs_of(const gguf::TensorInfo& tensor) {
  const auto n = static_cast<double>(tensor.shape.elements());
  const bool quantized = tensor::traits(tensor.type).block_elements > 1;
  return quantized ? Macs{.int8 = n, .fp32 = 0} : Macs{.int8 = 0, .fp32 = n};
}

// The share of the experts that a token uses.
Result<double> used_share(const gguf::File& file, const std::string& architecture) {
  PEREGRINE_ASSIGN(const std::uint32_t all, file.metadata().u32(architecture + ".expert_count"));
  PEREGRINE_ASSIGN(const std::uint32_t used, file.metadata().u32(architecture + ".expert_used_count"));
  if (used == 0 || used > all) {
    return fail(ErrorCode::kCorrupt, fmt::format("uses {} of {} experts", used, all),
                architecture + ".expert_used_count");
  }
  return static_cast<double>(used) / static_cast<double>(all);
}

}  // namespace

Result<Work> Work::of(const gguf::File& file, const model::ModelInfo& info, tensor::DType kv_dtype) {
  Work work;
  const bool tied = file.tensor(kOutput) == nullptr;
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    const auto bytes = static_cast<double>(tensor.data.size());
    if (is_of_experts(tensor.name)) {
      PEREGRINE_ASSIGN(work.used_share_, used_share(file, info.architecture));
      work.expert_bytes_ += bytes;
      if (is_matrix(tensor)) work.hidden_ += macs_of(tensor) * work.used_share_;
    } else if (tensor.name == kEmbeddings && !tied) {
      // A row per token is looked up: nothing beside the matrices.
    } else if (tensor.name == kEmbeddings || tensor.name == kOutput) {
      work.dense_bytes_ += bytes;
      work.output_ += macs_of(tensor);
    } else {
      work.dense_bytes_ += bytes;
      if (is_matrix(tensor)) work.hidden_ += macs_of(tensor);
    }
  }
  for (const model::KvGroup& group : info.kv) {
    const backend::KvLayout layout = group.layout(1, kv_dtype);
    work.kv_.push_back({group.view, static_cast<double>(layout.block_bytes())});
  }
  return work;
}

double Work::weight_bytes(std::uint32_t rows) const {
  const double in_use = 1.0 - std::pow(1.0 - used_share_, rows);
  return dense_bytes_ + expert_bytes_ * in_use;
}

double Work::kv_bytes(std::uint32_t context) const {
  double bytes = 0;
  for (const KvGroup& group : kv_) {
    bytes += group.token_bytes * static_cast<double>(context + 1 - group.view.first_visible(context));
  }
  return bytes;
}

Macs Work::macs(bool output) const {
  Macs all = hidden_;
  if (output) all += output_;
  return all;
}

}  // namespace peregrine::app::bench
