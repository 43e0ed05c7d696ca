// Methods of str that ask about it: where something is, what it is made of.

#include <fmt/format.h>

#include <algorithm>

#include "text/jinja/builtin.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"
#include "text/jinja/unicode.h"

namespace peregrine::jinja {
namespace {

struct Range {
  std::size_t begin = 0;  // in bytes
  std::size_t end = 0;
  bool valid = true;  // false when the bounds cross
};

// The stretch of text that start and end arguments, in code points, choose.
Result<Range> search_range(Heap& heap, const Text& text, const BoundArguments& arguments,
                           std::size_t start_at) {
  const auto length = static_cast<std::int64_t>(text.length());
  PEREGRINE_TRY(heap.search(text.size()));
  const auto bound = [&](std::size_t index, std::int64_t fallback) -> Result<std::int64_t> {
    if (arguments.value(index).is_none()) return fallback;
    PEREGRINE_ASSIGN(const std::int64_t value, arguments.integer(index, fallback));
    return value < 0 ? std::max<std::int64_t>(value + length, 0) : value;
  };
  PEREGRINE_ASSIGN(const std::int64_t start, bound(start_at, 0));
  PEREGRINE_ASSIGN(std::int64_t end, bound(start_at + 1, length));
  end = std::min(end, length);
  if (start > end) return Range{0, 0, false};
  return Range{text.offset_of(static_cast<std::size_t>(start)), text.offset_of(static_cast<std::size_t>(end)),
               true};
}

std::int64_t code_points_before(const Text& text, std::size_t offset) {
  if (text.ascii()) return static_cast<std::int64_t>(offset);
  return static_cast<std::int64_t>(count_code_points(text.view().substr(0, offset)));
}

template <bool kLast, bool kMustExist>
Result<Value> find_text(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  const Text& text = *self.text();
  PEREGRINE_ASSIGN(const Text needle, arguments.text(0));
  PEREGRINE_ASSIGN(const Range range, search_range(interpreter.heap(), text, arguments, 1));
  std::size_t hit = std::string_view::npos;
  if (range.valid) {
    const std::string_view stretch = text.view().substr(range.begin, range.end - range.begin);
    hit = kLast ? rfind_bytes(stretch, needle.view(), stretch.size()) : find_bytes(stretch, needle.view());
  }
  if (hit != std::string_view::npos) return Value(code_points_before(text, range.begin + hit));
  if (kMustExist) return type_error("substring not found");
  return Value(std::int64_t{-1});
}

Result<Value> count_text(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  const Text& text = *self.text();
  PEREGRINE_ASSIGN(const Text needle, arguments.text(0));
  PEREGRINE_ASSIGN(const Range range, search_range(interpreter.heap(), text, arguments, 1));
  if (!range.valid) return Value(std::int64_t{0});
  const std::string_view stretch = text.view().substr(range.begin, range.end - range.begin);
  if (needle.empty()) {
    return Value(code_points_before(text, range.end) - code_points_before(text, range.begin) + 1);
  }
  std::int64_t count = 0;
  for (std::size_t hit = find_bytes(stretch, needle.view()); hit != std::string_view::npos;
       hit = find_bytes(stretch, needle.view(), hit + needle.size())) {
    PEREGRINE_TRY(interpreter.heap().step());
    ++count;
  }
  return Value(count);
}

// startswith and endswith: with one affix, or a tuple of them.
template <bool kPrefix>
Result<Value> has_affix(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  const Text& text = *self.text();
  PEREGRINE_ASSIGN(const Range range, search_range(interpreter.heap(), text, arguments, 1));
  const std::string_view stretch = text.view().substr(range.begin, range.end - range.begin);
  const auto matches = [&](const Text& affix) {
    return range.valid && (kPrefix ? stretch.starts_with(affix.view()) : stretch.ends_with(affix.view()));
  };
  const Sequence* choices = arguments.get(0)->sequence();
  if (choices == nullptr || !choices->is_tuple()) {
    PEREGRINE_ASSIGN(const Text affix, arguments.text(0));
    return Value(matches(affix));
  }
  for (const Value& choice : choices->items()) {
    PEREGRINE_TRY(interpreter.heap().step());
    if (!choice.text()) return type_error(fmt::format("a string is required, not {}", type_name(choice)));
    PEREGRINE_TRY(interpreter.heap().touch(choice.text()->size()));
    if (matches(*choice.text())) return Value(true);
  }
  return Value(false);
}

// Whether there are characters and all of them are of the class.
template <bool (*kClass)(char32_t)>
Result<Value> is_all(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_TRY(interpreter.heap().walk(self.text()->length()));
  for (CodePoints points(*self.text()); points.next();) {
    if (!kClass(points.value())) return Value(false);
  }
  return Value(!self.text()->empty());
}

Result<Value> is_ascii_text(Interpreter&, const Value& self, const BoundArguments&) {
  return Value(self.text()->ascii());
}

template <bool kUpper>
Result<Value> is_cased_as(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_TRY(interpreter.heap().walk(self.text()->length()));
  bool any = false;
  for (CodePoints points(*self.text()); points.next();) {
    const char32_t c = points.value();
    if (is_title(c) || (kUpper ? is_lower(c) : is_upper(c))) return Value(false);
    any = any || is_cased(c);
  }
  return Value(any);
}

Result<Value> is_title_text(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_TRY(interpreter.heap().walk(self.text()->length()));
  bool any = false;
  bool in_word = false;
  for (CodePoints points(*self.text()); points.next();) {
    const char32_t c = points.value();
    const bool begins = is_upper(c) || is_title(c);
    if ((begins && in_word) || (is_lower(c) && !in_word)) return Value(false);
    in_word = is_cased(c);
    any = any || in_word;
  }
  return Value(any);
}

constexpr std::array<std::string_view, kMaxParameters> kFind = {"sub", "start", "end"};

constexpr Builtin kMethods[] = {
    {.name = "count", .function = count_text, .parameters = kFind, .required = 1},
    {.name = "endswith",
     .function = has_affix<false>,
     .parameters = {"suffix", "start", "end"},
     .required = 1},
    {.name = "find", .function = find_text<false, false>, .parameters = kFind, .required = 1},
    {.name = "index", .function = find_text<false, true>, .parameters = kFind, .required = 1},
    {.name = "isalnum", .function = is_all<is_alnum>},
    {.name = "isalpha", .function = is_all<is_alpha>},
    {.name = "isascii", .function = is_ascii_text},
    {.name = "isdecimal", .function = is_all<is_decimal>},
    {.name = "isdigit", .function = is_all<is_digit>},
    {.name = "islower", .function = is_cased_as<false>},
    {.name = "isnumeric", .function = is_all<is_numeric>},
    {.name = "isspace", .function = is_all<is_space>},
    {.name = "istitle", .function = is_title_text},
    {.name = "isupper", .function = is_cased_as<true>},
    {.name = "rfind", .function = find_text<true, false>, .parameters = kFind, .required = 1},
    {.name = "rindex", .function = find_text<true, true>, .parameters = kFind, .required = 1},
    {.name = "startswith",
     .function = has_affix<true>,
     .parameters = {"prefix", "start", "end"},
     .required = 1},
};

}  // namespace

std::span<const Builtin> text_query_methods() {
  return kMethods;
}

}  // namespace peregrine::jinja
