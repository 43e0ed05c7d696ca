#include "text/tokenizer/byte_level.h"

#include <gtest/gtest.h>

#include <set>

#include "base/utf8.h"

namespace peregrine::text {
namespace {

std::string encoded(std::string_view bytes) {
  std::string out;
  append_byte_level(out, bytes);
  return out;
}

std::string decoded(std::string_view characters) {
  std::string out;
  append_byte_level_decoded(out, characters);
  return out;
}

TEST(ByteLevel, EveryByteHasACharacterOfItsOwn) {
  std::set<std::string> seen;
  for (int byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    const std::string character = encoded(one);
    EXPECT_TRUE(base::utf8_valid(character));
    EXPECT_TRUE(seen.insert(character).second) << byte;
    EXPECT_EQ(byte_of_character(base::utf8_decode(character).code_point), static_cast<std::uint8_t>(byte));
    EXPECT_EQ(decoded(character), one);
  }
}

TEST(ByteLevel, AgreesWithPublishedVocabularies) {
  EXPECT_EQ(encoded(" the"), "Ġthe");
  EXPECT_EQ(encoded("\n\t"), "Ċĉ");
  EXPECT_EQ(encoded("é"), "Ã©");
  EXPECT_EQ(encoded(std::string(1, '\0') + "\x7F\xAD"), "ĀġŃ");
}

TEST(ByteLevel, CharactersOutsideTheAlphabetStandForThemselves) {
  EXPECT_EQ(decoded("a b"), "a b");
  EXPECT_EQ(decoded("▁x"), "▁x");
  EXPECT_EQ(decoded("Ń\xFF"), "\xAD\xFF");
  EXPECT_FALSE(byte_of_character(0x144));
  EXPECT_FALSE(byte_of_character(0x10FFFF));
}

}  // namespace
}  // namespace peregrine::text
