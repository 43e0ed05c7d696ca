// The shape of an answer's content as a node of a grammar.
#pragma once

#include <optional>

#include "base/result.h"
#include "grammar/builder.h"
#include "service/chat/conversation.h"

namespace peregrine::service {

// Nothing for text, which may be anything. Errors: those of the builder, and of check_strict_schema() where
// the format is strict; `where` is "response_format", or "response_format#" and the JSON pointer of a
// schema's keyword.
Result<std::optional<grammar::GrammarBuilder::Node>> answer_node(grammar::GrammarBuilder& builder,
                                                                 const AnswerFormat& answer);

}  // namespace peregrine::service
