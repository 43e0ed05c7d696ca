// The syntax tree of a template.
//
// Immutable once parsed and shared by renders. Its height is bounded by Limits::max_nesting (chains of one
// precedence level are flat), which bounds recursion over it, its destruction included.
// Names are interned: equal names of one template are one Symbol.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "text/jinja/number.h"
#include "text/jinja/text.h"
#include "text/jinja/token.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

struct Builtin;
struct Expr;
struct Stmt;
using ExprPtr = std::unique_ptr<Expr>;
using Body = std::vector<Stmt>;

class Symbol {
 public:
  Symbol() = default;
  explicit Symbol(const Text* name) : name_(name) {}
  const Text& text() const { return *name_; }
  std::string_view view() const { return name_->view(); }
  friend bool operator==(Symbol, Symbol) = default;  // by identity

 private:
  const Text* name_ = nullptr;
};

// ---- Expressions

struct Literal {
  Value value;  // a scalar
};
struct Name {
  Symbol name;
};
struct ListExpr {
  std::vector<ExprPtr> items;
  bool tuple = false;
};
struct DictExpr {
  std::vector<std::pair<ExprPtr, ExprPtr>> items;
};
struct AttributeExpr {  // object.name
  ExprPtr object;
  Symbol name;
};
struct ItemExpr {  // object[index]
  ExprPtr object;
  ExprPtr index;
};
struct SliceExpr {  // object[start:stop:step], each of the three may be null
  ExprPtr object;
  ExprPtr start;
  ExprPtr stop;
  ExprPtr step;
};
struct CallArguments {
  std::vector<ExprPtr> positional;
  std::vector<std::pair<Symbol, ExprPtr>> named;
  ExprPtr spread;        // *args, or null
  ExprPtr spread_named;  // **kwargs, or null
};
struct CallExpr {
  ExprPtr callee;
  CallArguments arguments;
};
struct FilterExpr {
  ExprPtr input;  // null for the first filter of a filter block: its input is the block's text
  Symbol name;
  const Builtin* filter = nullptr;  // null: no filter has this name, an error once evaluated
  CallArguments arguments;
};
struct TestExpr {
  ExprPtr input;
  Symbol name;
  const Builtin* test = nullptr;  // as for filters
  CallArguments arguments;
};
enum class UnaryOp : std::uint8_t { kNot, kMinus, kPlus };
struct UnaryExpr {
  UnaryOp op = UnaryOp::kNot;
  ExprPtr operand;
};
struct ArithmeticExpr {  // first op operand op operand ..., from left to right
  struct Step {
    Arithmetic op = Arithmetic::kAdd;
    SourcePos pos;
    ExprPtr operand;
  };
  ExprPtr first;
  std::vector<Step> steps;
};
struct ConcatExpr {  // a ~ b ~ ...
  std::vector<ExprPtr> parts;
};
struct LogicalExpr {
  bool conjunction = false;  // `and`, else `or`
  std::vector<ExprPtr> operands;
};
enum class Comparison : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kNotIn
};
struct CompareExpr {  // a < b < c: every neighbouring pair
  struct Step {
    Comparison op = Comparison::kEqual;
    ExprPtr operand;
  };
  ExprPtr first;
  std::vector<Step> steps;
};
struct ConditionalExpr {
  ExprPtr condition;
  ExprPtr then;
  ExprPtr otherwise;  // null: undefined
};

struct Expr {
  using Node = std::variant<Literal, Name, ListExpr, DictExpr, AttributeExpr, ItemExpr, SliceExpr, CallExpr,
                            FilterExpr, TestExpr, UnaryExpr, ArithmeticExpr, ConcatExpr, LogicalExpr,
                            CompareExpr, ConditionalExpr>;
  SourcePos pos;
  std::size_t height = 1;  // of the tree below and including this
  Node node;
};

// ---- Statements

// What a value may be bound to: a name, an attribute of a namespace, or several targets to unpack into.
struct Target {
  Symbol name;
  Symbol attribute;  // of the namespace called `name`, when given
  std::vector<Target> unpack;
  bool is_unpack = false;
  bool is_attribute = false;
};

struct TextStmt {
  Text text;
};
struct PrintStmt {
  ExprPtr value;
};
struct IfStmt {
  std::vector<std::pair<ExprPtr, Body>> branches;
  Body otherwise;
};
struct ForStmt {
  Target target;
  ExprPtr iterable;
  ExprPtr filter;  // or null
  bool recursive = false;
  Body body;
  Body otherwise;
};
struct SetStmt {
  Target target;
  ExprPtr value;
};
struct SetBlockStmt {
  Target target;
  ExprPtr filter;  // innermost input null; or null
  Body body;
};
struct Parameter {
  Symbol name;
  ExprPtr fallback;  // or null
};
struct MacroDecl {
  Symbol name;
  std::vector<Parameter> parameters;
  Body body;
  bool uses_caller = false;
  bool uses_varargs = false;
  bool uses_kwargs = false;
};
struct MacroStmt {
  MacroDecl macro;
};
struct CallBlockStmt {
  ExprPtr call;      // a CallExpr
  MacroDecl caller;  // the block as a macro
};
struct FilterBlockStmt {
  ExprPtr filter;  // innermost input null
  Body body;
};
struct WithStmt {
  std::vector<std::pair<Target, ExprPtr>> bindings;
  Body body;
};
struct ScopeStmt {  // a generation block: its own scope and nothing more
  Body body;
};
struct BreakStmt {};
struct ContinueStmt {};

struct Stmt {
  using Node = std::variant<TextStmt, PrintStmt, IfStmt, ForStmt, SetStmt, SetBlockStmt, MacroStmt,
                            CallBlockStmt, FilterBlockStmt, WithStmt, ScopeStmt, BreakStmt, ContinueStmt>;
  SourcePos pos;
  Node node;
};

// The names of one template, each stored once, and the special names looked up while rendering.
class SymbolTable {
 public:
  Symbol intern(std::string_view name) {
    auto found = names_.find(name);
    if (found == names_.end()) found = names_.insert(Text::literal(std::string(name))).first;
    return Symbol(&*found);
  }

 private:
  struct Less {
    using is_transparent = void;
    bool operator()(const Text& a, const Text& b) const { return a.view() < b.view(); }
    bool operator()(const Text& a, std::string_view b) const { return a.view() < b; }
    bool operator()(std::string_view a, const Text& b) const { return a < b.view(); }
  };
  std::set<Text, Less> names_;  // nodes do not move
};

struct Syntax {
  SymbolTable symbols;
  Symbol loop;
  Symbol caller;
  Symbol varargs;
  Symbol kwargs;
  Body body;
};

}  // namespace peregrine::jinja
