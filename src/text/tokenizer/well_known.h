// Tokens whose text alone says what they are. Model files often leave out the keys and kinds that would say
// so, so these tables, as other GGUF readers have them, fill the gap.
#pragma once

#include <span>
#include <string_view>

#include "text/tokenizer/spec.h"

namespace peregrine::text {

struct WellKnownToken {
  std::string_view text;
  bool ends_generation;
  std::string_view unless = {};  // means something else in vocabularies with this token
};

// A token with one of these texts is a control token, whatever kind the file gives it: a file that calls
// "<|im_end|>" ordinary text would let any user end a turn, and "<|im_start|>" begin another's.
std::span<const WellKnownToken> well_known_control_tokens();

// Ends of a turn, most specific first, for a file without `eot_token_id`.
std::span<const std::string_view> well_known_end_of_turn();

// The customary texts of a kind's special tokens, for a file without the keys.
struct CustomaryTokens {
  std::string_view bos, eos, unk, sep;  // empty: the kind has none
};
CustomaryTokens customary_tokens(TokenizerKind kind);

}  // namespace peregrine::text
