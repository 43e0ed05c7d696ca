#include "service/chat/formats/call_parser.h"

#include <algorithm>

#include "service/chat/formats/json_call.h"
#include "service/chat/formats/json_scanner.h"
#include "service/chat/formats/marks.h"
#include "service/chat/formats/pythonic_call.h"

namespace peregrine::service {

CallParser::CallParser(const CallSyntax& syntax, const ToolUse& tool_use)
    : syntax_(syntax), names_(tool_use), state_(syntax.bare ? State::kStart : State::kText) {}

void CallParser::push(std::string_view raw, OutputSink& sink) {
  while (!raw.empty()) {
    std::size_t read = mark_length(raw);
    if (read > 0) {
      on_mark(raw.substr(0, read), sink);
    } else {
      read = on_text(raw.substr(0, raw.find(kControlMark)), sink);
    }
    position_ += read;
    raw.remove_prefix(read);
  }
}

void CallParser::finish(OutputSink& sink) {
  // A call is whole without what was to follow it.
  if (state_ == State::kBetween) pending_.clear();
  if (reader_ != nullptr) reader_->abandon(sink);
  no_call(sink);
  content_.finish(sink);
}

// How much of `text` was read: none only when the state changed.
std::size_t CallParser::on_text(std::string_view text, OutputSink& sink) {
  if (names_.empty()) {
    sink.content(text, position_);
    return text.size();
  }
  switch (state_) {
    case State::kStart:
      return at_start(text, sink);
    case State::kText:
      return in_text(text, sink);
    case State::kOpened:
      return behind_marker(text.front(), sink);
    case State::kName:
      return in_name(text.front(), sink);
    case State::kCall:
      return in_call(text, sink);
    case State::kBetween:
      return between_calls(text.front(), sink);
  }
  return text.size();
}

void CallParser::on_mark(std::string_view mark, OutputSink& sink) {
  if (names_.empty()) return;
  if (state_ == State::kBetween && around_ != nullptr && mark == around_->close) {
    close_marker();
    return;
  }
  const bool within = state_ == State::kOpened || state_ == State::kName || state_ == State::kCall;
  if (reader_ != nullptr) reader_->abandon(sink);
  if (within || !pending_.empty()) no_call(sink);
  pending_raw_ = position_;
  pending_ = mark;
  if (!open_marker(mark)) pending_.clear();
}

std::size_t CallParser::at_start(std::string_view text, OutputSink& sink) {
  const std::size_t space = std::min(text.find_first_not_of(kBlanks), text.size());
  if (space > 0) {
    content_.write(text.substr(0, space), position_, sink);
    return space;
  }
  around_ = nullptr;
  state_ = State::kOpened;
  if (text.front() != '{' && !(syntax_.pythonic && text.front() == '[')) state_ = State::kText;
  return 0;
}

std::size_t CallParser::in_text(std::string_view text, OutputSink& sink) {
  if (pending_.empty()) {
    const std::size_t plain = std::min(text.find('<'), text.size());
    if (plain > 0) {
      content_.write(text.substr(0, plain), position_, sink);
      return plain;
    }
  }
  const std::string candidate = pending_ + text.front();
  const bool possible = std::ranges::any_of(
      syntax_.markers, [&](const CallMarkers& markers) { return markers.open.starts_with(candidate); });
  if (possible) {
    take(text.substr(0, 1));
    open_marker(candidate);
    return 1;
  }
  if (!pending_.empty()) return no_call(sink);
  content_.write(text.substr(0, 1), position_, sink);
  return 1;
}

// Whether `text` is an opening marker as a whole; then calls may begin.
bool CallParser::open_marker(std::string_view text) {
  for (const CallMarkers& markers : syntax_.markers) {
    if (markers.open != text) continue;
    around_ = &markers;
    in_list_ = false;
    name_.clear();
    state_ = markers.names_function ? State::kName : State::kOpened;
    return true;
  }
  return false;
}

std::size_t CallParser::behind_marker(char c, OutputSink& sink) {
  if (is_json_space(c) && !in_list_) return take({&c, 1});
  if (c == '[' && syntax_.pythonic && !in_list_) {
    in_list_ = true;
    return take({&c, 1});
  }
  return begin_call(c) ? 0 : no_call(sink);
}

// Sets a reader to work on the call that `c` begins, if it can begin one here.
bool CallParser::begin_call(char c) {
  const bool named = around_ != nullptr && around_->names_function;
  if (in_list_) {
    if (!is_name_character(c)) return false;
    reader_ = std::make_unique<PythonicCallReader>(names_);
  } else if (c != '{') {
    return false;
  } else if (named) {
    reader_ = std::make_unique<ArgumentsReader>(name_);
  } else {
    using enum JsonCallReader::OtherMembers;
    reader_ = std::make_unique<JsonCallReader>(names_, around_ == nullptr ? kStrict : kAny);
  }
  state_ = State::kCall;
  return true;
}

// <function=NAME>{...}; some leave the '>' out.
std::size_t CallParser::in_name(char c, OutputSink& sink) {
  if (is_name_character(c) && name_.size() < kMaxNameBytes) {
    name_ += c;
    return take({&c, 1});
  }
  if ((c != '>' && c != '{') || !names_.contains(name_)) return no_call(sink);
  state_ = State::kOpened;
  return c == '>' ? take({&c, 1}) : 0;
}

std::size_t CallParser::in_call(std::string_view text, OutputSink& sink) {
  std::size_t taken = 0;
  const CallTextReader::Progress progress = reader_->push(text, taken, sink);
  take(text.substr(0, taken));
  if (progress == CallTextReader::Progress::kMore) return taken;
  if (progress == CallTextReader::Progress::kDone) {
    pending_.clear();
    content_.after_call();
    state_ = State::kBetween;
  } else {
    reader_->abandon(sink);
    no_call(sink);
  }
  reader_.reset();
  return taken;
}

std::size_t CallParser::between_calls(char c, OutputSink& sink) {
  if (is_json_space(c)) {
    if (!pending_.empty()) return take({&c, 1});
    content_.write({&c, 1}, position_, sink);
    return 1;
  }
  if (in_list_) {
    if (pending_.empty() && c == ']') {
      in_list_ = false;
      return 1;
    }
    if (pending_.empty() && c == ',') return take({&c, 1});
    return !pending_.empty() && begin_call(c) ? 0 : no_call(sink);
  }
  const std::string close = around_ == nullptr ? std::string() : around_->close;
  if (close.starts_with(pending_ + c)) {
    take({&c, 1});
    if (pending_ == close) close_marker();
    return 1;
  }
  const bool separable = close.empty() || close.front() == kControlMark;
  if (separable && pending_.empty() && c == ';') return take({&c, 1});
  const bool due = pending_.empty() || pending_.front() == ';';
  const bool named = around_ != nullptr && around_->names_function;
  return due && !named && begin_call(c) ? 0 : no_call(sink);
}

// White space before it was no content either.
void CallParser::close_marker() {
  content_.after_call();
  pending_.clear();
  in_list_ = false;
  state_ = State::kText;
}

std::size_t CallParser::take(std::string_view text) {
  if (pending_.empty()) pending_raw_ = position_;
  pending_ += text;
  return text.size();
}

// What was read since the opening marker is content after all.
std::size_t CallParser::no_call(OutputSink& sink) {
  reader_.reset();
  const std::string text = std::move(pending_);
  pending_.clear();
  in_list_ = false;
  state_ = State::kText;
  content_.write(text, pending_raw_, sink);
  return 0;
}

}  // namespace peregrine::service
