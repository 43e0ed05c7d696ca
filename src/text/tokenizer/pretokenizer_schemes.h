// The pre-tokenizers that model files may name: for each the regular expressions that the models were trained
// with, in PCRE2's syntax, and the customs that come with the name. A table of facts about published models.
//
// Invariant: on any text a scheme takes a number of steps linear in the text's length.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"

namespace peregrine::text {

// A scheme, as `tokenizer.ggml.pre` names it.
struct PreTokenizerScheme {
  std::string_view name;
  std::span<const std::string_view> aliases;
  // Each expression cuts the pieces of the one before; what lies between its matches is a piece too.
  std::span<const std::string_view> patterns;
  bool whole_words_first = false;  // a pre-token that is a token is not merged up, but taken
  bool adds_bos = false;
  bool cleans_up_spaces = false;  // see DecodeOptions::clean_up_spaces
};

// Errors: kUnsupported, listing the known names.
Result<const PreTokenizerScheme*> find_pre_tokenizer(std::string_view name);
std::span<const PreTokenizerScheme> pre_tokenizer_schemes();

}  // namespace peregrine::text
