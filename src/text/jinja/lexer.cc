#include "text/jinja/lexer.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "base/utf8.h"
#include "text/jinja/escape.h"
#include "text/jinja/heap.h"
#include "text/jinja/number.h"
#include "text/jinja/unicode.h"

namespace peregrine::jinja {
namespace {

constexpr std::size_t kMaxNameBytes = 256;

// "\r\n" and "\r" become "\n", and one line end at the very end is dropped.
std::string normalize_newlines(std::string_view source) {
  std::string out;
  out.reserve(source.size());
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (source[i] != '\r') {
      out.push_back(source[i]);
    } else {
      out.push_back('\n');
      if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
    }
  }
  if (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

bool is_digit_char(char c) {
  return c >= '0' && c <= '9';
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(normalize_newlines(source)), text_(source_) {}

  Result<std::vector<Token>> run();

 private:
  enum class Sign { kNone, kStrip, kKeep };  // whitespace control at the edge of a tag

  Status lex_outside();
  Status lex_tag(TokenKind begin, Sign sign);
  Status lex_comment();
  Status lex_raw(std::size_t tag_end);
  Status lex_in_tag();
  Status lex_number();
  Status lex_name();
  Status lex_string();
  Status lex_operator();

  bool at(std::string_view expected) const { return text_.substr(pos_, expected.size()) == expected; }
  char peek(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  Sign sign_at(std::size_t offset) const;
  std::size_t skip_spaces(std::size_t offset) const;
  std::size_t skip_digits(std::size_t offset) const;
  // The end of `{% name %}` at `offset`, its trailing whitespace control applied; npos when it is not there.
  std::size_t match_plain_tag(std::size_t offset, std::string_view name, bool trims_newline) const;
  std::size_t match_tag_end(std::size_t offset, std::string_view mark, bool trims_newline) const;

  void emit_data(std::size_t begin, std::size_t end, Sign sign, bool variable);
  Token& emit(TokenKind kind, std::size_t offset);
  SourcePos position(std::size_t offset);
  tl::unexpected<Error> error_at(std::size_t offset, std::string message);

  const std::string source_;
  const std::string_view text_;
  std::size_t pos_ = 0;
  std::vector<Token> tokens_;
  std::vector<char> open_brackets_;  // the closing brackets still to come in this tag
  SourcePos marked_;                 // the position of offset mark_, which only moves forward
  std::size_t mark_ = 0;
};

SourcePos Lexer::position(std::size_t offset) {
  while (mark_ < offset) {
    if (text_[mark_] == '\n') {
      ++marked_.line;
      marked_.column = 1;
      ++mark_;
    } else {
      ++marked_.column;
      mark_ += base::utf8_decode(text_.substr(mark_)).length;
    }
  }
  return marked_;
}

Token& Lexer::emit(TokenKind kind, std::size_t offset) {
  Token& token = tokens_.emplace_back();
  token.kind = kind;
  token.pos = position(offset);
  return token;
}

tl::unexpected<Error> Lexer::error_at(std::size_t offset, std::string message) {
  return fail(ErrorCode::kInvalidArgument, std::move(message), position(offset).text());
}

Lexer::Sign Lexer::sign_at(std::size_t offset) const {
  if (peek(offset) == '-') return Sign::kStrip;
  return peek(offset) == '+' ? Sign::kKeep : Sign::kNone;
}

std::size_t Lexer::skip_spaces(std::size_t offset) const {
  while (offset < text_.size()) {
    const base::Utf8Decoded decoded = base::utf8_decode(text_.substr(offset));
    if (!is_space(decoded.code_point)) break;
    offset += decoded.length;
  }
  return offset;
}

// Digits with single underscores between them.
std::size_t Lexer::skip_digits(std::size_t offset) const {
  while (is_digit_char(peek(offset)) || (peek(offset) == '_' && is_digit_char(peek(offset + 1)))) ++offset;
  return offset;
}

std::size_t Lexer::match_tag_end(std::size_t offset, std::string_view mark, bool trims_newline) const {
  const std::string_view rest = text_.substr(offset);
  if (rest.starts_with(mark)) {
    const std::size_t end = offset + mark.size();
    return end + (trims_newline && peek(end) == '\n' ? 1 : 0);
  }
  if (rest.substr(0, 1) == "-" && rest.substr(1).starts_with(mark))
    return skip_spaces(offset + 1 + mark.size());
  // Only tags that would trim have a sign against it.
  if (trims_newline && rest.substr(0, 1) == "+" && rest.substr(1).starts_with(mark))
    return offset + 1 + mark.size();
  return std::string_view::npos;
}

std::size_t Lexer::match_plain_tag(std::size_t offset, std::string_view name, bool trims_newline) const {
  offset += 2;
  if (sign_at(offset) != Sign::kNone) ++offset;
  offset = skip_spaces(offset);
  if (!text_.substr(offset).starts_with(name)) return std::string_view::npos;
  return match_tag_end(skip_spaces(offset + name.size()), "%}", trims_newline);
}

void Lexer::emit_data(std::size_t begin, std::size_t end, Sign sign, bool variable) {
  std::string_view data = text_.substr(begin, end - begin);
  // Where trailing whitespace starts: of the whole text, or of its last line if the tag begins that line.
  const auto spaces_from = [&](std::size_t low) {
    std::size_t last = low;
    for (std::size_t i = low; i < data.size();) {
      const base::Utf8Decoded decoded = base::utf8_decode(data.substr(i));
      i += decoded.length;
      if (!is_space(decoded.code_point)) last = i;
    }
    return last;
  };
  if (sign == Sign::kStrip) {
    data = data.substr(0, spaces_from(0));
  } else if (sign == Sign::kNone && !variable) {
    const std::size_t newline = data.rfind('\n');
    const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
    const bool begins_line = line > 0 || begin == 0 || text_[begin - 1] == '\n';
    if (begins_line && spaces_from(line) == line) data = data.substr(0, line);
  }
  if (!data.empty()) emit(TokenKind::kData, begin).text = data;
}

Result<std::vector<Token>> Lexer::run() {
  while (pos_ < text_.size()) PEREGRINE_TRY(lex_outside());
  emit(TokenKind::kEnd, text_.size());
  return std::move(tokens_);
}

Status Lexer::lex_outside() {
  std::size_t tag = pos_;
  while (true) {
    tag = text_.find('{', tag);
    if (tag == std::string_view::npos) {
      emit_data(pos_, text_.size(), Sign::kKeep, true);
      pos_ = text_.size();
      return {};
    }
    const char kind = peek(tag + 1);
    if (kind == '%' || kind == '{' || kind == '#') break;
    ++tag;
  }
  const bool variable = peek(tag + 1) == '{';
  const Sign sign = sign_at(tag + 2);
  emit_data(pos_, tag, sign, variable);
  pos_ = tag;
  if (variable) return lex_tag(TokenKind::kVariableBegin, sign);
  if (peek(tag + 1) == '#') return lex_comment();
  const std::size_t raw = match_plain_tag(tag, "raw", false);
  if (raw != std::string_view::npos) return lex_raw(raw);
  return lex_tag(TokenKind::kBlockBegin, sign);
}

Status Lexer::lex_comment() {
  const std::size_t begin = pos_ + (sign_at(pos_ + 2) == Sign::kNone ? 2 : 3);
  const std::size_t mark = text_.find("#}", begin);
  if (mark == std::string_view::npos) return error_at(pos_, "this comment has no end");
  const bool has_sign = mark > begin && sign_at(mark - 1) != Sign::kNone;
  pos_ = match_tag_end(has_sign ? mark - 1 : mark, "#}", true);
  return {};
}

Status Lexer::lex_raw(std::size_t tag_end) {
  for (std::size_t tag = text_.find("{%", tag_end); tag != std::string_view::npos;
       tag = text_.find("{%", tag + 2)) {
    const std::size_t end = match_plain_tag(tag, "endraw", true);
    if (end == std::string_view::npos) continue;
    emit_data(tag_end, tag, sign_at(tag + 2), false);
    pos_ = end;
    return {};
  }
  return error_at(pos_, "this raw block has no endraw");
}

Status Lexer::lex_tag(TokenKind begin, Sign sign) {
  const bool block = begin == TokenKind::kBlockBegin;
  emit(begin, pos_);
  pos_ += sign == Sign::kNone ? 2 : 3;
  open_brackets_.clear();
  while (pos_ < text_.size()) {
    if (open_brackets_.empty()) {
      const std::size_t end = match_tag_end(pos_, block ? "%}" : "}}", block);
      if (end != std::string_view::npos) {
        emit(block ? TokenKind::kBlockEnd : TokenKind::kVariableEnd, pos_);
        pos_ = end;
        return {};
      }
    }
    PEREGRINE_TRY(lex_in_tag());
  }
  return {};
}

Status Lexer::lex_in_tag() {
  const std::size_t word = skip_spaces(pos_);
  if (word != pos_) {
    pos_ = word;
    return {};
  }
  const char c = text_[pos_];
  if (is_digit_char(c)) return lex_number();
  if (c == '\'' || c == '"') return lex_string();
  const char32_t code_point = base::utf8_decode(text_.substr(pos_)).code_point;
  if (code_point == U'_' || is_alnum(code_point)) return lex_name();
  return lex_operator();
}

Status Lexer::lex_number() {
  const std::size_t begin = pos_;
  std::size_t end = skip_digits(begin);
  bool is_float = false;
  if (begin == 0 || text_[begin - 1] != '.') {  // in `a.0.5` each number is an index
    if (peek(end) == '.' && is_digit_char(peek(end + 1))) {
      is_float = true;
      end = skip_digits(end + 1);
    }
    if (peek(end) == 'e' || peek(end) == 'E') {
      const std::size_t exponent = end + (peek(end + 1) == '+' || peek(end + 1) == '-' ? 2 : 1);
      if (is_digit_char(peek(exponent))) {
        is_float = true;
        end = skip_digits(exponent);
      }
    }
  }
  if (is_float) {
    emit(TokenKind::kFloat, begin).real = parse_float(text_.substr(begin, end - begin)).value_or(0);
    pos_ = end;
    return {};
  }
  if (text_[begin] == '0') {
    // 0x, 0o and 0b, or zeros alone: old octal notation is no number.
    std::size_t prefixed = begin + 2;
    while (peek(prefixed) == '_' ||
           (peek(prefixed) != '\0' &&
            std::string_view("0123456789abcdefABCDEF").find(peek(prefixed)) != std::string_view::npos))
      ++prefixed;
    const std::string_view candidate = text_.substr(begin, prefixed - begin);
    if (prefixed > begin + 2 && std::string_view("xXoObB").find(peek(begin + 1)) != std::string_view::npos) {
      end = begin + candidate.size();
    } else {
      end = begin;
      while (peek(end) == '0' || (peek(end) == '_' && peek(end + 1) == '0')) ++end;
    }
  }
  auto parsed = parse_int(text_.substr(begin, end - begin), 0);
  if (!parsed) return error_at(begin, parsed.error().message);
  if (!*parsed) return error_at(begin, "malformed number");
  emit(TokenKind::kInteger, begin).integer = **parsed;
  pos_ = end;
  return {};
}

Status Lexer::lex_name() {
  const std::size_t begin = pos_;
  bool valid = true;
  while (pos_ < text_.size()) {
    const base::Utf8Decoded decoded = base::utf8_decode(text_.substr(pos_));
    const char32_t c = decoded.code_point;
    if (c != U'_' && !is_alnum(c)) break;
    valid = valid && (pos_ == begin ? is_identifier_start(c) : is_identifier_continue(c));
    pos_ += decoded.length;
  }
  if (!valid) return error_at(begin, "invalid character in a name");
  if (pos_ - begin > kMaxNameBytes) {
    Error error = limit_exceeded("kMaxNameBytes", kMaxNameBytes).value();
    error.where = position(begin).text();
    return tl::unexpected<Error>(std::move(error));
  }
  emit(TokenKind::kName, begin).text = text_.substr(begin, pos_ - begin);
  return {};
}

Status Lexer::lex_string() {
  const std::size_t begin = pos_;
  const char quote = text_[begin];
  std::size_t end = begin + 1;
  while (end < text_.size() && text_[end] != quote) end += text_[end] == '\\' ? 2 : 1;
  if (end >= text_.size()) return error_at(begin, "this string has no end");
  auto unescaped = unescape(text_.substr(begin + 1, end - begin - 1));
  if (!unescaped) return error_at(begin, unescaped.error().message);
  emit(TokenKind::kString, begin).text = std::move(*unescaped);
  pos_ = end + 1;
  return {};
}

Status Lexer::lex_operator() {
  constexpr std::array<std::string_view, 26> kOperators = {"//", "**", "==", "!=", ">=", "<=", "+", "-", "/",
                                                           "*",  "%",  "~",  "[",  "]",  "(",  ")", "{", "}",
                                                           ">",  "<",  "=",  ".",  ":",  "|",  ",", ";"};
  for (const std::string_view sign : kOperators) {
    if (!at(sign)) continue;
    switch (sign.front()) {
      case '(':
        open_brackets_.push_back(')');
        break;
      case '[':
        open_brackets_.push_back(']');
        break;
      case '{':
        open_brackets_.push_back('}');
        break;
      case ')':
      case ']':
      case '}':
        if (open_brackets_.empty()) return error_at(pos_, fmt::format("unexpected '{}'", sign));
        if (open_brackets_.back() != sign.front()) {
          return error_at(pos_, fmt::format("unexpected '{}', expected '{}'", sign, open_brackets_.back()));
        }
        open_brackets_.pop_back();
        break;
      default:
        break;
    }
    emit(TokenKind::kOperator, pos_).text = sign;
    pos_ += sign.size();
    return {};
  }
  const std::size_t length = base::utf8_decode(text_.substr(pos_)).length;
  return error_at(pos_, fmt::format("unexpected character '{}'", text_.substr(pos_, length)));
}

}  // namespace

std::string SourcePos::text() const {
  return fmt::format("line {}, column {}", line, column);
}

std::string Token::describe() const {
  switch (kind) {
    case TokenKind::kEnd:
      return "end of template";
    case TokenKind::kData:
      return "text";
    case TokenKind::kBlockBegin:
      return "'{%'";
    case TokenKind::kBlockEnd:
      return "'%}'";
    case TokenKind::kVariableBegin:
      return "'{{'";
    case TokenKind::kVariableEnd:
      return "'}}'";
    case TokenKind::kString:
      return "a string";
    case TokenKind::kInteger:
    case TokenKind::kFloat:
      return "a number";
    case TokenKind::kName:
    case TokenKind::kOperator:
      return "'" + text + "'";
  }
  return "token";
}

Result<std::vector<Token>> tokenize(std::string_view source) {
  return Lexer(source).run();
}

}  // namespace peregrine::jinja
