// Filters over sequences: order, grouping, aggregation.

#include <fmt/format.h>

#include <algorithm>

#include "text/jinja/access.h"
#include "text/jinja/builtin.h"
#include "text/jinja/format.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"
#include "text/jinja/text_ops.h"

namespace peregrine::jinja {
namespace {

Value no_item(const char* message) {
  return Undefined{"", Text::literal(message)};
}

// A string in lower case where `case_sensitive` is off; anything else as it is.
Result<Value> sort_key(Heap& heap, const Value& value, bool case_sensitive) {
  if (case_sensitive || !value.text()) return value;
  PEREGRINE_ASSIGN(Text key, lower(heap, *value.text()));
  return Value(std::move(key));
}

// The sort key of each item: the value at `path`, None for the item itself.
Result<std::vector<Value>> sort_keys(Interpreter& interpreter, const Sequence& items, const Value& path,
                                     bool case_sensitive, const Value& fallback = {}) {
  std::vector<Value> keys;
  for (const Value& item : items.items()) {
    PEREGRINE_TRY(interpreter.heap().step());
    PEREGRINE_ASSIGN(const Value value, get_path(interpreter, item, path, fallback));
    PEREGRINE_ASSIGN(Value key, sort_key(interpreter.heap(), value, case_sensitive));
    keys.push_back(std::move(key));
  }
  return keys;
}

Result<Value> copy_in_order(Heap& heap, const Sequence& items, const std::vector<std::size_t>& positions,
                            Sequence::Kind kind) {
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, kind));
  for (const std::size_t position : positions) PEREGRINE_TRY(out->append(heap, items.items()[position]));
  return Value(out);
}

Result<Value> filter_length(Interpreter&, const Value& self, const BoundArguments&) {
  if (self.is_undefined()) return Value(std::int64_t{0});
  if (const Text* text = self.text()) return Value(static_cast<std::int64_t>(text->length()));
  if (const Dict* dict = self.dict()) return Value(static_cast<std::int64_t>(dict->entries().size()));
  const Sequence* sequence = self.sequence();
  if (sequence == nullptr || sequence->is_iterator()) {
    return type_error(fmt::format("object of type '{}' has no length", type_name(self)));
  }
  return Value(static_cast<std::int64_t>(sequence->items().size()));
}

Result<Value> filter_first(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(const Sequence* items, iterate(interpreter.heap(), self));
  return items->items().empty() ? no_item("no first item, the sequence is empty") : items->items().front();
}

Result<Value> filter_last(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  if (self.sequence() && self.sequence()->is_iterator()) return type_error("a generator is not reversible");
  PEREGRINE_ASSIGN(const Sequence* items, iterate(interpreter.heap(), self));
  return items->items().empty() ? no_item("no last item, the sequence is empty") : items->items().back();
}

Result<Value> filter_list(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  PEREGRINE_TRY(heap.step(items->items().size()));
  for (const Value& item : items->items()) PEREGRINE_TRY(out->append(heap, item));
  return Value(out);
}

Result<Value> filter_reverse(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  PEREGRINE_TRY(heap.step(items->items().size()));
  if (self.text()) {
    TextBuilder out(heap);
    for (auto item = items->items().rbegin(); item != items->items().rend(); ++item)
      out.append(*item->text());
    PEREGRINE_ASSIGN(Text reversed, out.finish());
    return Value(std::move(reversed));
  }
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kIterator));
  for (auto item = items->items().rbegin(); item != items->items().rend(); ++item) {
    PEREGRINE_TRY(out->append(heap, *item));
  }
  return Value(out);
}

// join(d='', attribute=none)
Result<Value> filter_join(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  Text separator;
  if (arguments.has(0)) {
    PEREGRINE_ASSIGN(separator, to_text(heap, *arguments.get(0)));
  }
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  TextBuilder out(heap);
  bool first = true;
  for (const Value& item : items->items()) {
    PEREGRINE_TRY(heap.step());
    PEREGRINE_ASSIGN(const Value value, get_path(interpreter, item, arguments.value(1)));
    if (!first) out.append(separator);
    first = false;
    PEREGRINE_TRY(append_str(heap, out, value));
    PEREGRINE_TRY(out.status());
  }
  PEREGRINE_ASSIGN(Text joined, out.finish());
  return Value(std::move(joined));
}

// The keys of sort: a tuple of the values at each of the paths, which commas separate.
Result<std::vector<Value>> multi_sort_keys(Interpreter& interpreter, const Sequence& items,
                                           const Value& paths, bool case_sensitive) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(Sequence * path_list, make_sequence(heap, Sequence::Kind::kList));
  if (paths.text()) {
    const Text comma = Text::literal(",");
    PEREGRINE_ASSIGN(path_list, split(heap, *paths.text(), &comma, -1, Side::kLeft));
  } else {
    PEREGRINE_TRY(path_list->append(heap, paths));
  }
  std::vector<Value> keys;
  for (const Value& item : items.items()) {
    PEREGRINE_ASSIGN(Sequence * key, make_sequence(heap, Sequence::Kind::kTuple));
    for (const Value& path : path_list->items()) {
      PEREGRINE_TRY(heap.step());
      PEREGRINE_ASSIGN(const Value value, get_path(interpreter, item, path));
      PEREGRINE_ASSIGN(Value part, sort_key(heap, value, case_sensitive));
      PEREGRINE_TRY(key->append(heap, std::move(part)));
    }
    keys.emplace_back(key);
  }
  return keys;
}

