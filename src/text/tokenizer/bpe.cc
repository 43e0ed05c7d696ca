#include "text/tokenizer/bpe.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "text/tokenizer/byte_level.h"
#include "text/tokenizer/framing.h"
#include "text/tokenizer/merge.h"
#include "text/tokenizer/pretokenizer_schemes.h"

namespace peregrine::text {

Result<std::unique_ptr<Tokenizer>> ByteLevelBpe::create(const TokenizerSpec& spec) {
  PEREGRINE_ASSIGN(const PreTokenizerScheme* scheme, find_pre_tokenizer(spec.pre));
  PEREGRINE_ASSIGN(Vocabulary vocabulary, Vocabulary::create(spec));
  PEREGRINE_ASSIGN(const ByteTokens bytes, byte_tokens(vocabulary));
  PEREGRINE_ASSIGN(MergeTable merges, MergeTable::create(vocabulary, spec.merges));
  PEREGRINE_ASSIGN(PreTokenizer pre_tokenizer, PreTokenizer::compile(scheme->patterns));
  Customs customs;
  PEREGRINE_ASSIGN(customs.prefix, frame_token(spec.add_bos, scheme->adds_bos, vocabulary.bos(), keys::kBos));
  PEREGRINE_ASSIGN(customs.suffix, frame_token(spec.add_eos, false, vocabulary.eos(), keys::kEos));
  customs.cleans_up_spaces = scheme->cleans_up_spaces;
  return std::unique_ptr<Tokenizer>(new ByteLevelBpe(std::move(vocabulary), std::move(customs), bytes,
                                                     std::move(merges), std::move(pre_tokenizer),
                                                     scheme->whole_words_first));
}

ByteLevelBpe::ByteLevelBpe(Vocabulary vocabulary, Customs customs, const ByteTokens& bytes, MergeTable merges,
                           PreTokenizer pre_tokenizer, bool whole_words_first)
    : Tokenizer(std::move(vocabulary), std::move(customs)),
      byte_tokens_(bytes),
      merges_(std::move(merges)),
      pre_tokenizer_(std::move(pre_tokenizer)),
      whole_words_first_(whole_words_first) {}

Result<ByteLevelBpe::ByteTokens> ByteLevelBpe::byte_tokens(const Vocabulary& vocabulary) {
  ByteTokens tokens{};
  std::string character;
  for (std::size_t byte = 0; byte < tokens.size(); ++byte) {
    const char as_char = static_cast<char>(byte);
    character.clear();
    append_byte_level(character, std::string_view(&as_char, 1));
    tokens[byte] = vocabulary.find_text(character);
    if (tokens[byte] == kNoToken) tokens[byte] = vocabulary.unk().value_or(kNoToken);
    if (tokens[byte] == kNoToken) {
      return fail(ErrorCode::kCorrupt,
                  fmt::format("no token for the byte 0x{:02X}, nor an unknown token", byte),
                  std::string(keys::kTokens));
    }
  }
  return tokens;
}

Status ByteLevelBpe::encode_text(std::string_view text, bool /*after_special*/,
                                 std::vector<TokenId>& out) const {
  const auto find_merge = [this](const Symbol& left, const Symbol& right) {
    return merges_.find(left.id, right.id);
  };
  Merger merger;
  std::string characters;
  const auto encode_word = [&](std::string_view word) {
    if (whole_words_first_ && word.size() <= vocabulary().longest_piece()) {
      characters.clear();
      append_byte_level(characters, word);
      if (const TokenId id = vocabulary().find_text(characters); id != kNoToken) {
        out.push_back(id);
        return;
      }
    }
    merger.clear();
    for (std::uint32_t i = 0; i < word.size(); ++i) {
      merger.push({i, 1, byte_tokens_[static_cast<std::uint8_t>(word[i])]});
    }
    merger.run(find_merge);
    merger.for_each([&](const Symbol& symbol) { out.push_back(symbol.id); });
  };
  return pre_tokenizer_.split(text, encode_word);
}

}  // namespace peregrine::text
