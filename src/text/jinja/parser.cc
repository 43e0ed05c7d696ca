#include "text/jinja/parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "text/jinja/lexer.h"
#include "text/jinja/parser_impl.h"

namespace peregrine::jinja {

Token Parser::take() {
  Token token = std::move(tokens_[at_]);
  tokens_[at_].kind = token.kind;
  tokens_[at_].pos = token.pos;
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}

bool Parser::skip_operator(std::string_view sign) {
  if (!current().is_operator(sign)) return false;
  take();
  return true;
}

bool Parser::skip_name(std::string_view name) {
  if (!current().is_name(name)) return false;
  take();
  return true;
}

Status Parser::expect_operator(std::string_view sign) {
  if (skip_operator(sign)) return {};
  return fail_at(current().pos, fmt::format("expected '{}', got {}", sign, current().describe()));
}

Status Parser::expect_name(std::string_view name) {
  if (skip_name(name)) return {};
  return fail_at(current().pos, fmt::format("expected '{}', got {}", name, current().describe()));
}

Status Parser::expect(TokenKind kind, std::string_view what) {
  if (current().kind != kind) {
    return fail_at(current().pos, fmt::format("expected {}, got {}", what, current().describe()));
  }
  take();
  return {};
}

Result<Symbol> Parser::take_symbol() {
  if (current().kind != TokenKind::kName) {
    return fail_at(current().pos, fmt::format("expected a name, got {}", current().describe()));
  }
  return syntax_.symbols.intern(take().text);
}

Status Parser::check_nesting() const {
  if (nesting_ <= limits_.max_nesting) return {};
  Error error = limit_exceeded("max_nesting", limits_.max_nesting).value();
  error.where = current().pos.text();
  return tl::unexpected<Error>(std::move(error));
}

tl::unexpected<Error> Parser::fail_at(SourcePos pos, std::string message, ErrorCode code) const {
  return fail(code, std::move(message), pos.text());
}

tl::unexpected<Error> Parser::unexpected_token() const {
  return fail_at(current().pos, fmt::format("unexpected {}", current().describe()));
}

Result<ExprPtr> Parser::make(SourcePos pos, Expr::Node node, std::size_t child_height) const {
  if (child_height >= limits_.max_nesting) {
    Error error = limit_exceeded("max_nesting", limits_.max_nesting).value();
    error.where = pos.text();
    return tl::unexpected<Error>(std::move(error));
  }
  auto expr = std::make_unique<Expr>();
  expr->pos = pos;
  expr->height = child_height + 1;
  expr->node = std::move(node);
  return expr;
}

std::size_t Parser::height(const CallArguments& arguments) {
  std::size_t tallest = std::max(height(arguments.spread), height(arguments.spread_named));
  for (const ExprPtr& expr : arguments.positional) tallest = std::max(tallest, height(expr));
  for (const auto& [name, expr] : arguments.named) tallest = std::max(tallest, height(expr));
  return tallest;
}

Result<std::unique_ptr<const Syntax>> parse(std::string_view source, const Limits& limits) {
  if (source.size() > limits.max_template_bytes)
    return limit_exceeded("max_template_bytes", limits.max_template_bytes);
  if (!base::utf8_valid(source)) return fail(ErrorCode::kInvalidArgument, "the template is not valid UTF-8");
  PEREGRINE_ASSIGN(std::vector<Token> tokens, tokenize(source));
  auto syntax = std::make_unique<Syntax>();
  syntax->loop = syntax->symbols.intern("loop");
  syntax->caller = syntax->symbols.intern("caller");
  syntax->varargs = syntax->symbols.intern("varargs");
  syntax->kwargs = syntax->symbols.intern("kwargs");
  PEREGRINE_ASSIGN(syntax->body, Parser(std::move(tokens), limits, *syntax).parse_template());
  return std::unique_ptr<const Syntax>(std::move(syntax));
}

}  // namespace peregrine::jinja
