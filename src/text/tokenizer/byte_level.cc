#include "text/tokenizer/byte_level.h"

#include <array>

#include "base/utf8.h"

namespace peregrine::text {
namespace {

constexpr char32_t kFirstSubstitute = 0x100;
constexpr std::size_t kSubstitutes = 68;

struct Alphabet {
  std::array<char32_t, 256> character{};
  std::array<std::uint8_t, kSubstitutes> substituted{};  // the byte behind kFirstSubstitute + index
};

constexpr bool stands_for_itself(std::size_t byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
}

constexpr Alphabet make_alphabet() {
  Alphabet alphabet;
  std::size_t next = 0;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    if (stands_for_itself(byte)) {
      alphabet.character[byte] = static_cast<char32_t>(byte);
    } else {
      alphabet.substituted[next] = static_cast<std::uint8_t>(byte);
      alphabet.character[byte] = kFirstSubstitute + static_cast<char32_t>(next);
      ++next;
    }
  }
  return alphabet;
}

constexpr Alphabet kAlphabet = make_alphabet();

}  // namespace

void append_byte_level(std::string& out, std::string_view bytes) {
  for (const char byte : bytes) base::utf8_append(out, kAlphabet.character[static_cast<std::uint8_t>(byte)]);
}

std::optional<std::uint8_t> byte_of_character(char32_t character) noexcept {
  if (character < 0x100) {
    if (!stands_for_itself(character)) return std::nullopt;
    return static_cast<std::uint8_t>(character);
  }
  const std::size_t index = character - kFirstSubstitute;
  if (index >= kSubstitutes) return std::nullopt;
  return kAlphabet.substituted[index];
}

void append_byte_level_decoded(std::string& out, std::string_view characters) {
  while (!characters.empty()) {
    const base::Utf8Decoded decoded = base::utf8_decode(characters);
    if (const auto byte = decoded.valid ? byte_of_character(decoded.code_point) : std::nullopt) {
      out.push_back(static_cast<char>(*byte));
    } else {
      out.append(characters.substr(0, decoded.length));
    }
    characters.remove_prefix(decoded.length);
  }
}

}  // namespace peregrine::text
