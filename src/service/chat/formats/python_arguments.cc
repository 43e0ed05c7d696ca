#include "service/chat/formats/python_arguments.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <cstdint>
#include <set>
#include <utility>

#include "base/utf8.h"

namespace peregrine::service {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_identifier(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c) ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string(text));
}

// Recursive descent over the whole text; every method leaves `rest_` behind what it read, and false means
// that it is not what was looked for.
class Translator {
 public:
  explicit Translator(std::string_view text) : rest_(text) {}

  std::optional<std::string> arguments() {
    std::set<std::string, std::less<>> names;
    out_ = "{";
    skip_space();
    while (!rest_.empty()) {
      const std::string name(identifier());
      skip_space();
      if (name.empty() || !names.insert(name).second || !take('=')) return std::nullopt;
      if (names.size() > 1) out_ += ", ";
      out_ += quoted(name) + ": ";
      if (!value(0)) return std::nullopt;
      skip_space();
      if (!rest_.empty() && !take(',')) return std::nullopt;
      skip_space();
    }
    return std::move(out_) + "}";
  }

 private:
  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view identifier() {
    std::size_t size = 0;
    while (size < rest_.size() && is_identifier(rest_[size])) ++size;
    const std::string_view found = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return found;
  }

  bool value(int depth) {
    if (depth > kMaxPythonDepth) return false;
    skip_space();
    if (rest_.empty()) return false;
    switch (rest_.front()) {
      case '"':
      case '\'': {
        std::string text;
        if (!string(text)) return false;
        out_ += quoted(text);
        return true;
      }
      case '[':
        return list(']', depth);
      case '(':
        return list(')', depth);
      case '{':
        return dictionary(depth);
      default:
        return is_identifier(rest_.front()) && !is_digit(rest_.front()) ? constant() : number();
    }
  }

  bool constant() {
    static constexpr std::pair<std::string_view, std::string_view> kConstants[] = {
        {"True", "true"}, {"False", "false"}, {"None", "null"},
        {"true", "true"}, {"false", "false"}, {"null", "null"}};
    const std::string_view name = identifier();
    for (const auto& [python, json] : kConstants) {
      if (name != python) continue;
      out_ += json;
      return true;
    }
    return false;
  }

  std::string_view digits() {
    std::size_t size = 0;
    while (size < rest_.size() && is_digit(rest_[size])) ++size;
    const std::string_view found = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return found;
  }

  // Python also writes 1. and .5, JSON wants a digit on both sides.
  bool number() {
    if (take('-')) {
      out_ += '-';
    } else {
      take('+');
    }
    const std::string_view whole = digits();
    const bool point = take('.');
    const std::string_view fraction = point ? digits() : std::string_view();
    if (whole.empty() && fraction.empty()) return false;
    if (whole.size() > 1 && whole.front() == '0') return false;
    out_ += whole.empty() ? "0" : whole;
    if (point) out_ += '.';
    if (point) out_ += fraction.empty() ? "0" : fraction;
    if (take('e') || take('E')) {
      out_ += 'e';
      if (take('-')) {
        out_ += '-';
      } else {
        take('+');
      }
      const std::string_view exponent = digits();
      if (exponent.empty()) return false;
      out_ += exponent;
    }
    return rest_.empty() || !is_identifier(rest_.front());
  }

  bool list(char close, int depth) {
    rest_.remove_prefix(1);
    out_ += '[';
    skip_space();
    for (bool first = true; !take(close); first = false) {
      if (!first) out_ += ", ";
      if (!value(depth + 1)) return false;
      skip_space();
      if (!take(',') && !rest_.starts_with(close)) return false;
      skip_space();
    }
    out_ += ']';
    return true;
  }

  bool dictionary(int depth) {
    rest_.remove_prefix(1);
    out_ += '{';
    skip_space();
    std::set<std::string> keys;
    while (!take('}')) {
      std::string key;
      if (!string(key) || !keys.insert(key).second) return false;
      if (keys.size() > 1) out_ += ", ";
      out_ += quoted(key) + ": ";
      skip_space();
      if (!take(':') || !value(depth + 1)) return false;
      skip_space();
      if (!take(',') && !rest_.starts_with('}')) return false;
      skip_space();
    }
    out_ += '}';
    return true;
  }

  bool string(std::string& text) {
    if (!rest_.starts_with('"') && !rest_.starts_with('\'')) return false;
    const char quote = rest_.front();
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == quote) return true;
      if (c != '\\') {
        text += c;
      } else if (!escape(text)) {
        return false;
      }
    }
    return false;
  }

  bool escape(std::string& text) {
    if (rest_.empty()) return false;
    const char c = rest_.front();
    rest_.remove_prefix(1);
    switch (c) {
      case 'x':
        return code_point(2, text);
      case 'u':
        return code_point(4, text);
      case 'U':
        return code_point(8, text);
      case '\n':
        return true;
      default:
        break;
    }
    static constexpr std::string_view kNames = "\\'\"abfnrtv";
    const std::size_t at = kNames.find(c);
    // Python leaves other backslashes where they are.
    if (at == std::string_view::npos) text += '\\';
    text += at == std::string_view::npos ? c : "\\'\"\a\b\f\n\r\t\v"[at];
    return true;
  }

  bool code_point(std::size_t size, std::string& text) {
    if (rest_.size() < size) return false;
    char32_t value = 0;
    for (const char c : rest_.substr(0, size)) {
      const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
      if (!is_digit(lower) && (lower < 'a' || lower > 'f')) return false;
      value = value << 4 | static_cast<char32_t>(is_digit(lower) ? lower - '0' : lower - 'a' + 10);
    }
    rest_.remove_prefix(size);
    base::utf8_append(text, value);
    return true;
  }

  std::string_view rest_;
  std::string out_;
};

}  // namespace

std::optional<std::string> python_arguments_to_json(std::string_view text) {
  return Translator(text).arguments();
}

}  // namespace peregrine::service
