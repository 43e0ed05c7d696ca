// Methods of list, tuple and dict.

#include <fmt/format.h>

#include <algorithm>

#include "text/jinja/builtin.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"

namespace peregrine::jinja {
namespace {

// Where an item goes or comes from: negative counts from the end, and what lies outside is clamped.
std::size_t clamp_index(std::int64_t index, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  if (index < 0) index = std::max<std::int64_t>(index + length, 0);
  return static_cast<std::size_t>(std::min(index, length));
}

Result<Value> append_item(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_TRY(self.sequence()->append(interpreter.heap(), *arguments.get(0)));
  return Value();
}

Result<Value> extend_list(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const Sequence* items, iterate(interpreter.heap(), *arguments.get(0)));
  const std::size_t count = items->items().size();  // fixed first: a list may extend itself
  PEREGRINE_TRY(interpreter.heap().step(count));
  for (std::size_t i = 0; i < count; ++i) {
    const Value item = items->items()[i];
    PEREGRINE_TRY(self.sequence()->append(interpreter.heap(), item));
  }
  return Value();
}

Result<Value> insert_item(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const std::int64_t index, arguments.integer(0, 0));
  Sequence& list = *self.sequence();
  PEREGRINE_TRY(list.insert(interpreter.heap(), clamp_index(index, list.items().size()), *arguments.get(1)));
  return Value();
}

Result<Value> pop_item(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  std::vector<Value>& items = self.sequence()->mutable_items();
  PEREGRINE_ASSIGN(std::int64_t index, arguments.integer(0, -1));
  if (index < 0) index += static_cast<std::int64_t>(items.size());
  if (index < 0 || index >= static_cast<std::int64_t>(items.size()))
    return type_error("pop index out of range");
  const auto position = items.begin() + index;
  PEREGRINE_TRY(interpreter.heap().step(static_cast<std::uint64_t>(items.end() - position)));
  Value item = std::move(*position);
  items.erase(position);
  return item;
}

// The position of the first item equal to the argument; the size when there is none.
Result<std::size_t> position_of(Heap& heap, const Sequence& sequence, const Value& wanted) {
  for (std::size_t i = 0; i < sequence.items().size(); ++i) {
    PEREGRINE_ASSIGN(const bool equal, equals(heap, sequence.items()[i], wanted));
    if (equal) return i;
  }
  return sequence.items().size();
}

Result<Value> remove_item(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Sequence& list = *self.sequence();
  PEREGRINE_ASSIGN(const std::size_t position, position_of(interpreter.heap(), list, *arguments.get(0)));
  if (position == list.items().size()) return type_error("the item to remove is not in the list");
  PEREGRINE_TRY(interpreter.heap().step(list.items().size() - position));
  list.mutable_items().erase(list.items().begin() + static_cast<std::ptrdiff_t>(position));
  return Value();
}

Result<Value> index_of(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const std::size_t position,
                   position_of(interpreter.heap(), *self.sequence(), *arguments.get(0)));
  if (position == self.sequence()->items().size()) return type_error("the item is not in the sequence");
  return Value(static_cast<std::int64_t>(position));
}

Result<Value> count_item(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  std::int64_t count = 0;
  for (const Value& item : self.sequence()->items()) {
    PEREGRINE_ASSIGN(const bool equal, equals(interpreter.heap(), item, *arguments.get(0)));
    if (equal) ++count;
  }
  return Value(count);
}

Result<Value> clear_list(Interpreter&, const Value& self, const BoundArguments&) {
  self.sequence()->mutable_items().clear();
  return Value();
}

Result<Value> copy_list(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  PEREGRINE_TRY(heap.step(self.sequence()->items().size()));
  for (const Value& item : self.sequence()->items()) PEREGRINE_TRY(out->append(heap, item));
  return Value(out);
}

Result<Value> reverse_list(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  std::vector<Value>& items = self.sequence()->mutable_items();
  PEREGRINE_TRY(interpreter.heap().step(items.size()));
  std::reverse(items.begin(), items.end());
  return Value();
}

Result<Value> sort_list(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  const std::vector<Value> items = self.sequence()->items();
  PEREGRINE_ASSIGN(const std::vector<std::size_t> positions,
                   sorted_order(interpreter.heap(), items, arguments.flag(0, false)));
  for (std::size_t i = 0; i < items.size(); ++i) self.sequence()->mutable_items()[i] = items[positions[i]];
  return Value();
}

