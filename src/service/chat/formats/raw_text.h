// Raw text (format.h) taken apart: stretches of text and control tokens, and text that waits for its meaning.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "service/chat/formats/format.h"
#include "service/chat/formats/marks.h"

namespace peregrine::service {

inline constexpr std::string_view kBlanks = " \t\r\n";

// Calls text(stretch, at) and control(piece) in the order of `raw`; `at` is the stretch's place in it.
template <class Text, class Control>
void for_each_part(std::string_view raw, Text text, Control control) {
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = std::min(raw.find(kControlMark, at), raw.size());
    if (end > at) text(raw.substr(at, end - at), at);
    const std::size_t length = mark_length(raw.substr(end));
    if (length > 0) control(raw.substr(end + 1, length - 1));
    at = end + length;
  }
}

// Stretches of raw text that may turn out to be content.
class HeldText {
 public:
  void add(std::string_view text, std::size_t raw);
  // Writes them as content, and forgets them.
  void release(OutputSink& sink);
  void clear();
  std::size_t bytes() const { return bytes_; }

 private:
  struct Stretch {
    std::string text;
    std::size_t raw;
  };

  std::vector<Stretch> stretches_;  // no two of them meet
  std::size_t bytes_ = 0;
};

// Drops the blanks around a text that comes in pieces.
class BlankTrimmer {
 public:
  // Calls write(piece) for what is known to lie between the first and the last of the text.
  template <class Write>
  void push(std::string_view text, Write write) {
    if (!begun_) text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
    const std::size_t end = text.find_last_not_of(kBlanks) + 1;  // 0: nothing but blanks
    if (end > 0) {
      begun_ = true;
      if (!blanks_.empty()) write(std::string_view(blanks_));
      blanks_.clear();
      write(text.substr(0, end));
    }
    if (begun_) blanks_ += text.substr(end);
  }
  // Whether the text has more than blanks.
  bool begun() const { return begun_; }

 private:
  bool begun_ = false;
  std::string blanks_;  // at the end so far
};

}  // namespace peregrine::service
