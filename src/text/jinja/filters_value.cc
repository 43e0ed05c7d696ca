// Filters on single values: numbers, defaults, JSON.

#include <fmt/format.h>

#include <cmath>

#include "text/jinja/access.h"
#include "text/jinja/builtin.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/json_io.h"
#include "text/jinja/number.h"
#include "text/jinja/operators.h"
#include "text/jinja/text_ops.h"

namespace peregrine::jinja {
namespace {

Result<Value> filter_abs(Interpreter&, const Value& self, const BoundArguments&) {
  if (const Undefined* undefined = self.undefined()) return undefined_error(*undefined);
  if (!self.is_number()) return type_error(fmt::format("abs needs a number, not {}", type_name(self)));
  return absolute(self);
}

// attr(name): an attribute proper, never an item.
Result<Value> filter_attr(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  if (const Undefined* undefined = self.undefined()) return undefined_error(*undefined);
  PEREGRINE_ASSIGN(const Text name, arguments.text(0));
  PEREGRINE_ASSIGN(const std::optional<Value> found, find_attribute(interpreter, self, name.view()));
  return found ? *found : Value(Undefined{"object", name});
}

// default(value='', boolean=false)
Result<Value> filter_default(Interpreter&, const Value& self, const BoundArguments& arguments) {
  if (!self.is_undefined() && (!arguments.flag(1, false) || is_true(self))) return self;
  return arguments.has(0) ? *arguments.get(0) : Value(Text());
}

// float(default=0.0)
Result<Value> filter_float(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  if (const Undefined* undefined = self.undefined()) return undefined_error(*undefined);
  if (self.is_number()) return Value(as_double(self));
  if (const Text* text = self.text()) {
    PEREGRINE_TRY(interpreter.heap().touch(text->size()));
    if (const auto number = parse_float(text->view())) return Value(*number);
  }
  return arguments.has(0) ? *arguments.get(0) : Value(0.0);
}

Result<Value> float_to_int(double number, const Value& fallback) {
  if (std::isnan(number)) return fallback;
  PEREGRINE_ASSIGN(const std::int64_t integer, truncate_to_int(number));
  return Value(integer);
}

// int(default=0, base=10)
Result<Value> filter_int(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  if (const Undefined* undefined = self.undefined()) return undefined_error(*undefined);
  Value fallback = arguments.has(0) ? *arguments.get(0) : Value(std::int64_t{0});
  if (const auto integer = self.as_int()) return Value(*integer);
  if (const double* real = self.real()) return float_to_int(*real, fallback);
  const Text* text = self.text();
  if (text == nullptr) return fallback;
  PEREGRINE_TRY(interpreter.heap().touch(text->size()));
  PEREGRINE_ASSIGN(const std::int64_t base, arguments.integer(1, 10));
  if (base == 0 || (base >= 2 && base <= 36)) {
    PEREGRINE_ASSIGN(const auto integer, parse_int(text->view(), static_cast<int>(base)));
    if (integer) return Value(*integer);
  }
  if (const auto number = parse_float(text->view())) return float_to_int(*number, fallback);
  return fallback;
}

// round(precision=0, method='common')
Result<Value> filter_round(Interpreter&, const Value& self, const BoundArguments& arguments) {
  if (const Undefined* undefined = self.undefined()) return undefined_error(*undefined);
  if (!self.is_number()) return type_error(fmt::format("round needs a number, not {}", type_name(self)));
  PEREGRINE_ASSIGN(const std::int64_t precision, arguments.integer(0, 0));
  PEREGRINE_ASSIGN(const Text method, arguments.text(1, Text::literal("common")));
  if (method.view() == "common") {
    if (self.real()) return Value(round_to_digits(*self.real(), precision));
    if (precision >= 0) return Value(*self.as_int());
    return float_to_int(round_to_digits(as_double(self), precision), self);
  }
  if (method.view() != "ceil" && method.view() != "floor")
    return type_error("round methods are common, ceil and floor");
  const double scale = std::pow(10.0, static_cast<double>(precision));
  const double scaled = as_double(self) * scale;
  if (!std::isfinite(scaled) || scale == 0.0) return type_error("round cannot scale its number");
  return Value((method.view() == "ceil" ? std::ceil(scaled) : std::floor(scaled)) / scale);
}

// The separators argument: two strings.
Status read_separators(const Value& value, JsonStyle& style) {
  const Sequence* pair = value.sequence();
  if (pair == nullptr || pair->items().size() != 2 || !pair->items()[0].text() || !pair->items()[1].text()) {
    return type_error("separators are two strings");
  }
  style.item_separator = *pair->items()[0].text();
  style.key_separator = *pair->items()[1].text();
  return {};
}

// tojson(ensure_ascii=false, indent=none, separators=none, sort_keys=false), as model hubs define it: unlike
// Jinja's own it escapes nothing for HTML and keeps the order of keys.
Result<Value> filter_tojson(Interpreter& interpreter, const Value& self, const BoundArguments& arguments) {
  Heap& heap = interpreter.heap();
  JsonStyle style;
  style.ascii = arguments.flag(0, false);
  style.sort_keys = arguments.flag(3, false);
  const Value indent = arguments.value(1);
  if (indent.text()) {
    style.indent = *indent.text();
  } else if (!indent.is_none()) {
    PEREGRINE_ASSIGN(const std::int64_t width, arguments.integer(1, 0));
    PEREGRINE_ASSIGN(style.indent, pad(heap, Text(), width, Text::literal(" "), Side::kLeft));
  }
  style.item_separator = Text::literal(style.indent ? "," : ", ");
  style.key_separator = Text::literal(": ");
  if (!arguments.value(2).is_none()) PEREGRINE_TRY(read_separators(arguments.value(2), style));
  PEREGRINE_ASSIGN(Text json, to_json(heap, self, style));
  return Value(std::move(json));
}

constexpr Builtin kFilters[] = {
    {.name = "abs", .function = filter_abs},
    {.name = "attr", .function = filter_attr, .parameters = {"name"}, .required = 1},
    {.name = "d", .function = filter_default, .parameters = {"default_value", "boolean"}},
    {.name = "default", .function = filter_default, .parameters = {"default_value", "boolean"}},
    {.name = "float", .function = filter_float, .parameters = {"default"}},
    {.name = "int", .function = filter_int, .parameters = {"default", "base"}},
    {.name = "round", .function = filter_round, .parameters = {"precision", "method"}},
    {.name = "tojson",
     .function = filter_tojson,
     .parameters = {"ensure_ascii", "indent", "separators", "sort_keys"}},
};

}  // namespace

std::span<const Builtin> value_filters() {
  return kFilters;
}

}  // namespace peregrine::jinja
