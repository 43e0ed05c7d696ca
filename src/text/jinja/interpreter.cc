#include "text/jinja/interpreter.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/jinja/operators.h"

namespace peregrine::jinja {

Status Scope::charge_search() const {
  constexpr std::size_t kVariablesPerStep = 16;
  return heap_.step(variables_.size() / kVariablesPerStep);
}

Result<const Value*> Scope::find(Symbol name) const {
  PEREGRINE_TRY(charge_search());
  const auto is_named = [&](const auto& entry) { return entry.first == name; };
  const auto found = std::find_if(variables_.begin(), variables_.end(), is_named);
  return found == variables_.end() ? nullptr : &found->second;
}

Status Scope::set(Symbol name, Value value) {
  PEREGRINE_TRY(charge_search());
  const auto is_named = [&](const auto& entry) { return entry.first == name; };
  const auto found = std::find_if(variables_.begin(), variables_.end(), is_named);
  if (found != variables_.end()) {
    found->second = std::move(value);
    return {};
  }
  const std::size_t held = sizeof(Scope) + 2 * (variables_.size() + 1) * sizeof(variables_.front());
  if (!charge_.resize(held)) return limit_exceeded("max_memory_bytes", heap_.limits().max_memory_bytes);
  variables_.emplace_back(name, std::move(value));
  return {};
}

Interpreter::Interpreter(const Syntax& syntax, Heap& heap, const Dict& context, const Clock& local_time)
    : syntax_(syntax),
      heap_(heap),
      context_(context),
      local_time_(local_time),
      scope_(std::make_shared<Scope>(heap, nullptr)) {}

Status Interpreter::Depth::check() const {
  const Limits& limits = interpreter_.heap_.limits();
  if (interpreter_.depth_ > limits.max_depth) return limit_exceeded("max_depth", limits.max_depth);
  return interpreter_.heap_.step();
}

Status Interpreter::run(TextBuilder& out) {
  PEREGRINE_TRY(execute(syntax_.body, out));
  return out.status();
}

Result<Value> Interpreter::call(const Value& callee, Arguments arguments) {
  const Depth depth(*this);
  PEREGRINE_TRY(depth.check());
  if (const Undefined* undefined = callee.undefined()) return undefined_error(*undefined);
  Object* object = callee.object();
  if (object == nullptr || !object->callable()) {
    return type_error(fmt::format("'{}' object is not callable", type_name(callee)));
  }
  return object->call(*this, std::move(arguments));
}

Result<Value> Interpreter::apply_filter(const Text& name, const Value& input, const Arguments& arguments) {
  const Depth depth(*this);  // a filter may be map, which applies a filter
  PEREGRINE_TRY(depth.check());
  const Builtin* filter = find_filter(name.view());
  if (filter == nullptr) return type_error(fmt::format("no filter named '{}'", shown(name.view())));
  return (*filter)(*this, input, arguments);
}

Result<bool> Interpreter::apply_test(const Text& name, const Value& input, const Arguments& arguments) {
  const Depth depth(*this);
  PEREGRINE_TRY(depth.check());
  const Builtin* test = find_test(name.view());
  if (test == nullptr) return type_error(fmt::format("no test named '{}'", shown(name.view())));
  PEREGRINE_ASSIGN(const Value result, (*test)(*this, input, arguments));
  return is_true(result);
}

}  // namespace peregrine::jinja
