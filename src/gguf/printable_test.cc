#include "gguf/printable.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace peregrine::gguf {
namespace {

struct Case {
  std::string_view text;
  PrintStyle style;
  std::size_t limit;
  std::string_view expected;
};

TEST(Printable, EscapesAndCuts) {
  using enum PrintStyle;
  const Case cases[] = {
      {"plain caf\u00E9", kLine, 80, "plain caf\u00E9"},
      {"a\nb\tc\rd", kLine, 80, "a\\nb\\tc\\rd"},
      {"a\nb\tc\rd", kBlock, 80, "a\nb\tc\\rd"},
      {"\x1b]0;title\x07", kBlock, 80, "\\x1b]0;title\\x07"},
      {"\x7F\u0085", kLine, 80, "\\x7f\\u{85}"},
      {"\u200Bzero \u2028line\uFEFF", kLine, 80, "\\u{200b}zero \\u{2028}line\\u{feff}"},
      {"\u2066hidden\u2069", kBlock, 80, "\\u{2066}hidden\\u{2069}"},
      {"\U000E0041", kLine, 80, "\\u{e0041}"},
      {"back\\slash \"quote\"", kLine, 80, "back\\slash \"quote\""},
      {"back\\slash \"quote\"", kQuoted, 80, R"("back\\slash \"quote\"")"},
      {"\xFF\xC3", kLine, 80, "\\xff\\xc3"},
      {"", kQuoted, 80, "\"\""},
      {"", kLine, 0, ""},
      {"abcdef", kLine, 6, "abcdef"},
      {"abcdef", kLine, 5, "abcd\u2026"},
      {"abcdef", kLine, 1, "\u2026"},
      {"abcdef", kLine, 0, ""},
      {"abcdef", kQuoted, 8, "\"abcdef\""},
      {"abcdef", kQuoted, 7, "\"abcd\u2026\""},
      {"abcdef", kQuoted, 3, "\"\u2026\""},
      {"abcdef", kQuoted, 2, "\u2026"},
      {"a\x1b"
       "b",
       kLine, 5, "a\u2026"},  // the escape is not split
      {"\u00E9\u00E9\u00E9", kLine, 3, "\u00E9\u00E9\u00E9"},
      {"\u00E9\u00E9\u00E9\u00E9", kLine, 3, "\u00E9\u00E9\u2026"},
  };
  for (const Case& c : cases) {
    const std::string printed = printable(c.text, c.style, c.limit);
    EXPECT_EQ(printed, c.expected);
    EXPECT_LE(columns(printed), c.limit);
    EXPECT_TRUE(base::utf8_valid(printed));
  }
}

TEST(Printable, NeverLetsAByteThroughThatActs) {
  for (int high = 0; high < 256; ++high) {
    for (int low = 0; low < 256; ++low) {
      const std::string text = {static_cast<char>(high), static_cast<char>(low)};
      const std::string printed = printable(text, PrintStyle::kLine);
      ASSERT_TRUE(base::utf8_valid(printed));
      for (const char c : printed) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
      ASSERT_EQ(printed.find("\xC2\x9B"), std::string::npos) << "the eight-bit CSI";
    }
  }
}

TEST(Printable, NamesAreBounded) {
  EXPECT_EQ(printable_name("blk.0.attn_q.weight"), "blk.0.attn_q.weight");
  EXPECT_LE(columns(printable_name(std::string(60000, 'k'))), 160U);
}

}  // namespace
}  // namespace peregrine::gguf
