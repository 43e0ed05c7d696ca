// Values with behaviour of their own: callables, namespaces, the loop variable.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "text/jinja/heap.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

class Interpreter;

// What a call passes.
struct Arguments {
  std::vector<Value> positional;
  std::vector<std::pair<Text, Value>> named;

  // Removes and returns the named argument, if given.
  std::optional<Value> take(std::string_view name);
};

class Object : public HeapObject {
 public:
  virtual std::string_view type() const = 0;  // as error messages name it

  // The attribute `name`; nothing when there is none.
  virtual Result<std::optional<Value>> attribute(Interpreter& interpreter, std::string_view name);
  // obj.name = value. Error unless the object is a namespace.
  virtual Status assign(Heap& heap, const Text& name, Value value);

  virtual bool callable() const { return false; }
  virtual Result<Value> call(Interpreter& interpreter, Arguments arguments);

  // What str() shows, within angle brackets; `depth` as for append_repr.
  virtual Status describe(Heap& heap, TextBuilder& out, std::size_t depth) const;
};

// namespace(): the one object whose attributes a template may assign.
class Namespace final : public Object {
 public:
  explicit Namespace(Dict* attributes) : attributes_(attributes) {}

  std::string_view type() const override { return "namespace"; }
  Result<std::optional<Value>> attribute(Interpreter& interpreter, std::string_view name) override;
  Status assign(Heap& heap, const Text& name, Value value) override;
  Status describe(Heap& heap, TextBuilder& out, std::size_t depth) const override;

 private:
  Dict* attributes_;
};

}  // namespace peregrine::jinja
