// JSON numbers and ranges of them, as texts.
//
// Integers are written without fraction and exponent, numbers within bounds without exponent and with at most
// kMaxDecimalDigits digits, so that whoever reads them as doubles finds them on the right side of the bound.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/regex/expr_pool.h"

namespace peregrine::grammar {

// A decimal number without exponent: no leading zeros in `whole` (empty for zero), no trailing ones in
// `fraction`; zero is not negative.
struct Decimal {
  bool negative = false;
  std::string whole;
  std::string fraction;

  bool is_integer() const { return fraction.empty(); }
  // Canonical JSON text: "-0.5".
  std::string text() const;
};

// Numbers as RFC 8259 writes them; nothing if it has more than kMaxNumberDigits digits written out.
std::optional<Decimal> parse_decimal(std::string_view json_number);
std::strong_ordering compare(const Decimal& a, const Decimal& b);

struct NumberBound {
  Decimal value;
  bool exclusive = false;
};
struct NumberRange {
  std::optional<NumberBound> min;
  std::optional<NumberBound> max;
};

// The narrower of two bounds.
void narrow_min(NumberRange& range, const NumberBound& bound);
void narrow_max(NumberRange& range, const NumberBound& bound);
bool contains(const NumberRange& range, const Decimal& value);

// Any number, RFC 8259.
Expr json_number(ExprPool& pool);
Expr number_in(ExprPool& pool, const NumberRange& range);
Expr integer_in(ExprPool& pool, const NumberRange& range);

}  // namespace peregrine::grammar
