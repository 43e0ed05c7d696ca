#include <fmt/format.h>

#include <algorithm>

#include "text/jinja/callables.h"
#include "text/jinja/format.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/operators.h"

namespace peregrine::jinja {

Result<Interpreter::Flow> Interpreter::execute(const Body& body, TextBuilder& out) {
  for (const Stmt& stmt : body) {
    PEREGRINE_ASSIGN(const Flow flow, execute(stmt, out));
    if (flow != Flow::kNext) return flow;
  }
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute(const Stmt& stmt, TextBuilder& out) {
  const Depth depth(*this);
  PEREGRINE_TRY(depth.check());
  Result<Flow> flow = std::visit([&](const auto& node) { return execute_node(node, out); }, stmt.node);
  if (!flow && flow.error().where.empty()) flow.error().where = stmt.pos.text();
  return flow;
}

Result<Interpreter::Flow> Interpreter::execute_node(const TextStmt& node, TextBuilder& out) {
  PEREGRINE_TRY(heap_.touch(node.text.size()));
  out.append(node.text);
  PEREGRINE_TRY(out.status());
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute_node(const PrintStmt& node, TextBuilder& out) {
  PEREGRINE_ASSIGN(const Value value, evaluate(*node.value));
  PEREGRINE_TRY(append_str(heap_, out, value));
  PEREGRINE_TRY(out.status());
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute_node(const IfStmt& node, TextBuilder& out) {
  for (const auto& [condition, body] : node.branches) {
    PEREGRINE_ASSIGN(const Value value, evaluate(*condition));
    if (is_true(value)) return execute(body, out);
  }
  return execute(node.otherwise, out);
}

Result<Interpreter::Flow> Interpreter::execute_node(const ForStmt& node, TextBuilder& out) {
  PEREGRINE_ASSIGN(const Value iterable, evaluate(*node.iterable));
  return execute_loop(node, iterable, 0, out);
}

// What the loop runs over: the iterable's items, those its filter lets through.
Result<Sequence*> Interpreter::loop_items(const ForStmt& node, const Value& iterable) {
  PEREGRINE_ASSIGN(Sequence * items, iterate(heap_, iterable));
  if (!node.filter) return items;
  PEREGRINE_ASSIGN(Sequence * kept, make_sequence(heap_, Sequence::Kind::kList));
  for (std::size_t i = 0; i < items->items().size(); ++i) {
    const Value item = items->items()[i];
    const Enter enter(*this, new_scope());
    PEREGRINE_TRY(assign(node.target, item));
    PEREGRINE_ASSIGN(const Value keep, evaluate(*node.filter));
    if (is_true(keep)) PEREGRINE_TRY(kept->append(heap_, item));
  }
  return kept;
}

Result<Interpreter::Flow> Interpreter::execute_loop(const ForStmt& node, const Value& iterable,
                                                    std::size_t depth, TextBuilder& out) {
  PEREGRINE_ASSIGN(const Sequence* items, loop_items(node, iterable));
  if (items->items().empty()) {
    const Enter enter(*this, new_scope());
    return execute(node.otherwise, out);
  }
  PEREGRINE_ASSIGN(Loop * loop, heap_.make<Loop>(node, node.recursive ? scope_ : nullptr, *items, depth));
  // The body may add items to the very list it iterates over, as in Python.
  for (std::size_t i = 0; i < items->items().size(); ++i) {
    PEREGRINE_TRY(heap_.step());
    loop->move_to(i);
    const Value item = items->items()[i];
    const Enter enter(*this, new_scope());
    PEREGRINE_TRY(scope_->set(syntax_.loop, Value(static_cast<Object*>(loop))));
    PEREGRINE_TRY(assign(node.target, item));
    PEREGRINE_ASSIGN(const Flow flow, execute(node.body, out));
    if (flow == Flow::kBreak) break;
  }
  return Flow::kNext;
}

Result<Value> Interpreter::call_loop(const ForStmt& loop, const ScopePtr& outer, const Value& iterable,
                                     std::size_t depth) {
  const Enter enter(*this, outer);
  TextBuilder out(heap_);
  PEREGRINE_TRY(execute_loop(loop, iterable, depth, out));
  PEREGRINE_ASSIGN(Text text, out.finish());
  return Value(std::move(text));
}

Status Interpreter::assign(const Target& target, const Value& value) {
  if (target.is_attribute) {
    PEREGRINE_ASSIGN(const Value* holder, find_variable(target.name));
    if (holder == nullptr || !holder->object())
      return type_error("an attribute can only be assigned on a namespace");
    return holder->object()->assign(heap_, target.attribute.text(), value);
  }
  if (!target.is_unpack) {
    return scope_->set(target.name, value);
  }
  PEREGRINE_ASSIGN(const Sequence* items, iterate(heap_, value));
  const std::size_t wanted = target.unpack.size();
  const std::size_t given = items->items().size();
  if (given != wanted) {
    return type_error(fmt::format("{} values to unpack: {} for {} names",
                                  given < wanted ? "not enough" : "too many", given, wanted));
  }
  for (std::size_t i = 0; i < wanted; ++i) PEREGRINE_TRY(assign(target.unpack[i], items->items()[i]));
  return {};
}

Result<Interpreter::Flow> Interpreter::execute_node(const SetStmt& node, TextBuilder&) {
  PEREGRINE_ASSIGN(const Value value, evaluate(*node.value));
  PEREGRINE_TRY(assign(node.target, value));
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute_node(const SetBlockStmt& node, TextBuilder&) {
  TextBuilder text(heap_);
  {
    const Enter enter(*this, new_scope());
    PEREGRINE_ASSIGN(const Flow flow, execute(node.body, text));
    if (flow != Flow::kNext) return flow;
  }
  PEREGRINE_ASSIGN(Text block, text.finish());
  Value value(std::move(block));
  if (node.filter) {
    PEREGRINE_ASSIGN(value, filter_block(*node.filter, value));
  }
  PEREGRINE_TRY(assign(node.target, value));
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute_node(const FilterBlockStmt& node, TextBuilder& out) {
  TextBuilder text(heap_);
  {
    const Enter enter(*this, new_scope());
    PEREGRINE_ASSIGN(const Flow flow, execute(node.body, text));
    if (flow != Flow::kNext) return flow;
  }
  PEREGRINE_ASSIGN(Text block, text.finish());
  PEREGRINE_ASSIGN(const Value value, filter_block(*node.filter, Value(std::move(block))));
  PEREGRINE_TRY(append_str(heap_, out, value));
  PEREGRINE_TRY(out.status());
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute_node(const MacroStmt& node, TextBuilder&) {
  PEREGRINE_ASSIGN(Object * macro, heap_.make<Macro>(node.macro, scope_));
  PEREGRINE_TRY(scope_->set(node.macro.name, Value(macro)));
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute_node(const CallBlockStmt& node, TextBuilder& out) {
  PEREGRINE_ASSIGN(Object * caller, heap_.make<Macro>(node.caller, scope_));
  const Value caller_value(caller);
  PEREGRINE_ASSIGN(const Value value, evaluate_call(std::get<CallExpr>(node.call->node), &caller_value));
  PEREGRINE_TRY(append_str(heap_, out, value));
  PEREGRINE_TRY(out.status());
  return Flow::kNext;
}

Result<Interpreter::Flow> Interpreter::execute_node(const WithStmt& node, TextBuilder& out) {
  const ScopePtr scope = new_scope();
  std::vector<Value> values;
  for (const auto& binding : node.bindings) {
    PEREGRINE_ASSIGN(Value value, evaluate(*binding.second));
    values.push_back(std::move(value));
  }
  const Enter enter(*this, scope);
  for (std::size_t i = 0; i < values.size(); ++i) PEREGRINE_TRY(assign(node.bindings[i].first, values[i]));
  return execute(node.body, out);
}

Result<Interpreter::Flow> Interpreter::execute_node(const ScopeStmt& node, TextBuilder& out) {
  const Enter enter(*this, new_scope());
  return execute(node.body, out);
}

Result<Interpreter::Flow> Interpreter::execute_node(const BreakStmt&, TextBuilder&) {
  return Flow::kBreak;
}

Result<Interpreter::Flow> Interpreter::execute_node(const ContinueStmt&, TextBuilder&) {
  return Flow::kContinue;
}

Status Interpreter::bind_parameters(const MacroDecl& macro, Arguments arguments) {
  const std::size_t count = macro.parameters.size();
  const std::size_t given = std::min(arguments.positional.size(), count);
  bool declares_caller = false;
  for (std::size_t i = 0; i < count; ++i) {
    const Parameter& parameter = macro.parameters[i];
    declares_caller = declares_caller || parameter.name == syntax_.caller;
    PEREGRINE_TRY(heap_.step(1 + arguments.named.size()));
    std::optional<Value> value;
    if (i < given) {
      value = std::move(arguments.positional[i]);
    } else {
      value = arguments.take(parameter.name.view());
    }
    if (!value && parameter.fallback) {
      PEREGRINE_ASSIGN(value, evaluate(*parameter.fallback));
    }
    if (!value) {
      value =
          Undefined{"", Text::literal(fmt::format("parameter '{}' was not provided", parameter.name.view()))};
    }
    PEREGRINE_TRY(scope_->set(parameter.name, *std::move(value)));
  }
  if (macro.uses_caller && !declares_caller) {
    std::optional<Value> caller = arguments.take(syntax_.caller.view());
    if (!caller || caller->is_none()) caller = Undefined{"", Text::literal("no caller defined")};
    PEREGRINE_TRY(scope_->set(syntax_.caller, *std::move(caller)));
  }
  if (macro.uses_kwargs) {
    PEREGRINE_ASSIGN(Dict * rest, make_dict(heap_));
    for (auto& [name, value] : arguments.named)
      PEREGRINE_TRY(rest->set(heap_, Value(name), std::move(value)));
    PEREGRINE_TRY(scope_->set(syntax_.kwargs, Value(rest)));
  } else if (!arguments.named.empty()) {
    return type_error(fmt::format("macro '{}' takes no keyword argument '{}'", macro.name.view(),
                                  shown(arguments.named.front().first.view())));
  }
  if (macro.uses_varargs) {
    PEREGRINE_ASSIGN(Sequence * rest, make_sequence(heap_, Sequence::Kind::kTuple));
    for (std::size_t i = given; i < arguments.positional.size(); ++i) {
      PEREGRINE_TRY(rest->append(heap_, std::move(arguments.positional[i])));
    }
    PEREGRINE_TRY(scope_->set(syntax_.varargs, Value(rest)));
  } else if (arguments.positional.size() > count) {
    return type_error(fmt::format("macro '{}' takes not more than {} argument(s)", macro.name.view(), count));
  }
  return {};
}

Result<Value> Interpreter::call_macro(const MacroDecl& macro, const ScopePtr& closure, Arguments arguments) {
  const Enter enter(*this, std::make_shared<Scope>(heap_, closure));
  PEREGRINE_TRY(bind_parameters(macro, std::move(arguments)));
  TextBuilder out(heap_);
  PEREGRINE_TRY(execute(macro.body, out));
  PEREGRINE_ASSIGN(Text text, out.finish());
  return Value(std::move(text));
}

}  // namespace peregrine::jinja
