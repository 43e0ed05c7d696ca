// What one request asks of its answer, decided before the prompt is written and then shared by all of its
// choices: the format, how reasoning is shown, the constraint.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/constraint.h"
#include "service/chat/citations.h"
#include "service/chat/conversation.h"
#include "service/chat/formats/format.h"
#include "service/chat/traits.h"
#include "service/library/text_side.h"

namespace peregrine::service {

struct AnswerPlan {
  ToolUse tool_use;
  AnswerFormat answer;
  std::vector<CitationSource> sources;  // empty: marks in the answer are its text
  std::vector<std::string> stop;
  ReasoningFormat shown = ReasoningFormat::kParsed;
  bool analyses = false;          // it thinks in a channel of its own, not in a block before the answer
  bool reasons = false;           // the model may think before it answers
  bool opened_reasoning = false;  // the prompt ends within a think block
  std::optional<std::string> begun = {};  // of the answer, at the end of the prompt
  std::shared_ptr<const ChatFormat> format;
  // Tells thoughts from the answer where `format` leaves them together; else null.
  std::shared_ptr<const ChatFormat> counting_format;

  FormatRequest format_request() const;
};

// Without what only the rendered prompt tells. Errors: those of the checks in traits.h, and "tools" when a
// tool is named twice or the choice names none.
Result<AnswerPlan> plan_answer(const ChatRequest& request, const ChatTraits& traits);

// Null when any text may come. Compiled grammars are found again by what they were made of. Errors: those of
// ChatFormat::constraint().
Result<std::shared_ptr<const engine::Constraint>> make_constraint(const AnswerPlan& plan,
                                                                  const TextSide& text);

}  // namespace peregrine::service
