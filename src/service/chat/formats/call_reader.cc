#include "service/chat/formats/call_reader.h"

#include <algorithm>

namespace peregrine::service {
void CallReader::begin(std::string_view id, std::string_view name, OutputSink& sink) {
  state_ = State::kEmpty;
  json_ = {};
  all_.clear();
  trimmer_ = {};
  sink.call_begin(id, name);
}

void CallReader::push(std::string_view text, std::size_t raw, OutputSink& sink) {
  all_.add(text, raw);
  if (!trimmer_.begun()) {
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return;
    state_ = text[first] == '{' ? State::kObject : State::kBroken;
  }
  if (state_ == State::kObject) check(text);
  trimmer_.push(text, [&](std::string_view piece) { sink.call_arguments(piece); });
}

void CallReader::check(std::string_view text) {
  const bool json = std::ranges::all_of(text, [&](char c) { return json_.push(c); });
  if (!json) state_ = State::kBroken;
}

void CallReader::end(bool cut, OutputSink& sink) {
  const bool empty = state_ == State::kEmpty && !cut;
  if (empty) sink.call_arguments("{}");
  const bool complete = empty || (state_ == State::kObject && json_.done());
  sink.call_end(complete);
  // Cut off in what may have become an object, there is no text to show for it.
  if (!complete && (!cut || state_ == State::kBroken)) all_.release(sink);
}

}  // namespace peregrine::service
