#include "speech/vocabulary/special_tokens.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "speech/languages.h"

namespace peregrine::speech {
namespace {

// English-only models have the text tokens of GPT-2. Files of them list its end of text too, which is not
// text.
constexpr std::uint32_t kEnglishVocabulary = 51864;
constexpr std::size_t kEnglishText = 50256;
constexpr std::string_view kEndOfText = "<|endoftext|>";

// End of text, start of transcript, and the six between languages and timestamps.
constexpr std::uint64_t kFixedTokens = 8;

}  // namespace

Result<SpecialTokens> special_tokens(std::span<const std::string_view> tokens, std::uint32_t n_vocab,
                                     std::uint32_t audio_positions) {
  auto n_text = static_cast<std::size_t>(std::ranges::find(tokens, kEndOfText) - tokens.begin());
  if (n_vocab == kEnglishVocabulary) n_text = std::min(n_text, kEnglishText);
  const std::uint64_t n_timestamps = std::uint64_t{audio_positions} + 1;
  const std::uint64_t others = n_text + kFixedTokens + n_timestamps;
  if (n_text == 0 || n_vocab > static_cast<std::uint32_t>(std::numeric_limits<TokenId>::max()) ||
      n_vocab < others || n_vocab - others > kLanguages) {
    return fail(ErrorCode::kUnsupported,
                fmt::format("a vocabulary of {} with {} text tokens and {} timestamps is not whisper's",
                            n_vocab, n_text, n_timestamps),
                "n_vocab");
  }
  SpecialTokens special;
  special.n_languages = static_cast<std::uint32_t>(n_vocab - others);
  special.n_timestamps = static_cast<std::uint32_t>(n_timestamps);
  special.multilingual = special.n_languages > 0 && n_text != kEnglishText;
  special.end_of_text = static_cast<TokenId>(n_text);
  special.start_of_transcript = special.end_of_text + 1;
  special.first_language = special.start_of_transcript + 1;
  special.translate = special.first_language + static_cast<TokenId>(special.n_languages);
  special.transcribe = special.translate + 1;
  special.start_of_lm = special.transcribe + 1;
  special.start_of_prev = special.start_of_lm + 1;
  special.no_speech = special.start_of_prev + 1;
  special.no_timestamps = special.no_speech + 1;
  special.first_timestamp = special.no_timestamps + 1;
  return special;
}

}  // namespace peregrine::speech
