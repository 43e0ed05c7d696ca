// The escapes of string literals and of repr().
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "text/jinja/text.h"

namespace peregrine::jinja {

// What a string literal spells, its quotes taken off: Python's escapes, less \N{name}; a lone surrogate
// becomes U+FFFD. Errors: kInvalidArgument for a truncated escape or a code point beyond Unicode.
Result<std::string> unescape(std::string_view literal);

// repr() of a string: quoted, what cannot be printed escaped, the rest as it is.
void append_quoted(TextBuilder& out, const Text& text);

}  // namespace peregrine::jinja
