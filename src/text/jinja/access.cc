#include "text/jinja/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/utf8.h"
#include "text/jinja/callables.h"
#include "text/jinja/format.h"
#include "text/jinja/number.h"

namespace peregrine::jinja {
namespace {

constexpr std::int64_t kFarEnd = std::numeric_limits<std::int64_t>::max();

const char* holder_name(const Value& value) {
  if (value.is_none()) return "None";
  if (value.text()) return "str object";
  if (value.dict()) return "dict object";
  if (value.boolean()) return "bool object";
  if (value.integer()) return "int object";
  if (value.real()) return "float object";
  if (value.sequence()) return value.sequence()->is_tuple() ? "tuple object" : "list object";
  return "object";
}

Result<Value> missing(Heap& heap, const Value& object, const Value& element) {
  // Only names and numbers are worth showing, and anything else might be endless.
  if (const Text* name = element.text()) return Value(Undefined{holder_name(object), *name});
  if (!element.is_number()) return Value(Undefined{holder_name(object), Text::literal("...")});
  PEREGRINE_ASSIGN(Text shown, to_text(heap, element));
  return Value(Undefined{holder_name(object), std::move(shown)});
}

}  // namespace

Result<std::optional<Value>> find_attribute(Interpreter& interpreter, const Value& object,
                                            std::string_view name) {
  if (Object* instance = object.object()) return instance->attribute(interpreter, name);
  if (const Sequence* group = object.sequence(); group && group->kind() == Sequence::Kind::kGroup) {
    if (name == "grouper") return std::optional<Value>(group->items()[0]);
    if (name == "list") return std::optional<Value>(group->items()[1]);
  }
  const Builtin* method = find_method(object, name);
  if (method == nullptr) return std::optional<Value>();
  PEREGRINE_ASSIGN(Value function, make_function(interpreter.heap(), *method, object));
  return std::optional<Value>(std::move(function));
}

namespace {

std::optional<std::size_t> resolve_index(std::int64_t index, std::size_t length) {
  const auto size = static_cast<std::int64_t>(length);
  if (index < 0) index += size;
  if (index < 0 || index >= size) return std::nullopt;
  return static_cast<std::size_t>(index);
}

// object[index] proper; nothing when there is no such item or the object has no items.
Result<std::optional<Value>> find_item(Heap& heap, const Value& object, const Value& index) {
  if (const Dict* dict = object.dict()) {
    PEREGRINE_ASSIGN(const Value* found, dict->find(heap, index));
    return found ? std::optional<Value>(*found) : std::nullopt;
  }
  const auto number = index.as_int();
  if (!number) return std::optional<Value>();
  if (const Sequence* sequence = object.sequence(); sequence && sequence->indexable()) {
    const auto at = resolve_index(*number, sequence->items().size());
    return at ? std::optional<Value>(sequence->items()[*at]) : std::nullopt;
  }
  if (const Text* text = object.text()) {
    const auto at = resolve_index(*number, text->length());
    if (!at) return std::optional<Value>();
    if (!text->ascii()) PEREGRINE_TRY(heap.search(text->size()));
    const std::size_t begin = text->offset_of(*at);
    const std::size_t end = begin + base::utf8_decode(text->view().substr(begin)).length;
    PEREGRINE_ASSIGN(Text character, substring(heap, *text, begin, end));
    return std::optional<Value>(std::move(character));
  }
  return std::optional<Value>();
}

struct SliceRange {
  std::int64_t start = 0;
  std::int64_t count = 0;
  std::int64_t step = 1;
};

// The elements start:stop:step picks from `length`, as Python clamps them.
SliceRange resolve_slice(std::int64_t length, std::optional<std::int64_t> start,
                         std::optional<std::int64_t> stop, std::int64_t step) {
  const std::int64_t low = step > 0 ? 0 : -1;
  const std::int64_t high = step > 0 ? length : length - 1;
  const auto clamp = [&](std::int64_t bound) {
    if (bound < 0) bound = bound < -length ? low : bound + length;
    return std::clamp(bound, low, high);
  };
  const std::int64_t first = start ? clamp(*start) : (step > 0 ? low : high);
  const std::int64_t last = stop ? clamp(*stop) : (step > 0 ? high : low);
  const std::int64_t span = step > 0 ? last - first : first - last;
  const std::int64_t stride = step > 0 ? step : (step == -kFarEnd - 1 ? kFarEnd : -step);
  return {first, span <= 0 ? 0 : (span - 1) / stride + 1, step};
}

Result<Value> slice_text(Heap& heap, const Text& text, const SliceRange& range) {
  if (!text.ascii()) PEREGRINE_TRY(heap.search(text.size()));
  if (range.count == 0) return Value(Text());
  if (range.step == 1) {
    const std::size_t begin = text.offset_of(static_cast<std::size_t>(range.start));
    const std::size_t end = text.offset_of(static_cast<std::size_t>(range.start + range.count));
    PEREGRINE_ASSIGN(Text part, substring(heap, text, begin, end));
    return Value(std::move(part));
  }
  PEREGRINE_TRY(heap.walk(text.length()));
  std::vector<std::size_t> offsets;
  offsets.reserve(text.length() + 1);
  for (CodePoints points(text); points.next();) offsets.push_back(points.offset());
  offsets.push_back(text.size());
  TextBuilder out(heap);
  for (std::int64_t i = 0; i < range.count; ++i) {
    const auto at = static_cast<std::size_t>(range.start + i * range.step);
    out.append(text, offsets[at], offsets[at + 1]);
  }
  PEREGRINE_ASSIGN(Text part, out.finish());
  return Value(std::move(part));
}

Result<Value> slice_sequence(Heap& heap, const Sequence& sequence, const SliceRange& range) {
  PEREGRINE_TRY(heap.step(static_cast<std::uint64_t>(range.count)));
  const bool group = sequence.kind() == Sequence::Kind::kGroup;
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, group ? Sequence::Kind::kTuple : sequence.kind()));
  for (std::int64_t i = 0; i < range.count; ++i) {
    PEREGRINE_TRY(
        out->append(heap, sequence.items()[static_cast<std::size_t>(range.start + i * range.step)]));
  }
  return Value(out);
}

