// Values as text: str(), repr(), the % operator, str.format and strftime.
//
// Provenance is kept: what a format string spells keeps the format string's, what an argument contributes
// keeps the argument's, digits of numbers are trusted.
#pragma once

#include <ctime>
#include <string_view>

#include "base/result.h"
#include "text/jinja/heap.h"
#include "text/jinja/object.h"
#include "text/jinja/text.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

// str(value) and repr(value). Errors: kResourceExhausted, max_nesting for what holds itself. `depth` is the
// number of containers around the value, itself included.
Status append_str(Heap& heap, TextBuilder& out, const Value& value);
Status append_repr(Heap& heap, TextBuilder& out, const Value& value, std::size_t depth = 1);
Result<Text> to_text(Heap& heap, const Value& value);

// format % operand, as printf-style formatting does.
Result<Text> format_percent(Heap& heap, const Text& format, const Value& operand);

// format.format(*positional, **named).
Result<Text> format_braces(Interpreter& interpreter, const Text& format, const Arguments& arguments);

// datetime.strftime(format) in the C locale, of a time without a zone.
Result<Text> format_time(Heap& heap, const Text& format, const std::tm& time);

}  // namespace peregrine::jinja
