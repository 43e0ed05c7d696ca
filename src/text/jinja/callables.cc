#include "text/jinja/callables.h"

#include <fmt/format.h>

#include "text/jinja/operators.h"

namespace peregrine::jinja {
namespace {

Value make_int(std::size_t number) {
  return Value(static_cast<std::int64_t>(number));
}

Result<Value> cycle_loop(Interpreter&, const Value& self, const BoundArguments& arguments) {
  if (arguments.all().positional.empty()) return type_error("no items for cycling given");
  return static_cast<const Loop*>(self.object())->cycle(arguments.all().positional);
}

Result<Value> loop_changed(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(
      const bool changed,
      static_cast<Loop*>(self.object())->changed(interpreter.heap(), arguments.all().positional));
  return Value(changed);
}

Result<Value> next_in_cycle(Interpreter&, const Value& self, const BoundArguments&) {
  return static_cast<Cycler*>(self.object())->next();
}

Result<Value> reset_cycle(Interpreter&, const Value& self, const BoundArguments&) {
  static_cast<Cycler*>(self.object())->reset();
  return Value();
}

constexpr Builtin kLoopCycle = {.name = "cycle", .function = cycle_loop, .variadic = true};
constexpr Builtin kLoopChanged = {.name = "changed", .function = loop_changed, .variadic = true};
constexpr Builtin kCyclerNext = {.name = "next", .function = next_in_cycle};
constexpr Builtin kCyclerReset = {.name = "reset", .function = reset_cycle};

}  // namespace

Result<Value> make_function(Heap& heap, const Builtin& builtin, Value self) {
  PEREGRINE_ASSIGN(Object * function, heap.make<Function>(builtin, std::move(self)));
  return Value(function);
}

Result<Value> Function::call(Interpreter& interpreter, Arguments arguments) {
  return builtin_(interpreter, self_, arguments);
}

Result<std::optional<Value>> Macro::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "name") return std::optional<Value>(declaration_.name.text());
  if (name != "arguments") return std::optional<Value>();
  PEREGRINE_ASSIGN(Sequence * names, make_sequence(interpreter.heap(), Sequence::Kind::kTuple));
  for (const Parameter& parameter : declaration_.parameters) {
    PEREGRINE_TRY(names->append(interpreter.heap(), Value(parameter.name.text())));
  }
  return std::optional<Value>(names);
}

Result<Value> Macro::call(Interpreter& interpreter, Arguments arguments) {
  return interpreter.call_macro(declaration_, closure_, std::move(arguments));
}

Status Macro::describe(Heap&, TextBuilder& out, std::size_t) const {
  out.append(fmt::format("<Macro '{}'>", declaration_.name.view()), true);
  return {};
}

Result<bool> Loop::changed(Heap& heap, const std::vector<Value>& values) {
  bool same = seen_values_ && values.size() == last_values_.size();
  for (std::size_t i = 0; same && i < values.size(); ++i) {
    PEREGRINE_ASSIGN(same, equals(heap, values[i], last_values_[i]));
  }
  seen_values_ = true;
  last_values_ = values;
  return !same;
}

Value Loop::neighbour(bool next) const {
  const std::vector<Value>& items = items_.items();
  if (next && index_ + 1 < items.size()) return items[index_ + 1];
  if (!next && index_ > 0 && index_ - 1 < items.size()) return items[index_ - 1];
  return Undefined{"", Text::literal(next ? "there is no next item" : "there is no previous item")};
}

std::optional<Value> Loop::position(std::string_view name) const {
  const std::size_t length = items_.items().size();
  if (name == "index") return make_int(index_ + 1);
  if (name == "index0") return make_int(index_);
  if (name == "first") return Value(index_ == 0);
  if (name == "last") return Value(index_ + 1 >= length);
  if (name == "length") return make_int(length);
  if (name == "revindex") return make_int(length - index_);
  if (name == "revindex0") return make_int(length - index_ - 1);
  if (name == "depth") return make_int(depth_ + 1);
  if (name == "depth0") return make_int(depth_);
  return std::nullopt;
}

Result<std::optional<Value>> Loop::attribute(Interpreter& interpreter, std::string_view name) {
  if (std::optional<Value> found = position(name)) return found;
  if (name == "previtem") return std::optional<Value>(neighbour(false));
  if (name == "nextitem") return std::optional<Value>(neighbour(true));
  if (name != "cycle" && name != "changed") return std::optional<Value>();
  Object* self = this;
  PEREGRINE_ASSIGN(Value method,
                   make_function(interpreter.heap(), name == "cycle" ? kLoopCycle : kLoopChanged, self));
  return std::optional<Value>(std::move(method));
}

Result<Value> Loop::call(Interpreter& interpreter, Arguments arguments) {
  if (!statement_.recursive) return type_error("only a loop marked 'recursive' can be called");
  if (arguments.positional.size() != 1 || !arguments.named.empty())
    return type_error("loop() takes one iterable");
  return interpreter.call_loop(statement_, outer_, arguments.positional.front(), depth_ + 1);
}

Status Loop::describe(Heap&, TextBuilder& out, std::size_t) const {
  out.append(fmt::format("<LoopContext {}/{}>", index_ + 1, items_.items().size()), true);
  return {};
}

Value Cycler::next() {
  Value current = items_[position_];
  position_ = (position_ + 1) % items_.size();
  return current;
}

Result<std::optional<Value>> Cycler::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "current") return std::optional<Value>(items_[position_]);
  if (name != "next" && name != "reset") return std::optional<Value>();
  Object* self = this;
  PEREGRINE_ASSIGN(Value method,
                   make_function(interpreter.heap(), name == "next" ? kCyclerNext : kCyclerReset, self));
  return std::optional<Value>(std::move(method));
}

Result<Value> Joiner::call(Interpreter&, Arguments) {
  if (used_) return separator_;
  used_ = true;
  return Value(Text());
}

}  // namespace peregrine::jinja
