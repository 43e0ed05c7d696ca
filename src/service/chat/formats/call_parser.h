// Finds calls in raw text: the one parser of all families that write calls as JSON or Python within text.
//
// A family says how its calls are set off from text (CallSyntax); how a call itself reads is a
// CallTextReader's business. What begins like a call and is none becomes content as it stood. Time is linear
// in the text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/chat/formats/call_text_reader.h"
#include "service/chat/formats/callable_names.h"
#include "service/chat/formats/content_writer.h"
#include "service/chat/formats/format.h"

namespace peregrine::service {

// Around calls. As in raw text: control tokens as their marks. A plain text one begins with '<' and has no
// other; `close` may be empty where nothing ends the calls but other text.
struct CallMarkers {
  std::string open;
  std::string close;
  bool names_function = false;  // `open` NAME>{arguments}
};

struct CallSyntax {
  std::vector<CallMarkers> markers;
  bool bare = false;      // the text itself may begin with calls, without markers
  bool pythonic = false;  // calls may be a Python list: [f(a=1), g()]
};

class CallParser final : public OutputParser {
 public:
  // `syntax` must outlive the parser.
  CallParser(const CallSyntax& syntax, const ToolUse& tool_use);

  void push(std::string_view raw, OutputSink& sink) override;
  void finish(OutputSink& sink) override;
  bool in_reasoning() const override { return false; }

 private:
  enum class State : std::uint8_t {
    kStart,    // nothing but white space so far, and calls may be bare
    kText,     // content; `pending_` is what may become an opening marker
    kOpened,   // behind an opening marker: a call is due
    kName,     // within a marker that names the function
    kCall,     // a reader is at work
    kBetween,  // behind a call: another one, the closing marker, or text
  };

  std::size_t on_text(std::string_view text, OutputSink& sink);
  void on_mark(std::string_view mark, OutputSink& sink);
  std::size_t at_start(std::string_view text, OutputSink& sink);
  std::size_t in_text(std::string_view text, OutputSink& sink);
  std::size_t behind_marker(char c, OutputSink& sink);
  std::size_t in_name(char c, OutputSink& sink);
  std::size_t in_call(std::string_view text, OutputSink& sink);
  std::size_t between_calls(char c, OutputSink& sink);
  bool begin_call(char c);
  bool open_marker(std::string_view text);
  void close_marker();
  std::size_t take(std::string_view text);
  std::size_t no_call(OutputSink& sink);

  const CallSyntax& syntax_;
  const CallableNames names_;
  ContentWriter content_;
  State state_ = State::kText;
  std::size_t position_ = 0;             // in the raw text
  std::string pending_;                  // from the opening marker on, should it be no call
  std::size_t pending_raw_ = 0;          // where that begins
  const CallMarkers* around_ = nullptr;  // the calls read now; null: bare
  bool in_list_ = false;                 // between [ and ] of a Python list of calls
  std::string name_;                     // from a marker
  std::unique_ptr<CallTextReader> reader_;
};

}  // namespace peregrine::service
