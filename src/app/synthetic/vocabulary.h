// The vocabulary of a synthetic model: byte-level BPE without merges, so that every text is its bytes, and
// the tokens of ChatML. Made-up words fill it up; text never becomes one of them, only the model writes them.
#pragma once

#include <cstdint>
#include <string>

#include "gguf/writer.h"

namespace peregrine::app::synthetic {

// 256 bytes, <|endoftext|>, <|im_start|>, <|im_end|>.
inline constexpr std::uint32_t kMinVocabulary = 259;

// A word of its own for every number, with a space before it.
std::string made_up_word(std::uint32_t number);

// Adds the keys "tokenizer.*" for `size` tokens, at least kMinVocabulary; a chat template if `chat`.
void add_vocabulary(gguf::Writer& writer, std::uint32_t size, bool chat);

}  // namespace peregrine::app::synthetic
