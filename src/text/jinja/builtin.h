// Filters, tests, methods and global functions: what a template can call by name.
//
// All four share one shape. A Builtin gets the value it is applied to (None for a global function) and its
// arguments bound to parameters as Python binds them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "text/jinja/object.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

class Interpreter;

inline constexpr std::size_t kMaxParameters = 5;

class BoundArguments {
 public:
  // The argument of parameter `index`, or null when it was not given.
  const Value* get(std::size_t index) const { return bound_[index]; }
  bool has(std::size_t index) const { return bound_[index] != nullptr; }

  // The argument as a truth value, an integer or a string, or `fallback` when it was not given.
  // Errors: kInvalidArgument when it has another type.
  bool flag(std::size_t index, bool fallback) const;
  Result<std::int64_t> integer(std::size_t index, std::int64_t fallback) const;
  Result<Text> text(std::size_t index, const Text& fallback = {}) const;
  // The argument, or None.
  Value value(std::size_t index) const { return has(index) ? *get(index) : Value(); }

  // Everything passed, bound or not: for variadic builtins.
  const Arguments& all() const { return *all_; }

 private:
  friend struct Builtin;
  std::array<const Value*, kMaxParameters> bound_{};
  const Arguments* all_ = nullptr;
};

struct Builtin {
  using Function = Result<Value> (*)(Interpreter&, const Value& self, const BoundArguments&);

  std::string_view name;
  Function function = nullptr;
  std::array<std::string_view, kMaxParameters> parameters{};  // in order; the rest empty
  std::size_t required = 0;
  bool variadic = false;  // takes any arguments, unbound

  // Errors: kInvalidArgument for too many, unknown, repeated or missing arguments.
  Result<BoundArguments> bind(const Arguments& arguments) const;
  Result<Value> operator()(Interpreter& interpreter, const Value& self, const Arguments& arguments) const;
};

// dict(*arguments): at most one mapping or iterable of pairs, then keywords, into `out`.
Status fill_dict(Heap& heap, Dict& out, const Arguments& arguments);
Status merge_dict(Heap& heap, Dict& out, const Dict& from);

// By name, or null.
const Builtin* find_filter(std::string_view name);
const Builtin* find_test(std::string_view name);
const Builtin* find_global(std::string_view name);
// The method of `self`'s type, or null.
const Builtin* find_method(const Value& self, std::string_view name);

// The tables those look in, one per file, each sorted by nothing in particular.
std::span<const Builtin> text_filters();
std::span<const Builtin> sequence_filters();
std::span<const Builtin> selection_filters();
std::span<const Builtin> value_filters();
std::span<const Builtin> tests();
std::span<const Builtin> globals();
std::span<const Builtin> text_methods();
std::span<const Builtin> text_query_methods();
std::span<const Builtin> list_methods();
std::span<const Builtin> tuple_methods();
std::span<const Builtin> dict_methods();

}  // namespace peregrine::jinja
