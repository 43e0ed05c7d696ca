// What the lexer makes of a template: text, tags, and the tokens inside tags.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace peregrine::jinja {

struct SourcePos {
  std::uint32_t line = 1;    // from 1
  std::uint32_t column = 1;  // from 1, in code points

  std::string text() const;
};

enum class TokenKind : std::uint8_t {
  kEnd,
  kData,           // text outside of tags, whitespace control applied
  kBlockBegin,     // {%
  kBlockEnd,       // %}
  kVariableBegin,  // {{
  kVariableEnd,    // }}
  kName,
  kString,  // unescaped
  kInteger,
  kFloat,
  kOperator,  // text() holds its sign
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  SourcePos pos;
  std::string text;  // of data, names, strings and operators
  std::int64_t integer = 0;
  double real = 0;

  bool is_operator(std::string_view sign) const { return kind == TokenKind::kOperator && text == sign; }
  bool is_name(std::string_view name) const { return kind == TokenKind::kName && text == name; }
  // How an error message shows it.
  std::string describe() const;
};

}  // namespace peregrine::jinja
