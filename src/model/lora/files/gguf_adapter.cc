// GGUF files of adapters.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "gguf/file.h"
#include "gguf/printable.h"
#include "model/lora/files/adapter_file.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/numbers.h"

namespace peregrine::model {
namespace {

constexpr float kMaxAlpha = 1e6F;

std::string shown(std::string_view name) {
  return gguf::printable(name, gguf::PrintStyle::kLine, kMaxShownChars);
}

struct Pair {
  const gguf::TensorInfo* a = nullptr;
  const gguf::TensorInfo* b = nullptr;
};
using Pairs = std::map<std::string_view, Pair>;

Status check_text(const gguf::Metadata& metadata, std::string_view key, std::string_view needed) {
  const auto text = metadata.string(key);
  if (text && *text == needed) return {};
  return fail(ErrorCode::kUnsupported, fmt::format("must be \"{}\"", needed), std::string(key));
}

// The matrices are stored innermost dimension first: [in, rank] is a matrix of `rank` rows.
Result<Pairs> pair_up(const gguf::File& file) {
  constexpr std::string_view kA = ".lora_a";
  constexpr std::string_view kB = ".lora_b";
  Pairs pairs;
  for (const gguf::TensorInfo& tensor : file.tensors()) {
    const bool is_b = tensor.name.ends_with(kB);
    if (!is_b && !tensor.name.ends_with(kA)) {
      return fail(ErrorCode::kUnsupported, "is not named as tensors of adapters are", shown(tensor.name));
    }
    if (tensor.shape.size() != 2) return fail(ErrorCode::kCorrupt, "is not a matrix", shown(tensor.name));
    Pair& pair = pairs[tensor.name.substr(0, tensor.name.size() - kA.size())];
    (is_b ? pair.b : pair.a) = &tensor;
  }
  for (const auto& [name, pair] : pairs) {
    if (pair.a != nullptr && pair.b != nullptr) continue;
    return fail(ErrorCode::kCorrupt, fmt::format("has no {}", pair.a == nullptr ? "lora_a" : "lora_b"),
                shown(name));
  }
  return pairs;
}

Result<AdapterLayer> read_layer(const BaseTarget& target, const Pair& pair, float alpha) {
  const std::uint64_t rank = pair.a->shape[1];
  if (rank > kMaxFileRank || rank > std::min(target.in, target.out)) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("has the rank {}; the limit is {}", rank,
                            std::min({kMaxFileRank, target.in, target.out})),
                shown(pair.a->name));
  }
  if (pair.a->shape[0] != target.in) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("has {} columns, the base model's tensor {}", pair.a->shape[0], target.in),
                shown(pair.a->name));
  }
  if (pair.b->shape[0] != rank || pair.b->shape[1] != target.out) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("has the shape [{}, {}] instead of [{}, {}]", pair.b->shape[1], pair.b->shape[0],
                            target.out, rank),
                shown(pair.b->name));
  }
  AdapterLayer layer;
  layer.tensor = target.tensor;
  layer.rank = static_cast<std::uint32_t>(rank);
  layer.in = target.in;
  layer.out = target.out;
  layer.scale = alpha / static_cast<float>(rank);
  PEREGRINE_ASSIGN(layer.a, finite_floats(pair.a->data, pair.a->type, pair.a->name));
  PEREGRINE_ASSIGN(layer.b, finite_floats(pair.b->data, pair.b->type, pair.b->name));
  return layer;
}

}  // namespace

Result<AdapterWeights> read_gguf_adapter(std::span<const std::byte> bytes, const AdapterBase& base) {
  if (bytes.size() > kMaxAdapterBytes) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("the adapter is larger than {} bytes", kMaxAdapterBytes));
  }
  PEREGRINE_ASSIGN(const gguf::File file, gguf::File::parse(bytes));
  const gguf::Metadata& metadata = file.metadata();
  PEREGRINE_TRY(check_text(metadata, "general.type", "adapter"));
  PEREGRINE_TRY(check_text(metadata, "adapter.type", "lora"));
  PEREGRINE_TRY(check_text(metadata, "general.architecture", base.architecture()));
  constexpr const char* kAlpha = "adapter.lora.alpha";
  PEREGRINE_ASSIGN(const float alpha, metadata.f32(kAlpha));
  if (!(alpha > 0 && alpha <= kMaxAlpha)) {
    return fail(ErrorCode::kUnsupported, fmt::format("must be above 0 and at most {}", kMaxAlpha), kAlpha);
  }
  if (file.tensors().empty()) return fail(ErrorCode::kCorrupt, "the adapter has no tensors");
  if (file.tensors().size() > kMaxAdapterTensors) {
    return fail(ErrorCode::kResourceExhausted,
                fmt::format("the adapter has more than {} tensors", kMaxAdapterTensors));
  }
  PEREGRINE_ASSIGN(const Pairs pairs, pair_up(file));
  AdapterWeights out;
  out.architecture = base.architecture();
  out.layers.reserve(pairs.size());
  std::uint64_t numbers = 0;
  for (const auto& [name, pair] : pairs) {
    PEREGRINE_ASSIGN(const BaseTarget target, base.tensor(name));
    PEREGRINE_ASSIGN(AdapterLayer layer, read_layer(target, pair, alpha));
    numbers += layer.a.size() + layer.b.size();
    if (numbers > kMaxAdapterNumbers) {
      return fail(ErrorCode::kResourceExhausted,
                  fmt::format("the adapter has more than {} numbers", kMaxAdapterNumbers));
    }
    out.layers.push_back(std::move(layer));
  }
  return out;
}

}  // namespace peregrine::model
