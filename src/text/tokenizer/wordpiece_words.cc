#include "text/tokenizer/wordpiece_words.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace peregrine::text {
namespace {

struct Range {
  char32_t first, last;
};

// The blocks that BERT takes for ideographs, gap at U+2B820 included.
constexpr Range kIdeographs[] = {
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x20000, 0x2A6DF},
    {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F},
};

bool is_ideograph(char32_t c) {
  return std::ranges::any_of(kIdeographs,
                             [c](const Range& range) { return c >= range.first && c <= range.last; });
}

char32_t base_character(char32_t c) {
  if (c < 0x80) return c;
  // The longest canonical decomposition of one character has four.
  std::array<utf8proc_int32_t, 8> parts{};
  const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts.data(), parts.size(),
                                             UTF8PROC_DECOMPOSE, nullptr);
  return count > 0 ? static_cast<char32_t>(parts[0]) : c;
}

enum class Role { kSpace, kDropped, kMark, kWordOfItsOwn, kLetter };

Role role_of(char32_t c) {
  if (c == 0x85 || (c >= 0x09 && c <= 0x0D)) return Role::kSpace;
  if (c == 0xFFFD) return Role::kDropped;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return Role::kSpace;
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
      return Role::kDropped;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return Role::kMark;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
      return Role::kWordOfItsOwn;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO:
      return c < 0x7F ? Role::kWordOfItsOwn : Role::kLetter;
    default:
      return is_ideograph(c) ? Role::kWordOfItsOwn : Role::kLetter;
  }
}

}  // namespace

void for_each_word(std::string_view text, WordPieceNormalizer normalizer,
                   base::FunctionRef<void(std::string_view)> sink) {
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) sink(word);
    word.clear();
  };
  while (!text.empty()) {
    const base::Utf8Decoded decoded = base::utf8_decode(text);
    text.remove_prefix(decoded.length);
    if (!decoded.valid) continue;
    char32_t c = decoded.code_point;
    if (normalizer.strip_accents) c = base_character(c);
    const Role role = role_of(c);
    if (role == Role::kDropped || (role == Role::kMark && normalizer.strip_accents)) continue;
    if (role == Role::kSpace || role == Role::kWordOfItsOwn) finish();
    if (role == Role::kSpace) continue;
    if (normalizer.lowercase) c = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
    base::utf8_append(word, c);
    if (role == Role::kWordOfItsOwn) finish();
  }
  finish();
}

}  // namespace peregrine::text
