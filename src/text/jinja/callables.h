// The objects a render makes for itself: functions, macros, the loop variable, cyclers and joiners.
#pragma once

#include <vector>

#include "text/jinja/ast.h"
#include "text/jinja/builtin.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/object.h"

namespace peregrine::jinja {

// A builtin as a value: a global function, or a method with the object it was taken from.
class Function final : public Object {
 public:
  Function(const Builtin& builtin, Value self) : builtin_(builtin), self_(std::move(self)) {}

  std::string_view type() const override { return "function"; }
  bool callable() const override { return true; }
  Result<Value> call(Interpreter& interpreter, Arguments arguments) override;

 private:
  const Builtin& builtin_;
  Value self_;
};

class Macro final : public Object {
 public:
  Macro(const MacroDecl& declaration, ScopePtr closure)
      : declaration_(declaration), closure_(std::move(closure)) {}

  std::string_view type() const override { return "Macro"; }
  Result<std::optional<Value>> attribute(Interpreter& interpreter, std::string_view name) override;
  bool callable() const override { return true; }
  Result<Value> call(Interpreter& interpreter, Arguments arguments) override;
  Status describe(Heap& heap, TextBuilder& out, std::size_t depth) const override;

 private:
  const MacroDecl& declaration_;
  ScopePtr closure_;
};

// The variable `loop`. Calling it renders a recursive loop one level down, in the scope around the loop; a
// loop that is not recursive needs no such scope.
class Loop final : public Object {
 public:
  Loop(const ForStmt& statement, ScopePtr outer, const Sequence& items, std::size_t depth)
      : statement_(statement), outer_(std::move(outer)), items_(items), depth_(depth) {}

  void move_to(std::size_t index) { index_ = index; }
  Value cycle(const std::vector<Value>& choices) const { return choices[index_ % choices.size()]; }
  // Whether `values` differ from those of the last call.
  Result<bool> changed(Heap& heap, const std::vector<Value>& values);

  std::string_view type() const override { return "LoopContext"; }
  Result<std::optional<Value>> attribute(Interpreter& interpreter, std::string_view name) override;
  bool callable() const override { return true; }
  Result<Value> call(Interpreter& interpreter, Arguments arguments) override;
  Status describe(Heap& heap, TextBuilder& out, std::size_t depth) const override;

 private:
  std::optional<Value> position(std::string_view name) const;
  Value neighbour(bool next) const;

  const ForStmt& statement_;
  ScopePtr outer_;
  const Sequence& items_;
  std::size_t index_ = 0;
  std::size_t depth_;  // recursive levels around this one
  bool seen_values_ = false;
  std::vector<Value> last_values_;
};

// cycler(a, b, ...)
class Cycler final : public Object {
 public:
  explicit Cycler(std::vector<Value> items) : items_(std::move(items)) {}

  Value next();
  void reset() { position_ = 0; }

  std::string_view type() const override { return "Cycler"; }
  Result<std::optional<Value>> attribute(Interpreter& interpreter, std::string_view name) override;

 private:
  std::vector<Value> items_;
  std::size_t position_ = 0;
};

// joiner(separator): nothing when first called, the separator from then on.
class Joiner final : public Object {
 public:
  explicit Joiner(Value separator) : separator_(std::move(separator)) {}

  std::string_view type() const override { return "Joiner"; }
  bool callable() const override { return true; }
  Result<Value> call(Interpreter& interpreter, Arguments arguments) override;

 private:
  Value separator_;
  bool used_ = false;
};

Result<Value> make_function(Heap& heap, const Builtin& builtin, Value self);

}  // namespace peregrine::jinja
