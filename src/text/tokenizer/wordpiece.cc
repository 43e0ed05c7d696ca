#include "text/tokenizer/wordpiece.h"

#include <string>
#include <utility>

namespace peregrine::text {
namespace {

Result<TokenId> required(std::optional<TokenId> role, std::string_view key) {
  if (role) return *role;
  return fail(ErrorCode::kCorrupt, "a WordPiece vocabulary needs this token", std::string(key));
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> WordPiece::create(const TokenizerSpec& spec) {
  PEREGRINE_ASSIGN(Vocabulary vocabulary, Vocabulary::create(spec));
  PEREGRINE_ASSIGN(const TokenId cls, required(vocabulary.bos(), keys::kCls));
  PEREGRINE_ASSIGN(const TokenId sep, required(vocabulary.sep(), keys::kSep));
  PEREGRINE_TRY(required(vocabulary.unk(), keys::kUnk));
  WordPieceNormalizer normalizer;
  normalizer.lowercase = spec.lowercase.value_or(true);
  normalizer.strip_accents = spec.strip_accents.value_or(normalizer.lowercase);
  Customs customs{{cls}, {sep}, true};
  return std::unique_ptr<Tokenizer>(new WordPiece(std::move(vocabulary), std::move(customs), normalizer));
}

WordPiece::WordPiece(Vocabulary vocabulary_in, Customs customs, WordPieceNormalizer normalizer)
    : Tokenizer(std::move(vocabulary_in), std::move(customs)), normalizer_(normalizer) {
  std::vector<PrefixIndex::Entry> entries;
  for (TokenId id = 0; static_cast<std::size_t>(id) < vocabulary().size(); ++id) {
    const std::string_view piece = vocabulary().piece(id);
    if (vocabulary().is_text(id) && !piece.empty()) entries.push_back({piece, id});
  }
  tokens_ = PrefixIndex(std::move(entries));
}

Status WordPiece::encode_text(std::string_view text, bool /*after_special*/,
                              std::vector<TokenId>& out) const {
  std::string marked;
  for_each_word(text, normalizer_, [&](std::string_view word) {
    marked.assign(kSpaceMarker).append(word);
    encode_word(marked, out);
  });
  return {};
}

void WordPiece::encode_word(std::string_view marked_word, std::vector<TokenId>& out) const {
  const std::size_t before = out.size();
  while (!marked_word.empty()) {
    const PrefixIndex::Match match = tokens_.longest(marked_word);
    if (match.id == kNoToken) {
      // A word that tokens cannot cover to its end is unknown as a whole.
      out.resize(before);
      out.push_back(*vocabulary().unk());
      return;
    }
    out.push_back(match.id);
    marked_word.remove_prefix(match.size);
  }
}

}  // namespace peregrine::text