bool is_slice_bound(const Value& value) {
  return value.is_none() || value.as_int();
}

}  // namespace

Result<Value> get_attribute(Interpreter& interpreter, const Value& object, const Text& name) {
  if (const Undefined* undefined = object.undefined()) return undefined_error(*undefined);
  PEREGRINE_ASSIGN(std::optional<Value> attribute, find_attribute(interpreter, object, name.view()));
  if (attribute) return *std::move(attribute);
  if (const Dict* dict = object.dict()) {
    if (const Value* item = dict->find(name.view())) return *item;
  }
  return Value(Undefined{holder_name(object), name});
}

Result<Value> get_item(Interpreter& interpreter, const Value& object, const Value& index) {
  if (const Undefined* undefined = object.undefined()) return undefined_error(*undefined);
  PEREGRINE_ASSIGN(std::optional<Value> item, find_item(interpreter.heap(), object, index));
  if (item) return *std::move(item);
  if (const Text* name = index.text()) {
    PEREGRINE_ASSIGN(item, find_attribute(interpreter, object, name->view()));
    if (item) return *std::move(item);
  }
  return missing(interpreter.heap(), object, index);
}

Result<Value> get_slice(Interpreter& interpreter, const Value& object, const Value& start, const Value& stop,
                        const Value& step) {
  if (const Undefined* undefined = object.undefined()) return undefined_error(*undefined);
  const Sequence* sequence = object.sequence();
  const Text* text = object.text();
  const bool sliceable = text || (sequence && sequence->indexable());
  if (!sliceable) return type_error(fmt::format("'{}' object cannot be sliced", type_name(object)));
  if (!is_slice_bound(start) || !is_slice_bound(stop) || !is_slice_bound(step)) {
    return type_error("slice indices must be integers or none");
  }
  const std::int64_t stride = step.as_int().value_or(1);
  if (stride == 0) return type_error("slice step cannot be zero");
  const std::size_t length = text ? text->length() : sequence->items().size();
  const SliceRange range =
      resolve_slice(static_cast<std::int64_t>(length), start.as_int(), stop.as_int(), stride);
  return text ? slice_text(interpreter.heap(), *text, range)
              : slice_sequence(interpreter.heap(), *sequence, range);
}

Result<Value> get_path(Interpreter& interpreter, const Value& object, const Value& path,
                       const Value& fallback) {
  if (path.is_none()) return object;
  const Text* names = path.text();
  if (names == nullptr) {
    PEREGRINE_ASSIGN(Value item, get_item(interpreter, object, path));
    return item.is_undefined() && !fallback.is_none() ? fallback : item;
  }
  Value value = object;
  std::size_t begin = 0;
  while (true) {
    PEREGRINE_TRY(interpreter.heap().step());
    const std::size_t end = std::min(names->view().find('.', begin), names->size());
    PEREGRINE_ASSIGN(Text name, substring(interpreter.heap(), *names, begin, end));
    Value index(name);
    if (!name.empty() && name.view().find_first_not_of("0123456789") == std::string_view::npos) {
      PEREGRINE_ASSIGN(const auto number, parse_int(name.view(), 10));
      index = Value(number.value_or(0));
    }
    PEREGRINE_ASSIGN(value, get_item(interpreter, value, index));
    if (value.is_undefined() && !fallback.is_none()) value = fallback;
    if (end == names->size()) return value;
    begin = end + 1;
  }
}

}  // namespace peregrine::jinja
