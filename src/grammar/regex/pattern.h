// Regular expressions as JSON Schema writes them (ECMA-262, with the u flag's code points), to expressions
// over bytes.
//
// Supported: literals, ., classes, \d \w \s and their complements, \t \n \r \f \v \0 \cX \xHH \uHHHH \u{H..},
// groups (capturing, non-capturing, named), alternation, * + ? {m} {m,} {m,n} and their lazy forms, ^ and $
// at the ends of an alternative. Refused by name: look-around, back-references, word borders, property
// escapes, anchors inside, and what is not a regular expression at all.
#pragma once

#include <string_view>

#include "base/result.h"
#include "grammar/regex/code_points.h"
#include "grammar/regex/expr_pool.h"

namespace peregrine::grammar {

enum class PatternScope {
  kWhole,   // the whole text matches
  kSearch,  // some part of the text matches, as JSON Schema's `pattern`
};

// Errors: kInvalidArgument (no regular expression), kUnsupported, kResourceExhausted.
Result<Expr> compile_pattern(ExprPool& pool, std::string_view pattern, PatternScope scope, TextForm form);

}  // namespace peregrine::grammar
