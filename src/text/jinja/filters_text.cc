// Filters that make text.

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
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

Result<Value> filter_string(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  return as_value(to_text(interpreter.heap(), self));
}

template <Result<Text> (*kOperation)(Heap&, const Text&)>
Result<Value> filter_case(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(const Text text, to_text(interpreter.heap(), self));
  return as_value(kOperation(interpreter.heap(), text));
}

// Upper case after white space and opening brackets, lower case elsewhere.
Result<Value> filter_title(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(const Text text, to_text(interpreter.heap(), self));
  bool word_begins = true;
  return as_value(map_case(interpreter.heap(), text, [&](char32_t c) -> CaseMapping {
    const bool delimiter = is_space(c) || c == U'-' || c == U'(' || c == U'{' || c == U'[' || c == U'<';
    const CaseMapping mapped = word_begins ? to_upper(c) : to_lower(c);
    word_begins = delimiter;
    return mapped;
  }));
}

Result<Value> filter_trim(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const Text text, to_text(interpreter.heap(), self));
  if (!arguments.has(0) || arguments.get(0)->is_none()) {
    return as_value(strip(interpreter.heap(), text, nullptr, Side::kBoth));
  }
  PEREGRINE_ASSIGN(const Text characters, arguments.text(0));
  return as_value(strip(interpreter.heap(), text, &characters, Side::kBoth));
}

Result<Value> filter_replace(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Text text, to_text(heap, self));
  PEREGRINE_ASSIGN(const Text old, to_text(heap, *arguments.get(0)));
  PEREGRINE_ASSIGN(const Text with, to_text(heap, *arguments.get(1)));
  std::int64_t count = -1;
  if (arguments.has(2) && !arguments.get(2)->is_none()) {
    PEREGRINE_ASSIGN(count, arguments.integer(2, -1));
  }
  return as_value(replace(heap, text, old, with, count));
}

Result<Value> filter_center(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  constexpr std::int64_t kDefaultWidth = 80;
  PEREGRINE_ASSIGN(const Text text, to_text(interpreter.heap(), self));
  PEREGRINE_ASSIGN(const std::int64_t width, arguments.integer(0, kDefaultWidth));
  return as_value(pad(interpreter.heap(), text, width, Text::literal(" "), Side::kBoth));
}

Result<Value> filter_escape(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(const Text text, to_text(interpreter.heap(), self));
  PEREGRINE_TRY(interpreter.heap().walk(text.length()));
  TextBuilder out(interpreter.heap());
  for (CodePoints points(text); points.next();) {
    switch (points.value()) {
      case U'&':
        out.append("&amp;", points.trusted());
        break;
      case U'<':
        out.append("&lt;", points.trusted());
        break;
      case U'>':
        out.append("&gt;", points.trusted());
        break;
      case U'"':
        out.append("&#34;", points.trusted());
        break;
      case U'\'':
        out.append("&#39;", points.trusted());
        break;
      default:
        out.append(points.bytes(), points.trusted());
        break;
    }
  }
  return as_value(out.finish());
}

// indent(width=4, first=false, blank=false); the width may be the indentation itself.
Result<Value> filter_indent(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  constexpr std::int64_t kDefaultWidth = 4;
  Heap& heap = interpreter.heap();
  if (const Undefined* undefined = self.undefined()) return undefined_error(*undefined);
  if (!self.text()) return type_error(fmt::format("indent needs a string, not {}", type_name(self)));
  Text indentation;
  if (arguments.has(0) && arguments.get(0)->text()) {
    indentation = *arguments.get(0)->text();
  } else {
    PEREGRINE_ASSIGN(const std::int64_t width, arguments.integer(0, kDefaultWidth));
    PEREGRINE_ASSIGN(indentation, pad(heap, Text(), width, Text::literal(" "), Side::kLeft));
  }
  const bool indent_blank = arguments.flag(2, false);
  TextBuilder closed(heap);
  closed.append(*self.text());
  closed.append("\n", true);
  PEREGRINE_ASSIGN(const Text closed_text, closed.finish());
  PEREGRINE_ASSIGN(const Sequence* lines, split_lines(heap, closed_text, false));
  TextBuilder out(heap);
  if (arguments.flag(1, false)) out.append(indentation);
  for (std::size_t i = 0; i < lines->items().size(); ++i) {
    const Text& line = *lines->items()[i].text();
    if (i > 0) {
      out.append("\n", true);
      if (indent_blank || !line.empty()) out.append(indentation);
    }
    out.append(line);
    PEREGRINE_TRY(out.status());
  }
  return as_value(out.finish());
}

// truncate(length=255, killwords=false, end='...', leeway=5)
Result<Value> filter_truncate(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  constexpr std::int64_t kDefaultLength = 255;
  constexpr std::int64_t kDefaultLeeway = 5;
  if (self.is_undefined()) return self;
  if (!self.text()) return type_error(fmt::format("truncate needs a string, not {}", type_name(self)));
  const Text& text = *self.text();
  PEREGRINE_ASSIGN(const std::int64_t length, arguments.integer(0, kDefaultLength));
  PEREGRINE_ASSIGN(const Text end, arguments.text(2, Text::literal("...")));
  std::int64_t leeway = kDefaultLeeway;
  if (arguments.has(3) && !arguments.get(3)->is_none()) {
    PEREGRINE_ASSIGN(leeway, arguments.integer(3, kDefaultLeeway));
  }
  const auto end_length = static_cast<std::int64_t>(end.length());
  if (length < end_length || leeway < 0) return type_error("truncate has no room for its end");
  const auto text_length = static_cast<std::int64_t>(text.length());
  if (text_length <= length || text_length - length <= leeway) return self;
  std::size_t cut = text.offset_of(static_cast<std::size_t>(length - end_length));
  if (!arguments.flag(1, false)) {
    const std::size_t space = text.view().substr(0, cut).rfind(' ');
    if (space != std::string_view::npos) cut = space;
  }
  TextBuilder out(interpreter.heap());
  out.append(text, 0, cut);
  out.append(end);
  return as_value(out.finish());
}

