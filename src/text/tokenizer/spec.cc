#include "text/tokenizer/spec.h"

#include <array>
#include <utility>

namespace peregrine::text {

Result<TokenizerKind> tokenizer_kind(std::string_view model) {
  static constexpr std::array<std::pair<std::string_view, TokenizerKind>, 4> kModels = {{
      {"gpt2", TokenizerKind::kByteLevelBpe},
      {"llama", TokenizerKind::kSentencePiece},
      {"gemma4", TokenizerKind::kRankedSentencePiece},
      {"bert", TokenizerKind::kWordPiece},
  }};
  std::string known;
  for (const auto& [name, kind] : kModels) {
    if (name == model) return kind;
    known.append(known.empty() ? "" : ", ").append(name);
  }
  return fail(ErrorCode::kUnsupported,
              "unknown tokenizer '" + std::string(model.substr(0, 64)) + "'; known are " + known,
              std::string(keys::kModel));
}

}  // namespace peregrine::text