// sort(reverse=false, case_sensitive=false, attribute=none)
Result<Value> filter_sort(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  PEREGRINE_ASSIGN(const std::vector<Value> keys,
                   multi_sort_keys(interpreter, *items, arguments.value(2), arguments.flag(1, false)));
  PEREGRINE_ASSIGN(const std::vector<std::size_t> positions,
                   sorted_order(heap, keys, arguments.flag(0, false)));
  return copy_in_order(heap, *items, positions, Sequence::Kind::kList);
}

Result<Value> make_items(Heap& heap, const Dict& dict, Sequence::Kind kind) {
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, kind));
  for (const Dict::Entry& entry : dict.entries()) {
    PEREGRINE_TRY(heap.step());
    PEREGRINE_ASSIGN(Value pair, make_pair(heap, entry.key, entry.value));
    PEREGRINE_TRY(out->append(heap, std::move(pair)));
  }
  return Value(out);
}

// dictsort(case_sensitive=false, by='key', reverse=false)
Result<Value> filter_dictsort(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  if (const Undefined* undefined = self.undefined()) return undefined_error(*undefined);
  if (!self.dict()) return type_error(fmt::format("dictsort needs a mapping, not {}", type_name(self)));
  PEREGRINE_ASSIGN(const Text by, arguments.text(1, Text::literal("key")));
  if (by.view() != "key" && by.view() != "value") return type_error("dictsort sorts by 'key' or 'value'");
  PEREGRINE_ASSIGN(const Value pairs, make_items(heap, *self.dict(), Sequence::Kind::kList));
  const Value part(std::int64_t{by.view() == "key" ? 0 : 1});
  PEREGRINE_ASSIGN(const std::vector<Value> keys,
                   sort_keys(interpreter, *pairs.sequence(), part, arguments.flag(0, false)));
  PEREGRINE_ASSIGN(const std::vector<std::size_t> positions,
                   sorted_order(heap, keys, arguments.flag(2, false)));
  return copy_in_order(heap, *pairs.sequence(), positions, Sequence::Kind::kList);
}

Result<Value> filter_items(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  if (self.is_undefined()) {
    PEREGRINE_ASSIGN(Sequence * none, make_sequence(interpreter.heap(), Sequence::Kind::kIterator));
    return Value(none);
  }
  if (!self.dict()) return type_error("only a mapping has items");
  return make_items(interpreter.heap(), *self.dict(), Sequence::Kind::kIterator);
}

// unique(case_sensitive=false, attribute=none)
Result<Value> filter_unique(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  PEREGRINE_ASSIGN(const std::vector<Value> keys,
                   sort_keys(interpreter, *items, arguments.value(1), arguments.flag(0, false)));
  PEREGRINE_ASSIGN(Dict * seen, make_dict(heap));
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kIterator));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::size_t known = seen->entries().size();
    PEREGRINE_TRY(seen->set(heap, keys[i], Value()));
    if (seen->entries().size() > known) PEREGRINE_TRY(out->append(heap, items->items()[i]));
  }
  return Value(out);
}

// min and max: (case_sensitive=false, attribute=none)
template <bool kGreatest>
Result<Value> filter_extreme(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  if (items->items().empty()) return no_item("no aggregated item, the sequence is empty");
  PEREGRINE_ASSIGN(const std::vector<Value> keys,
                   sort_keys(interpreter, *items, arguments.value(1), arguments.flag(0, false)));
  std::size_t best = 0;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    PEREGRINE_ASSIGN(const std::partial_ordering relation, order(heap, keys[i], keys[best]));
    if (kGreatest ? relation > 0 : relation < 0) best = i;
  }
  return items->items()[best];
}

// sum(attribute=none, start=0)
Result<Value> filter_sum(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  Value total = arguments.has(1) ? *arguments.get(1) : Value(std::int64_t{0});
  if (total.text()) return type_error("sum does not add strings; use join");
  for (const Value& item : items->items()) {
    PEREGRINE_TRY(heap.step());
    PEREGRINE_ASSIGN(const Value value, get_path(interpreter, item, arguments.value(0)));
    PEREGRINE_ASSIGN(total, apply(heap, Arithmetic::kAdd, total, value));
  }
  return total;
}

