#include "service/chat/formats/json_scanner.h"

namespace peregrine::service {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

bool is_json_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool JsonScanner::push(char c) {
  switch (at_) {
    case At::kInKey:
    case At::kInString:
      return string(c);
    case At::kInScalar:
      return scalar(c);
    default:
      break;
  }
  if (is_json_space(c)) return true;
  switch (at_) {
    case At::kFirstItem:
      return c == ']' ? close(c) : value(c);
    case At::kValue:
      return value(c);
    case At::kFirstKey:
      if (c == '}') return close(c);
      [[fallthrough]];
    case At::kKey:
      at_ = At::kInKey;
      return c == '"';
    case At::kColon:
      at_ = At::kValue;
      return c == ':';
    case At::kAfterValue:
      return after_value(c);
    default:
      return false;  // after the end
  }
}

bool JsonScanner::value(char c) {
  switch (c) {
    case '{':
    case '[':
      if (open_.size() >= kMaxDepth) return false;
      open_ += c;
      at_ = c == '{' ? At::kFirstKey : At::kFirstItem;
      return true;
    case '"':
      at_ = At::kInString;
      return true;
    case 't':
      literal_ = "rue";
      break;
    case 'f':
      literal_ = "alse";
      break;
    case 'n':
      literal_ = "ull";
      break;
    default:
      number_ = Number::kNone;
      at_ = At::kInScalar;
      return number(c);
  }
  at_ = At::kInScalar;
  return true;
}

bool JsonScanner::string(char c) {
  if (hex_due_ > 0) {
    --hex_due_;
    return is_hex(c);
  }
  if (escaped_) {
    escaped_ = false;
    if (c == 'u') hex_due_ = 4;
    return std::string_view("\"\\/bfnrtu").find(c) != std::string_view::npos;
  }
  if (c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    if (at_ == At::kInKey) {
      at_ = At::kColon;
    } else {
      ended();
    }
  } else {
    return static_cast<unsigned char>(c) >= 0x20;
  }
  return true;
}

bool JsonScanner::scalar(char c) {
  if (literal_.empty()) return number(c);
  if (c != literal_.front()) return false;
  literal_.remove_prefix(1);
  if (literal_.empty()) ended();
  return true;
}

bool JsonScanner::number(char c) {
  const auto go = [&](Number next) {
    number_ = next;
    return true;
  };
  switch (number_) {
    case Number::kNone:
      if (c == '-') return go(Number::kMinus);
      [[fallthrough]];
    case Number::kMinus:
      if (c == '0') return go(Number::kZero);
      return is_digit(c) && go(Number::kWhole);
    case Number::kPoint:
      return is_digit(c) && go(Number::kFraction);
    case Number::kE:
      if (c == '+' || c == '-') return go(Number::kSign);
      [[fallthrough]];
    case Number::kSign:
      return is_digit(c) && go(Number::kExponent);
    case Number::kWhole:
    case Number::kZero:
      if (is_digit(c)) return number_ == Number::kWhole;
      if (c == '.') return go(Number::kPoint);
      [[fallthrough]];
    case Number::kFraction:
      if (is_digit(c)) return true;
      if (c == 'e' || c == 'E') return go(Number::kE);
      [[fallthrough]];
    case Number::kExponent:
      if (is_digit(c)) return true;
  }
  ended();
  return push(c);
}

void JsonScanner::ended() {
  at_ = open_.empty() ? At::kDone : At::kAfterValue;
}

bool JsonScanner::after_value(char c) {
  if (c != ',') return close(c);
  at_ = open_.back() == '{' ? At::kKey : At::kValue;
  return true;
}

bool JsonScanner::close(char c) {
  if (c != (open_.back() == '{' ? '}' : ']')) return false;
  open_.pop_back();
  ended();
  return true;
}

}  // namespace peregrine::service
