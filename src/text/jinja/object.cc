#include "text/jinja/object.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/jinja/format.h"

namespace peregrine::jinja {

std::optional<Value> Arguments::take(std::string_view name) {
  const auto found =
      std::find_if(named.begin(), named.end(), [&](const auto& entry) { return entry.first.view() == name; });
  if (found == named.end()) return std::nullopt;
  std::optional<Value> value = std::move(found->second);
  named.erase(found);
  return value;
}

Result<std::optional<Value>> Object::attribute(Interpreter&, std::string_view) {
  return std::optional<Value>();
}

// Overrides keep the value, and take the arguments apart.
// NOLINTBEGIN(performance-unnecessary-value-param)
Status Object::assign(Heap&, const Text&, Value) {
  return type_error("an attribute can only be assigned on a namespace");
}

Result<Value> Object::call(Interpreter&, Arguments) {
  return type_error(fmt::format("'{}' object is not callable", type()));
}
// NOLINTEND(performance-unnecessary-value-param)

Status Object::describe(Heap&, TextBuilder& out, std::size_t) const {
  out.append(fmt::format("<{}>", type()), true);
  return {};
}

Result<std::optional<Value>> Namespace::attribute(Interpreter&, std::string_view name) {
  const Value* found = attributes_->find(name);
  return found ? std::optional<Value>(*found) : std::nullopt;
}

Status Namespace::assign(Heap& heap, const Text& name, Value value) {
  return attributes_->set(heap, Value(name), std::move(value));
}

Status Namespace::describe(Heap& heap, TextBuilder& out, std::size_t depth) const {
  out.append("<Namespace ", true);
  PEREGRINE_TRY(append_repr(heap, out, Value(attributes_), depth + 1));
  out.append(">", true);
  return {};
}

}  // namespace peregrine::jinja
