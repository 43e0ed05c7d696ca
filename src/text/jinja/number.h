// Numbers as Python computes, compares, reads and writes them, within 64 bits.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

enum class Arithmetic { kAdd, kSubtract, kMultiply, kDivide, kFloorDivide, kModulo, kPower };

std::string_view operator_sign(Arithmetic op);

// Both operands must be numbers (Value::is_number). Errors: kInvalidArgument for a division by zero or a
// result that is not real, kResourceExhausted for an integer that does not fit in 64 bits.
Result<Value> compute(Arithmetic op, const Value& a, const Value& b);
Result<Value> negate(const Value& number);
Result<Value> absolute(const Value& number);

// Exact, also between an integer and a float; unordered when either is not a number.
std::partial_ordering compare_numbers(const Value& a, const Value& b);
// The same, with "not a number" equal to itself and above all else.
std::strong_ordering compare_numbers_totally(const Value& a, const Value& b);

double as_double(const Value& number);

// The integer part. Errors: kInvalidArgument for a float that has none, kResourceExhausted over 64 bits.
Result<std::int64_t> truncate_to_int(double value);

// float.__repr__: the shortest digits that read back as the same value.
std::string format_float(double value);

// int(text, base) and float(text); nothing when the text is no such number. Bases 0 and 2 to 36.
// An integer over 64 bits is an error.
Result<std::optional<std::int64_t>> parse_int(std::string_view text, int base);
std::optional<double> parse_float(std::string_view text);

// round(value, digits): half to even on the exact decimal expansion.
double round_to_digits(double value, std::int64_t digits);

}  // namespace peregrine::jinja
