#include "grammar/regex/numbers.h"

#include <algorithm>

#include "grammar/limits.h"

namespace peregrine::grammar {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

std::strong_ordering compare_magnitude(const Decimal& a, const Decimal& b) {
  if (a.whole.size() != b.whole.size()) return a.whole.size() <=> b.whole.size();
  if (a.whole != b.whole) return a.whole <=> b.whole;
  return a.fraction <=> b.fraction;
}

// Builds texts of non-negative decimals on one side of a bound.
class Side {
 public:
  Side(ExprPool& pool, bool with_fraction) : pool_(pool), with_fraction_(with_fraction) {
    digit_ = digits('0', '9');
    digits_ = pool_.repeat(digit_, 0, kUnbounded);
    fraction_ = pool_.optional(pool_.concat(pool_.byte('.'), pool_.repeat(digit_, 1, kUnbounded)));
    if (!with_fraction) fraction_ = kEpsilon;
  }

  // At least `bound`, or more than it.
  Expr above(const Decimal& bound, bool exclusive) {
    std::vector<Expr> ways;
    const std::string whole = bound.whole.empty() ? "0" : bound.whole;
    // More digits.
    ways.push_back(
        pool_.concat({digits('1', '9'), pool_.repeat(digit_, count(whole), kUnbounded), fraction_}));
    if (whole == "0") ways.push_back(pool_.concat(digits('1', '9'), fraction_));
    // As many, larger at some digit.
    for (std::size_t i = 0; whole != "0" && i < whole.size(); ++i) {
      if (whole[i] == '9') continue;
      ways.push_back(pool_.concat(
          {pool_.literal(whole.substr(0, i)), digits(whole[i] + 1, '9'),
           pool_.repeat(digit_, count(whole) - count(i) - 1, count(whole) - count(i) - 1), fraction_}));
    }
    ways.push_back(pool_.concat(pool_.literal(whole), fraction_above(bound.fraction, exclusive)));
    return pool_.either(ways);
  }

  // At most `bound`, or less than it.
  Expr below(const Decimal& bound, bool exclusive) {
    std::vector<Expr> ways;
    const std::string whole = bound.whole.empty() ? "0" : bound.whole;
    if (whole != "0") {
      ways.push_back(pool_.concat(pool_.byte('0'), fraction_));
      if (whole.size() > 1) {
        ways.push_back(
            pool_.concat({digits('1', '9'), pool_.repeat(digit_, 0, count(whole) - 2), fraction_}));
      }
      for (std::size_t i = 0; i < whole.size(); ++i) {
        const char low = i == 0 ? '1' : '0';
        if (whole[i] <= low) continue;
        ways.push_back(pool_.concat(
            {pool_.literal(whole.substr(0, i)), digits(low, whole[i] - 1),
             pool_.repeat(digit_, count(whole) - count(i) - 1, count(whole) - count(i) - 1), fraction_}));
      }
    }
    ways.push_back(pool_.concat(pool_.literal(whole), fraction_below(bound.fraction, exclusive)));
    return pool_.either(ways);
  }

 private:
  static std::uint32_t count(const std::string& text) { return static_cast<std::uint32_t>(text.size()); }
  static std::uint32_t count(std::size_t n) { return static_cast<std::uint32_t>(n); }

  Expr digits(int first, int last) {
    return first > last
               ? kNothing
               : pool_.bytes(ByteSet::range(static_cast<unsigned>(first), static_cast<unsigned>(last)));
  }

  // ".d..." (or nothing) whose value is at least (more than) 0.`bound`.
  Expr fraction_above(const std::string& bound, bool exclusive) {
    if (!with_fraction_) return bound.empty() && !exclusive ? kEpsilon : kNothing;
    Expr e = exclusive
                 ? pool_.concat({pool_.repeat(pool_.byte('0'), 0, kUnbounded), digits('1', '9'), digits_})
                 : digits_;
    for (std::size_t i = bound.size(); i-- > 0;) {
      e = pool_.either({pool_.concat(digits(bound[i] + 1, '9'), digits_),
                        pool_.concat(pool_.byte(static_cast<unsigned char>(bound[i])), e)});
    }
    const bool zero_fits = bound.empty() && !exclusive;
    return with_point(e, zero_fits);
  }

