// Evaluates a syntax tree: one render.
//
// Names resolve through lexical scopes, then the context, then the global functions. Loops, macros and blocks
// that collect text open a scope; `if` does not. Recursion is bounded by Limits::max_depth, work by
// max_steps. An error leaves with `where` set to the place of the innermost expression or statement it arose
// in.
#pragma once

#include <ctime>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "text/jinja/ast.h"
#include "text/jinja/builtin.h"
#include "text/jinja/heap.h"
#include "text/jinja/object.h"
#include "text/jinja/text.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

// The variables of one block. Shared with the macros defined in it.
class Scope {
 public:
  Scope(Heap& heap, std::shared_ptr<const Scope> parent)
      : heap_(heap), parent_(std::move(parent)), charge_(heap) {}

  const Scope* parent() const { return parent_.get(); }
  // Both charge the work of searching. find() is null for a variable that is not of this scope.
  Result<const Value*> find(Symbol name) const;
  Status set(Symbol name, Value value);

 private:
  Status charge_search() const;

  Heap& heap_;
  std::shared_ptr<const Scope> parent_;
  std::vector<std::pair<Symbol, Value>> variables_;
  MemoryCharge charge_;
};
using ScopePtr = std::shared_ptr<Scope>;

class Interpreter {
 public:
  using Clock = std::function<std::tm()>;

  Interpreter(const Syntax& syntax, Heap& heap, const Dict& context, const Clock& local_time);

  Status run(TextBuilder& out);

  Heap& heap() { return heap_; }
  std::tm local_time() const { return local_time_(); }

  // Calls a value. Errors: kInvalidArgument when it is not callable.
  Result<Value> call(const Value& callee, Arguments arguments);
  // What macros and recursive loops do when called: render their body to a string.
  Result<Value> call_macro(const MacroDecl& macro, const ScopePtr& closure, Arguments arguments);
  Result<Value> call_loop(const ForStmt& loop, const ScopePtr& outer, const Value& iterable,
                          std::size_t depth);
  // A filter or test chosen by name while rendering, as `map` and `select` do.
  Result<Value> apply_filter(const Text& name, const Value& input, const Arguments& arguments);
  Result<bool> apply_test(const Text& name, const Value& input, const Arguments& arguments);

 private:
  enum class Flow { kNext, kBreak, kContinue };
  // Makes a scope the current one for as long as this lives.
  class Enter {
   public:
    Enter(Interpreter& interpreter, ScopePtr scope)
        : interpreter_(interpreter), outer_(std::exchange(interpreter.scope_, std::move(scope))) {}
    ~Enter() { interpreter_.scope_ = std::move(outer_); }
    Enter(const Enter&) = delete;
    Enter& operator=(const Enter&) = delete;

   private:
    Interpreter& interpreter_;
    ScopePtr outer_;
  };
  // One more evaluation in progress for as long as this lives.
  class Depth {
   public:
    explicit Depth(Interpreter& interpreter) : interpreter_(interpreter) { ++interpreter_.depth_; }
    ~Depth() { --interpreter_.depth_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    // Charges a step. Errors: kResourceExhausted for max_depth and max_steps.
    Status check() const;

   private:
    Interpreter& interpreter_;
  };

  ScopePtr new_scope() const { return std::make_shared<Scope>(heap_, scope_); }

  // evaluate.cc
  Result<Value> evaluate(const Expr& expr);
  Result<Value> evaluate_node(const Literal& node);
  Result<Value> evaluate_node(const Name& node);
  Result<Value> evaluate_node(const ListExpr& node);
  Result<Value> evaluate_node(const DictExpr& node);
  Result<Value> evaluate_node(const AttributeExpr& node);
  Result<Value> evaluate_node(const ItemExpr& node);
  Result<Value> evaluate_node(const SliceExpr& node);
  Result<Value> evaluate_node(const CallExpr& node);
  Result<Value> evaluate_node(const FilterExpr& node);
  Result<Value> evaluate_node(const TestExpr& node);
  Result<Value> evaluate_node(const UnaryExpr& node);
  Result<Value> evaluate_node(const ArithmeticExpr& node);
  Result<Value> evaluate_node(const ConcatExpr& node);
  Result<Value> evaluate_node(const LogicalExpr& node);
  Result<Value> evaluate_node(const CompareExpr& node);
  Result<Value> evaluate_node(const ConditionalExpr& node);
  Result<Value> evaluate_or_none(const ExprPtr& expr);
  Result<Arguments> evaluate_arguments(const CallArguments& arguments);
  Result<const Value*> find_variable(Symbol name);
  // `caller`, when given, goes in as one more named argument.
  Result<Value> evaluate_call(const CallExpr& node, const Value* caller);
  Result<Value> filter_value(const FilterExpr& node, const Value& input);
  // The filters of a block, applied to its text.
  Result<Value> filter_block(const Expr& filter, const Value& text);

  // execute.cc
  Result<Flow> execute(const Body& body, TextBuilder& out);
  Result<Flow> execute(const Stmt& stmt, TextBuilder& out);
  Result<Flow> execute_node(const TextStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const PrintStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const IfStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const ForStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const SetStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const SetBlockStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const MacroStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const CallBlockStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const FilterBlockStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const WithStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const ScopeStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const BreakStmt& node, TextBuilder& out);
  Result<Flow> execute_node(const ContinueStmt& node, TextBuilder& out);
  // Runs a loop within the current scope; `depth` counts recursive loops around it.
  Result<Flow> execute_loop(const ForStmt& node, const Value& iterable, std::size_t depth, TextBuilder& out);
  Result<Sequence*> loop_items(const ForStmt& node, const Value& iterable);
  Status assign(const Target& target, const Value& value);
  Status bind_parameters(const MacroDecl& macro, Arguments arguments);

  const Syntax& syntax_;
  Heap& heap_;
  const Dict& context_;
  const Clock& local_time_;
  ScopePtr scope_;
  std::size_t depth_ = 0;
};

}  // namespace peregrine::jinja
