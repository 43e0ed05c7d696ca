// Reaching into values: attributes, items and slices, as Jinja looks them up.
//
// `a.b` asks for an attribute (a method of the type) and then for an item, `a['b']` the other way round; what
// neither finds is undefined, and only an undefined `a` is an error.
#pragma once

#include "base/result.h"
#include "text/jinja/interpreter.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

// A method of the value's type, or an attribute of an object.
Result<std::optional<Value>> find_attribute(Interpreter& interpreter, const Value& object,
                                            std::string_view name);

Result<Value> get_attribute(Interpreter& interpreter, const Value& object, const Text& name);
Result<Value> get_item(Interpreter& interpreter, const Value& object, const Value& index);
// The bounds are None where left out.
Result<Value> get_slice(Interpreter& interpreter, const Value& object, const Value& start, const Value& stop,
                        const Value& step);

// An attribute as filters name it: an item, or several in turn between dots, numbers being indices; None for
// the value itself. An undefined item on the way becomes `fallback` unless that is None.
Result<Value> get_path(Interpreter& interpreter, const Value& object, const Value& path,
                       const Value& fallback = {});

}  // namespace peregrine::jinja
