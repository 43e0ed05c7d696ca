#include "speech/align/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/utf8.h"

namespace peregrine::speech {
namespace {

// Languages that are written without spaces between words.
constexpr std::array<std::string_view, 6> kWithoutSpaces = {"zh", "ja", "th", "lo", "my", "yue"};

// Marks beside ASCII's: of those without spaces around them, some belong to what follows.
constexpr std::string_view kOpening[] = {"“", "‘", "¿", "¡", "「", "『", "（", "《"};
constexpr std::string_view kOthers[] = {"”",  "’", "。", "，", "！", "？", "：", "；",
                                        "、", "…", "」", "』", "）", "》", "·"};
constexpr std::string_view kSentenceEnds = ".!?。！？";

constexpr double kLongestUsual = 0.7 / kPositionSeconds;

bool is_ascii_mark(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool opens(std::string_view text) {
  return std::ranges::find(kOpening, text) != std::end(kOpening);
}

// Nothing that is spoken: marks, and the space before them.
bool is_mark(std::string_view text) {
  if (text.starts_with(' ')) text.remove_prefix(1);
  return std::ranges::all_of(text, is_ascii_mark) || opens(text) ||
         std::ranges::find(kOthers, text) != std::end(kOthers);
}

bool ends_sentence(std::string_view text) {
  // The last character of UTF-8: back to the byte that begins it.
  std::size_t begin = text.size();
  do {
    if (begin == 0) break;
    --begin;
  } while ((static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U);
  const std::string_view last = text.substr(begin);
  return !last.empty() && kSentenceEnds.find(last) != std::string_view::npos;
}

// Tokens that are whole characters together.
struct Unit {
  std::string text;
  std::size_t first;
  std::size_t end;
};

std::vector<Unit> split_characters(const Vocabulary& vocabulary, std::span<const TokenId> tokens) {
  std::vector<Unit> units;
  std::string bytes;
  std::size_t first = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    bytes.append(vocabulary.bytes(tokens[i]));
    const bool complete = base::utf8_complete_prefix(bytes) == bytes.size();
    if (!complete && i + 1 < tokens.size()) continue;
    units.push_back({base::utf8_sanitize(bytes), first, i + 1});
    bytes.clear();
    first = i + 1;
  }
  return units;
}

// A word of these units, of which there is at least one.
WordTokens make_word(std::span<const Unit> units) {
  WordTokens word;
  for (const Unit& unit : units) word.text.append(unit.text);
  const auto spoken = [](const Unit& unit) { return !is_mark(unit.text); };
  const auto first = std::ranges::find_if(units, spoken);
  if (first == units.end()) {
    word.core_first = units.front().first;
    word.core_end = units.back().end;
  } else {
    word.core_first = first->first;
    word.core_end = std::ranges::find_if(units.rbegin(), units.rend(), spoken)->end;
  }
  return word;
}

}  // namespace

std::vector<WordTokens> split_words(const Vocabulary& vocabulary, std::span<const TokenId> tokens,
                                    std::string_view language) {
  const bool spaces = std::ranges::find(kWithoutSpaces, language) == kWithoutSpaces.end();
  const std::vector<Unit> units = split_characters(vocabulary, tokens);
  std::vector<WordTokens> words;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= units.size(); ++i) {
    const bool begins = i == units.size() || (spaces ? units[i].text.starts_with(' ')
                                                     : (!is_mark(units[i].text) || opens(units[i].text)) &&
                                                           !opens(units[i - 1].text));
    if (!begins) continue;
    words.push_back(make_word(std::span(units).subspan(first, i - first)));
    first = i;
  }
  return words;
}

void shorten_at_pauses(std::span<const std::string> texts, std::span<WordSpan> spans) {
  std::vector<double> lengths;
  for (const WordSpan& span : spans) {
    if (span.end > span.start) lengths.push_back(span.end - span.start);
  }
  if (lengths.empty()) return;
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::ranges::nth_element(lengths, middle);
  const double longest = 2 * std::min(*middle, kLongestUsual);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    WordSpan& span = spans[i];
    if (span.end - span.start <= longest) continue;
    if (ends_sentence(texts[i])) {
      span.end = span.start + longest;
    } else if (i > 0 && ends_sentence(texts[i - 1])) {
      span.start = span.end - longest;
    }
  }
}

std::vector<std::vector<TimedWord>> time_words(const Vocabulary& vocabulary, std::string_view language,
                                               std::span<const SpokenPiece> pieces,
                                               std::span<const std::uint32_t> columns) {
  std::vector<std::string> texts;
  std::vector<WordSpan> spans;
  std::vector<float> probabilities;
  std::vector<std::size_t> n_words;
  std::size_t first_token = 0;
  for (const SpokenPiece& piece : pieces) {
    std::vector<WordTokens> words = split_words(vocabulary, piece.tokens, language);
    n_words.push_back(words.size());
    for (WordTokens& word : words) {
      double sum = 0;
      for (std::size_t i = word.core_first; i < word.core_end; ++i) {
        sum += std::exp(static_cast<double>(piece.logprobs[i]));
      }
      probabilities.push_back(static_cast<float>(sum / static_cast<double>(word.core_end - word.core_first)));
      spans.push_back({static_cast<double>(columns[first_token + word.core_first]),
                       static_cast<double>(columns[first_token + word.core_end])});
      texts.push_back(std::move(word.text));
    }
    first_token += piece.tokens.size();
  }
  shorten_at_pauses(texts, spans);

  std::vector<std::vector<TimedWord>> timed;
  std::size_t next = 0;
  for (std::size_t p = 0; p < pieces.size(); ++p) {
    std::vector<TimedWord>& words = timed.emplace_back();
    double earliest = pieces[p].start;
    for (std::size_t i = 0; i < n_words[p]; ++i, ++next) {
      const double start = std::clamp(spans[next].start, earliest, pieces[p].end);
      earliest = std::clamp(spans[next].end, start, pieces[p].end);
      words.push_back({std::move(texts[next]), {start, earliest}, probabilities[next]});
    }
  }
  return timed;
}

}  // namespace peregrine::speech
