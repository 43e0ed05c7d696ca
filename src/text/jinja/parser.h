// Parses a template into its syntax tree: Jinja 3.1's grammar with loop controls and the `generation` tag;
// what would need a second template (include, import, extends, block) is refused.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"
#include "text/jinja/ast.h"
#include "text/jinja/limits.h"

namespace peregrine::jinja {

// Errors, `where` giving the place: kInvalidArgument for what is malformed, kUnsupported for what is refused,
// kResourceExhausted for a source over max_template_bytes or nested over max_nesting.
Result<std::unique_ptr<const Syntax>> parse(std::string_view source, const Limits& limits);

}  // namespace peregrine::jinja
