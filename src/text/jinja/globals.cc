// The functions every template can call.

#include <fmt/format.h>

#include "base/utf8.h"
#include "text/jinja/builtin.h"
#include "text/jinja/callables.h"
#include "text/jinja/format.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"

namespace peregrine::jinja {
namespace {

constexpr std::size_t kMaxRaisedBytes = 4096;  // of a raise_exception message

// range(stop), range(start, stop) or range(start, stop, step)
Result<Value> make_range(Interpreter& interpreter, const Value&, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  PEREGRINE_ASSIGN(const std::int64_t first, arguments.integer(0, 0));
  PEREGRINE_ASSIGN(const std::int64_t second, arguments.integer(1, 0));
  PEREGRINE_ASSIGN(const std::int64_t step, arguments.integer(2, 1));
  const std::int64_t start = arguments.has(1) ? first : 0;
  const std::int64_t stop = arguments.has(1) ? second : first;
  if (step == 0) return type_error("range() step must not be zero");
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kRange));
  std::int64_t value = start;
  while (step > 0 ? value < stop : value > stop) {
    PEREGRINE_TRY(heap.step());
    PEREGRINE_TRY(out->append(heap, Value(value)));
    if (__builtin_add_overflow(value, step, &value)) break;
  }
  return Value(out);
}

Result<Value> new_dict(Interpreter& interpreter, const Value&, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(Dict * out, make_dict(interpreter.heap()));
  PEREGRINE_TRY(fill_dict(interpreter.heap(), *out, arguments.all()));
  return Value(out);
}

Result<Value> new_namespace(Interpreter& interpreter, const Value&, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(Dict * attributes, make_dict(interpreter.heap()));
  PEREGRINE_TRY(fill_dict(interpreter.heap(), *attributes, arguments.all()));
  PEREGRINE_ASSIGN(Object * out, interpreter.heap().make<Namespace>(attributes));
  return Value(out);
}

Result<Value> new_cycler(Interpreter& interpreter, const Value&, const BoundArguments& arguments) {
  const std::vector<Value>& items = arguments.all().positional;
  if (items.empty()) return type_error("cycler needs at least one item");
  PEREGRINE_TRY(interpreter.heap().charge(items.size() * sizeof(Value)));
  PEREGRINE_ASSIGN(Object * out, interpreter.heap().make<Cycler>(items));
  return Value(out);
}

Result<Value> new_joiner(Interpreter& interpreter, const Value&, const BoundArguments& arguments) {
  const Value separator = arguments.has(0) ? *arguments.get(0) : Value(Text::literal(", "));
  PEREGRINE_ASSIGN(Object * out, interpreter.heap().make<Joiner>(separator));
  return Value(out);
}

Result<Value> raise_exception(Interpreter& interpreter, const Value&, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const Text message, to_text(interpreter.heap(), *arguments.get(0)));
  const std::string_view head = message.view().substr(0, kMaxRaisedBytes);
  return fail(ErrorCode::kInvalidArgument, std::string(head.substr(0, base::utf8_complete_prefix(head))));
}

Result<Value> strftime_now(Interpreter& interpreter, const Value&, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const Text format, arguments.text(0));
  PEREGRINE_TRY(interpreter.heap().walk(format.size()));
  PEREGRINE_ASSIGN(Text text, format_time(interpreter.heap(), format, interpreter.local_time()));
  return Value(std::move(text));
}

constexpr Builtin kGlobals[] = {
    {.name = "cycler", .function = new_cycler, .variadic = true},
    {.name = "dict", .function = new_dict, .variadic = true},
    {.name = "joiner", .function = new_joiner, .parameters = {"sep"}},
    {.name = "namespace", .function = new_namespace, .variadic = true},
    {.name = "raise_exception", .function = raise_exception, .parameters = {"message"}, .required = 1},
    {.name = "range", .function = make_range, .parameters = {"start", "stop", "step"}, .required = 1},
    {.name = "strftime_now", .function = strftime_now, .parameters = {"format"}, .required = 1},
};

}  // namespace

std::span<const Builtin> globals() {
  return kGlobals;
}

}  // namespace peregrine::jinja
