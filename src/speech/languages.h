// The languages of whisper's vocabularies, in the order of their tokens: a vocabulary of n languages has the
// first n. Codes are ISO 639, but for Javanese, whose token is "jw".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace peregrine::speech {

inline constexpr std::size_t kLanguages = 100;

struct Language {
  std::uint32_t index = 0;  // in the order of tokens
  std::string_view code;    // "de"
  std::string_view name;    // "German"
};

// `index` < kLanguages.
Language language_at(std::size_t index);

// By code, English name or another name in use ("jv", "Mandarin"), in upper or lower case.
std::optional<Language> find_language(std::string_view code_or_name);

}  // namespace peregrine::speech
