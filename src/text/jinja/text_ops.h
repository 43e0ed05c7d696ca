// Python's string operations on text with provenance: every character of a result keeps where it came from.
//
// Shared by filters and string methods. All charge their work to the heap and fail only over a limit.
#pragma once

#include <cstdint>
#include <optional>

#include "base/function_ref.h"
#include "base/result.h"
#include "text/jinja/heap.h"
#include "text/jinja/text.h"
#include "text/jinja/unicode.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

enum class Side { kLeft, kRight, kBoth };

Result<Text> upper(Heap& heap, const Text& text);
Result<Text> lower(Heap& heap, const Text& text);
// The first character in title case, the rest in lower case.
Result<Text> capitalize(Heap& heap, const Text& text);
// Each character mapped by `mapping`, in order.
Result<Text> map_case(Heap& heap, const Text& text, base::FunctionRef<CaseMapping(char32_t)> mapping);

// Without leading and trailing characters out of `characters`, or white space when that is null.
Result<Text> strip(Heap& heap, const Text& text, const Text* characters, Side side);

// With `old` replaced from the left, at most `count` times when that is not negative.
Result<Text> replace(Heap& heap, const Text& text, const Text& old, const Text& with, std::int64_t count);

// The pieces between separators, as a list; at most `limit` cuts, made from the left or the right, when that
// is not negative. `separator` must not be empty; null splits at runs of white space.
Result<Sequence*> split(Heap& heap, const Text& text, const Text* separator, std::int64_t limit, Side from);
Result<Sequence*> split_lines(Heap& heap, const Text& text, bool keep_ends);

// At least `width` code points, filled up on `side` (of both, first the left).
Result<Text> pad(Heap& heap, const Text& text, std::int64_t width, const Text& fill, Side side);

}  // namespace peregrine::jinja
