#include "service/chat/citations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "base/utf8.h"

namespace peregrine::service {
namespace {

constexpr std::string_view kOpen = "【";
constexpr std::string_view kClose = "】";
constexpr std::string_view kDagger = "†";
constexpr std::size_t kMaxMarkBytes = 96;
constexpr std::size_t kMaxDigits = 5;

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

// Whether `text`, which begins with kOpen, may still become a mark: digits, then perhaps a dagger and a
// place.
bool may_become_mark(std::string_view text) {
  if (text.size() > kMaxMarkBytes) return false;
  text.remove_prefix(kOpen.size());
  const std::size_t digits =
      static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
  if (digits > kMaxDigits) return false;
  text.remove_prefix(digits);
  return text.empty() ||
         (digits > 0 && text.starts_with(kDagger) && text.find('\n') == std::string_view::npos);
}

}  // namespace

std::vector<CitationSource> citation_sources(const ChatRequest& request) {
  std::vector<CitationSource> sources;
  if (request.citations == Citations::kDisabled) return sources;
  for (const Document& document : request.documents) {
    sources.push_back({Citation::Source::kDocument, document.id});
  }
  if (request.citations != Citations::kEnabled) return sources;
  for (const ChatMessage& message : request.messages) {
    if (message.role == Role::kTool && message.tool_call_id) {
      sources.push_back({Citation::Source::kToolCall, *message.tool_call_id});
    }
  }
  return sources;
}

std::string documents_prompt(std::span<const Document> documents, bool marks) {
  if (documents.empty()) return {};
  std::string text = "Documents to answer from:\n";
  for (std::size_t i = 0; i < documents.size(); ++i) {
    text += fmt::format("\n{}{}{} (id: {})\n{}\n", kOpen, i + 1, kClose, documents[i].id, documents[i].text);
  }
  if (marks) {
    text += fmt::format(
        "\nAfter each statement that rests on a document, write the document's number as its mark, such as "
        "{}1{}.",
        kOpen, kClose);
  }
  return text;
}

void CitationReader::push(std::string_view text, std::size_t raw, const Content& content,
                          const Found& found) {
  if (sources_.empty()) return content(text, raw);
  while (!text.empty()) {
    const std::size_t length = base::utf8_decode(text).length;
    take(text.substr(0, length), raw, content, found);
    raw += length;
    text.remove_prefix(length);
  }
}

void CitationReader::take(std::string_view character, std::size_t raw, const Content& content,
                          const Found& found) {
  if (held_.empty() && character != kOpen) {
    count(character);
    return content(character, raw);
  }
  if (character == kOpen) {
    flush(content);
    held_raw_ = raw;
    held_ = character;
    return;
  }
  if (character == kClose && close(found)) return;
  held_ += character;
  if (!may_become_mark(held_)) flush(content);
}

void CitationReader::flush(const Content& content) {
  if (held_.empty()) return;
  const std::string text = std::exchange(held_, {});
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = base::utf8_decode(rest).length;
    count(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  content(text, held_raw_);
}

// Keeps account of where sentences begin: on a new line, or after a stop and white space.
void CitationReader::count(std::string_view character) {
  const bool space = character == " " || character == "\n" || character == "\t";
  if (space) {
    if (after_stop_ || character == "\n") sentence_ended_ = true;
  } else {
    if (sentence_ended_) stretch_begins_ = characters_;
    sentence_ended_ = false;
    after_mark_ = false;
    after_stop_ = character == "." || character == "!" || character == "?";
    if (character == "。") sentence_ended_ = true;
  }
  ++characters_;
}

// False: what is held is no mark. One with a number that no source has goes without a citation.
bool CitationReader::close(const Found& found) {
  const char* const digits = held_.data() + kOpen.size();
  std::size_t number = 0;
  const auto [end, ec] = std::from_chars(digits, held_.data() + held_.size(), number);
  if (ec != std::errc() || end == digits) return false;
  held_.clear();
  if (number > 0 && number <= sources_.size()) cite(sources_[number - 1], found);
  return true;
}

void CitationReader::cite(const CitationSource& source, const Found& found) {
  const std::uint32_t begin = after_mark_ ? last_begin_ : stretch_begins_;
  if (begin < characters_) {
    found({.start = begin, .end = characters_, .source = source.source, .id = source.id});
  }
  last_begin_ = begin;
  after_mark_ = true;
  stretch_begins_ = characters_;
  sentence_ended_ = true;
}

}  // namespace peregrine::service
