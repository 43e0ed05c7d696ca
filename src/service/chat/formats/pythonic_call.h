// f(a=1, b="x"): a call as Python writes it, with literals for arguments.
//
// The arguments are told in one piece, as JSON, when the call is whole.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "service/chat/formats/call_text_reader.h"
#include "service/chat/formats/callable_names.h"

namespace peregrine::service {

class PythonicCallReader final : public CallTextReader {
 public:
  // `names` must outlive the reader.
  explicit PythonicCallReader(const CallableNames& names) : names_(names) {}

  Progress push(std::string_view text, std::size_t& taken, OutputSink& sink) override;
  void abandon(OutputSink& /*sink*/) override {}  // nothing was told

 private:
  bool step(char c);

  const CallableNames& names_;
  std::string name_;
  bool named_ = false;
  std::string arguments_;
  std::size_t depth_ = 0;  // of brackets within the arguments
  char quote_ = '\0';      // of the string that is open
  bool escaped_ = false;
};

}  // namespace peregrine::service
