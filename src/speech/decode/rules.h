// Which token may follow, as pure functions over logits (Radford et al., 2022, and its code): forbidden ones
// become -inf.
//
// - Suppressed tokens never; a lone space not as the first text.
// - A transcript begins with a timestamp within the first second of the window.
// - Timestamps come in pairs, the end of a segment and the beginning of the next, except the first, and
// before
//   the end of text; they do not go back, and a segment is not empty.
// - Where all timestamps together are likelier than the likeliest other token, a timestamp it is.
#pragma once

#include <cstdint>
#include <span>

#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech {

// A transcript begins within its first second.
inline constexpr std::uint32_t kMaxFirstPosition = 50;

// `sampled` are the tokens after the prefix, `logits` has vocabulary.size() entries. At least one stays
// possible.
void apply_rules(const Vocabulary& vocabulary, std::span<const TokenId> sampled, std::span<float> logits);

}  // namespace peregrine::speech
