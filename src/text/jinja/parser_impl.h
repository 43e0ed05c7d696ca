// The parser's state and its grammar; private to parser.cc, parse_expression.cc and parse_statement.cc.
//
// One function per rule, recursive descent. `nesting_` counts the rules in progress that can hold themselves,
// so neither the parser's stack nor the tree's height depends on the source.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/jinja/ast.h"
#include "text/jinja/limits.h"
#include "text/jinja/token.h"

namespace peregrine::jinja {

class Parser {
 public:
  Parser(std::vector<Token> tokens, const Limits& limits, Syntax& syntax)
      : tokens_(std::move(tokens)), limits_(limits), syntax_(syntax) {}

  Result<Body> parse_template();

 private:
  using EndTags = std::initializer_list<std::string_view>;
  struct MacroUses {
    bool caller = false;
    bool varargs = false;
    bool kwargs = false;
  };
  struct TupleRule {
    bool conditional = true;         // items may be `a if b else c`
    bool may_be_empty = false;       // between parentheses
    std::string_view end_name = {};  // a name that ends the tuple
  };
  // Counts one level of nesting for as long as it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) { ++parser_.nesting_; }
    ~Level() { --parser_.nesting_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Parser& parser_;
  };

  // parser.cc: the token stream, errors, nodes
  const Token& current() const { return tokens_[at_]; }
  const Token& next_token() const { return tokens_[at_ + 1 < tokens_.size() ? at_ + 1 : at_]; }
  Token take();
  bool skip_operator(std::string_view sign);
  bool skip_name(std::string_view name);
  Status expect_operator(std::string_view sign);
  Status expect_name(std::string_view name);
  Status expect(TokenKind kind, std::string_view what);
  Result<Symbol> take_symbol();
  Status check_nesting() const;
  tl::unexpected<Error> fail_at(SourcePos pos, std::string message,
                                ErrorCode code = ErrorCode::kInvalidArgument) const;
  tl::unexpected<Error> unexpected_token() const;
  // A node whose tallest child has `child_height`.
  Result<ExprPtr> make(SourcePos pos, Expr::Node node, std::size_t child_height) const;
  static std::size_t height(const ExprPtr& expr) { return expr ? expr->height : 0; }
  static std::size_t height(const CallArguments& arguments);

  // parse_expression.cc
  Result<ExprPtr> parse_expression(bool conditional = true);
  Result<ExprPtr> parse_conditional();
  Result<ExprPtr> parse_or();
  Result<ExprPtr> parse_and();
  Result<ExprPtr> parse_not();
  Result<ExprPtr> parse_compare();
  Result<ExprPtr> parse_sum();
  Result<ExprPtr> parse_concat();
  Result<ExprPtr> parse_product();
  Result<ExprPtr> parse_power();
  Result<ExprPtr> parse_unary();
  Result<ExprPtr> parse_primary();
  Result<ExprPtr> parse_name();
  Result<ExprPtr> parse_string();
  Result<ExprPtr> parse_list();
  Result<ExprPtr> parse_dict();
  Result<ExprPtr> parse_tuple(TupleRule rule);
  bool at_tuple_end(const TupleRule& rule) const;
  Result<ExprPtr> parse_postfix(ExprPtr expr);
  Result<ExprPtr> parse_filters_and_tests(ExprPtr expr);
  Result<ExprPtr> parse_attribute(ExprPtr object);
  Result<ExprPtr> parse_subscript(ExprPtr object);
  Result<ExprPtr> parse_slice(ExprPtr object, ExprPtr start, SourcePos pos);
  Result<ExprPtr> parse_call(ExprPtr callee);
  Result<ExprPtr> parse_filter(ExprPtr input);
  Result<ExprPtr> parse_test(ExprPtr input);
  Result<CallArguments> parse_call_arguments();
  Status parse_call_argument(CallArguments& arguments);
  Result<std::string> parse_dotted_name();
  using Rule = Result<ExprPtr> (Parser::*)();
  Result<ExprPtr> parse_arithmetic(Rule operand, std::initializer_list<Arithmetic> operators);
  Result<ExprPtr> parse_logical(Rule operand, std::string_view word);

  // parse_statement.cc
  Result<Body> parse_body(EndTags end_tags);
  Status parse_body_item(Body& body);
  Status parse_statement(Body& body);
  Result<Stmt::Node> parse_if();
  Result<Stmt::Node> parse_for();
  Result<Stmt::Node> parse_set();
  Result<Stmt::Node> parse_macro();
  Result<Stmt::Node> parse_call_block();
  Result<Stmt::Node> parse_filter_block();
  Result<Stmt::Node> parse_with();
  Result<Stmt::Node> parse_generation();
  Result<Stmt::Node> parse_break();
  Result<Stmt::Node> parse_continue();
  Result<Stmt::Node> refuse_statement();
  // The statements up to one of `end_tags`, whose name is then the current token.
  Result<Body> parse_block(EndTags end_tags);
  // The same, for a block with one end, which is consumed up to its block end.
  Result<Body> parse_whole_block(std::string_view end_tag);
  Result<Target> parse_target(bool attribute_allowed, std::string_view end_name);
  Result<Target> parse_target_item();
  Result<Target> parse_target_tuple(Target first, std::string_view end_name);
  Result<std::vector<Parameter>> parse_parameters();
  Result<MacroDecl> parse_macro_body(MacroDecl macro, std::string_view end_tag);

  std::vector<Token> tokens_;
  const Limits& limits_;
  Syntax& syntax_;
  std::size_t at_ = 0;
  std::size_t nesting_ = 0;
  std::size_t open_loops_ = 0;          // that a break may leave
  std::vector<MacroUses> open_macros_;  // the innermost last
  std::vector<std::string> open_tags_;  // names of the blocks being parsed, for error messages
};

}  // namespace peregrine::jinja
