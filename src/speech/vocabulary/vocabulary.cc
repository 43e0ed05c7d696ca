#include "speech/vocabulary/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/utf8.h"
#include "text/tokenizer/merge.h"
#include "text/tokenizer/pretokenizer_schemes.h"

namespace peregrine::speech {
namespace {

using text::kNoToken;

// Marks of what is written but not spoken, in transcripts that models were trained on (Radford et al., 2022,
// list them in their code). Suppressed where they are a token, alone or after a space.
constexpr std::string_view kMarks[] = {
    "\"",  "#",  "(",  ")",  "*",   "+",  "/",  ":",   ";",   "<",  "=",  ">",  "@",  "[",   "\\",  "]",
    "^",   "_",  "`",  "{",  "|",   "}",  "~",  "「",  "」",  "『", "』", "<<", ">>", "<<<", ">>>", "--",
    "---", "-(", "-[", "('", "(\"", "((", "))", "(((", ")))", "[[", "]]", "{{", "}}", "♪♪",  "♪♪♪",
};
// Music: with their first token even where they are several, as all that begins like them is a symbol.
constexpr std::string_view kNotes[] = {"♩", "♪", "♫", "♬", "♭", "♮", "♯"};
// Within a word these are spoken; before one they begin a remark.
constexpr std::string_view kBeforeWords[] = {" -", " '"};

}  // namespace

Result<Vocabulary> Vocabulary::create(std::span<const std::string_view> tokens, std::uint32_t n_vocab,
                                      std::uint32_t audio_positions) {
  PEREGRINE_ASSIGN(const SpecialTokens special, special_tokens(tokens, n_vocab, audio_positions));
  PEREGRINE_ASSIGN(const text::PreTokenizerScheme* scheme, text::find_pre_tokenizer("gpt-2"));
  PEREGRINE_ASSIGN(text::PreTokenizer pre_tokenizer, text::PreTokenizer::compile(scheme->patterns));
  Vocabulary vocabulary(tokens, n_vocab, special, std::move(pre_tokenizer));
  PEREGRINE_TRY(vocabulary.suppress());
  return vocabulary;
}

Vocabulary::Vocabulary(std::span<const std::string_view> tokens, std::uint32_t n_vocab,
                       const SpecialTokens& special, text::PreTokenizer pre_tokenizer)
    : size_(n_vocab), special_(special), pre_tokenizer_(std::move(pre_tokenizer)) {
  const auto n_text = static_cast<std::size_t>(special.end_of_text);
  tokens_.assign(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(n_text));
  by_bytes_.resize(n_text);
  std::iota(by_bytes_.begin(), by_bytes_.end(), TokenId{0});
  std::ranges::sort(by_bytes_, [this](TokenId a, TokenId b) {
    const int order = bytes(a).compare(bytes(b));
    return order != 0 ? order < 0 : a < b;
  });
  for (std::size_t byte = 0; byte < byte_tokens_.size(); ++byte) {
    const char as_char = static_cast<char>(byte);
    byte_tokens_[byte] = find({&as_char, 1});
  }
}

TokenId Vocabulary::find(std::string_view wanted) const {
  const auto place =
      std::ranges::lower_bound(by_bytes_, wanted, {}, [this](TokenId id) { return bytes(id); });
  return place != by_bytes_.end() && bytes(*place) == wanted ? *place : kNoToken;
}

std::optional<Language> Vocabulary::language(std::string_view code_or_name) const {
  const std::optional<Language> found = find_language(code_or_name);
  return found && found->index < special_.n_languages ? found : std::nullopt;
}

Result<std::vector<TokenId>> Vocabulary::encode(std::string_view text) const {
  if (text.size() > kMaxPromptBytes) {
    return fail(ErrorCode::kInvalidArgument,
                fmt::format("{} bytes of text are more than {}", text.size(), kMaxPromptBytes), "prompt");
  }
  std::vector<TokenId> out;
  text::Merger merger;
  const auto encode_word = [&](std::string_view word) {
    if (const TokenId id = find(word); id != kNoToken) {
      out.push_back(id);
      return;
    }
    merger.clear();
    for (std::uint32_t i = 0; i < word.size(); ++i) {
      merger.push({i, 1, byte_tokens_[static_cast<std::uint8_t>(word[i])]});
    }
    merger.run([&](const text::Symbol& left, const text::Symbol& right) -> text::Merge {
      const TokenId id = find(word.substr(left.begin, left.size + right.size));
      return {static_cast<float>(id), id};
    });
    merger.for_each([&](const text::Symbol& symbol) {
      if (symbol.id != kNoToken) out.push_back(symbol.id);
    });
  };
  PEREGRINE_TRY(pre_tokenizer_.split(text, encode_word));
  return out;
}

std::string Vocabulary::decode(std::span<const TokenId> tokens) const {
  std::string text;
  for (const TokenId id : tokens) text.append(bytes(id));
  return base::utf8_valid(text) ? text : base::utf8_sanitize(text);
}

Status Vocabulary::suppress() {
  const auto add = [this](std::string_view mark, bool also_several) -> Status {
    PEREGRINE_ASSIGN(const std::vector<TokenId> tokens, encode(mark));
    if (tokens.size() == 1) suppressed_.push_back(tokens.front());
    // Of several, one that says no more than the space before the mark says nothing about it.
    if (tokens.size() > 1 && also_several && bytes(tokens.front()) != " ")
      suppressed_.push_back(tokens.front());
    return {};
  };
  for (const std::string_view mark : kMarks) {
    PEREGRINE_TRY(add(mark, false));
    PEREGRINE_TRY(add(fmt::format(" {}", mark), false));
  }
  for (const std::string_view note : kNotes) {
    PEREGRINE_TRY(add(note, true));
    PEREGRINE_TRY(add(fmt::format(" {}", note), true));
  }
  for (const std::string_view mark : kBeforeWords) PEREGRINE_TRY(add(mark, true));
  for (TokenId id = special_.start_of_transcript; id < special_.first_timestamp; ++id)
    suppressed_.push_back(id);
  std::ranges::sort(suppressed_);
  const auto repeated = std::ranges::unique(suppressed_);
  suppressed_.erase(repeated.begin(), repeated.end());
  blank_ = find(" ");
  return {};
}

}  // namespace peregrine::speech