// value % arguments
Result<Value> filter_format(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  const Arguments& given = arguments.all();
  if (!given.positional.empty() && !given.named.empty()) {
    return type_error("format takes positional or keyword arguments, not both");
  }
  PEREGRINE_ASSIGN(const Text format, to_text(heap, self));
  if (!given.named.empty()) {
    PEREGRINE_ASSIGN(Dict * dict, make_dict(heap));
    for (const auto& [name, value] : given.named) PEREGRINE_TRY(dict->set(heap, Value(name), value));
    return as_value(format_percent(heap, format, Value(dict)));
  }
  PEREGRINE_ASSIGN(Sequence * tuple, make_sequence(heap, Sequence::Kind::kTuple));
  for (const Value& value : given.positional) PEREGRINE_TRY(tuple->append(heap, value));
  return as_value(format_percent(heap, format, Value(tuple)));
}

Result<Value> filter_wordcount(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(const Text text, to_text(interpreter.heap(), self));
  PEREGRINE_TRY(interpreter.heap().walk(text.length()));
  std::int64_t count = 0;
  bool in_word = false;
  for (CodePoints points(text); points.next();) {
    const bool word = points.value() == U'_' || is_alnum(points.value());
    if (word && !in_word) ++count;
    in_word = word;
  }
  return Value(count);
}

// Percent-encodes all but unreserved characters (RFC 3986) and, in a path, slashes.
void append_url_quoted(TextBuilder& out, const Text& text, bool in_query) {
  constexpr std::string_view kUnreserved = "_.-~";
  constexpr std::string_view kHexDigits = "0123456789ABCDEF";
  text.for_each_run(0, text.size(), [&](std::string_view bytes, bool trusted) {
    std::string quoted;
    for (const char c : bytes) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || kUnreserved.find(c) != std::string_view::npos || (c == '/' && !in_query)) {
        quoted.push_back(c);
      } else if (c == ' ' && in_query) {
        quoted.push_back('+');
      } else {
        const auto byte = static_cast<unsigned char>(c);
        quoted.append({'%', kHexDigits[byte >> 4U], kHexDigits[byte & 0xFU]});
      }
    }
    out.append(quoted, trusted);
  });
}

Result<Value> filter_urlencode(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  Heap& heap = interpreter.heap();
  TextBuilder out(heap);
  if (!self.sequence() && !self.dict()) {
    PEREGRINE_ASSIGN(const Text text, to_text(heap, self));
    PEREGRINE_TRY(heap.walk(text.size()));
    append_url_quoted(out, text, false);
    return as_value(out.finish());
  }
  const auto append_pair = [&](const Value& key, const Value& value) -> Status {
    if (out.size() > 0) out.append("&", true);
    PEREGRINE_ASSIGN(const Text name, to_text(heap, key));
    PEREGRINE_ASSIGN(const Text text, to_text(heap, value));
    PEREGRINE_TRY(heap.walk(name.size() + text.size()));
    append_url_quoted(out, name, true);
    out.append("=", true);
    append_url_quoted(out, text, true);
    return out.status();
  };
  if (const Dict* dict = self.dict()) {
    for (const Dict::Entry& entry : dict->entries()) PEREGRINE_TRY(append_pair(entry.key, entry.value));
    return as_value(out.finish());
  }
  PEREGRINE_ASSIGN(const Sequence* pairs, iterate(heap, self));
  for (const Value& pair : pairs->items()) {
    PEREGRINE_ASSIGN(const Sequence* parts, iterate(heap, pair));
    if (parts->items().size() != 2) return type_error("urlencode needs pairs");
    PEREGRINE_TRY(append_pair(parts->items()[0], parts->items()[1]));
  }
  return as_value(out.finish());
}

constexpr Builtin kFilters[] = {
    {.name = "capitalize", .function = filter_case<capitalize>},
    {.name = "center", .function = filter_center, .parameters = {"width"}},
    {.name = "e", .function = filter_escape},
    {.name = "escape", .function = filter_escape},
    {.name = "forceescape", .function = filter_escape},
    {.name = "format", .function = filter_format, .variadic = true},
    {.name = "indent", .function = filter_indent, .parameters = {"width", "first", "blank"}},
    {.name = "lower", .function = filter_case<lower>},
    {.name = "replace", .function = filter_replace, .parameters = {"old", "new", "count"}, .required = 2},
    {.name = "safe", .function = filter_string},
    {.name = "string", .function = filter_string},
    {.name = "title", .function = filter_title},
    {.name = "trim", .function = filter_trim, .parameters = {"chars"}},
    {.name = "truncate", .function = filter_truncate, .parameters = {"length", "killwords", "end", "leeway"}},
    {.name = "upper", .function = filter_case<upper>},
    {.name = "urlencode", .function = filter_urlencode},
    {.name = "wordcount", .function = filter_wordcount},
};

}  // namespace

std::span<const Builtin> text_filters() {
  return kFilters;
}

}  // namespace peregrine::jinja
