// GGUF files of adapters.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "gguf/file.h"
#include "model/lora/files/adapter_file.h"
#include "model/lora/files/limits.h"
#include "model/lora/files/matrix_pairs.h"

namespace peregrine::model {
namespace {

constexpr float kMaxAlpha = 1e6F;

using Pair = MatrixPair<gguf::TensorInfo>;
using Pairs = MatrixPairs<gguf::TensorInfo>;

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
  PEREGRINE_TRY(check_complete(pairs, "lora_a", "lora_b"));
  return pairs;
}

Result<std::uint32_t> checked_rank(const BaseTarget& target, const Pair& pair) {
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
  return static_cast<std::uint32_t>(rank);
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
  return read_layers(pairs, base.architecture(),
                     [&](std::string_view name, const Pair& pair) -> Result<LayerShape> {
                       PEREGRINE_ASSIGN(BaseTarget target, base.tensor(name));
                       PEREGRINE_ASSIGN(const std::uint32_t rank, checked_rank(target, pair));
                       target.order = RowOrder::kSame;  // as in the base's file
                       return LayerShape{std::move(target), rank, alpha / static_cast<float>(rank)};
                     });
}

}  // namespace peregrine::model
