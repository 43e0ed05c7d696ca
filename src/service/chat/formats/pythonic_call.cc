#include "service/chat/formats/pythonic_call.h"

#include "service/chat/formats/python_arguments.h"

namespace peregrine::service {

CallTextReader::Progress PythonicCallReader::push(std::string_view text, std::size_t& taken,
                                                  OutputSink& sink) {
  for (taken = 0; taken < text.size(); ++taken) {
    const char c = text[taken];
    if (named_ && quote_ == '\0' && depth_ == 0 && c == ')') {
      const auto json = python_arguments_to_json(arguments_);
      if (!json) return Progress::kNotACall;
      ++taken;
      sink.call_begin({}, name_);
      sink.call_arguments(*json);
      sink.call_end(true);
      return Progress::kDone;
    }
    if (arguments_.size() >= kMaxCallBytes || !step(c)) return Progress::kNotACall;
  }
  return Progress::kMore;
}

// What is no literal is found when the call is whole; here only brackets and quotes count.
bool PythonicCallReader::step(char c) {
  if (!named_) {
    if (c == '(') {
      named_ = true;
      return names_.contains(name_);
    }
    name_ += c;
    return is_name_character(c) && name_.size() <= kMaxNameBytes;
  }
  arguments_ += c;
  if (quote_ != '\0') {
    if (!escaped_ && c == quote_) quote_ = '\0';
    escaped_ = !escaped_ && c == '\\';
    return true;
  }
  switch (c) {
    case '"':
    case '\'':
      quote_ = c;
      return true;
    case '(':
    case '[':
    case '{':
      return ++depth_ <= kMaxPythonDepth;
    case ')':
    case ']':
    case '}':
      return depth_-- > 0;
    default:
      return true;
  }
}

}  // namespace peregrine::service
