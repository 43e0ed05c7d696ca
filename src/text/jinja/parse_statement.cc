#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "text/jinja/parser_impl.h"

namespace peregrine::jinja {

Result<Body> Parser::parse_template() {
  return parse_body({});
}

// Statements until a block begins with one of `end_tags`, or, where there are none, until the end.
Result<Body> Parser::parse_body(EndTags end_tags) {
  Body body;
  while (current().kind != TokenKind::kEnd) {
    if (current().kind == TokenKind::kBlockBegin && next_token().kind == TokenKind::kName &&
        std::find(end_tags.begin(), end_tags.end(), next_token().text) != end_tags.end()) {
      take();
      return body;
    }
    PEREGRINE_TRY(parse_body_item(body));
  }
  if (end_tags.size() == 0) return body;
  return fail_at(current().pos, fmt::format("the template ends within '{}', '{}' is missing",
                                            open_tags_.back(), *(end_tags.end() - 1)));
}

Status Parser::parse_body_item(Body& body) {
  switch (current().kind) {
    case TokenKind::kData: {
      Token token = take();
      body.push_back({token.pos, TextStmt{Text::literal(std::move(token.text))}});
      return {};
    }
    case TokenKind::kVariableBegin: {
      const SourcePos pos = take().pos;
      PEREGRINE_ASSIGN(ExprPtr value, parse_tuple({}));
      PEREGRINE_TRY(expect(TokenKind::kVariableEnd, "'}}'"));
      body.push_back({pos, PrintStmt{std::move(value)}});
      return {};
    }
    case TokenKind::kBlockBegin:
      return parse_statement(body);
    default:
      return unexpected_token();
  }
}

Status Parser::parse_statement(Body& body) {
  using StatementRule = Result<Stmt::Node> (Parser::*)();
  static constexpr std::pair<std::string_view, StatementRule> kRules[] = {
      {"if", &Parser::parse_if},
      {"for", &Parser::parse_for},
      {"set", &Parser::parse_set},
      {"macro", &Parser::parse_macro},
      {"call", &Parser::parse_call_block},
      {"filter", &Parser::parse_filter_block},
      {"with", &Parser::parse_with},
      {"generation", &Parser::parse_generation},
      {"break", &Parser::parse_break},
      {"continue", &Parser::parse_continue},
      {"include", &Parser::refuse_statement},
      {"import", &Parser::refuse_statement},
      {"from", &Parser::refuse_statement},
      {"extends", &Parser::refuse_statement},
      {"block", &Parser::refuse_statement},
      {"autoescape", &Parser::refuse_statement},
  };
  const Level level(*this);
  PEREGRINE_TRY(check_nesting());
  const SourcePos pos = take().pos;
  if (current().kind != TokenKind::kName) return fail_at(current().pos, "expected the name of a tag");
  const auto* rule = std::find_if(std::begin(kRules), std::end(kRules),
                                  [&](const auto& entry) { return current().text == entry.first; });
  if (rule == std::end(kRules)) {
    const std::string open =
        open_tags_.empty() ? "" : fmt::format("; the innermost open tag is '{}'", open_tags_.back());
    return fail_at(current().pos, fmt::format("unknown tag '{}'{}", current().text, open));
  }
  open_tags_.emplace_back(rule->first);
  PEREGRINE_ASSIGN(Stmt::Node node, (this->*(rule->second))());
  open_tags_.pop_back();
  PEREGRINE_TRY(expect(TokenKind::kBlockEnd, "'%}'"));
  body.push_back({pos, std::move(node)});
  return {};
}

Result<Stmt::Node> Parser::refuse_statement() {
  return fail_at(current().pos,
                 fmt::format("'{}' is not supported: a chat template is one file", current().text),
                 ErrorCode::kUnsupported);
}

Result<Body> Parser::parse_block(EndTags end_tags) {
  skip_operator(":");
  PEREGRINE_TRY(expect(TokenKind::kBlockEnd, "'%}'"));
  return parse_body(end_tags);
}

Result<Body> Parser::parse_whole_block(std::string_view end_tag) {
  PEREGRINE_ASSIGN(Body body, parse_block({end_tag}));
  take();
  return body;
}

Result<Stmt::Node> Parser::parse_if() {
  IfStmt node;
  do {
    take();  // if, elif
    PEREGRINE_ASSIGN(ExprPtr condition, parse_tuple({.conditional = false}));
    PEREGRINE_ASSIGN(Body body, parse_block({"elif", "else", "endif"}));
    node.branches.emplace_back(std::move(condition), std::move(body));
  } while (current().is_name("elif"));
  if (skip_name("else")) {
    PEREGRINE_ASSIGN(node.otherwise, parse_whole_block("endif"));
  } else {
    take();
  }
  return node;
}

Result<Stmt::Node> Parser::parse_for() {
  ForStmt node;
  take();
  PEREGRINE_ASSIGN(node.target, parse_target(false, "in"));
  PEREGRINE_TRY(expect_name("in"));
  PEREGRINE_ASSIGN(node.iterable, parse_tuple({.conditional = false, .end_name = "recursive"}));
  if (skip_name("if")) {
    PEREGRINE_ASSIGN(node.filter, parse_expression());
  }
  node.recursive = skip_name("recursive");
  ++open_loops_;
  PEREGRINE_ASSIGN(node.body, parse_block({"else", "endfor"}));
  --open_loops_;
  if (skip_name("else")) {
    PEREGRINE_ASSIGN(node.otherwise, parse_whole_block("endfor"));
  } else {
    take();
  }
  return node;
}

Result<Stmt::Node> Parser::parse_set() {
  take();
  PEREGRINE_ASSIGN(Target target, parse_target(true, {}));
  if (skip_operator("=")) {
    PEREGRINE_ASSIGN(ExprPtr value, parse_tuple({}));
    return SetStmt{std::move(target), std::move(value)};
  }
  SetBlockStmt node;
  node.target = std::move(target);
  while (current().is_operator("|")) {
    PEREGRINE_ASSIGN(node.filter, parse_filter(std::move(node.filter)));
  }
  PEREGRINE_ASSIGN(node.body, parse_whole_block("endset"));
  return node;
}

Result<std::vector<Parameter>> Parser::parse_parameters() {
  std::vector<Parameter> parameters;
  PEREGRINE_TRY(expect_operator("("));
  while (!current().is_operator(")")) {
    Parameter& parameter = parameters.emplace_back();
    PEREGRINE_ASSIGN(parameter.name, take_symbol());
    if (skip_operator("=")) {
      PEREGRINE_ASSIGN(parameter.fallback, parse_expression());
    } else if (parameters.size() > 1 && parameters[parameters.size() - 2].fallback) {
      return fail_at(current().pos, "a parameter without a default follows one with a default");
    }
    if (!skip_operator(",")) break;
  }
  PEREGRINE_TRY(expect_operator(")"));
  return parameters;
}

Result<MacroDecl> Parser::parse_macro_body(MacroDecl macro, std::string_view end_tag) {
  const std::size_t outer_loops = std::exchange(open_loops_, 0);
  open_macros_.emplace_back();
  PEREGRINE_ASSIGN(macro.body, parse_whole_block(end_tag));
  macro.uses_caller = open_macros_.back().caller;
  macro.uses_varargs = open_macros_.back().varargs;
  macro.uses_kwargs = open_macros_.back().kwargs;
  open_macros_.pop_back();
  open_loops_ = outer_loops;
  return macro;
}

Result<Stmt::Node> Parser::parse_macro() {
  MacroDecl macro;
  take();
  PEREGRINE_ASSIGN(macro.name, take_symbol());
  PEREGRINE_ASSIGN(macro.parameters, parse_parameters());
  PEREGRINE_ASSIGN(macro, parse_macro_body(std::move(macro), "endmacro"));
  return MacroStmt{std::move(macro)};
}

Result<Stmt::Node> Parser::parse_call_block() {
  CallBlockStmt node;
  take();
  node.caller.name = syntax_.caller;
  if (current().is_operator("(")) {
    PEREGRINE_ASSIGN(node.caller.parameters, parse_parameters());
  }
  const SourcePos pos = current().pos;
  PEREGRINE_ASSIGN(node.call, parse_expression());
  if (!std::holds_alternative<CallExpr>(node.call->node)) return fail_at(pos, "a call block needs a call");
  PEREGRINE_ASSIGN(node.caller, parse_macro_body(std::move(node.caller), "endcall"));
  return node;
}

Result<Stmt::Node> Parser::parse_filter_block() {
  FilterBlockStmt node;
  take();
  PEREGRINE_ASSIGN(node.filter, parse_filter(nullptr));
  while (current().is_operator("|")) {
    PEREGRINE_ASSIGN(node.filter, parse_filter(std::move(node.filter)));
  }
  PEREGRINE_ASSIGN(node.body, parse_whole_block("endfilter"));
  return node;
}

Result<Stmt::Node> Parser::parse_with() {
  WithStmt node;
  take();
  while (current().kind != TokenKind::kBlockEnd) {
    if (!node.bindings.empty()) PEREGRINE_TRY(expect_operator(","));
    PEREGRINE_ASSIGN(Target target, parse_target(false, {}));
    PEREGRINE_TRY(expect_operator("="));
    PEREGRINE_ASSIGN(ExprPtr value, parse_expression());
    node.bindings.emplace_back(std::move(target), std::move(value));
  }
  PEREGRINE_ASSIGN(node.body, parse_whole_block("endwith"));
  return node;
}

// Marks what the assistant says, for training; rendering sees a block with a scope of its own.
Result<Stmt::Node> Parser::parse_generation() {
  take();
  const std::size_t outer_loops = std::exchange(open_loops_, 0);
  PEREGRINE_ASSIGN(Body body, parse_whole_block("endgeneration"));
  open_loops_ = outer_loops;
  return ScopeStmt{std::move(body)};
}

Result<Stmt::Node> Parser::parse_break() {
  if (open_loops_ == 0) return fail_at(current().pos, "'break' outside of a loop");
  take();
  return BreakStmt{};
}

Result<Stmt::Node> Parser::parse_continue() {
  if (open_loops_ == 0) return fail_at(current().pos, "'continue' outside of a loop");
  take();
  return ContinueStmt{};
}

Result<Target> Parser::parse_target(bool attribute_allowed, std::string_view end_name) {
  if (attribute_allowed && current().kind == TokenKind::kName && next_token().is_operator(".")) {
    Target target;
    target.is_attribute = true;
    PEREGRINE_ASSIGN(target.name, take_symbol());
    take();
    PEREGRINE_ASSIGN(target.attribute, take_symbol());
    return target;
  }
  PEREGRINE_ASSIGN(Target first, parse_target_item());
  if (!current().is_operator(",")) return first;
  return parse_target_tuple(std::move(first), end_name);
}

// After the first of several targets.
Result<Target> Parser::parse_target_tuple(Target first, std::string_view end_name) {
  Target tuple;
  tuple.is_unpack = true;
  tuple.unpack.push_back(std::move(first));
  while (skip_operator(",")) {
    if (at_tuple_end({.end_name = end_name})) break;
    PEREGRINE_ASSIGN(Target next, parse_target_item());
    tuple.unpack.push_back(std::move(next));
  }
  return tuple;
}

Result<Target> Parser::parse_target_item() {
  const Level level(*this);
  PEREGRINE_TRY(check_nesting());
  Target target;
  if (skip_operator("(")) {
    PEREGRINE_ASSIGN(target, parse_target_item());
    if (current().is_operator(",")) {
      PEREGRINE_ASSIGN(target, parse_target_tuple(std::move(target), {}));
    }
    PEREGRINE_TRY(expect_operator(")"));
    return target;
  }
  const SourcePos pos = current().pos;
  constexpr std::string_view kConstants[] = {"true", "false", "none", "True", "False", "None"};
  if (std::any_of(std::begin(kConstants), std::end(kConstants),
                  [&](auto name) { return current().is_name(name); })) {
    return fail_at(pos, fmt::format("cannot assign to '{}'", current().text));
  }
  PEREGRINE_ASSIGN(target.name, take_symbol());
  if (target.name == syntax_.loop && open_tags_.back() == "for") {
    return fail_at(pos, "'loop' cannot be a loop's own variable");
  }
  return target;
}

}  // namespace peregrine::jinja
