// What a request's JSON Schemas ask of arguments and answers, as parts of a format's grammar.
#pragma once

#include <cstddef>
#include <optional>

#include "base/result.h"
#include "grammar/builder.h"
#include "service/chat/conversation.h"

namespace peregrine::service {

// The arguments of a tool: an object of its parameters' schema, `{}` if it has none. Errors: the builder's,
// where = "tools[index].function.parameters#POINTER".
Result<grammar::GrammarBuilder::Node> arguments_node(grammar::GrammarBuilder& builder, const Tool& tool,
                                                     std::size_t index);

// The answer, if it is not any text. Errors: the builder's, where = "response_format#POINTER".
Result<std::optional<grammar::GrammarBuilder::Node>> answer_node(grammar::GrammarBuilder& builder,
                                                                 const AnswerFormat& answer);

}  // namespace peregrine::service
