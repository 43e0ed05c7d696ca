// What Llama 3 and 4 share: calls that may stand without a marker where an answer would begin.
#pragma once

#include <string>

#include "service/chat/formats/call_parser.h"
#include "service/chat/formats/format.h"

namespace peregrine::service {

class BareCallFormat : public ChatFormat {
 public:
  // `open` and `close` are control tokens that may stand around calls; `close` may be empty.
  BareCallFormat(const std::string& open, const std::string& close, bool pythonic);

  std::unique_ptr<OutputParser> parser(const FormatRequest& request) const override;
  // Calls are written as JSON. Text begins like none: not with '{', nor, where calls may be pythonic, with
  // "[f(" of a function.
  Result<std::optional<grammar::GrammarBuilder::Node>> constraint(
      grammar::GrammarBuilder& builder, const FormatRequest& request) const override;

 private:
  Result<grammar::GrammarBuilder::Node> text_node(grammar::GrammarBuilder& builder,
                                                  const ToolUse& tool_use) const;

  CallSyntax syntax_;
};

}  // namespace peregrine::service