// groupby(attribute, default=none, case_sensitive=false)
Result<Value> filter_groupby(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  PEREGRINE_ASSIGN(const std::vector<Value> keys, sort_keys(interpreter, *items, *arguments.get(0),
                                                            arguments.flag(2, false), arguments.value(1)));
  PEREGRINE_ASSIGN(const std::vector<std::size_t> positions, sorted_order(heap, keys, false));
  PEREGRINE_ASSIGN(Sequence * groups, make_sequence(heap, Sequence::Kind::kList));
  Sequence* members = nullptr;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const Value& item = items->items()[positions[i]];
    bool same = i > 0;
    if (same) {
      PEREGRINE_ASSIGN(same, equals(heap, keys[positions[i]], keys[positions[i - 1]]));
    }
    if (!same) {
      // The group is named by its first member, in that member's own case.
      PEREGRINE_ASSIGN(Value grouper, get_path(interpreter, item, *arguments.get(0), arguments.value(1)));
      PEREGRINE_ASSIGN(members, make_sequence(heap, Sequence::Kind::kList));
      PEREGRINE_ASSIGN(Sequence * group, make_sequence(heap, Sequence::Kind::kGroup));
      PEREGRINE_TRY(group->append(heap, std::move(grouper)));
      PEREGRINE_TRY(group->append(heap, Value(members)));
      PEREGRINE_TRY(groups->append(heap, Value(group)));
    }
    PEREGRINE_TRY(members->append(heap, item));
  }
  return Value(groups);
}

// batch(linecount, fill_with=none): rows of so many items.
Result<Value> filter_batch(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const std::int64_t count, arguments.integer(0, 0));
  if (count < 1) return type_error("batch needs a positive number");
  const auto width = static_cast<std::size_t>(count);
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  PEREGRINE_ASSIGN(Sequence * rows, make_sequence(heap, Sequence::Kind::kIterator));
  Sequence* row = nullptr;
  for (const Value& item : items->items()) {
    PEREGRINE_TRY(heap.step());
    if (row == nullptr || row->items().size() == width) {
      PEREGRINE_ASSIGN(row, make_sequence(heap, Sequence::Kind::kList));
      PEREGRINE_TRY(rows->append(heap, Value(row)));
    }
    PEREGRINE_TRY(row->append(heap, item));
  }
  if (row && !arguments.value(1).is_none()) {
    while (row->items().size() < width) {
      PEREGRINE_TRY(heap.step());
      PEREGRINE_TRY(row->append(heap, arguments.value(1)));
    }
  }
  return Value(rows);
}

// slice(slices, fill_with=none): so many columns of nearly equal length.
Result<Value> filter_slice(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const std::int64_t slices, arguments.integer(0, 0));
  if (slices < 1) return type_error("slice needs a positive number");
  const auto count = static_cast<std::size_t>(slices);
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap, self));
  const std::size_t each = items->items().size() / count;
  const std::size_t longer = items->items().size() % count;
  PEREGRINE_ASSIGN(Sequence * columns, make_sequence(heap, Sequence::Kind::kIterator));
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    PEREGRINE_TRY(heap.step());
    PEREGRINE_ASSIGN(Sequence * column, make_sequence(heap, Sequence::Kind::kList));
    for (std::size_t end = next + each + (i < longer ? 1 : 0); next < end; ++next) {
      PEREGRINE_TRY(heap.step());
      PEREGRINE_TRY(column->append(heap, items->items()[next]));
    }
    if (i >= longer && !arguments.value(1).is_none()) PEREGRINE_TRY(column->append(heap, arguments.value(1)));
    PEREGRINE_TRY(columns->append(heap, Value(column)));
  }
  return Value(columns);
}

constexpr Builtin kFilters[] = {
    {.name = "batch", .function = filter_batch, .parameters = {"linecount", "fill_with"}, .required = 1},
    {.name = "count", .function = filter_length},
    {.name = "dictsort", .function = filter_dictsort, .parameters = {"case_sensitive", "by", "reverse"}},
    {.name = "first", .function = filter_first},
    {.name = "groupby",
     .function = filter_groupby,
     .parameters = {"attribute", "default", "case_sensitive"},
     .required = 1},
    {.name = "items", .function = filter_items},
    {.name = "join", .function = filter_join, .parameters = {"d", "attribute"}},
    {.name = "last", .function = filter_last},
    {.name = "length", .function = filter_length},
    {.name = "list", .function = filter_list},
    {.name = "max", .function = filter_extreme<true>, .parameters = {"case_sensitive", "attribute"}},
    {.name = "min", .function = filter_extreme<false>, .parameters = {"case_sensitive", "attribute"}},
    {.name = "reverse", .function = filter_reverse},
    {.name = "slice", .function = filter_slice, .parameters = {"slices", "fill_with"}, .required = 1},
    {.name = "sort", .function = filter_sort, .parameters = {"reverse", "case_sensitive", "attribute"}},
    {.name = "sum", .function = filter_sum, .parameters = {"attribute", "start"}},
    {.name = "unique", .function = filter_unique, .parameters = {"case_sensitive", "attribute"}},
};

}  // namespace

std::span<const Builtin> sequence_filters() {
  return kFilters;
}

}  // namespace peregrine::jinja
