// The byte-level alphabet of GPT-2: every byte has one printable character, so that a vocabulary of bytes can
// be written as text. Printable Latin-1 stands for itself; the other 68 bytes, in ascending order, are
// U+0100, U+0101 and so on. (encoder.py in the GPT-2 release, `bytes_to_unicode`.)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peregrine::text {

// Appends the characters of `bytes`.
void append_byte_level(std::string& out, std::string_view bytes);

// The byte that a character stands for.
std::optional<std::uint8_t> byte_of_character(char32_t character) noexcept;

// Appends the bytes that `characters` stand for. A character outside the alphabet stands for its own UTF-8:
// tokens that were added by hand are often written plainly.
void append_byte_level_decoded(std::string& out, std::string_view characters);

}  // namespace peregrine::text
