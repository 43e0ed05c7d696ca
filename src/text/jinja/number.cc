#include "text/jinja/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/checked.h"

namespace peregrine::jinja {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

tl::unexpected<Error> overflow() {
  return fail(ErrorCode::kResourceExhausted, "the integer does not fit in 64 bits");
}

tl::unexpected<Error> division_by_zero() {
  return type_error("division by zero");
}

Result<Value> from_checked(std::optional<std::int64_t> result) {
  if (!result) return overflow();
  return Value(*result);
}

Result<Value> divide_ints(Arithmetic op, std::int64_t a, std::int64_t b) {
  if (b == 0) return division_by_zero();
  if (b == -1) {  // the one divisor whose quotient can overflow
    if (op == Arithmetic::kModulo) return Value(std::int64_t{0});
    if (a == std::numeric_limits<std::int64_t>::min()) return overflow();
    return Value(-a);
  }
  std::int64_t quotient = a / b;
  std::int64_t remainder = a % b;
  if (remainder != 0 && (remainder < 0) != (b < 0)) {  // Python rounds towards minus infinity
    --quotient;
    remainder += b;
  }
  return Value(op == Arithmetic::kModulo ? remainder : quotient);
}

Result<Value> divide_floats(Arithmetic op, double a, double b) {
  if (b == 0.0) return division_by_zero();
  double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0.0) {
    if ((b < 0) != (remainder < 0)) {
      remainder += b;
      quotient -= 1.0;
    }
  } else {
    remainder = std::copysign(0.0, b);
  }
  if (op == Arithmetic::kModulo) return Value(remainder);
  if (quotient == 0.0) return Value(std::copysign(0.0, a / b));
  double floored = std::floor(quotient);
  if (quotient - floored > 0.5) floored += 1.0;
  return Value(floored);
}

Result<Value> power_floats(double a, double b) {
  if (a == 0.0 && b < 0) return type_error("0.0 cannot be raised to a negative power");
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
    return type_error("a negative number cannot be raised to a fractional power");
  }
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b))
    return type_error("the result is too large");
  return Value(result);
}

Result<Value> power_ints(std::int64_t base, std::int64_t exponent) {
  if (exponent < 0) return power_floats(static_cast<double>(base), static_cast<double>(exponent));
  std::optional<std::int64_t> result = 1;
  std::optional<std::int64_t> square = base;
  while (exponent > 0) {  // at most 63 rounds
    if (exponent % 2 != 0) {
      if (!square) return overflow();
      result = base::checked_mul(*result, *square);
      if (!result) return overflow();
    }
    exponent /= 2;
    if (square) square = base::checked_mul(*square, *square);
  }
  return Value(*result);
}

Result<Value> compute_ints(Arithmetic op, std::int64_t a, std::int64_t b) {
  switch (op) {
    case Arithmetic::kAdd:
      return from_checked(base::checked_add(a, b));
    case Arithmetic::kSubtract: {
      std::int64_t difference;
      if (__builtin_sub_overflow(a, b, &difference)) return overflow();
      return Value(difference);
    }
    case Arithmetic::kMultiply:
      return from_checked(base::checked_mul(a, b));
    case Arithmetic::kDivide:
      if (b == 0) return division_by_zero();
      return Value(static_cast<double>(a) / static_cast<double>(b));
    case Arithmetic::kFloorDivide:
    case Arithmetic::kModulo:
      return divide_ints(op, a, b);
    case Arithmetic::kPower:
      return power_ints(a, b);
  }
  return overflow();
}

Result<Value> compute_floats(Arithmetic op, double a, double b) {
  switch (op) {
    case Arithmetic::kAdd:
      return Value(a + b);
    case Arithmetic::kSubtract:
      return Value(a - b);
    case Arithmetic::kMultiply:
      return Value(a * b);
    case Arithmetic::kDivide:
      if (b == 0.0) return division_by_zero();
      return Value(a / b);
    case Arithmetic::kFloorDivide:
    case Arithmetic::kModulo:
      return divide_floats(op, a, b);
    case Arithmetic::kPower:
      return power_floats(a, b);
  }
  return overflow();
}

std::partial_ordering compare_int_to_double(std::int64_t a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= kTwoTo63) return std::partial_ordering::less;
  if (b < -kTwoTo63) return std::partial_ordering::greater;
  const double whole = std::trunc(b);
  if (const auto order = a <=> static_cast<std::int64_t>(whole); order != 0) return order;
  return 0.0 <=> b - whole;
}

std::string_view strip_ascii_spaces(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\n\v\f\r";
  const std::size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

bool is_ascii_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Python allows one underscore between two digits. Nothing when one stands elsewhere.
std::optional<std::string> without_underscores(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out.push_back(text[i]);
    } else if (i == 0 || i + 1 == text.size() || !is_ascii_alnum(text[i - 1]) ||
               !is_ascii_alnum(text[i + 1])) {
      return std::nullopt;
    }
  }
  return out;
}

// Consumes 0x, 0o or 0b where `base` allows it and settles base 0.
int resolve_base(std::string_view& digits, int base) {
  int prefix_base = 0;
  if (digits.size() > 2 && digits[0] == '0') {
    switch (digits[1]) {
      case 'x':
      case 'X':
        prefix_base = 16;
        break;
      case 'o':
      case 'O':
        prefix_base = 8;
        break;
      case 'b':
      case 'B':
        prefix_base = 2;
        break;
      default:
        break;
    }
  }
  if (prefix_base != 0 && (base == 0 || base == prefix_base)) {
    digits.remove_prefix(2);
    if (digits.front() == '_') digits.remove_prefix(1);
    return prefix_base;
  }
  return base == 0 ? 10 : base;
}

}  // namespace

