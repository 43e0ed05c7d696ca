#include "service/chat/formats/content_writer.h"

#include <algorithm>

#include "service/chat/formats/marks.h"

namespace peregrine::service {

void ContentWriter::write(std::string_view text, std::size_t raw, OutputSink& sink) {
  while (!text.empty()) {
    const std::size_t mark = mark_length(text);
    const std::size_t taken = mark > 0 ? mark : std::min(text.find(kControlMark), text.size());
    if (mark == 0) write_plain(text.substr(0, taken), raw, sink);
    text.remove_prefix(taken);
    raw += taken;
  }
}

void ContentWriter::write_plain(std::string_view text, std::size_t raw, OutputSink& sink) {
  const std::size_t last = text.find_last_not_of(kJsonSpace);
  const std::size_t end = last == std::string_view::npos ? 0 : last + 1;
  if (end > 0) {
    std::size_t begin = 0;
    // Space between calls and the first text is no more the answer's than that before a call.
    if (after_call_ && !written_) {
      begin = text.find_first_not_of(kJsonSpace);
      hold(text.substr(0, begin), raw, sink);
      drop();
    }
    release(sink);
    sink.content(text.substr(begin, end - begin), raw + begin);
    written_ = true;
    after_call_ = false;
    spilling_ = false;
  }
  hold(text.substr(end), raw + end, sink);
}

void ContentWriter::hold(std::string_view space, std::size_t raw, OutputSink& sink) {
  if (space.empty()) return;
  held_.push_back({std::string(space), raw});
  held_bytes_ += space.size();
  if (!spilling_ && held_bytes_ <= kMaxHeldSpace) return;
  spilling_ = true;
  release(sink);
}

void ContentWriter::release(OutputSink& sink) {
  for (const Stretch& stretch : held_) sink.content(stretch.text, stretch.raw);
  drop();
}

void ContentWriter::drop() {
  held_.clear();
  held_bytes_ = 0;
}

void ContentWriter::after_call() {
  drop();
  spilling_ = false;
  after_call_ = true;
}

void ContentWriter::finish(OutputSink& sink) {
  if (after_call_) drop();
  release(sink);
}

}  // namespace peregrine::service
