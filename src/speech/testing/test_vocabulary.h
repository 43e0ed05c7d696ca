// A small vocabulary for tests: the 256 bytes, then the given words, then whisper's special tokens for two
// languages (en, zh) and windows of five seconds.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "speech/vocabulary/vocabulary.h"

namespace peregrine::speech::testing {

inline constexpr std::uint32_t kTestPositions = 250;
inline constexpr std::uint32_t kTestLanguages = 2;
inline constexpr std::uint32_t kTestWords = 16;

// Words of the test vocabulary, in the order of their tokens, the first of which is 256.
inline const std::vector<std::string>& test_words() {
  static const std::vector<std::string> words = {" ash", " bay", " cod",  " dim",  " elm",  " fig",
                                                 " gum", " hay", " inn.", " jet?", " kin!", " lot.",
                                                 " -",   " '",   " (",    "!"};
  return words;
}

// The texts of all text tokens; their views live as long as the program.
inline const std::vector<std::string_view>& test_tokens() {
  static const std::deque<std::string> bytes = [] {
    std::deque<std::string> all;
    for (int byte = 0; byte < 256; ++byte) all.emplace_back(1, static_cast<char>(byte));
    return all;
  }();
  static const std::vector<std::string_view> tokens = [] {
    std::vector<std::string_view> all(bytes.begin(), bytes.end());
    all.insert(all.end(), test_words().begin(), test_words().end() - 1);  // "!" is a byte
    return all;
  }();
  return tokens;
}

inline std::uint32_t test_vocabulary_size(std::uint32_t languages = kTestLanguages) {
  return static_cast<std::uint32_t>(test_tokens().size()) + 8 + languages + kTestPositions + 1;
}

inline Vocabulary test_vocabulary(std::uint32_t languages = kTestLanguages) {
  return Vocabulary::create(test_tokens(), test_vocabulary_size(languages), kTestPositions).value();
}

}  // namespace peregrine::speech::testing
