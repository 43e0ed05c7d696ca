// Methods of str that give text or pieces of it.

#include <fmt/format.h>

#include "text/jinja/builtin.h"
#include "text/jinja/format.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"
#include "text/jinja/text_ops.h"

namespace peregrine::jinja {
namespace {

Result<Value> as_value(Result<Text> text) {
  if (!text) return tl::unexpected<Error>(std::move(text.error()));
  return Value(*std::move(text));
}

Result<Value> as_value(Result<Sequence*> sequence) {
  if (!sequence) return tl::unexpected<Error>(std::move(sequence.error()));
  return Value(*sequence);
}

template <Result<Text> (*kOperation)(Heap&, const Text&)>
Result<Value> change_case(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  return as_value(kOperation(interpreter.heap(), *self.text()));
}

Result<Text> swap_case(Heap& heap, const Text& text) {
  return map_case(heap, text, [](char32_t c) { return is_upper(c) ? to_lower(c) : to_upper(c); });
}

// A word is a run of cased characters; its first is put in title case.
Result<Text> title_case(Heap& heap, const Text& text) {
  bool in_word = false;
  return map_case(heap, text, [&](char32_t c) {
    const CaseMapping mapped = in_word ? to_lower(c) : to_title(c);
    in_word = is_cased(c);
    return mapped;
  });
}

template <Side kSide>
Result<Value> strip_side(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  if (arguments.value(0).is_none()) return as_value(strip(interpreter.heap(), *self.text(), nullptr, kSide));
  PEREGRINE_ASSIGN(const Text characters, arguments.text(0));
  return as_value(strip(interpreter.heap(), *self.text(), &characters, kSide));
}

template <Side kSide>
Result<Value> split_text(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const std::int64_t limit, arguments.integer(1, -1));
  if (arguments.value(0).is_none())
    return as_value(split(interpreter.heap(), *self.text(), nullptr, limit, kSide));
  PEREGRINE_ASSIGN(const Text separator, arguments.text(0));
  if (separator.empty()) return type_error("empty separator");
  return as_value(split(interpreter.heap(), *self.text(), &separator, limit, kSide));
}

Result<Value> split_into_lines(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  return as_value(split_lines(interpreter.heap(), *self.text(), arguments.flag(0, false)));
}

// (before, separator, after); all in the first, or in the last, when the separator is not there.
template <Side kFrom>
Result<Value> partition(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  const Text& text = *self.text();
  PEREGRINE_ASSIGN(const Text separator, arguments.text(0));
  if (separator.empty()) return type_error("empty separator");
  PEREGRINE_TRY(heap.search(text.size()));
  const bool from_left = kFrom == Side::kLeft;
  const std::size_t hit = from_left ? find_bytes(text.view(), separator.view())
                                    : rfind_bytes(text.view(), separator.view(), text.size());
  const bool found = hit != std::string_view::npos;
  const std::size_t head = found ? hit : (from_left ? text.size() : 0);
  const std::size_t tail = found ? hit + separator.size() : head;
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kTuple));
  PEREGRINE_ASSIGN(Text before, substring(heap, text, 0, head));
  PEREGRINE_ASSIGN(Text between, substring(heap, text, head, tail));
  PEREGRINE_ASSIGN(Text after, substring(heap, text, tail, text.size()));
  for (Text* part : {&before, &between, &after}) PEREGRINE_TRY(out->append(heap, Value(std::move(*part))));
  return Value(out);
}

Result<Value> replace_text(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const Text old, arguments.text(0));
  PEREGRINE_ASSIGN(const Text with, arguments.text(1));
  PEREGRINE_ASSIGN(const std::int64_t count, arguments.integer(2, -1));
  return as_value(replace(interpreter.heap(), *self.text(), old, with, count));
}

// Unlike the filter, str.join takes strings only.
Result<Value> join_items(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, *arguments.get(0)));
  TextBuilder out(heap);
  bool first = true;
  for (const Value& item : items->items()) {
    PEREGRINE_TRY(heap.step());
    if (!item.text()) return type_error(fmt::format("join needs strings, not {}", type_name(item)));
    if (!first) out.append(*self.text());
    first = false;
    out.append(*item.text());
    PEREGRINE_TRY(out.status());
  }
  return as_value(out.finish());
}

