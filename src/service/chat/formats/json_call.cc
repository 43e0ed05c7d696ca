#include "service/chat/formats/json_call.h"

#include <algorithm>
#include <array>

namespace peregrine::service {
namespace {

using At = JsonScanner::At;

constexpr std::string_view kName = "name";
constexpr std::array<std::string_view, 2> kArgumentKeys = {"arguments", "parameters"};
// What calls are seen to have besides.
constexpr std::array<std::string_view, 2> kCustomary = {"type", "id"};

// Keys worth knowing are short.
constexpr std::size_t kMaxKeyBytes = 16;

}  // namespace

CallTextReader::Progress JsonCallReader::push(std::string_view text, std::size_t& taken, OutputSink& sink) {
  for (taken = 0; taken < text.size(); ++taken) {
    if (bytes_ >= kMaxCallBytes || !step(text[taken], sink)) return Progress::kNotACall;
    ++bytes_;
    if (scanner_.done()) {
      ++taken;
      finish(sink);
      return Progress::kDone;
    }
  }
  flush(sink);
  return Progress::kMore;
}

// One byte of the call's object. Its own members are at depth 1.
bool JsonCallReader::step(char c, OutputSink& sink) {
  const At before = scanner_.at();
  const std::size_t depth = scanner_.depth();
  const bool ends_call = depth == 1 && c == '}' && (before == At::kAfterValue || before == At::kFirstKey);
  if (ends_call && !named_) return false;
  if (!scanner_.push(c)) return false;
  const At after = scanner_.at();
  if (depth == 0) return c == '{';
  if (arguments_ == Arguments::kObject) {
    arguments_piece({&c, 1});
    if (after == At::kAfterValue && scanner_.depth() == 1) arguments_ = Arguments::kWhole;
  } else if (depth == 1 && !is_json_space(c)) {
    if (before == At::kValue) {
      if (!value_begins(c)) return false;
    } else if (!read_member(c, before, after)) {
      return false;
    }
  } else if (depth == 1 && (before == At::kInKey || before == At::kInString)) {
    if (!read_member(c, before, after)) return false;
  }
  if (!begun_ && named_ && !piece_.empty()) begin(sink);
  return true;
}

// A character of a key, of the name, or of arguments in a string.
bool JsonCallReader::read_member(char c, At before, At after) {
  if (before == At::kInKey) {
    if (after != At::kInKey) return key_ended();
    if (key_.size() < kMaxKeyBytes) unescape_.push(c, key_);
    return true;
  }
  if (after == At::kInKey) {
    key_.clear();
    unescape_ = {};
    return true;
  }
  if (before != At::kInString) return true;
  const bool closing = after != At::kInString;
  if (arguments_ == Arguments::kString) return unwrap(c, closing);
  if (member_ != Member::kName) return true;
  if (closing) return name_ended();
  unescape_.push(c, name_);
  return name_.size() <= kMaxNameBytes;
}

bool JsonCallReader::key_ended() {
  unescape_.finish(key_);
  if (key_ == kName) {
    member_ = Member::kName;
    return !named_;
  }
  if (std::ranges::find(kArgumentKeys, key_) != kArgumentKeys.end()) {
    member_ = Member::kArguments;
    return arguments_ == Arguments::kAbsent;
  }
  member_ = Member::kOther;
  return named_ || others_ == OtherMembers::kAny || std::ranges::find(kCustomary, key_) != kCustomary.end();
}

bool JsonCallReader::value_begins(char c) {
  unescape_ = {};
  switch (member_) {
    case Member::kOther:
      return true;
    case Member::kName:
      return c == '"';
    case Member::kArguments:
      break;
  }
  switch (c) {
    case '{':
      arguments_ = Arguments::kObject;
      arguments_piece({&c, 1});
      return true;
    case '"':
      arguments_ = Arguments::kString;
      return true;
    default:
      arguments_ = Arguments::kWhole;
      return c == 'n';
  }
}

bool JsonCallReader::name_ended() {
  unescape_.finish(name_);
  named_ = true;
  return names_.contains(name_);
}

// The next character of arguments in a string, or its end.
bool JsonCallReader::unwrap(char c, bool closing) {
  decoded_.clear();
  if (closing) {
    unescape_.finish(decoded_);
  } else {
    unescape_.push(c, decoded_);
  }
  for (const char byte : decoded_) {
    const At before = inner_.at();
    if (before == At::kValue && inner_.depth() == 0 && byte != '{' && !is_json_space(byte)) return false;
    if (!inner_.push(byte)) return false;
    if (inner_.depth() > 0 || (inner_.done() && before != At::kDone)) arguments_piece({&byte, 1});
  }
  if (!closing) return true;
  arguments_ = Arguments::kWhole;
  return inner_.done() || (inner_.at() == At::kValue && inner_.depth() == 0);
}

void JsonCallReader::arguments_piece(std::string_view piece) {
  piece_ += piece;
}

void JsonCallReader::begin(OutputSink& sink) {
  begun_ = true;
  sink.call_begin({}, name_);
}

void JsonCallReader::flush(OutputSink& sink) {
  if (!begun_ || piece_.empty()) return;
  sink.call_arguments(piece_);
  piece_.clear();
}

void JsonCallReader::finish(OutputSink& sink) {
  if (!begun_) {
    begin(sink);
    piece_ = "{}";
  }
  flush(sink);
  sink.call_end(true);
}

void JsonCallReader::abandon(OutputSink& sink) {
  flush(sink);
  if (begun_) sink.call_end(false);
}

CallTextReader::Progress ArgumentsReader::push(std::string_view text, std::size_t& taken, OutputSink& sink) {
  Progress progress = Progress::kMore;
  for (taken = 0; taken < text.size() && progress == Progress::kMore; ++taken) {
    if (bytes_++ >= kMaxCallBytes || (scanner_.depth() == 0 && text[taken] != '{') ||
        !scanner_.push(text[taken])) {
      progress = Progress::kNotACall;
      break;
    }
    if (scanner_.done()) progress = Progress::kDone;
  }
  if (taken > 0 && !begun_) {
    begun_ = true;
    sink.call_begin({}, name_);
  }
  if (taken > 0) sink.call_arguments(text.substr(0, taken));
  if (progress == Progress::kDone) sink.call_end(true);
  return progress;
}

void ArgumentsReader::abandon(OutputSink& sink) {
  if (begun_) sink.call_end(false);
}

}  // namespace peregrine::service
