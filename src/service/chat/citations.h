// Answers that name their sources: how sources are put before the model, and how the marks that it writes
// become annotations.
//
// Sources are numbered from 1, documents first, then results of tools; a mark is the number between 【 and
// 】, where the model's own families put more after a dagger: 【2】, 【2†L3-L9】. The marks are taken out of
// the content; a citation is the stretch from the sentence's beginning, or the mark before it, to the mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/chat/conversation.h"

namespace peregrine::service {

struct CitationSource {
  Citation::Source source = Citation::Source::kDocument;
  std::string id;
};

// What the answer to `request` may cite, by number from 1. Empty: no marks are asked for and none are read.
std::vector<CitationSource> citation_sources(const ChatRequest& request);

// The documents as text, with how to cite them where `marks` is set. Empty without documents.
std::string documents_prompt(std::span<const Document> documents, bool marks);

// Takes the marks out of content that arrives in pieces, wherever these are cut.
class CitationReader {
 public:
  // Content and where it begins in the raw text, as OutputSink::content().
  using Content = std::function<void(std::string_view text, std::size_t raw)>;
  using Found = std::function<void(const Citation& citation)>;

  // Outlived by `sources`.
  explicit CitationReader(std::span<const CitationSource> sources) : sources_(sources) {}

  void push(std::string_view text, std::size_t raw, const Content& content, const Found& found);
  // What was held back is content after all: another part of the answer follows, or none.
  void flush(const Content& content);

 private:
  void take(std::string_view character, std::size_t raw, const Content& content, const Found& found);
  bool close(const Found& found);
  void count(std::string_view character);
  void cite(const CitationSource& source, const Found& found);

  std::span<const CitationSource> sources_;
  std::string held_;  // the beginning of what may become a mark
  std::size_t held_raw_ = 0;
  std::uint32_t characters_ = 0;      // of content so far
  std::uint32_t stretch_begins_ = 0;  // of the text that the next mark would cite
  bool after_stop_ = false;           // the last character ends a sentence if white space follows
  bool sentence_ended_ = false;       // a new stretch begins with the next word
  bool after_mark_ = false;           // no text since the last mark, which its neighbour shares
  std::uint32_t last_begin_ = 0;
};

}  // namespace peregrine::service
