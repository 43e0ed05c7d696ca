#include <fmt/format.h>

#include <cmath>

#include "base/utf8.h"
#include "text/jinja/format.h"
#include "text/jinja/format_spec.h"
#include "text/jinja/number.h"

namespace peregrine::jinja {
namespace {

class PercentFormatter {
 public:
  PercentFormatter(Heap& heap, const Text& format, const Value& operand)
      : heap_(heap), format_(format), text_(format.view()), operand_(operand), out_(heap) {
    const Sequence* sequence = operand.sequence();
    if (sequence && sequence->kind() == Sequence::Kind::kTuple) tuple_ = sequence;
  }

  Result<Text> run();

 private:
  Status convert();
  Result<Value> mapped_value();
  Result<Value> next_value();
  Result<std::size_t> parse_size(std::size_t limit);
  Status append(const Value& value, const FormatSpec& spec);
  Status append_integer(const Value& value, FormatSpec spec);

  Heap& heap_;
  const Text& format_;
  const std::string_view text_;
  const Value& operand_;
  const Sequence* tuple_ = nullptr;  // the operand, when it lists several values
  std::size_t used_ = 0;
  std::size_t at_ = 0;
  TextBuilder out_;
};

Result<Text> PercentFormatter::run() {
  while (at_ < text_.size()) {
    const std::size_t sign = std::min(text_.find('%', at_), text_.size());
    out_.append(format_, at_, sign);
    at_ = sign;
    if (at_ < text_.size()) PEREGRINE_TRY(convert());
    PEREGRINE_TRY(out_.status());
  }
  const std::size_t given = tuple_ ? tuple_->items().size() : 1;
  // What could be indexed may stay unused, as a source of named values that happens to have none asked for.
  const bool spare_allowed = !tuple_ && (operand_.dict() || operand_.sequence() || operand_.is_undefined());
  if (used_ < given && !spare_allowed)
    return type_error("not all arguments converted during string formatting");
  return out_.finish();
}

Result<Value> PercentFormatter::next_value() {
  const std::size_t given = tuple_ ? tuple_->items().size() : 1;
  if (used_ >= given) return type_error("not enough arguments for format string");
  ++used_;
  return tuple_ ? tuple_->items()[used_ - 1] : operand_;
}

// %(key)s
Result<Value> PercentFormatter::mapped_value() {
  const std::size_t end = text_.find(')', at_);
  if (end == std::string_view::npos) return type_error("incomplete format key");
  if (!operand_.dict()) return type_error("format requires a mapping");
  const Value* found = operand_.dict()->find(text_.substr(at_ + 1, end - at_ - 1));
  if (found == nullptr) return type_error("the format key is not in the mapping");
  at_ = end + 1;
  used_ = 1;
  return *found;
}

Result<std::size_t> PercentFormatter::parse_size(std::size_t limit) {
  if (at_ >= text_.size() || text_[at_] != '*') return parse_count(text_, at_, limit);
  ++at_;
  PEREGRINE_ASSIGN(const Value value, next_value());
  const auto size = value.as_int();
  if (!size || *size < 0) return type_error("* wants a non-negative integer");
  if (static_cast<std::uint64_t>(*size) > limit) {
    return fail(ErrorCode::kResourceExhausted, fmt::format("a width or precision is over {}", limit));
  }
  return static_cast<std::size_t>(*size);
}

Status PercentFormatter::convert() {
  const std::size_t begin = at_++;
  std::optional<Value> value;
  if (at_ < text_.size() && text_[at_] == '(') {
    PEREGRINE_ASSIGN(value, mapped_value());
  }
  FormatSpec spec;
  bool zero = false;
  for (; at_ < text_.size() && std::string_view("#0- +").find(text_[at_]) != std::string_view::npos; ++at_) {
    switch (text_[at_]) {
      case '#':
        spec.alternate = true;
        break;
      case '0':
        zero = true;
        break;
      case '-':
        spec.align = '<';
        break;
      case ' ':
        spec.sign = spec.sign == '+' ? '+' : ' ';
        break;
      default:
        spec.sign = '+';
        break;
    }
  }
  PEREGRINE_ASSIGN(spec.width, parse_size(heap_.limits().max_string_bytes));
  if (at_ < text_.size() && text_[at_] == '.') {
    ++at_;
    PEREGRINE_ASSIGN(spec.precision, parse_size(kMaxPrecision));
  }
  while (at_ < text_.size() && std::string_view("hlL").find(text_[at_]) != std::string_view::npos) ++at_;
  if (at_ >= text_.size()) return type_error("incomplete format");
  spec.type = text_[at_++];
  if (spec.type == '%') {
    out_.append(format_, at_ - 1, at_);
    return {};
  }
  if (std::string_view("diuoxXeEfFgGcrsa").find(spec.type) == std::string_view::npos) {
    return type_error(fmt::format("unsupported format '{}'", text_.substr(begin, at_ - begin - 1)));
  }
  if (zero && spec.align == '\0' && std::string_view("crsa").find(spec.type) == std::string_view::npos) {
    spec.fill = "0";
    spec.align = '=';
  }
  if (!value) {
    PEREGRINE_ASSIGN(value, next_value());
  }
  return append(*value, spec);
}

Status PercentFormatter::append_integer(const Value& value, FormatSpec spec) {
  if (const Undefined* undefined = value.undefined()) return undefined_error(*undefined);
  std::optional<std::int64_t> integer = value.as_int();
  const bool decimal = spec.type == 'd' || spec.type == 'i' || spec.type == 'u';
  if (!integer && decimal && value.real()) {
    PEREGRINE_ASSIGN(integer, truncate_to_int(*value.real()));
  }
  if (!integer) return type_error(fmt::format("%{} needs a number, not {}", spec.type, type_name(value)));
  std::string digits = integer_digits(*integer, spec.type);
  if (spec.precision && *spec.precision > digits.size())
    digits.insert(0, *spec.precision - digits.size(), '0');
  append_number(out_, integer_prefix(*integer, spec), digits, spec);
  return {};
}

Status PercentFormatter::append(const Value& value, const FormatSpec& spec) {
  switch (spec.type) {
    case 's':
    case 'r':
    case 'a': {
      TextBuilder shown(heap_);
      PEREGRINE_TRY(spec.type == 's' ? append_str(heap_, shown, value) : append_repr(heap_, shown, value));
      PEREGRINE_ASSIGN(Text text, shown.finish());
      PEREGRINE_ASSIGN(text, truncated(heap_, text, spec.precision));
      append_aligned(out_, text, spec, '>');
      return {};
    }
    case 'c': {
      const auto code = value.as_int();
      if (code && *code >= 0 && *code <= 0x10FFFF) {
        std::string character;
        base::utf8_append(character, static_cast<char32_t>(*code));
        append_aligned(out_, Text::literal(std::move(character)), spec, '>');
        return {};
      }
      if (!value.text() || value.text()->length() != 1) return type_error("%c needs one character");
      append_aligned(out_, *value.text(), spec, '>');
      return {};
    }
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
      return append_integer(value, spec);
    default:
      break;
  }
  if (const Undefined* undefined = value.undefined()) return undefined_error(*undefined);
  if (!value.is_number())
    return type_error(fmt::format("%{} needs a number, not {}", spec.type, type_name(value)));
  const double real = as_double(value);
  append_number(out_, sign_of(std::signbit(real), spec.sign), float_digits(std::fabs(real), spec), spec);
  return {};
}

}  // namespace

Result<Text> format_percent(Heap& heap, const Text& format, const Value& operand) {
  PEREGRINE_TRY(heap.touch(format.size()));
  return PercentFormatter(heap, format, operand).run();
}

}  // namespace peregrine::jinja
