// The tests behind `is`.

#include <fmt/format.h>

#include "text/jinja/builtin.h"
#include "text/jinja/format.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"
#include "text/jinja/unicode.h"

namespace peregrine::jinja {
namespace {

template <bool (*kHolds)(const Value&)>
Result<Value> is_kind(Interpreter&, const Value& self, const BoundArguments&) {
  return Value(kHolds(self));
}

template <Comparison kOp>
Result<Value> is_compared(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const bool holds, compare(interpreter.heap(), kOp, self, *arguments.get(0)));
  return Value(holds);
}

bool is_iterable(const Value& value) {
  return value.text() || value.sequence() || value.dict() || value.is_undefined();
}

bool is_sequence(const Value& value) {
  return value.text() || value.dict() || value.is_undefined() ||
         (value.sequence() && value.sequence()->indexable());
}

// An undefined value counts: it has the call operator of its Python class, which raises.
bool is_callable(const Value& value) {
  return value.is_undefined() || (value.object() != nullptr && value.object()->callable());
}

// The remainder of a division, for odd, even and divisibleby.
Result<bool> remainder_is(Heap& heap, const Value& number, const Value& divisor, std::int64_t remainder) {
  if (number.text()) return type_error("a number is needed, not str");
  PEREGRINE_ASSIGN(const Value rest, apply(heap, Arithmetic::kModulo, number, divisor));
  return equals(heap, rest, Value(remainder));
}

template <std::int64_t kRemainder>
Result<Value> is_parity(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(const bool holds,
                   remainder_is(interpreter.heap(), self, Value(std::int64_t{2}), kRemainder));
  return Value(holds);
}

Result<Value> is_divisible_by(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  PEREGRINE_ASSIGN(const bool holds, remainder_is(interpreter.heap(), self, *arguments.get(0), 0));
  return Value(holds);
}

// Identity: scalars of one type are the same when they are equal, containers when they are one object.
Result<Value> is_same_as(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  const Value& other = *arguments.get(0);
  if (self.sequence() || self.dict() || self.object()) {
    return Value(self.sequence() == other.sequence() && self.dict() == other.dict() &&
                 self.object() == other.object());
  }
  if (type_name(self) != type_name(other)) return Value(false);
  PEREGRINE_ASSIGN(const bool equal, equals(interpreter.heap(), self, other));
  return Value(equal);
}

// Whether every cased character, and at least one, has the case.
template <bool kUpper>
Result<Value> is_in_case(Interpreter& interpreter, const Value& self, const BoundArguments&) {
  PEREGRINE_ASSIGN(const Text text, to_text(interpreter.heap(), self));
  PEREGRINE_TRY(interpreter.heap().walk(text.length()));
  bool any = false;
  for (CodePoints points(text); points.next();) {
    const char32_t c = points.value();
    if (kUpper ? (is_lower(c) || is_title(c)) : (is_upper(c) || is_title(c))) return Value(false);
    any = any || (kUpper ? is_upper(c) : is_lower(c));
  }
  return Value(any);
}

template <const Builtin* (*kFind)(std::string_view)>
Result<Value> is_known(Interpreter&, const Value& self, const BoundArguments&) {
  return Value(self.text() != nullptr && kFind(self.text()->view()) != nullptr);
}

constexpr std::array<std::string_view, kMaxParameters> kOther = {"other"};

template <Comparison kOp>
constexpr Builtin comparison(std::string_view name) {
  return {.name = name, .function = is_compared<kOp>, .parameters = kOther, .required = 1};
}

template <bool (*kHolds)(const Value&)>
constexpr Builtin kind(std::string_view name) {
  return {.name = name, .function = is_kind<kHolds>};
}

constexpr Builtin kTests[] = {
    kind<[](const Value& v) { return v.boolean() != nullptr; }>("boolean"),
    kind<is_callable>("callable"),
    kind<[](const Value& v) { return !v.is_undefined(); }>("defined"),
    kind<[](const Value&) { return false; }>("escaped"),  // nothing is: chat templates do not escape for HTML
    kind<[](const Value& v) { return v.boolean() != nullptr && !*v.boolean(); }>("false"),
    kind<[](const Value& v) { return v.real() != nullptr; }>("float"),
    kind<[](const Value& v) { return v.integer() != nullptr; }>("integer"),
    kind<is_iterable>("iterable"),
    kind<[](const Value& v) { return v.dict() != nullptr; }>("mapping"),
    kind<[](const Value& v) { return v.is_none(); }>("none"),
    kind<[](const Value& v) { return v.is_number(); }>("number"),
    kind<is_sequence>("sequence"),
    kind<[](const Value& v) { return v.text() != nullptr; }>("string"),
    kind<[](const Value& v) { return v.boolean() != nullptr && *v.boolean(); }>("true"),
    kind<[](const Value& v) { return v.is_undefined(); }>("undefined"),
    comparison<Comparison::kEqual>("=="),
    comparison<Comparison::kEqual>("eq"),
    comparison<Comparison::kEqual>("equalto"),
    comparison<Comparison::kNotEqual>("!="),
    comparison<Comparison::kNotEqual>("ne"),
    comparison<Comparison::kLess>("<"),
    comparison<Comparison::kLess>("lt"),
    comparison<Comparison::kLess>("lessthan"),
    comparison<Comparison::kLessEqual>("<="),
    comparison<Comparison::kLessEqual>("le"),
    comparison<Comparison::kGreater>(">"),
    comparison<Comparison::kGreater>("gt"),
    comparison<Comparison::kGreater>("greaterthan"),
    comparison<Comparison::kGreaterEqual>(">="),
    comparison<Comparison::kGreaterEqual>("ge"),
    comparison<Comparison::kIn>("in"),
    {.name = "divisibleby", .function = is_divisible_by, .parameters = {"num"}, .required = 1},
    {.name = "even", .function = is_parity<0>},
    {.name = "filter", .function = is_known<find_filter>},
    {.name = "lower", .function = is_in_case<false>},
    {.name = "odd", .function = is_parity<1>},
    {.name = "sameas", .function = is_same_as, .parameters = kOther, .required = 1},
    {.name = "test", .function = is_known<find_test>},
    {.name = "upper", .function = is_in_case<true>},
};

}  // namespace

std::span<const Builtin> tests() {
  return kTests;
}

}  // namespace peregrine::jinja
