#include <fmt/format.h>

#include <algorithm>

#include "text/jinja/builtin.h"
#include "text/jinja/parser_impl.h"

namespace peregrine::jinja {

Result<ExprPtr> Parser::parse_expression(bool conditional) {
  const Level level(*this);
  PEREGRINE_TRY(check_nesting());
  return conditional ? parse_conditional() : parse_or();
}

Result<ExprPtr> Parser::parse_conditional() {
  PEREGRINE_ASSIGN(ExprPtr expr, parse_or());
  while (current().is_name("if")) {
    const SourcePos pos = take().pos;
    ConditionalExpr node;
    PEREGRINE_ASSIGN(node.condition, parse_or());
    if (skip_name("else")) {
      PEREGRINE_ASSIGN(node.otherwise, parse_expression());
    }
    node.then = std::move(expr);
    const std::size_t tallest = std::max({height(node.condition), height(node.then), height(node.otherwise)});
    PEREGRINE_ASSIGN(expr, make(pos, std::move(node), tallest));
  }
  return expr;
}

Result<ExprPtr> Parser::parse_logical(Rule operand, std::string_view word) {
  const SourcePos pos = current().pos;
  PEREGRINE_ASSIGN(ExprPtr first, (this->*operand)());
  if (!current().is_name(word)) return first;
  LogicalExpr node;
  node.conjunction = word == "and";
  std::size_t tallest = height(first);
  node.operands.push_back(std::move(first));
  while (skip_name(word)) {
    PEREGRINE_ASSIGN(ExprPtr next, (this->*operand)());
    tallest = std::max(tallest, height(next));
    node.operands.push_back(std::move(next));
  }
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_or() {
  return parse_logical(&Parser::parse_and, "or");
}

Result<ExprPtr> Parser::parse_and() {
  return parse_logical(&Parser::parse_not, "and");
}

Result<ExprPtr> Parser::parse_not() {
  std::vector<SourcePos> nots;
  while (current().is_name("not")) nots.push_back(take().pos);
  PEREGRINE_ASSIGN(ExprPtr expr, parse_compare());
  for (; !nots.empty(); nots.pop_back()) {
    const std::size_t tallest = height(expr);
    PEREGRINE_ASSIGN(expr, make(nots.back(), UnaryExpr{UnaryOp::kNot, std::move(expr)}, tallest));
  }
  return expr;
}

Result<ExprPtr> Parser::parse_compare() {
  constexpr std::pair<std::string_view, Comparison> kSigns[] = {
      {"==", Comparison::kEqual},     {"!=", Comparison::kNotEqual}, {"<", Comparison::kLess},
      {"<=", Comparison::kLessEqual}, {">", Comparison::kGreater},   {">=", Comparison::kGreaterEqual}};
  const SourcePos pos = current().pos;
  CompareExpr node;
  PEREGRINE_ASSIGN(node.first, parse_sum());
  std::size_t tallest = height(node.first);
  while (true) {
    CompareExpr::Step step;
    const auto* sign = std::find_if(std::begin(kSigns), std::end(kSigns),
                                    [&](const auto& entry) { return current().is_operator(entry.first); });
    if (sign != std::end(kSigns)) {
      step.op = sign->second;
      take();
    } else if (skip_name("in")) {
      step.op = Comparison::kIn;
    } else if (current().is_name("not") && next_token().is_name("in")) {
      step.op = Comparison::kNotIn;
      take();
      take();
    } else {
      break;
    }
    PEREGRINE_ASSIGN(step.operand, parse_sum());
    tallest = std::max(tallest, height(step.operand));
    node.steps.push_back(std::move(step));
  }
  if (node.steps.empty()) return std::move(node.first);
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_arithmetic(Rule operand, std::initializer_list<Arithmetic> operators) {
  ArithmeticExpr node;
  const SourcePos pos = current().pos;
  PEREGRINE_ASSIGN(node.first, (this->*operand)());
  std::size_t tallest = height(node.first);
  while (true) {
    const auto* op = std::find_if(operators.begin(), operators.end(), [&](Arithmetic entry) {
      return current().is_operator(operator_sign(entry));
    });
    if (op == operators.end()) break;
    ArithmeticExpr::Step step;
    step.op = *op;
    step.pos = take().pos;
    PEREGRINE_ASSIGN(step.operand, (this->*operand)());
    tallest = std::max(tallest, height(step.operand));
    node.steps.push_back(std::move(step));
  }
  if (node.steps.empty()) return std::move(node.first);
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_sum() {
  return parse_arithmetic(&Parser::parse_concat, {Arithmetic::kAdd, Arithmetic::kSubtract});
}

Result<ExprPtr> Parser::parse_concat() {
  const SourcePos pos = current().pos;
  PEREGRINE_ASSIGN(ExprPtr first, parse_product());
  if (!current().is_operator("~")) return first;
  ConcatExpr node;
  std::size_t tallest = height(first);
  node.parts.push_back(std::move(first));
  while (skip_operator("~")) {
    PEREGRINE_ASSIGN(ExprPtr part, parse_product());
    tallest = std::max(tallest, height(part));
    node.parts.push_back(std::move(part));
  }
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_product() {
  return parse_arithmetic(&Parser::parse_power, {Arithmetic::kMultiply, Arithmetic::kDivide,
                                                 Arithmetic::kFloorDivide, Arithmetic::kModulo});
}

Result<ExprPtr> Parser::parse_power() {
  return parse_arithmetic(&Parser::parse_unary, {Arithmetic::kPower});
}

// Signs bind tighter than filters and looser than subscripts: -a.b|abs is (-(a.b))|abs.
Result<ExprPtr> Parser::parse_unary() {
  std::vector<Token> signs;
  while (current().is_operator("-") || current().is_operator("+")) signs.push_back(take());
  PEREGRINE_ASSIGN(ExprPtr expr, parse_primary());
  PEREGRINE_ASSIGN(expr, parse_postfix(std::move(expr)));
  for (; !signs.empty(); signs.pop_back()) {
    const UnaryOp op = signs.back().text == "-" ? UnaryOp::kMinus : UnaryOp::kPlus;
    const std::size_t tallest = height(expr);
    PEREGRINE_ASSIGN(expr, make(signs.back().pos, UnaryExpr{op, std::move(expr)}, tallest));
  }
  return parse_filters_and_tests(std::move(expr));
}

Result<ExprPtr> Parser::parse_primary() {
  switch (current().kind) {
    case TokenKind::kName:
      return parse_name();
    case TokenKind::kString:
      return parse_string();
    case TokenKind::kInteger: {
      const Token token = take();
      return make(token.pos, Literal{Value(token.integer)}, 0);
    }
    case TokenKind::kFloat: {
      const Token token = take();
      return make(token.pos, Literal{Value(token.real)}, 0);
    }
    default:
      break;
  }
  if (current().is_operator("[")) return parse_list();
  if (current().is_operator("{")) return parse_dict();
  if (!skip_operator("(")) return unexpected_token();
  PEREGRINE_ASSIGN(ExprPtr expr, parse_tuple({.may_be_empty = true}));
  PEREGRINE_TRY(expect_operator(")"));
  return expr;
}

Result<ExprPtr> Parser::parse_name() {
  const Token token = take();
  if (token.text == "true" || token.text == "True") return make(token.pos, Literal{Value(true)}, 0);
  if (token.text == "false" || token.text == "False") return make(token.pos, Literal{Value(false)}, 0);
  if (token.text == "none" || token.text == "None") return make(token.pos, Literal{}, 0);
  for (MacroUses& uses : open_macros_) {
    uses.caller = uses.caller || token.text == "caller";
    uses.varargs = uses.varargs || token.text == "varargs";
    uses.kwargs = uses.kwargs || token.text == "kwargs";
  }
  return make(token.pos, Name{syntax_.symbols.intern(token.text)}, 0);
}

Result<ExprPtr> Parser::parse_string() {
  Token token = take();
  while (current().kind == TokenKind::kString) token.text += take().text;
  return make(token.pos, Literal{Value(Text::literal(std::move(token.text)))}, 0);
}

Result<ExprPtr> Parser::parse_list() {
  ListExpr node;
  std::size_t tallest = 0;
  const SourcePos pos = take().pos;
  while (!current().is_operator("]")) {
    PEREGRINE_ASSIGN(ExprPtr item, parse_expression());
    tallest = std::max(tallest, height(item));
    node.items.push_back(std::move(item));
    if (!skip_operator(",")) break;
  }
  PEREGRINE_TRY(expect_operator("]"));
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_dict() {
  DictExpr node;
  std::size_t tallest = 0;
  const SourcePos pos = take().pos;
  while (!current().is_operator("}")) {
    PEREGRINE_ASSIGN(ExprPtr key, parse_expression());
    PEREGRINE_TRY(expect_operator(":"));
    PEREGRINE_ASSIGN(ExprPtr value, parse_expression());
    tallest = std::max({tallest, height(key), height(value)});
    node.items.emplace_back(std::move(key), std::move(value));
    if (!skip_operator(",")) break;
  }
  PEREGRINE_TRY(expect_operator("}"));
  return make(pos, std::move(node), tallest);
}

bool Parser::at_tuple_end(const TupleRule& rule) const {
  return current().kind == TokenKind::kVariableEnd || current().kind == TokenKind::kBlockEnd ||
         current().is_operator(")") || (!rule.end_name.empty() && current().is_name(rule.end_name));
}

// One expression, or several between commas, which make a tuple.
Result<ExprPtr> Parser::parse_tuple(TupleRule rule) {
  const SourcePos pos = current().pos;
  ListExpr node;
  node.tuple = true;
  std::size_t tallest = 0;
  bool has_comma = false;
  while (!at_tuple_end(rule)) {
    PEREGRINE_ASSIGN(ExprPtr item, parse_expression(rule.conditional));
    tallest = std::max(tallest, height(item));
    node.items.push_back(std::move(item));
    if (!skip_operator(",")) break;
    has_comma = true;
  }
  if (!has_comma) {
    if (!node.items.empty()) return std::move(node.items.front());
    if (!rule.may_be_empty) {
      return fail_at(current().pos, fmt::format("expected an expression, got {}", current().describe()));
    }
  }
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_postfix(ExprPtr expr) {
  while (true) {
    if (current().is_operator(".")) {
      PEREGRINE_ASSIGN(expr, parse_attribute(std::move(expr)));
    } else if (current().is_operator("[")) {
      PEREGRINE_ASSIGN(expr, parse_subscript(std::move(expr)));
    } else if (current().is_operator("(")) {
      PEREGRINE_ASSIGN(expr, parse_call(std::move(expr)));
    } else {
      return expr;
    }
  }
}

Result<ExprPtr> Parser::parse_filters_and_tests(ExprPtr expr) {
  while (true) {
    if (current().is_operator("|")) {
      PEREGRINE_ASSIGN(expr, parse_filter(std::move(expr)));
    } else if (current().is_name("is")) {
      PEREGRINE_ASSIGN(expr, parse_test(std::move(expr)));
    } else if (current().is_operator("(")) {
      PEREGRINE_ASSIGN(expr, parse_call(std::move(expr)));
    } else {
      return expr;
    }
  }
}

Result<ExprPtr> Parser::parse_attribute(ExprPtr object) {
  take();
  const std::size_t tallest = height(object);
  const SourcePos pos = current().pos;
  if (current().kind == TokenKind::kInteger) {
    PEREGRINE_ASSIGN(ExprPtr index, make(pos, Literal{Value(take().integer)}, 0));
    return make(pos, ItemExpr{std::move(object), std::move(index)}, std::max(tallest, height(index)));
  }
  PEREGRINE_ASSIGN(const Symbol name, take_symbol());
  return make(pos, AttributeExpr{std::move(object), name}, tallest);
}

Result<ExprPtr> Parser::parse_subscript(ExprPtr object) {
  const SourcePos pos = take().pos;
  if (skip_operator(":")) return parse_slice(std::move(object), nullptr, pos);
  PEREGRINE_ASSIGN(ExprPtr index, parse_expression());
  if (skip_operator(":")) return parse_slice(std::move(object), std::move(index), pos);
  if (current().is_operator(",")) return fail_at(current().pos, "a subscript takes one index or one slice");
  PEREGRINE_TRY(expect_operator("]"));
  const std::size_t tallest = std::max(height(object), height(index));
  return make(pos, ItemExpr{std::move(object), std::move(index)}, tallest);
}

// After `[start:`.
Result<ExprPtr> Parser::parse_slice(ExprPtr object, ExprPtr start, SourcePos pos) {
  SliceExpr node{std::move(object), std::move(start), nullptr, nullptr};
  if (!current().is_operator(":") && !current().is_operator("]")) {
    PEREGRINE_ASSIGN(node.stop, parse_expression());
  }
  if (skip_operator(":") && !current().is_operator("]")) {
    PEREGRINE_ASSIGN(node.step, parse_expression());
  }
  PEREGRINE_TRY(expect_operator("]"));
  const std::size_t tallest =
      std::max({height(node.object), height(node.start), height(node.stop), height(node.step)});
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_call(ExprPtr callee) {
  const SourcePos pos = current().pos;
  PEREGRINE_ASSIGN(CallArguments arguments, parse_call_arguments());
  const std::size_t tallest = std::max(height(callee), height(arguments));
  return make(pos, CallExpr{std::move(callee), std::move(arguments)}, tallest);
}

Status Parser::parse_call_argument(CallArguments& arguments) {
  const SourcePos pos = current().pos;
  if (skip_operator("*")) {
    if (arguments.spread || arguments.spread_named) return fail_at(pos, "misplaced * argument");
    PEREGRINE_ASSIGN(arguments.spread, parse_expression());
  } else if (skip_operator("**")) {
    if (arguments.spread_named) return fail_at(pos, "misplaced ** argument");
    PEREGRINE_ASSIGN(arguments.spread_named, parse_expression());
  } else if (current().kind == TokenKind::kName && next_token().is_operator("=")) {
    if (arguments.spread_named) return fail_at(pos, "an argument follows a ** argument");
    PEREGRINE_ASSIGN(const Symbol name, take_symbol());
    take();
    PEREGRINE_ASSIGN(ExprPtr value, parse_expression());
    arguments.named.emplace_back(name, std::move(value));
  } else {
    if (arguments.spread || arguments.spread_named || !arguments.named.empty()) {
      return fail_at(pos, "a positional argument follows a keyword argument");
    }
    PEREGRINE_ASSIGN(ExprPtr value, parse_expression());
    arguments.positional.push_back(std::move(value));
  }
  return {};
}

Result<CallArguments> Parser::parse_call_arguments() {
  CallArguments arguments;
  PEREGRINE_TRY(expect_operator("("));
  while (!current().is_operator(")")) {
    PEREGRINE_TRY(parse_call_argument(arguments));
    if (!skip_operator(",")) break;
  }
  PEREGRINE_TRY(expect_operator(")"));
  return arguments;
}

Result<std::string> Parser::parse_dotted_name() {
  PEREGRINE_ASSIGN(const Symbol first, take_symbol());
  std::string name(first.view());
  while (skip_operator(".")) {
    PEREGRINE_ASSIGN(const Symbol part, take_symbol());
    name.append(".").append(part.view());
  }
  return name;
}

// At the bar, or at the first name of a filter block.
Result<ExprPtr> Parser::parse_filter(ExprPtr input) {
  skip_operator("|");
  const SourcePos pos = current().pos;
  PEREGRINE_ASSIGN(const std::string name, parse_dotted_name());
  FilterExpr node;
  node.input = std::move(input);
  node.name = syntax_.symbols.intern(name);
  node.filter = find_filter(name);
  if (current().is_operator("(")) {
    PEREGRINE_ASSIGN(node.arguments, parse_call_arguments());
  }
  const std::size_t tallest = std::max(height(node.input), height(node.arguments));
  return make(pos, std::move(node), tallest);
}

Result<ExprPtr> Parser::parse_test(ExprPtr input) {
  const SourcePos pos = take().pos;
  const bool negated = skip_name("not");
  PEREGRINE_ASSIGN(const std::string name, parse_dotted_name());
  TestExpr node;
  node.input = std::move(input);
  node.name = syntax_.symbols.intern(name);
  node.test = find_test(name);
  const bool takes_operand = current().kind == TokenKind::kName || current().kind == TokenKind::kString ||
                             current().kind == TokenKind::kInteger || current().kind == TokenKind::kFloat ||
                             current().is_operator("[") || current().is_operator("{");
  if (current().is_operator("(")) {
    PEREGRINE_ASSIGN(node.arguments, parse_call_arguments());
  } else if (current().is_name("is")) {
    return fail_at(current().pos, "tests cannot be chained with 'is'");
  } else if (takes_operand && !current().is_name("else") && !current().is_name("or") &&
             !current().is_name("and")) {
    PEREGRINE_ASSIGN(ExprPtr operand, parse_primary());
    PEREGRINE_ASSIGN(operand, parse_postfix(std::move(operand)));
    node.arguments.positional.push_back(std::move(operand));
  }
  const std::size_t tallest = std::max(height(node.input), height(node.arguments));
  PEREGRINE_ASSIGN(ExprPtr expr, make(pos, std::move(node), tallest));
  if (!negated) return expr;
  const std::size_t test_height = height(expr);
  return make(pos, UnaryExpr{UnaryOp::kNot, std::move(expr)}, test_height);
}

}  // namespace peregrine::jinja
