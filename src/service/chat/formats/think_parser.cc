#include "service/chat/formats/think_parser.h"

#include <algorithm>

namespace peregrine::service {
namespace {

// Blanks before a block; after more of them none is expected.
constexpr std::size_t kMaxBlanksBefore = 256;

// Knows where the inner text begins.
class ShiftedSink final : public OutputSink {
 public:
  ShiftedSink(OutputSink& sink, std::size_t shift) : sink_(sink), shift_(shift) {}

  void content(std::string_view text, std::size_t raw) override { sink_.content(text, raw + shift_); }
  void reasoning(std::string_view text) override { sink_.reasoning(text); }
  void call_begin(std::string_view id, std::string_view name) override { sink_.call_begin(id, name); }
  void call_arguments(std::string_view piece) override { sink_.call_arguments(piece); }
  void call_end(bool complete) override { sink_.call_end(complete); }

 private:
  OutputSink& sink_;
  std::size_t shift_;
};

std::size_t leading_blanks(std::string_view text) {
  return std::min(text.find_first_not_of(kBlanks), text.size());
}

// Bytes at the end of `text` that the closing marker may begin with.
std::size_t marker_begun(std::string_view text) {
  std::size_t length = std::min(text.size(), kThinkClose.size() - 1);
  while (!kThinkClose.starts_with(text.substr(text.size() - length))) --length;
  return length;
}

}  // namespace

void ThinkParser::push(std::string_view raw, OutputSink& sink) {
  while (!raw.empty()) {
    const std::size_t length = mark_length(raw);
    std::size_t taken = raw.size();
    if (place_ == Place::kInner) {
      give_inner(raw, sink);
    } else if (length > 0) {
      taken = take_control(raw.substr(1, length - 1), length, sink);
    } else {
      taken = take_text(raw.substr(0, raw.find(kControlMark)), sink);
    }
    offset_ += taken;
    raw.remove_prefix(taken);
  }
}

std::size_t ThinkParser::take_text(std::string_view text, OutputSink& sink) {
  switch (place_) {
    case Place::kStart:
      return start(text, sink);
    case Place::kBlock:
      return block(text, sink);
    case Place::kBehind:
    case Place::kInner:
      break;
  }
  return behind(text);
}

std::size_t ThinkParser::take_control(std::string_view piece, std::size_t length, OutputSink& sink) {
  const bool open = control_ && piece == kThinkOpen;
  const bool close = control_ && piece == kThinkClose;
  if (place_ == Place::kBehind || (place_ == Place::kStart && !opened_ && !open)) {
    if (place_ == Place::kStart) {
      no_block(sink);
    } else {
      place_ = Place::kInner;
      inner_begin_ = offset_;
    }
    return 0;  // the inner parser's
  }
  if (place_ == Place::kBlock || opened_) reason(held_, sink);
  held_.clear();
  place_ = close ? Place::kBehind : Place::kBlock;
  return length;
}

std::size_t ThinkParser::start(std::string_view text, OutputSink& sink) {
  const std::size_t before = held_.size();
  held_ += text;
  const std::size_t blanks = leading_blanks(held_);
  const std::string_view rest = std::string_view(held_).substr(blanks);
  const bool late = blanks > kMaxBlanksBefore && !opened_;
  if (!late && !control_ && rest.starts_with(kThinkOpen)) {
    held_.clear();
    place_ = Place::kBlock;
    return blanks + kThinkOpen.size() - before;
  }
  if (!late && (rest.empty() || (!control_ && kThinkOpen.starts_with(rest)))) {
    if (opened_) held_.erase(0, blanks);
    return text.size();
  }
  if (!opened_) {
    no_block(sink);
    return text.size();
  }
  // No marker again: `rest` is reasoning, and of that only what came before is not in `text`.
  place_ = Place::kBlock;
  const std::string earlier = held_.substr(0, before);
  held_.clear();
  block(earlier, sink);
  return 0;
}

std::size_t ThinkParser::block(std::string_view text, OutputSink& sink) {
  if (control_) {
    reason(text, sink);
    return text.size();
  }
  const std::size_t before = held_.size();
  const std::string all = held_ + std::string(text);
  const std::size_t close = all.find(kThinkClose);
  if (close != std::string::npos) {
    reason(std::string_view(all).substr(0, close), sink);
    held_.clear();
    place_ = Place::kBehind;
    return close + kThinkClose.size() - before;
  }
  const std::size_t kept = marker_begun(all);
  reason(std::string_view(all).substr(0, all.size() - kept), sink);
  held_ = all.substr(all.size() - kept);
  return text.size();
}

std::size_t ThinkParser::behind(std::string_view text) {
  const std::size_t blanks = leading_blanks(text);
  if (blanks < text.size()) {
    place_ = Place::kInner;
    inner_begin_ = offset_ + blanks;
  }
  return blanks;
}

// What was held is the beginning of the inner text.
void ThinkParser::no_block(OutputSink& sink) {
  place_ = Place::kInner;
  inner_begin_ = 0;
  if (!held_.empty()) give_inner(held_, sink);
  held_.clear();
}

void ThinkParser::reason(std::string_view text, OutputSink& sink) {
  trimmer_.push(text, [&](std::string_view piece) { sink.reasoning(piece); });
}

void ThinkParser::give_inner(std::string_view raw, OutputSink& sink) {
  ShiftedSink shifted(sink, inner_begin_);
  inner_->push(raw, shifted);
}

void ThinkParser::finish(OutputSink& sink) {
  if (place_ == Place::kBlock || (place_ == Place::kStart && opened_)) {
    reason(held_, sink);
  } else if (place_ == Place::kStart) {
    no_block(sink);
  }
  ShiftedSink shifted(sink, inner_begin_);
  inner_->finish(shifted);
}

bool ThinkParser::in_reasoning() const {
  switch (place_) {
    case Place::kStart:
      return opened_;
    case Place::kBlock:
      return true;
    case Place::kBehind:
    case Place::kInner:
      break;
  }
  return inner_->in_reasoning();
}

}  // namespace peregrine::service
