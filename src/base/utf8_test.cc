#include "base/utf8.h"

#include <gtest/gtest.h>

namespace peregrine::base {
namespace {

TEST(Utf8, EveryScalarValueRoundTrips) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string bytes;
    utf8_append(bytes, c);
    const Utf8Decoded decoded = utf8_decode(bytes);
    ASSERT_TRUE(decoded.valid) << std::hex << static_cast<std::uint32_t>(c);
    ASSERT_EQ(decoded.code_point, c);
    ASSERT_EQ(decoded.length, bytes.size());
    ASSERT_TRUE(utf8_valid(bytes));
    // Every proper prefix of a sequence is incomplete, the whole is complete.
    for (std::size_t n = 1; n < bytes.size(); ++n) {
      ASSERT_EQ(utf8_complete_prefix("ab" + bytes.substr(0, n)), 2U);
    }
    ASSERT_EQ(utf8_complete_prefix("ab" + bytes), 2 + bytes.size());
  }
}

TEST(Utf8, RejectsWhatRfc3629Forbids) {
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                          "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xE4\xBD", "a\xE4"}) {
    EXPECT_FALSE(utf8_valid(bad));
  }
  std::string surrogate;
  utf8_append(surrogate, 0xD800);
  EXPECT_EQ(surrogate, "\xEF\xBF\xBD");
}

TEST(Utf8, SanitizeReplacesEachMaximalInvalidPart) {
  EXPECT_EQ(utf8_sanitize("a\xE4\xBD"
                          "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(utf8_sanitize("\xFF\xFF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(utf8_sanitize("h\xC3\xA9"), "h\xC3\xA9");
}

TEST(Utf8, CompletePrefixKeepsInvalidBytesThatCanNeverBecomeValid) {
  EXPECT_EQ(utf8_complete_prefix("a\x80\x80"), 3U);
  EXPECT_EQ(utf8_complete_prefix("a\xED\xA0"), 3U);
  EXPECT_EQ(utf8_complete_prefix(""), 0U);
}

}  // namespace
}  // namespace peregrine::base
