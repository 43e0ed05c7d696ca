#include <fmt/format.h>

#include "text/jinja/escape.h"
#include "text/jinja/format.h"
#include "text/jinja/number.h"

namespace peregrine::jinja {
namespace {

void append_scalar(TextBuilder& out, const Value& value) {
  if (value.is_none()) {
    out.append("None", true);
  } else if (const bool* flag = value.boolean()) {
    out.append(*flag ? "True" : "False", true);
  } else if (const std::int64_t* integer = value.integer()) {
    out.append(fmt::format("{}", *integer), true);
  } else if (const double* real = value.real()) {
    out.append(format_float(*real), true);
  }
}

Status append_items(Heap& heap, TextBuilder& out, const std::vector<Value>& items, std::size_t depth) {
  bool first = true;
  for (const Value& item : items) {
    if (!first) out.append(", ", true);
    first = false;
    PEREGRINE_TRY(append_repr(heap, out, item, depth + 1));
  }
  return {};
}

void append_range(TextBuilder& out, const Sequence& range) {
  // A range keeps its items only; its bounds are told from them.
  const std::vector<Value>& items = range.items();
  const std::int64_t first = items.empty() ? 0 : *items.front().integer();
  const std::int64_t step = items.size() < 2 ? 1 : *items[1].integer() - first;
  const std::int64_t stop = items.empty() ? 0 : *items.back().integer() + step;
  out.append(step == 1 ? fmt::format("range({}, {})", first, stop)
                       : fmt::format("range({}, {}, {})", first, stop, step),
             true);
}

Status append_sequence(Heap& heap, TextBuilder& out, const Sequence& sequence, std::size_t depth) {
  const auto bracketed = [&](std::string_view open, std::string_view close) -> Status {
    out.append(open, true);
    PEREGRINE_TRY(append_items(heap, out, sequence.items(), depth));
    out.append(close, true);
    return {};
  };
  switch (sequence.kind()) {
    case Sequence::Kind::kList:
      return bracketed("[", "]");
    case Sequence::Kind::kTuple:
    case Sequence::Kind::kGroup:
      return bracketed("(", sequence.items().size() == 1 ? ",)" : ")");
    case Sequence::Kind::kRange:
      append_range(out, sequence);
      return {};
    case Sequence::Kind::kDictKeys:
      return bracketed("dict_keys([", "])");
    case Sequence::Kind::kDictValues:
      return bracketed("dict_values([", "])");
    case Sequence::Kind::kDictItems:
      return bracketed("dict_items([", "])");
    case Sequence::Kind::kIterator:
      out.append("<generator object>", true);
      return {};
  }
  return {};
}

Status append_dict(Heap& heap, TextBuilder& out, const Dict& dict, std::size_t depth) {
  out.append("{", true);
  bool first = true;
  for (const Dict::Entry& entry : dict.entries()) {
    if (!first) out.append(", ", true);
    first = false;
    PEREGRINE_TRY(append_repr(heap, out, entry.key, depth + 1));
    out.append(": ", true);
    PEREGRINE_TRY(append_repr(heap, out, entry.value, depth + 1));
  }
  out.append("}", true);
  return {};
}

}  // namespace

Status append_repr(Heap& heap, TextBuilder& out, const Value& value, std::size_t depth) {
  if (depth > heap.limits().max_nesting) return limit_exceeded("max_nesting", heap.limits().max_nesting);
  PEREGRINE_TRY(heap.step());
  PEREGRINE_TRY(out.status());
  if (const Text* text = value.text()) {
    PEREGRINE_TRY(heap.walk(text->length()));
    append_quoted(out, *text);
    return {};
  }
  if (const Sequence* sequence = value.sequence()) return append_sequence(heap, out, *sequence, depth);
  if (const Dict* dict = value.dict()) return append_dict(heap, out, *dict, depth);
  if (const Object* object = value.object()) return object->describe(heap, out, depth);
  if (value.is_undefined()) out.append("Undefined", true);
  append_scalar(out, value);
  return {};
}

Status append_str(Heap& heap, TextBuilder& out, const Value& value) {
  if (value.is_undefined()) return {};
  if (const Text* text = value.text()) {
    PEREGRINE_TRY(heap.touch(text->size()));
    out.append(*text);
    return {};
  }
  return append_repr(heap, out, value);
}

Result<Text> to_text(Heap& heap, const Value& value) {
  if (const Text* text = value.text()) return *text;
  TextBuilder out(heap);
  PEREGRINE_TRY(append_str(heap, out, value));
  return out.finish();
}

}  // namespace peregrine::jinja
