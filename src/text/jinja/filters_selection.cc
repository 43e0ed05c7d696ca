// map, select and their kin: one filter or test applied to every item.

#include <algorithm>
#include <optional>

#include "text/jinja/access.h"
#include "text/jinja/builtin.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"

namespace peregrine::jinja {
namespace {

// The first argument that a filter or test is not named by, and all after it.
Arguments rest_of(const Arguments& arguments, std::size_t first) {
  Arguments rest;
  if (arguments.positional.size() > first) {
    rest.positional.assign(arguments.positional.begin() + static_cast<std::ptrdiff_t>(first),
                           arguments.positional.end());
  }
  rest.named = arguments.named;
  return rest;
}

Result<Text> name_argument(const Arguments& arguments, std::size_t index) {
  const Text* name = arguments.positional[index].text();
  if (name == nullptr) return type_error("a filter or a test is named by a string");
  return *name;
}

// map(attribute=path, default=none)
Result<Value> map_attribute(Interpreter& interpreter, const Sequence& items, Arguments arguments) {
  const Value path = arguments.take("attribute").value_or(Value());
  const Value fallback = arguments.take("default").value_or(Value());
  if (!arguments.named.empty()) return type_error("map(attribute=...) takes no more than a default");
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(interpreter.heap(), Sequence::Kind::kIterator));
  for (const Value& item : items.items()) {
    PEREGRINE_ASSIGN(Value value, get_path(interpreter, item, path, fallback));
    PEREGRINE_TRY(out->append(interpreter.heap(), std::move(value)));
  }
  return Value(out);
}

Result<Value> filter_map(Interpreter& interpreter, const Value& self, const BoundArguments& bound) {
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(interpreter.heap(), Sequence::Kind::kIterator));
  if (!is_true(self)) return Value(out);
  PEREGRINE_ASSIGN(const Sequence* items, iterate(interpreter.heap(), self));
  const Arguments& arguments = bound.all();
  if (arguments.positional.empty()) {
    const bool by_attribute =
        std::any_of(arguments.named.begin(), arguments.named.end(),
                    [](const auto& entry) { return entry.first.view() == "attribute"; });
    if (!by_attribute) return type_error("map needs a filter or an attribute");
    return map_attribute(interpreter, *items, arguments);
  }
  PEREGRINE_ASSIGN(const Text name, name_argument(arguments, 0));
  PEREGRINE_TRY(interpreter.heap().step(arguments.positional.size()));
  const Arguments rest = rest_of(arguments, 1);
  for (std::size_t i = 0; i < items->items().size(); ++i) {
    const Value item = items->items()[i];
    PEREGRINE_ASSIGN(Value value, interpreter.apply_filter(name, item, rest));
    PEREGRINE_TRY(out->append(interpreter.heap(), std::move(value)));
  }
  return Value(out);
}

// select(test, ...) and, with an attribute before the test, selectattr; both for what passes or what does
// not.
template <bool kByAttribute, bool kWanted>
Result<Value> filter_select(Interpreter& interpreter, const Value& self, const BoundArguments& bound) {
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(interpreter.heap(), Sequence::Kind::kIterator));
  if (!is_true(self)) return Value(out);
  PEREGRINE_ASSIGN(const Sequence* items, iterate(interpreter.heap(), self));
  const Arguments& arguments = bound.all();
  constexpr std::size_t kTestAt = kByAttribute ? 1 : 0;
  if (arguments.positional.size() < kTestAt) return type_error("the name of the attribute is missing");
  std::optional<Text> test;
  if (arguments.positional.size() > kTestAt) {
    PEREGRINE_ASSIGN(test, name_argument(arguments, kTestAt));
  }
  PEREGRINE_TRY(interpreter.heap().step(arguments.positional.size()));
  const Arguments rest = rest_of(arguments, kTestAt + 1);
  for (std::size_t i = 0; i < items->items().size(); ++i) {
    const Value item = items->items()[i];
    Value tested = item;
    PEREGRINE_TRY(interpreter.heap().step());
    if (kByAttribute) {
      PEREGRINE_ASSIGN(tested, get_path(interpreter, item, arguments.positional.front()));
    }
    bool passes = is_true(tested);
    if (test) {
      PEREGRINE_ASSIGN(passes, interpreter.apply_test(*test, tested, rest));
    }
    if (passes == kWanted) PEREGRINE_TRY(out->append(interpreter.heap(), item));
  }
  return Value(out);
}

constexpr Builtin kFilters[] = {
    {.name = "map", .function = filter_map, .variadic = true},
    {.name = "reject", .function = filter_select<false, false>, .variadic = true},
    {.name = "rejectattr", .function = filter_select<true, false>, .variadic = true},
    {.name = "select", .function = filter_select<false, true>, .variadic = true},
    {.name = "selectattr", .function = filter_select<true, true>, .variadic = true},
};

}  // namespace

std::span<const Builtin> selection_filters() {
  return kFilters;
}

}  // namespace peregrine::jinja
