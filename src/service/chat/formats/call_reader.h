// One call whose name has been read: its arguments go to the sink as they come, and are checked on the way.
//
// Only a JSON object completes a call. What turns out to be none is kept and follows as content. The blanks
// around the arguments are dropped.
#pragma once

#include <cstddef>
#include <string_view>

#include "service/chat/formats/json_scanner.h"
#include "service/chat/formats/raw_text.h"

namespace peregrine::service {

class CallReader {
 public:
  void begin(std::string_view id, std::string_view name, OutputSink& sink);
  // A stretch of the arguments, `raw` its place in the raw text.
  void push(std::string_view text, std::size_t raw, OutputSink& sink);
  // The call is over; or the text is, in its midst: `cut`.
  void end(bool cut, OutputSink& sink);

 private:
  enum class State { kEmpty, kObject, kBroken };

  void check(std::string_view text);

  State state_ = State::kEmpty;
  JsonScanner json_;
  HeldText all_;
  BlankTrimmer trimmer_;
};

}  // namespace peregrine::service
