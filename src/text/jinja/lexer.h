// Splits a template into tokens.
//
// Follows Jinja 3.1 with trim_blocks and lstrip_blocks on and keep_trailing_newline off: the newline after a
// block or comment tag goes, and so does the indentation before one that begins its line; `-` at a tag's edge
// takes all whitespace, `+` keeps it. Every line end becomes "\n".
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/jinja/token.h"

namespace peregrine::jinja {

// The tokens of `source`, which must be valid UTF-8, ending in kEnd.
// Errors: kInvalidArgument, `where` giving the place.
Result<std::vector<Token>> tokenize(std::string_view source);

}  // namespace peregrine::jinja