template <Sequence::Kind kKind>
Result<Value> dict_view(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, kKind));
  for (const Dict::Entry& entry : self.dict()->entries()) {
    PEREGRINE_TRY(heap.step());
    if (kKind == Sequence::Kind::kDictItems) {
      PEREGRINE_ASSIGN(Value pair, make_pair(heap, entry.key, entry.value));
      PEREGRINE_TRY(out->append(heap, std::move(pair)));
    } else {
      PEREGRINE_TRY(out->append(heap, kKind == Sequence::Kind::kDictKeys ? entry.key : entry.value));
    }
  }
  return Value(out);
}

Status check_key(const Value& key) {
  if (is_hashable(key) || key.is_undefined()) return {};
  return type_error(fmt::format("unhashable type: '{}'", type_name(key)));
}

Result<Value> get_value(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_TRY(check_key(*arguments.get(0)));
  PEREGRINE_ASSIGN(const Value* found, self.dict()->find(interpreter.heap(), *arguments.get(0)));
  return found ? *found : arguments.value(1);
}

Result<Value> set_default(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const Value* found, self.dict()->find(interpreter.heap(), *arguments.get(0)));
  if (found) return *found;
  PEREGRINE_TRY(self.dict()->set(interpreter.heap(), *arguments.get(0), arguments.value(1)));
  return arguments.value(1);
}

Result<Value> pop_value(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_TRY(check_key(*arguments.get(0)));
  PEREGRINE_ASSIGN(std::optional<Value> taken, self.dict()->take(interpreter.heap(), *arguments.get(0)));
  if (taken) return *std::move(taken);
  if (arguments.has(1)) return *arguments.get(1);
  return type_error("the key to pop is not in the dict");
}

Result<Value> clear_dict(Interpreter&, const Value& self, const BoundArguments&) {
  self.dict()->clear();
  return Value();
}

Result<Value> update_dict(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_TRY(fill_dict(interpreter.heap(), *self.dict(), arguments.all()));
  return Value();
}

Result<Value> copy_dict(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(Dict * out, make_dict(interpreter.heap()));
  PEREGRINE_TRY(merge_dict(interpreter.heap(), *out, *self.dict()));
  return Value(out);
}

constexpr std::array<std::string_view, kMaxParameters> kValue = {"value"};
constexpr std::array<std::string_view, kMaxParameters> kKeyAndDefault = {"key", "default"};

constexpr Builtin kListMethods[] = {
    {.name = "append", .function = append_item, .parameters = kValue, .required = 1},
    {.name = "clear", .function = clear_list},
    {.name = "copy", .function = copy_list},
    {.name = "count", .function = count_item, .parameters = kValue, .required = 1},
    {.name = "extend", .function = extend_list, .parameters = {"iterable"}, .required = 1},
    {.name = "index", .function = index_of, .parameters = kValue, .required = 1},
    {.name = "insert", .function = insert_item, .parameters = {"index", "value"}, .required = 2},
    {.name = "pop", .function = pop_item, .parameters = {"index"}},
    {.name = "remove", .function = remove_item, .parameters = kValue, .required = 1},
    {.name = "reverse", .function = reverse_list},
    {.name = "sort", .function = sort_list, .parameters = {"reverse"}},
};

constexpr Builtin kTupleMethods[] = {
    {.name = "count", .function = count_item, .parameters = kValue, .required = 1},
    {.name = "index", .function = index_of, .parameters = kValue, .required = 1},
};

constexpr Builtin kDictMethods[] = {
    {.name = "clear", .function = clear_dict},
    {.name = "copy", .function = copy_dict},
    {.name = "get", .function = get_value, .parameters = kKeyAndDefault, .required = 1},
    {.name = "items", .function = dict_view<Sequence::Kind::kDictItems>},
    {.name = "keys", .function = dict_view<Sequence::Kind::kDictKeys>},
    {.name = "pop", .function = pop_value, .parameters = kKeyAndDefault, .required = 1},
    {.name = "setdefault", .function = set_default, .parameters = kKeyAndDefault, .required = 1},
    {.name = "update", .function = update_dict, .variadic = true},
    {.name = "values", .function = dict_view<Sequence::Kind::kDictValues>},
};

}  // namespace

std::span<const Builtin> list_methods() {
  return kListMethods;
}
std::span<const Builtin> tuple_methods() {
  return kTupleMethods;
}
std::span<const Builtin> dict_methods() {
  return kDictMethods;
}

}  // namespace peregrine::jinja
