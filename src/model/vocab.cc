#include "model/vocab.h"

#include <optional>
#include <string_view>

namespace peregrine::model {
namespace {

namespace keys = text::keys;

Result<std::optional<std::uint32_t>> optional_id(const gguf::Metadata& metadata, std::string_view key) {
  if (!metadata.contains(key)) return std::nullopt;
  PEREGRINE_ASSIGN(const std::uint32_t id, metadata.u32(key));
  return id;
}

Result<std::optional<bool>> optional_flag(const gguf::Metadata& metadata, std::string_view key) {
  if (!metadata.contains(key)) return std::nullopt;
  PEREGRINE_ASSIGN(const bool flag, metadata.boolean(key));
  return flag;
}

}  // namespace

Result<text::TokenizerSpec> tokenizer_spec(const gguf::Metadata& metadata) {
  text::TokenizerSpec spec;
  PEREGRINE_ASSIGN(const std::string_view model, metadata.string(keys::kModel));
  PEREGRINE_ASSIGN(spec.kind, text::tokenizer_kind(model));
  PEREGRINE_ASSIGN(spec.pre, metadata.string_or(keys::kPre, spec.pre));
  PEREGRINE_ASSIGN(spec.tokens, metadata.strings(keys::kTokens));
  if (metadata.contains(keys::kTokenTypes)) {
    PEREGRINE_ASSIGN(spec.token_types, metadata.i32s(keys::kTokenTypes));
  }
  if (spec.kind == text::TokenizerKind::kSentencePiece) {
    PEREGRINE_ASSIGN(spec.scores, metadata.f32s(keys::kScores));
  }
  if (spec.kind == text::TokenizerKind::kByteLevelBpe ||
      spec.kind == text::TokenizerKind::kRankedSentencePiece) {
    PEREGRINE_ASSIGN(spec.merges, metadata.strings(keys::kMerges));
  }
  const bool bos_is_cls = !metadata.contains(keys::kBos) && spec.kind == text::TokenizerKind::kWordPiece;
  PEREGRINE_ASSIGN(spec.bos, optional_id(metadata, bos_is_cls ? keys::kCls : keys::kBos));
  PEREGRINE_ASSIGN(spec.eos, optional_id(metadata, keys::kEos));
  PEREGRINE_ASSIGN(spec.unk, optional_id(metadata, keys::kUnk));
  PEREGRINE_ASSIGN(spec.sep, optional_id(metadata, keys::kSep));
  PEREGRINE_ASSIGN(spec.eot, optional_id(metadata, keys::kEot));
  PEREGRINE_ASSIGN(spec.eom, optional_id(metadata, keys::kEom));
  PEREGRINE_ASSIGN(spec.add_bos, optional_flag(metadata, keys::kAddBos));
  PEREGRINE_ASSIGN(spec.add_eos, optional_flag(metadata, keys::kAddEos));
  PEREGRINE_ASSIGN(spec.add_space_prefix, optional_flag(metadata, keys::kAddSpacePrefix));
  PEREGRINE_ASSIGN(spec.lowercase, optional_flag(metadata, keys::kLowercase));
  PEREGRINE_ASSIGN(spec.strip_accents, optional_flag(metadata, keys::kStripAccents));
  return spec;
}

}  // namespace peregrine::model
