#include "model/hparams.h"

#include <fmt/format.h>

#include <cmath>

namespace peregrine::model {
namespace {

Status check_range(const std::string& key, std::uint64_t value, std::uint64_t max) {
  if (value >= 1 && value <= max) return {};
  return fail(ErrorCode::kCorrupt, fmt::format("is {}, expected 1 to {}", value, max), key);
}

Result<std::uint32_t> bounded(const gguf::Metadata& meta, const std::string& key, std::uint32_t max) {
  PEREGRINE_ASSIGN(const std::uint32_t value, meta.u32(key));
  PEREGRINE_TRY(check_range(key, value, max));
  return value;
}

Result<std::uint32_t> bounded_or(const gguf::Metadata& meta, const std::string& key, std::uint32_t fallback,
                                 std::uint32_t max) {
  if (!meta.contains(key)) return fallback;
  return bounded(meta, key, max);
}

Status read_rope(const gguf::Metadata& meta, const std::string& prefix, Hparams& h) {
  const std::string dim_key = prefix + "rope.dimension_count";
  PEREGRINE_ASSIGN(h.rope_dim, bounded_or(meta, dim_key, h.head_dim, kMaxHeadDim));
  if (h.rope_dim > h.head_dim || h.rope_dim % 2 != 0) {
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("is {}, expected an even number of at most the head size {}", h.rope_dim, h.head_dim),
        dim_key);
  }
  const std::string base_key = prefix + "rope.freq_base";
  PEREGRINE_ASSIGN(h.rope_base, meta.f32_or(base_key, 10000.0F));
  if (!std::isfinite(h.rope_base) || h.rope_base < 1.0F) {
    return fail(ErrorCode::kCorrupt, "must be a finite number of at least 1", base_key);
  }
  const std::string type_key = prefix + "rope.scaling.type";
  PEREGRINE_ASSIGN(const std::string_view scaling, meta.string_or(type_key, "none"));
  if (scaling == "none") return {};
  if (scaling != "linear") {
    return fail(ErrorCode::kUnsupported,
                fmt::format("rope scaling '{}' is not supported; supported: none, linear", scaling),
                type_key);
  }
  const std::string factor_key = prefix + "rope.scaling.factor";
  PEREGRINE_ASSIGN(const float factor, meta.f32(factor_key));
  if (!std::isfinite(factor) || factor <= 0.0F) {
    return fail(ErrorCode::kCorrupt, "must be a positive number", factor_key);
  }
  h.rope_linear_scale = 1.0F / factor;
  return {};
}

}  // namespace

Result<Hparams> read_hparams(const gguf::File& file) {
  const gguf::Metadata& meta = file.metadata();
  Hparams h;
  PEREGRINE_ASSIGN(const std::string_view architecture, meta.string("general.architecture"));
  h.architecture = architecture;
  const std::string p = h.architecture + ".";

  const gguf::TensorInfo* embeddings = file.tensor("token_embd.weight");
  if (embeddings == nullptr || embeddings->shape.size() < 2) {
    return fail(ErrorCode::kCorrupt, "the file has no such matrix", "token_embd.weight");
  }
  PEREGRINE_TRY(check_range("token_embd.weight", embeddings->shape[1], kMaxVocabulary));
  h.n_vocab = static_cast<std::uint32_t>(embeddings->shape[1]);

  PEREGRINE_ASSIGN(h.context_length, bounded(meta, p + "context_length", kMaxContext));
  PEREGRINE_ASSIGN(h.n_embd, bounded(meta, p + "embedding_length", kMaxWidth));
  PEREGRINE_ASSIGN(h.n_ff, bounded(meta, p + "feed_forward_length", kMaxWidth));
  PEREGRINE_ASSIGN(h.n_layers, bounded(meta, p + "block_count", kMaxLayers));
  PEREGRINE_ASSIGN(h.n_heads, bounded(meta, p + "attention.head_count", kMaxHeads));
  PEREGRINE_ASSIGN(h.n_kv_heads, bounded_or(meta, p + "attention.head_count_kv", h.n_heads, kMaxHeads));
  if (h.n_heads % h.n_kv_heads != 0) {
    return fail(ErrorCode::kCorrupt,
                fmt::format("{} query heads cannot share {} key/value heads evenly", h.n_heads, h.n_kv_heads),
                p + "attention.head_count_kv");
  }
  const std::string head_key = p + "attention.key_length";
  if (!meta.contains(head_key) && h.n_embd % h.n_heads != 0) {
    return fail(ErrorCode::kCorrupt, fmt::format("{} does not divide the width {}", h.n_heads, h.n_embd),
                p + "attention.head_count");
  }
  PEREGRINE_ASSIGN(h.head_dim, bounded_or(meta, head_key, h.n_embd / h.n_heads, kMaxHeadDim));
  PEREGRINE_TRY(check_range(head_key, h.head_dim, kMaxHeadDim));
  PEREGRINE_ASSIGN(const std::uint32_t value_dim,
                   bounded_or(meta, p + "attention.value_length", h.head_dim, kMaxHeadDim));
  if (value_dim != h.head_dim) {
    return fail(
        ErrorCode::kUnsupported,
        fmt::format("value heads of {} beside key heads of {} are not supported", value_dim, h.head_dim),
        p + "attention.value_length");
  }
  PEREGRINE_TRY(read_rope(meta, p, h));
  const std::string eps_key = p + "attention.layer_norm_rms_epsilon";
  PEREGRINE_ASSIGN(h.norm_eps, meta.f32(eps_key));
  if (!std::isfinite(h.norm_eps) || h.norm_eps < 0.0F) {
    return fail(ErrorCode::kCorrupt, "must be a finite number of at least 0", eps_key);
  }
  return h;
}

}  // namespace peregrine::model
