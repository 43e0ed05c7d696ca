// The tidying of spaces that reference decoders apply to text decoded with some vocabularies
// ("clean_up_tokenization_spaces"): word-level tokens carry a space in front, and punctuation should not.
#pragma once

#include <string>
#include <string_view>

namespace peregrine::text {

// In this order, over the whole text: a space before one of ". , ? !" goes; the spaces on both sides of a
// lone apostrophe go; a space before 's, 'm, 're, 've goes.
std::string clean_up_spaces(std::string_view text);

}  // namespace peregrine::text
