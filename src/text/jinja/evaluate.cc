#include <fmt/format.h>

#include "text/jinja/access.h"
#include "text/jinja/callables.h"
#include "text/jinja/format.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"

namespace peregrine::jinja {

Result<Value> Interpreter::evaluate(const Expr& expr) {
  const Depth depth(*this);
  PEREGRINE_TRY(depth.check());
  Result<Value> value = std::visit([this](const auto& node) { return evaluate_node(node); }, expr.node);
  if (!value && value.error().where.empty()) value.error().where = expr.pos.text();
  return value;
}

Result<Value> Interpreter::evaluate_or_none(const ExprPtr& expr) {
  if (!expr) return Value();
  return evaluate(*expr);
}

Result<Value> Interpreter::evaluate_node(const Literal& node) {
  return node.value;
}

// The variable of the innermost scope that has it, or of the context; null when there is none.
Result<const Value*> Interpreter::find_variable(Symbol name) {
  for (const Scope* scope = scope_.get(); scope != nullptr; scope = scope->parent()) {
    PEREGRINE_ASSIGN(const Value* found, scope->find(name));
    if (found) return found;
  }
  return context_.find(name.view());
}

Result<Value> Interpreter::evaluate_node(const Name& node) {
  PEREGRINE_ASSIGN(const Value* variable, find_variable(node.name));
  if (variable) return *variable;
  if (const Builtin* function = find_global(node.name.view()))
    return make_function(heap_, *function, Value());
  return Value(Undefined{nullptr, node.name.text()});
}

Result<Value> Interpreter::evaluate_node(const ListExpr& node) {
  PEREGRINE_ASSIGN(Sequence * out,
                   make_sequence(heap_, node.tuple ? Sequence::Kind::kTuple : Sequence::Kind::kList));
  for (const ExprPtr& item : node.items) {
    PEREGRINE_ASSIGN(Value value, evaluate(*item));
    PEREGRINE_TRY(out->append(heap_, std::move(value)));
  }
  return Value(out);
}

Result<Value> Interpreter::evaluate_node(const DictExpr& node) {
  PEREGRINE_ASSIGN(Dict * out, make_dict(heap_));
  for (const auto& [key_expr, value_expr] : node.items) {
    PEREGRINE_ASSIGN(Value key, evaluate(*key_expr));
    PEREGRINE_ASSIGN(Value value, evaluate(*value_expr));
    PEREGRINE_TRY(out->set(heap_, std::move(key), std::move(value)));
  }
  return Value(out);
}

Result<Value> Interpreter::evaluate_node(const AttributeExpr& node) {
  PEREGRINE_ASSIGN(const Value object, evaluate(*node.object));
  return get_attribute(*this, object, node.name.text());
}

Result<Value> Interpreter::evaluate_node(const ItemExpr& node) {
  PEREGRINE_ASSIGN(const Value object, evaluate(*node.object));
  PEREGRINE_ASSIGN(const Value index, evaluate(*node.index));
  return get_item(*this, object, index);
}

Result<Value> Interpreter::evaluate_node(const SliceExpr& node) {
  PEREGRINE_ASSIGN(const Value object, evaluate(*node.object));
  PEREGRINE_ASSIGN(const Value start, evaluate_or_none(node.start));
  PEREGRINE_ASSIGN(const Value stop, evaluate_or_none(node.stop));
  PEREGRINE_ASSIGN(const Value step, evaluate_or_none(node.step));
  return get_slice(*this, object, start, stop, step);
}

Result<Arguments> Interpreter::evaluate_arguments(const CallArguments& arguments) {
  Arguments out;
  out.positional.reserve(arguments.positional.size());
  for (const ExprPtr& expr : arguments.positional) {
    PEREGRINE_ASSIGN(Value value, evaluate(*expr));
    out.positional.push_back(std::move(value));
  }
  for (const auto& [name, expr] : arguments.named) {
    PEREGRINE_ASSIGN(Value value, evaluate(*expr));
    out.named.emplace_back(name.text(), std::move(value));
  }
  if (arguments.spread) {
    PEREGRINE_ASSIGN(const Value value, evaluate(*arguments.spread));
    PEREGRINE_ASSIGN(const Sequence* items, iterate(heap_, value));
    PEREGRINE_TRY(heap_.step(items->items().size()));
    out.positional.insert(out.positional.end(), items->items().begin(), items->items().end());
  }
  if (arguments.spread_named) {
    PEREGRINE_ASSIGN(const Value value, evaluate(*arguments.spread_named));
    if (!value.dict())
      return type_error(fmt::format("the argument after ** is a {}, not a mapping", type_name(value)));
    PEREGRINE_TRY(heap_.step(value.dict()->entries().size()));
    for (const Dict::Entry& entry : value.dict()->entries()) {
      if (!entry.key.text()) return type_error("keywords must be strings");
      out.named.emplace_back(*entry.key.text(), entry.value);
    }
  }
  return out;
}

Result<Value> Interpreter::evaluate_node(const CallExpr& node) {
  return evaluate_call(node, nullptr);
}

Result<Value> Interpreter::evaluate_call(const CallExpr& node, const Value* caller) {
  // A method or a global function called on the spot needs no function value of its own.
  const Builtin* builtin = nullptr;
  Value self;
  Value callee;
  if (const auto* attribute = std::get_if<AttributeExpr>(&node.callee->node)) {
    PEREGRINE_ASSIGN(self, evaluate(*attribute->object));
    builtin = find_method(self, attribute->name.view());
    if (builtin == nullptr) {
      PEREGRINE_ASSIGN(callee, get_attribute(*this, self, attribute->name.text()));
    }
  } else if (const auto* name = std::get_if<Name>(&node.callee->node)) {
    PEREGRINE_ASSIGN(const Value* variable, find_variable(name->name));
    if (variable == nullptr) builtin = find_global(name->name.view());
    callee = variable ? *variable : Value(Undefined{nullptr, name->name.text()});
  } else {
    PEREGRINE_ASSIGN(callee, evaluate(*node.callee));
  }
  PEREGRINE_ASSIGN(Arguments arguments, evaluate_arguments(node.arguments));
  if (caller) arguments.named.emplace_back(syntax_.caller.text(), *caller);
  if (builtin) return (*builtin)(*this, self, arguments);
  return call(callee, std::move(arguments));
}

Result<Value> Interpreter::filter_value(const FilterExpr& node, const Value& input) {
  if (node.filter == nullptr) return type_error(fmt::format("no filter named '{}'", node.name.view()));
  PEREGRINE_ASSIGN(const Arguments arguments, evaluate_arguments(node.arguments));
  return (*node.filter)(*this, input, arguments);
}

Result<Value> Interpreter::evaluate_node(const FilterExpr& node) {
  PEREGRINE_ASSIGN(const Value input, evaluate(*node.input));
  return filter_value(node, input);
}

Result<Value> Interpreter::filter_block(const Expr& filter, const Value& text) {
  const auto& node = std::get<FilterExpr>(filter.node);
  Value input = text;
  if (node.input) {
    PEREGRINE_ASSIGN(input, filter_block(*node.input, text));
  }
  return filter_value(node, input);
}

Result<Value> Interpreter::evaluate_node(const TestExpr& node) {
  PEREGRINE_ASSIGN(const Value input, evaluate(*node.input));
  if (node.test == nullptr) return type_error(fmt::format("no test named '{}'", node.name.view()));
  PEREGRINE_ASSIGN(const Arguments arguments, evaluate_arguments(node.arguments));
  return (*node.test)(*this, input, arguments);
}

Result<Value> Interpreter::evaluate_node(const UnaryExpr& node) {
  PEREGRINE_ASSIGN(const Value operand, evaluate(*node.operand));
  return apply_unary(node.op, operand);
}

Result<Value> Interpreter::evaluate_node(const ArithmeticExpr& node) {
  PEREGRINE_ASSIGN(Value value, evaluate(*node.first));
  for (const ArithmeticExpr::Step& step : node.steps) {
    PEREGRINE_ASSIGN(const Value operand, evaluate(*step.operand));
    Result<Value> result = apply(heap_, step.op, value, operand);
    if (!result) {
      if (result.error().where.empty()) result.error().where = step.pos.text();
      return result;
    }
    value = *std::move(result);
  }
  return value;
}

Result<Value> Interpreter::evaluate_node(const ConcatExpr& node) {
  TextBuilder out(heap_);
  for (const ExprPtr& part : node.parts) {
    PEREGRINE_ASSIGN(const Value value, evaluate(*part));
    PEREGRINE_TRY(append_str(heap_, out, value));
    PEREGRINE_TRY(out.status());
  }
  PEREGRINE_ASSIGN(Text text, out.finish());
  return Value(std::move(text));
}

Result<Value> Interpreter::evaluate_node(const LogicalExpr& node) {
  Value value;
  for (const ExprPtr& operand : node.operands) {
    PEREGRINE_ASSIGN(value, evaluate(*operand));
    if (is_true(value) != node.conjunction) break;
  }
  return value;
}

Result<Value> Interpreter::evaluate_node(const CompareExpr& node) {
  PEREGRINE_ASSIGN(Value left, evaluate(*node.first));
  for (const CompareExpr::Step& step : node.steps) {
    PEREGRINE_ASSIGN(Value right, evaluate(*step.operand));
    PEREGRINE_ASSIGN(const bool holds, compare(heap_, step.op, left, right));
    if (!holds) return Value(false);
    left = std::move(right);
  }
  return Value(true);
}

Result<Value> Interpreter::evaluate_node(const ConditionalExpr& node) {
  PEREGRINE_ASSIGN(const Value condition, evaluate(*node.condition));
  if (is_true(condition)) return evaluate(*node.then);
  if (node.otherwise) return evaluate(*node.otherwise);
  static const Text kHint = Text::literal("the condition of an inline 'if' without 'else' is false");
  return Value(Undefined{"", kHint});
}

}  // namespace peregrine::jinja
