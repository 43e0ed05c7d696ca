#include "service/chat/formats/content_writer.h"

namespace peregrine::service {

void ContentWriter::write(std::string_view text, std::size_t raw, OutputSink& sink) {
  for_each_part(
      text, [&](std::string_view plain, std::size_t at) { write_plain(plain, raw + at, sink); },
      [](std::string_view) {});
}

void ContentWriter::write_plain(std::string_view text, std::size_t raw, OutputSink& sink) {
  const std::size_t end = text.find_last_not_of(kBlanks) + 1;  // 0: nothing but blanks
  if (end > 0) {
    std::size_t begin = 0;
    // Space between calls and the first text is no more the answer's than that before a call.
    if (after_call_ && !written_) {
      begin = text.find_first_not_of(kBlanks);
      hold(text.substr(0, begin), raw, sink);
      held_.clear();
    }
    held_.release(sink);
    sink.content(text.substr(begin, end - begin), raw + begin);
    written_ = true;
    after_call_ = false;
    spilling_ = false;
  }
  hold(text.substr(end), raw + end, sink);
}

void ContentWriter::hold(std::string_view space, std::size_t raw, OutputSink& sink) {
  if (space.empty()) return;
  held_.add(space, raw);
  if (!spilling_ && held_.bytes() <= kMaxHeldSpace) return;
  spilling_ = true;
  held_.release(sink);
}

void ContentWriter::after_call() {
  held_.clear();
  spilling_ = false;
  after_call_ = true;
}

void ContentWriter::finish(OutputSink& sink) {
  if (after_call_) held_.clear();
  held_.release(sink);
}

}  // namespace peregrine::service
