// How a family of models writes reasoning, answers and tool calls: what reads its text and what keeps it to
// that form. One file per family; which one a model has is told by its template and tokens (choose.h).
//
// Raw text is what the model generated, as UTF-8 in which a control token stands as control_mark() of its
// piece: a byte that no UTF-8 has, then the piece. So text that merely spells a control token is text. The
// grammar and the parser speak of the same raw text, and the grammar's vocabulary spells tokens likewise.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "grammar/builder.h"
#include "service/chat/conversation.h"

namespace peregrine::service {

inline constexpr char kControlMark = '\xFF';

// "<|call|>" as a control token in raw text.
std::string control_mark(std::string_view piece);

// Told what a raw text says. Concatenated, the pieces do not depend on how the text was split.
class OutputSink {
 public:
  virtual ~OutputSink() = default;
  // Part of the answer; `raw` is where it begins in the raw text, of which it is a stretch. Without marks.
  virtual void content(std::string_view text, std::size_t raw) = 0;
  virtual void reasoning(std::string_view text) = 0;
  // `id` is the model's own name for the call; empty in formats without.
  virtual void call_begin(std::string_view id, std::string_view name) = 0;
  virtual void call_arguments(std::string_view piece) = 0;
  // Not complete: the text ended, or turned out to be no call; then it follows as content.
  virtual void call_end(bool complete) = 0;
};

// Of one answer. Any text is taken: what does not parse is content.
class OutputParser {
 public:
  virtual ~OutputParser() = default;
  // The next raw text, split anywhere but within a character or a control token.
  virtual void push(std::string_view raw, OutputSink& sink) = 0;
  // Nothing follows.
  virtual void finish(OutputSink& sink) = 0;
  // Whether what comes next is reasoning, as far as can be told.
  virtual bool in_reasoning() const = 0;
};

// What one request asks of its format.
struct FormatRequest {
  const ToolUse& tool_use;  // choice kNone: text that looks like a call is content
  const AnswerFormat& answer;
  bool prompt_opens_reasoning = false;  // the rendered prompt ends within a think block
  bool prompt_opens_answer = false;     // or within the answer, whose beginning the client gave
  bool reasoning = true;                // false: the model was told not to think
};

class ChatFormat {
 public:
  virtual ~ChatFormat() = default;
  virtual std::string_view name() const = 0;
  virtual std::unique_ptr<OutputParser> parser(const FormatRequest& request) const = 0;
  // The grammar of the whole raw text; nothing when it may be any text. With it, calls are complete, name
  // declared tools, and their arguments fit the tools' schemas; the answer fits its format. Errors: those of
  // the builder, `where` as start_chat() says ("tools[1].function.parameters#/properties/x").
  virtual Result<std::optional<grammar::GrammarBuilder::Node>> constraint(
      grammar::GrammarBuilder& builder, const FormatRequest& request) const = 0;
};

}  // namespace peregrine::service