  Expr fraction_below(const std::string& bound, bool exclusive) {
    if (!with_fraction_) return bound.empty() && exclusive ? kNothing : kEpsilon;
    // After the bound's digits only zeros are left; ending earlier is less.
    const Expr zeros = pool_.repeat(pool_.byte('0'), 0, kUnbounded);
    Expr e = exclusive ? kNothing : zeros;
    for (std::size_t i = bound.size(); i-- > 0;) {
      e = pool_.either({kEpsilon, pool_.concat(digits('0', bound[i] - 1), digits_),
                        pool_.concat(pool_.byte(static_cast<unsigned char>(bound[i])), e)});
    }
    const bool zero_fits = !bound.empty() || !exclusive;
    return with_point(e, zero_fits);
  }

  // `digits_after` behind a point, at least one digit.
  Expr with_point(Expr digits_after, bool zero_fits) {
    const Expr some = pool_.both({digits_after, pool_.repeat(digit_, 1, kUnbounded)});
    const Expr fraction = pool_.concat(pool_.byte('.'), some);
    return zero_fits ? pool_.optional(fraction) : fraction;
  }

  ExprPool& pool_;
  bool with_fraction_;
  Expr digit_ = kNothing;
  Expr digits_ = kNothing;
  Expr fraction_ = kNothing;
};

Decimal magnitude(Decimal value) {
  value.negative = false;
  return value;
}

Expr at_least(ExprPool& pool, Side& side, const NumberBound& bound, Expr any) {
  const Expr minus = pool.byte('-');
  if (bound.value.negative) {
    return pool.either({any, pool.concat(minus, side.below(magnitude(bound.value), bound.exclusive))});
  }
  return side.above(bound.value, bound.exclusive);
}

Expr at_most(ExprPool& pool, Side& side, const NumberBound& bound, Expr any) {
  const Expr minus = pool.byte('-');
  if (bound.value.negative) {
    return pool.concat(minus, side.above(magnitude(bound.value), bound.exclusive));
  }
  // Less than zero leaves -0 out.
  const bool below_zero = bound.exclusive && bound.value.whole.empty() && bound.value.fraction.empty();
  const Expr negative = below_zero ? side.above(bound.value, true) : any;
  return pool.either({pool.concat(minus, negative), side.below(bound.value, bound.exclusive)});
}

Expr in_range(ExprPool& pool, const NumberRange& range, bool with_fraction) {
  const Expr digit = pool.bytes(ByteSet::range('0', '9'));
  Expr any = pool.either(
      {pool.byte('0'), pool.concat(pool.bytes(ByteSet::range('1', '9')), pool.repeat(digit, 0, kUnbounded))});
  if (with_fraction) {
    any = pool.concat(any, pool.optional(pool.concat(pool.byte('.'), pool.repeat(digit, 1, kUnbounded))));
  }
  Side side(pool, with_fraction);
  std::size_t most = with_fraction ? kMaxDecimalDigits : kMaxIntegerDigits;
  std::vector<Expr> parts;
  if (range.min) {
    parts.push_back(at_least(pool, side, *range.min, any));
    most = std::max(most, range.min->value.whole.size() + 1);
  }
  if (range.max) {
    parts.push_back(at_most(pool, side, *range.max, any));
    most = std::max(most, range.max->value.whole.size());
  }
  if (parts.empty()) parts.push_back(pool.concat(pool.optional(pool.byte('-')), any));
  // At most so many digits in all.
  const Expr point_digit = pool.concat(pool.optional(pool.byte('.')), digit);
  parts.push_back(pool.concat(pool.optional(pool.byte('-')),
                              pool.repeat(point_digit, 1, static_cast<std::uint32_t>(most))));
  return pool.both(parts);
}

}  // namespace