Result<Value> format_text(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  return as_value(format_braces(interpreter, *self.text(), arguments.all()));
}

// ljust fills on the right, rjust on the left.
template <Side kFillSide>
Result<Value> justify(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const std::int64_t width, arguments.integer(0, 0));
  PEREGRINE_ASSIGN(const Text fill, arguments.text(1, Text::literal(" ")));
  if (fill.length() != 1) return type_error("the fill must be one character");
  return as_value(pad(interpreter.heap(), *self.text(), width, fill, kFillSide));
}

// Zeros between the sign and the rest.
Result<Value> fill_with_zeros(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  const Text& text = *self.text();
  PEREGRINE_ASSIGN(const std::int64_t width, arguments.integer(0, 0));
  const bool has_sign = !text.empty() && (text.view().front() == '-' || text.view().front() == '+');
  const std::size_t sign = has_sign ? 1 : 0;
  PEREGRINE_ASSIGN(const Text digits, substring(heap, text, sign, text.size()));
  PEREGRINE_ASSIGN(const Text padded, pad(heap, digits, width - static_cast<std::int64_t>(sign),
                                          Text::literal("0"), Side::kLeft));
  TextBuilder out(heap);
  out.append(text, 0, sign);
  out.append(padded);
  return as_value(out.finish());
}

template <bool kPrefix>
Result<Value> remove_affix(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  const Text& text = *self.text();
  PEREGRINE_ASSIGN(const Text affix, arguments.text(0));
  const std::size_t size = affix.size();
  if (kPrefix && text.view().starts_with(affix.view())) {
    return as_value(substring(interpreter.heap(), text, size, text.size()));
  }
  if (!kPrefix && text.view().ends_with(affix.view())) {
    return as_value(substring(interpreter.heap(), text, 0, text.size() - size));
  }
  return self;
}

constexpr std::array<std::string_view, kMaxParameters> kChars = {"chars"};
constexpr std::array<std::string_view, kMaxParameters> kSplit = {"sep", "maxsplit"};
constexpr std::array<std::string_view, kMaxParameters> kJustify = {"width", "fillchar"};

constexpr Builtin kMethods[] = {
    {.name = "capitalize", .function = change_case<capitalize>},
    {.name = "center", .function = justify<Side::kBoth>, .parameters = kJustify, .required = 1},
    {.name = "format", .function = format_text, .variadic = true},
    {.name = "join", .function = join_items, .parameters = {"iterable"}, .required = 1},
    {.name = "ljust", .function = justify<Side::kRight>, .parameters = kJustify, .required = 1},
    {.name = "lower", .function = change_case<lower>},
    {.name = "lstrip", .function = strip_side<Side::kLeft>, .parameters = kChars},
    {.name = "partition", .function = partition<Side::kLeft>, .parameters = {"sep"}, .required = 1},
    {.name = "removeprefix", .function = remove_affix<true>, .parameters = {"prefix"}, .required = 1},
    {.name = "removesuffix", .function = remove_affix<false>, .parameters = {"suffix"}, .required = 1},
    {.name = "replace", .function = replace_text, .parameters = {"old", "new", "count"}, .required = 2},
    {.name = "rjust", .function = justify<Side::kLeft>, .parameters = kJustify, .required = 1},
    {.name = "rpartition", .function = partition<Side::kRight>, .parameters = {"sep"}, .required = 1},
    {.name = "rsplit", .function = split_text<Side::kRight>, .parameters = kSplit},
    {.name = "rstrip", .function = strip_side<Side::kRight>, .parameters = kChars},
    {.name = "split", .function = split_text<Side::kLeft>, .parameters = kSplit},
    {.name = "splitlines", .function = split_into_lines, .parameters = {"keepends"}},
    {.name = "strip", .function = strip_side<Side::kBoth>, .parameters = kChars},
    {.name = "swapcase", .function = change_case<swap_case>},
    {.name = "title", .function = change_case<title_case>},
    {.name = "upper", .function = change_case<upper>},
    {.name = "zfill", .function = fill_with_zeros, .parameters = {"width"}, .required = 1},
};

}  // namespace

std::span<const Builtin> text_methods() {
  return kMethods;
}

}  // namespace peregrine::jinja
