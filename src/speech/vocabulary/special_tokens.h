// Which ids the special tokens of a whisper vocabulary have. Files do not say: they follow from the number of
// text tokens and the size of the vocabulary.
//
// After the text tokens come, in this order: end of text, start of transcript, the languages (those of
// languages.h, from the first), translate, transcribe, start of lm, start of prev, no speech, no timestamps,
// and a timestamp for every 20 ms of a window, both ends included. So the number of languages is what is
// left:
//   n_languages = n_vocab - n_text - 8 - n_timestamps,  n_timestamps = audio_positions + 1.
// For the published sizes: 51864 (50256 text tokens of GPT-2) has 99 that an English-only model was never
// taught, 51865 (50257) has 99, and 51866 has 100.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "model/speech/speech_model.h"

namespace peregrine::speech {

using model::TokenId;

// Of one timestamp, and of one position of the encoder.
inline constexpr double kPositionSeconds = 0.02;

struct SpecialTokens {
  TokenId end_of_text = 0;  // and the number of text tokens, whose ids are below
  TokenId start_of_transcript = 0;
  TokenId first_language = 0;
  std::uint32_t n_languages = 0;
  TokenId translate = 0;
  TokenId transcribe = 0;
  TokenId start_of_lm = 0;
  TokenId start_of_prev = 0;
  TokenId no_speech = 0;
  TokenId no_timestamps = 0;
  TokenId first_timestamp = 0;
  std::uint32_t n_timestamps = 0;
  bool multilingual = false;  // a transcript begins with a language and a task
};

// `tokens` are the file's. Errors: kUnsupported when no number of languages fits.
Result<SpecialTokens> special_tokens(std::span<const std::string_view> tokens, std::uint32_t n_vocab,
                                     std::uint32_t audio_positions);

}  // namespace peregrine::speech
