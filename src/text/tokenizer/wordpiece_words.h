// The words that WordPiece covers with tokens, after BERT's normalisation of text.
#pragma once

#include <string>
#include <string_view>

#include "base/function_ref.h"

namespace peregrine::text {

struct WordPieceNormalizer {
  bool lowercase = true;
  bool strip_accents = true;
};

// Calls `sink` for each word: white space separates words, a punctuation mark or CJK ideograph is one by
// itself. Control characters, U+FFFD and bytes that are not UTF-8 are dropped. Stripping accents takes the
// first character of each character's canonical decomposition (NFD) and drops combining marks, as the models'
// own tokenizers in GGUF readers do; a Hangul syllable thereby leaves its first jamo.
void for_each_word(std::string_view text, WordPieceNormalizer normalizer,
                   base::FunctionRef<void(std::string_view)> sink);

}  // namespace peregrine::text
