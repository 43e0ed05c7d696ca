// Patterns against PCRE2, on texts drawn near the pattern.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "grammar/regex/pattern.h"

#include <gtest/gtest.h>
#include <pcre2.h>

#include <memory>
#include <random>
#include <string>

#include "base/utf8.h"
#include "grammar/limits.h"
#include "grammar/schema/formats.h"

namespace peregrine::grammar {
namespace {

class Pcre {
 public:
  Pcre(const std::string& pattern, bool whole) {
    const std::string text = whole ? "\\A(?:" + pattern + ")\\z" : pattern;
    int error = 0;
    PCRE2_SIZE offset = 0;
    code_ = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                          PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALT_BSUX, &error, &offset, nullptr);
    data_ = code_ == nullptr ? nullptr : pcre2_match_data_create_from_pattern(code_, nullptr);
  }
  Pcre(const Pcre&) = delete;
  Pcre& operator=(const Pcre&) = delete;
  ~Pcre() {
    pcre2_match_data_free(data_);
    pcre2_code_free(code_);
  }
  bool compiled() const { return code_ != nullptr; }
  bool matches(const std::string& text) const {
    return pcre2_match(code_, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, data_, nullptr) >=
           0;
  }

 private:
  pcre2_code* code_ = nullptr;
  pcre2_match_data* data_ = nullptr;
};

const char* const kPatterns[] = {
    "abc",
    "a*b+c?",
    "^a|b$",
    "^(?:a|b)*c$",
    "(foo|bar){2,3}",
    "[^a-c]x",
    "\\d{3}-\\d{4}",
    "^\\w+$",
    "\\s",
    "\\S\\D\\W",
    "a{2}b{0,2}c{1,}",
    "^$",
    "",
    "^",
    "x|",
    "(a|ab)(c|bcd)(d*)",
    "(?:a*)*b",
    "[\\w.-]+@[a-z]+\\.[a-z]{2,}",
    "\\u00e9+",
    "[\\u00e0-\\u00ff]{2}",
    "a.c",
    "(^a)(b$)",
    "^(a|^b)c",
    "(?<year>\\d{4})-",
    "[]a]?",
    "\\x41\\t\\n",
    "^.{2,4}$",
    "(a|aa)+$",
    "[a-z]{0,3}[a-f]{2}$",
    "\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\^\\$\\|\\\\\\/",
    "^[^@ ]+@[^@ ]+$",
    "^(([a-c]){1,2}x){1,3}$",
    "a+?b*?",
};

std::string random_text(std::mt19937& random) {
  static const char* const kPieces[] = {"a", "b", "c", "d", "x",  "foo", "bar", "0",   "7",
                                        "-", "@", ".", " ", "_",  "\t",  "A",   "e\n", "\\",
                                        "/", "]", "é", "ü", "日", "ab",  "123"};
  std::string text;
  for (unsigned n = random() % 7; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
  return text;
}

// A text that the expression accepts, or almost.
std::string drawn_text(ExprPool& pool, Expr e, std::mt19937& random) {
  std::string text;
  for (int i = 0; i < 40 && !(pool.nullable(e) && random() % 3 == 0); ++i) {
    std::vector<unsigned> bytes;
    for (unsigned byte = 0; byte < 256; ++byte) {
      if (pool.live(e).contains(byte)) bytes.push_back(byte);
    }
    if (bytes.empty()) break;
    const unsigned byte = bytes[random() % bytes.size()];
    text += static_cast<char>(byte);
    e = pool.step(e, byte);
  }
  return text;
}

TEST(PatternTest, AgreesWithPcre) {
  std::mt19937 random(1);
  int accepted = 0;
  for (const std::string pattern : kPatterns) {
    for (const bool whole : {true, false}) {
      SCOPED_TRACE(pattern);
      const Pcre pcre(pattern, whole);
      if (!pcre.compiled()) continue;
      ExprPool pool;
      const auto e = compile_pattern(pool, pattern, whole ? PatternScope::kWhole : PatternScope::kSearch,
                                     TextForm::kUtf8);
      if (pattern == "[]a]?" || pattern == "^(a|^b)c") continue;  // ECMA differs; refused: see below
      ASSERT_TRUE(e) << e.error().text();
      for (int i = 0; i < 300; ++i) {
        const std::string text = i % 2 == 0 ? random_text(random) : drawn_text(pool, *e, random);
        if (text.find_first_of("\r\v\f") != std::string::npos || !base::utf8_valid(text)) continue;
        if (text.find("\xE2\x80") != std::string::npos || text.find("\xC2") != std::string::npos ||
            text.find("\xE3\x80\x80") != std::string::npos ||
            text.find("\xEF\xBB\xBF") != std::string::npos ||
            text.find("\xE1\x9A\x80") != std::string::npos ||
            text.find("\xE2\x81\x9F") != std::string::npos) {
          continue;  // Unicode's spaces and line ends: ECMA's \s and . know them, PCRE's do not
        }
        accepted += pool.matches(*e, text) ? 1 : 0;
        ASSERT_EQ(pool.matches(*e, text), pcre.matches(text)) << text;
      }
    }
  }
  EXPECT_GT(accepted, 3000);
}

TEST(PatternTest, FormatsAgreeWithPcre) {
  std::mt19937 random(2);
  for (const char* format :
       {"date", "time", "date-time", "email", "uuid", "ipv4", "ipv6", "uri", "hostname"}) {
    const std::string pattern(format_pattern(format).value());
    const Pcre pcre(pattern, true);
    ASSERT_TRUE(pcre.compiled()) << format;
    ExprPool pool;
    const Expr e = compile_pattern(pool, pattern, PatternScope::kWhole, TextForm::kUtf8).value();
    for (int i = 0; i < 200; ++i) {
      std::string text = drawn_text(pool, e, random);
      if (!text.empty() && i % 2 == 0) text[random() % text.size()] = static_cast<char>('0' + random() % 10);
      ASSERT_EQ(pool.matches(e, text), pcre.matches(text)) << format << " " << text;
    }
  }
}

struct Refusal {
  const char* pattern;
  ErrorCode code;
};

TEST(PatternTest, RefusesWhatItDoesNotKeep) {
  for (const auto& [pattern, code] : {Refusal{"(", ErrorCode::kInvalidArgument},
                                      Refusal{")", ErrorCode::kInvalidArgument},
                                      Refusal{"[a", ErrorCode::kInvalidArgument},
                                      Refusal{"[b-a]", ErrorCode::kInvalidArgument},
                                      Refusal{"a**", ErrorCode::kInvalidArgument},
                                      Refusal{"*a", ErrorCode::kInvalidArgument},
                                      Refusal{"a{2,1}", ErrorCode::kInvalidArgument},
                                      Refusal{"a{", ErrorCode::kInvalidArgument},
                                      Refusal{"\\", ErrorCode::kInvalidArgument},
                                      Refusal{"\\q", ErrorCode::kInvalidArgument},
                                      Refusal{"\\u{110000}", ErrorCode::kInvalidArgument},
                                      Refusal{"[]a]?", ErrorCode::kInvalidArgument},
                                      Refusal{"\xFF", ErrorCode::kInvalidArgument},
                                      Refusal{"(?=a)", ErrorCode::kUnsupported},
                                      Refusal{"(?<!a)b", ErrorCode::kUnsupported},
                                      Refusal{"(a)\\1", ErrorCode::kUnsupported},
                                      Refusal{"\\bfoo", ErrorCode::kUnsupported},
                                      Refusal{"\\p{L}", ErrorCode::kUnsupported},
                                      Refusal{"a^b", ErrorCode::kUnsupported},
                                      Refusal{"(a$)*", ErrorCode::kUnsupported},
                                      Refusal{"^(a|^b)c", ErrorCode::kUnsupported},
                                      Refusal{"a{2000000}", ErrorCode::kResourceExhausted}}) {
    ExprPool pool;
    const auto e = compile_pattern(pool, pattern, PatternScope::kSearch, TextForm::kUtf8);
    ASSERT_FALSE(e) << pattern;
    EXPECT_EQ(e.error().code, code) << pattern << ": " << e.error().text();
  }
  ExprPool pool;
  EXPECT_FALSE(
      compile_pattern(pool, std::string(kMaxPatternBytes + 1, 'a'), PatternScope::kSearch, TextForm::kUtf8));
  EXPECT_FALSE(compile_pattern(pool, std::string(100, '(') + std::string(100, ')'), PatternScope::kSearch,
                               TextForm::kUtf8));
}

TEST(ExprPoolTest, EmptyLanguagesAreDead) {
  ExprPool pool;
  const auto pattern = [&](std::string_view text) {
    return compile_pattern(pool, text, PatternScope::kWhole, TextForm::kUtf8).value();
  };
  EXPECT_FALSE(pool.alive(pool.both({pattern("[a-z]{3}"), pattern(".{5000,}")})));
  EXPECT_TRUE(pool.alive(pool.both({pattern("[a-z]+"), pattern(".{5000,}")})));
  EXPECT_FALSE(pool.alive(pool.both({pattern("a|b"), pool.complement(pattern("[a-c]"))})));
  EXPECT_FALSE(pool.alive(pool.both({pattern("(ab)*"), pattern("a(ba)*")})));
  EXPECT_EQ(pool.count_texts(pool.both({pattern("[a-z]{1,2}"), pool.complement(pattern("a.?"))}), 10'000),
            675U);
  EXPECT_FALSE(pool.exhausted());
}

}  // namespace
}  // namespace peregrine::grammar
