#include "model/hparams.h"

#include <fmt/format.h>

#include <cmath>

#include "gguf/printable.h"

namespace peregrine::model {
namespace {

constexpr std::size_t kShownChars = 32;  // of a file's text in an error

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

Status read_rope(const gguf::Metadata& meta, const HparamReader& reader, const std::string& prefix,
                 Hparams& h) {
  const std::string dim_key = prefix + "rope.dimension_count";
  PEREGRINE_ASSIGN(h.rope_dim, bounded_or(meta, dim_key, h.head_dim, kMaxHeadDim));
  if (h.rope_dim > h.head_dim || h.rope_dim % 2 != 0) {
    return fail(
        ErrorCode::kCorrupt,
        fmt::format("is {}, expected an even number of at most the head size {}", h.rope_dim, h.head_dim),
        dim_key);
  }
  PEREGRINE_ASSIGN(h.rope_base, reader.positive_or("rope.freq_base", 10000.0F));
  if (h.rope_base < 1.0F) return reader.refuse("rope.freq_base", "must be at least 1");
  PEREGRINE_ASSIGN(const std::string_view scaling, meta.string_or(prefix + "rope.scaling.type", "none"));
  if (scaling == "none") return {};
  if (scaling != "linear" && scaling != "yarn") {
    return fail(ErrorCode::kUnsupported,
                fmt::format("rope scaling '{}' is not supported; supported: none, linear, yarn",
                            gguf::printable(scaling, gguf::PrintStyle::kLine, kShownChars)),
                prefix + "rope.scaling.type");
  }
  if (!reader.has("rope.scaling.factor")) return reader.refuse("rope.scaling.factor", "is missing");
  PEREGRINE_ASSIGN(const float factor, reader.positive_or("rope.scaling.factor", 1.0F));
  h.rope_linear_scale = 1.0F / factor;
  if (!std::isfinite(h.rope_linear_scale)) return reader.refuse("rope.scaling.factor", "is too small");
  if (scaling == "yarn") {
    PEREGRINE_ASSIGN(h.rope_original_context,
                     reader.count("rope.scaling.original_context_length", kMaxContext));
  }
  return {};
}

Result<float> read_norm_eps(const gguf::Metadata& meta, const std::string& prefix) {
  const std::string rms = prefix + "attention.layer_norm_rms_epsilon";
  const std::string layer = prefix + "attention.layer_norm_epsilon";
  const std::string& key = meta.contains(layer) && !meta.contains(rms) ? layer : rms;
  PEREGRINE_ASSIGN(const float eps, meta.f32(key));
  if (!std::isfinite(eps) || eps < 0.0F)
    return fail(ErrorCode::kCorrupt, "must be a finite number of at least 0", key);
  return eps;
}

}  // namespace

Result<std::uint32_t> HparamReader::count(const std::string& name, std::uint32_t max) const {
  return bounded(meta_, prefix_ + name, max);
}

Result<std::uint32_t> HparamReader::count_or(const std::string& name, std::uint32_t fallback,
                                             std::uint32_t min, std::uint32_t max) const {
  if (!has(name)) return fallback;
  PEREGRINE_ASSIGN(const std::uint32_t value, meta_.u32(prefix_ + name));
  if (value < min || value > max) {
    return fail(ErrorCode::kCorrupt, fmt::format("is {}, expected {} to {}", value, min, max),
                prefix_ + name);
  }
  return value;
}

Result<float> HparamReader::positive_or(const std::string& name, float fallback) const {
  PEREGRINE_ASSIGN(const float value, meta_.f32_or(prefix_ + name, fallback));
  if (!std::isfinite(value) || value <= 0.0F) {
    return fail(ErrorCode::kCorrupt, "must be a positive number", prefix_ + name);
  }
  return value;
}

Result<bool> HparamReader::flag_or(const std::string& name, bool fallback) const {
  return has(name) ? meta_.boolean(prefix_ + name) : fallback;
}

tl::unexpected<Error> HparamReader::refuse(const std::string& name, std::string why) const {
  return fail(ErrorCode::kCorrupt, std::move(why), prefix_ + name);
}

Result<Hparams> read_hparams(const gguf::File& file) {
  const gguf::Metadata& meta = file.metadata();
  Hparams h;
  PEREGRINE_ASSIGN(const std::string_view architecture, meta.string("general.architecture"));
  h.architecture = architecture;
  const std::string p = h.architecture + ".";
  const HparamReader reader(file, h.architecture);

  const gguf::TensorInfo* embeddings = file.tensor("token_embd.weight");
  if (embeddings == nullptr || embeddings->shape.size() < 2) {
    return fail(ErrorCode::kCorrupt, "the file has no such matrix", "token_embd.weight");
  }
  PEREGRINE_TRY(check_range("token_embd.weight", embeddings->shape[1], kMaxVocabulary));
  h.n_vocab = static_cast<std::uint32_t>(embeddings->shape[1]);

  PEREGRINE_ASSIGN(h.context_length, reader.count("context_length", kMaxContext));
  PEREGRINE_ASSIGN(h.n_embd, reader.count("embedding_length", kMaxWidth));
  PEREGRINE_ASSIGN(h.n_ff, reader.count("feed_forward_length", kMaxWidth));
  PEREGRINE_ASSIGN(h.n_layers, reader.count("block_count", kMaxLayers));
  PEREGRINE_ASSIGN(h.n_heads, reader.count("attention.head_count", kMaxHeads));
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
  PEREGRINE_ASSIGN(h.value_dim, bounded_or(meta, p + "attention.value_length", h.head_dim, kMaxHeadDim));
  PEREGRINE_TRY(read_rope(meta, reader, p, h));
  PEREGRINE_ASSIGN(h.norm_eps, read_norm_eps(meta, p));
  return h;
}

}  // namespace peregrine::model