std::string Decimal::text() const {
  std::string out = negative ? "-" : "";
  out += whole.empty() ? "0" : whole;
  if (!fraction.empty()) out += '.' + fraction;
  return out;
}

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal value;
  if (text.starts_with('-')) {
    value.negative = true;
    text.remove_prefix(1);
  }
  std::string digits(take_digits(text));
  if (digits.empty()) return std::nullopt;
  auto point = static_cast<long>(digits.size());
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    digits += take_digits(text);
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    const bool down = text.starts_with('-');
    if (down || text.starts_with('+')) text.remove_prefix(1);
    long exponent = 0;
    for (const char c : take_digits(text)) exponent = std::min(exponent * 10 + (c - '0'), 100'000L);
    point += down ? -exponent : exponent;
  }
  if (!text.empty() || digits.size() > kMaxNumberDigits) return std::nullopt;
  if (digits.find_first_not_of('0') == std::string::npos) return Decimal{};
  if (point < -kMaxNumberDigits || point > kMaxNumberDigits) return std::nullopt;
  if (point < 0) {
    digits.insert(0, static_cast<std::size_t>(-point), '0');
    point = 0;
  }
  if (static_cast<std::size_t>(point) > digits.size()) digits.resize(static_cast<std::size_t>(point), '0');
  value.whole = digits.substr(0, static_cast<std::size_t>(point));
  value.whole.erase(0, std::min(value.whole.find_first_not_of('0'), value.whole.size()));
  value.fraction = digits.substr(static_cast<std::size_t>(point));
  value.fraction.erase(value.fraction.find_last_not_of('0') + 1);
  return value;
}

std::strong_ordering compare(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative) return b.negative <=> a.negative;
  return a.negative ? compare_magnitude(b, a) : compare_magnitude(a, b);
}

void narrow_min(NumberRange& range, const NumberBound& bound) {
  const auto order = range.min ? compare(bound.value, range.min->value) : std::strong_ordering::greater;
  if (order > 0 || (order == 0 && bound.exclusive)) range.min = bound;
}

void narrow_max(NumberRange& range, const NumberBound& bound) {
  const auto order = range.max ? compare(bound.value, range.max->value) : std::strong_ordering::less;
  if (order < 0 || (order == 0 && bound.exclusive)) range.max = bound;
}

bool contains(const NumberRange& range, const Decimal& value) {
  if (range.min) {
    const auto order = compare(value, range.min->value);
    if (order < 0 || (order == 0 && range.min->exclusive)) return false;
  }
  if (range.max) {
    const auto order = compare(value, range.max->value);
    if (order > 0 || (order == 0 && range.max->exclusive)) return false;
  }
  return true;
}

Expr json_number(ExprPool& pool) {
  const Expr digit = pool.bytes(ByteSet::range('0', '9'));
  const Expr digits = pool.repeat(digit, 1, kUnbounded);
  const Expr whole = pool.either(
      {pool.byte('0'), pool.concat(pool.bytes(ByteSet::range('1', '9')), pool.repeat(digit, 0, kUnbounded))});
  const Expr fraction = pool.concat(pool.byte('.'), digits);
  const Expr sign = pool.either({pool.byte('+'), pool.byte('-')});
  const Expr exponent =
      pool.concat({pool.either({pool.byte('e'), pool.byte('E')}), pool.optional(sign), digits});
  return pool.concat(
      {pool.optional(pool.byte('-')), whole, pool.optional(fraction), pool.optional(exponent)});
}

Expr number_in(ExprPool& pool, const NumberRange& range) {
  return in_range(pool, range, true);
}
Expr integer_in(ExprPool& pool, const NumberRange& range) {
  return in_range(pool, range, false);
}

}  // namespace peregrine::grammar
