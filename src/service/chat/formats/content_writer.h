// Content on its way to the sink: white space beside a call is no part of the answer, marks never are.
//
// So white space is held until it is known what follows. What is written does not depend on how the text was
// split.
#pragma once

#include <cstddef>
#include <string_view>

#include "service/chat/formats/format.h"
#include "service/chat/formats/raw_text.h"

namespace peregrine::service {

// A longer stretch of white space is content.
inline constexpr std::size_t kMaxHeldSpace = 256;

class ContentWriter {
 public:
  // A stretch of the raw text, `raw` its place in it; whole characters and whole marks.
  void write(std::string_view text, std::size_t raw, OutputSink& sink);
  // A call stood here.
  void after_call();
  // Nothing follows.
  void finish(OutputSink& sink);

 private:
  void write_plain(std::string_view text, std::size_t raw, OutputSink& sink);
  void hold(std::string_view space, std::size_t raw, OutputSink& sink);

  HeldText held_;            // white space
  bool spilling_ = false;    // within white space that was too long to hold
  bool after_call_ = false;  // since the last call there was no text
  bool written_ = false;     // there was text
};

}  // namespace peregrine::service
