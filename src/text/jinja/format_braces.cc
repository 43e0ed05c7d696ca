#include <fmt/format.h>

#include <optional>

#include "text/jinja/access.h"
#include "text/jinja/format.h"
#include "text/jinja/format_spec.h"

namespace peregrine::jinja {
namespace {

constexpr int kMaxFieldNesting = 3;  // a field, fields within its specifier, and their specifiers

class BraceFormatter {
 public:
  BraceFormatter(Interpreter& interpreter, const Arguments& arguments)
      : interpreter_(interpreter), heap_(interpreter.heap()), arguments_(arguments) {}

  // Expands the fields of the bytes [begin, end) of `format`.
  Result<Text> expand(const Text& format, std::size_t begin, std::size_t end, int nesting);

 private:
  struct Field {
    std::size_t name_end = 0;
    char conversion = '\0';
    std::size_t spec_begin = 0;
    std::size_t end = 0;  // of its closing brace
  };

  Result<Field> scan(std::string_view text, std::size_t begin, std::size_t end) const;
  Result<Value> lookup(const Text& format, std::size_t begin, std::size_t end);
  Result<Value> lookup_first(std::string_view name);
  Status append_field(TextBuilder& out, const Text& format, std::size_t begin, const Field& field,
                      int nesting);

  Interpreter& interpreter_;
  Heap& heap_;
  const Arguments& arguments_;
  std::size_t next_automatic_ = 0;
  bool automatic_ = false;
  bool manual_ = false;
};

Result<Text> BraceFormatter::expand(const Text& format, std::size_t begin, std::size_t end, int nesting) {
  if (nesting > kMaxFieldNesting) return type_error("format fields are nested too deep");
  const std::string_view text = format.view().substr(0, end);
  TextBuilder out(heap_);
  while (begin < end) {
    const std::size_t brace = std::min(text.find_first_of("{}", begin), end);
    out.append(format, begin, brace);
    if (brace == end) break;
    if (brace + 1 < end && text[brace + 1] == text[brace]) {  // doubled: itself
      out.append(format, brace, brace + 1);
      begin = brace + 2;
      continue;
    }
    if (text[brace] == '}') return type_error("single '}' in a format string");
    PEREGRINE_ASSIGN(const Field field, scan(text, brace + 1, end));
    PEREGRINE_TRY(append_field(out, format, brace + 1, field, nesting));
    PEREGRINE_TRY(out.status());
    begin = field.end + 1;
  }
  return out.finish();
}

// Finds the parts of the field whose name begins at `begin`.
Result<BraceFormatter::Field> BraceFormatter::scan(std::string_view text, std::size_t begin,
                                                   std::size_t end) const {
  Field field;
  std::size_t at = begin;
  bool in_brackets = false;
  for (; at < end; ++at) {
    if (text[at] == '[') in_brackets = true;
    if (text[at] == ']') in_brackets = false;
    if (!in_brackets && (text[at] == '!' || text[at] == ':' || text[at] == '}')) break;
    if (!in_brackets && text[at] == '{') return type_error("unexpected '{' in a format field");
  }
  field.name_end = at;
  if (at < end && text[at] == '!') {
    if (at + 2 >= end || (text[at + 2] != ':' && text[at + 2] != '}'))
      return type_error("malformed conversion in a format field");
    field.conversion = text[at + 1];
    at += 2;
  }
  if (at < end && text[at] == ':') ++at;
  field.spec_begin = at;
  std::size_t open = 1;
  for (; at < end; ++at) {
    if (text[at] == '{') ++open;
    if (text[at] == '}' && --open == 0) break;
  }
  if (at >= end) return type_error("a format field misses its '}'");
  field.end = at;
  return field;
}

Result<Value> BraceFormatter::lookup_first(std::string_view name) {
  std::size_t at = 0;
  const bool numbered = !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
  if (name.empty() || numbered) {
    automatic_ = automatic_ || name.empty();
    manual_ = manual_ || numbered;
    if (automatic_ && manual_) return type_error("a format string numbers either all of its fields or none");
    std::size_t index = next_automatic_;
    if (numbered) {
      PEREGRINE_ASSIGN(index, parse_count(name, at, heap_.limits().max_items));
    } else {
      ++next_automatic_;
    }
    if (index >= arguments_.positional.size()) return type_error("a format field has no argument");
    return arguments_.positional[index];
  }
  for (const auto& [key, value] : arguments_.named) {
    if (key.view() == name) return value;
  }
  return type_error("a format field names no argument");
}

// name, then .attribute or [item] any number of times
Result<Value> BraceFormatter::lookup(const Text& format, std::size_t begin, std::size_t end) {
  const std::string_view text = format.view().substr(0, end);
  std::size_t at = std::min(text.find_first_of(".[", begin), end);
  PEREGRINE_ASSIGN(Value value, lookup_first(text.substr(begin, at - begin)));
  while (at < end) {
    PEREGRINE_TRY(heap_.step());
    const bool attribute = text[at] == '.';
    const std::size_t stop = attribute ? std::min(text.find_first_of(".[", at + 1), end) : text.find(']', at);
    if (stop == std::string_view::npos || stop == at + 1) return type_error("malformed format field");
    PEREGRINE_ASSIGN(Text part, substring(heap_, format, at + 1, stop));
    if (attribute) {
      PEREGRINE_ASSIGN(value, get_attribute(interpreter_, value, part));
    } else if (part.view().find_first_not_of("0123456789") == std::string_view::npos) {
      std::size_t digit = 0;
      PEREGRINE_ASSIGN(const std::size_t index, parse_count(part.view(), digit, heap_.limits().max_items));
      PEREGRINE_ASSIGN(value, get_item(interpreter_, value, Value(static_cast<std::int64_t>(index))));
    } else {
      PEREGRINE_ASSIGN(value, get_item(interpreter_, value, Value(part)));
    }
    at = attribute ? stop : stop + 1;
    if (at < end && text[at] != '.' && text[at] != '[') return type_error("malformed format field");
  }
  return value;
}

Status BraceFormatter::append_field(TextBuilder& out, const Text& format, std::size_t begin,
                                    const Field& field, int nesting) {
  PEREGRINE_ASSIGN(Value value, lookup(format, begin, field.name_end));
  if (field.conversion != '\0') {
    TextBuilder converted(heap_);
    switch (field.conversion) {
      case 's':
        PEREGRINE_TRY(append_str(heap_, converted, value));
        break;
      case 'r':
      case 'a':
        PEREGRINE_TRY(append_repr(heap_, converted, value));
        break;
      default:
        return type_error(fmt::format("unknown conversion '{}' in a format field", field.conversion));
    }
    PEREGRINE_ASSIGN(Text text, converted.finish());
    value = Value(std::move(text));
  }
  PEREGRINE_ASSIGN(const Text spec_text, expand(format, field.spec_begin, field.end, nesting + 1));
  PEREGRINE_ASSIGN(const FormatSpec spec, parse_format_spec(heap_, spec_text));
  return append_formatted(heap_, out, value, spec);
}

}  // namespace

Result<Text> format_braces(Interpreter& interpreter, const Text& format, const Arguments& arguments) {
  PEREGRINE_TRY(interpreter.heap().touch(format.size()));
  return BraceFormatter(interpreter, arguments).expand(format, 0, format.size(), 1);
}

}  // namespace peregrine::jinja