std::string_view operator_sign(Arithmetic op) {
  constexpr std::array<std::string_view, 7> kSigns = {"+", "-", "*", "/", "//", "%", "**"};
  return kSigns[static_cast<std::size_t>(op)];
}

double as_double(const Value& number) {
  if (const double* real = number.real()) return *real;
  return static_cast<double>(number.as_int().value_or(0));
}

Result<Value> compute(Arithmetic op, const Value& a, const Value& b) {
  const std::optional<std::int64_t> left = a.as_int();
  const std::optional<std::int64_t> right = b.as_int();
  if (left && right) return compute_ints(op, *left, *right);
  return compute_floats(op, as_double(a), as_double(b));
}

Result<Value> negate(const Value& number) {
  if (const double* real = number.real()) return Value(-*real);
  return compute_ints(Arithmetic::kSubtract, 0, number.as_int().value_or(0));
}

Result<Value> absolute(const Value& number) {
  if (const double* real = number.real()) return Value(std::fabs(*real));
  const std::int64_t integer = number.as_int().value_or(0);
  if (integer < 0) return negate(Value(integer));
  return Value(integer);
}

std::partial_ordering compare_numbers(const Value& a, const Value& b) {
  const double* left = a.real();
  const double* right = b.real();
  if (left && right) return *left <=> *right;
  if (left) return 0 <=> compare_int_to_double(b.as_int().value_or(0), *left);
  if (right) return compare_int_to_double(a.as_int().value_or(0), *right);
  return a.as_int().value_or(0) <=> b.as_int().value_or(0);
}

std::strong_ordering compare_numbers_totally(const Value& a, const Value& b) {
  const bool left_nan = a.real() && std::isnan(*a.real());
  const bool right_nan = b.real() && std::isnan(*b.real());
  if (left_nan || right_nan) return left_nan <=> right_nan;
  const std::partial_ordering order = compare_numbers(a, b);
  if (order < 0) return std::strong_ordering::less;
  return order > 0 ? std::strong_ordering::greater : std::strong_ordering::equal;
}

Result<std::int64_t> truncate_to_int(double value) {
  if (!std::isfinite(value)) return type_error("cannot convert float infinity or NaN to integer");
  if (value >= kTwoTo63 || value < -kTwoTo63) return overflow();
  return static_cast<std::int64_t>(value);
}

std::string format_float(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 40> buffer;
  const auto write = [&](std::chars_format format) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format).ptr;
    return std::string(buffer.data(), end);
  };
  std::string scientific = write(std::chars_format::scientific);
  const std::size_t e = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + e + 1);

  constexpr int kScientificFrom = 16;
  constexpr int kScientificBelow = -4;
  if (exponent >= kScientificFrom || exponent < kScientificBelow) return scientific;
  std::string fixed = write(std::chars_format::fixed);
  if (fixed.find('.') == std::string::npos) fixed += ".0";
  return fixed;
}

Result<std::optional<std::int64_t>> parse_int(std::string_view text, int base) {
  const std::optional<std::int64_t> none;
  text = strip_ascii_spaces(text);
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const bool any_base = base == 0;
  base = resolve_base(text, base);
  const std::optional<std::string> digits = without_underscores(text);
  if (!digits || digits->empty() || digits->front() == '-') return none;
  if (any_base && base == 10 && digits->front() == '0' &&
      digits->find_first_not_of('0') != std::string::npos) {
    return none;  // base 0 refuses old octal literals
  }
  const std::string signed_digits = negative ? "-" + *digits : *digits;
  std::int64_t value = 0;
  const char* end = signed_digits.data() + signed_digits.size();
  const auto parsed = std::from_chars(signed_digits.data(), end, value, base);
  if (parsed.ptr != end) return none;
  if (parsed.ec == std::errc::result_out_of_range) return overflow();
  if (parsed.ec != std::errc()) return none;
  return std::optional<std::int64_t>(value);
}

std::optional<double> parse_float(std::string_view text) {
  text = strip_ascii_spaces(text);
  const std::optional<std::string> plain = without_underscores(text);
  if (!plain) return std::nullopt;
  std::string_view digits = *plain;
  bool negative = false;
  if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) {
    negative = digits.front() == '-';
    digits.remove_prefix(1);
  }
  if (digits.empty() || digits.front() == '-') return std::nullopt;
  if (digits.find('(') != std::string_view::npos) return std::nullopt;  // from_chars reads C's nan(...)
  double value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (parsed.ptr != digits.data() + digits.size()) return std::nullopt;
  if (parsed.ec == std::errc::result_out_of_range) {
    // Too large or too small to tell apart here; strtod gives infinity or zero, as Python does.
    value = std::strtod(std::string(digits).c_str(), nullptr);
  } else if (parsed.ec != std::errc()) {
    return std::nullopt;
  }
  return negative ? -value : value;
}

double round_to_digits(double value, std::int64_t digits) {
  constexpr std::int64_t kMostDigits = 323;  // beyond these a double has no more to round
  constexpr std::int64_t kFewestDigits = -308;
  if (!std::isfinite(value) || digits > kMostDigits) return value;
  if (digits < kFewestDigits) return std::copysign(0.0, value);
  if (digits >= 0) {
    // printf and strtod both round correctly, which scaling by a power of ten would not.
    const std::string rounded = fmt::format("{:.{}f}", value, static_cast<int>(digits));
    return std::strtod(rounded.c_str(), nullptr);
  }
  const double scale = std::pow(10.0, static_cast<double>(-digits));
  return std::nearbyint(value / scale) * scale;
}

}  // namespace peregrine::jinja
