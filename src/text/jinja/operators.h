// What Python's operators do to template values.
//
// Work in proportion to the data is charged to the heap; containers nested deeper than max_nesting (those
// that hold themselves among them) are an error. Every operation on an undefined value but ==, in and truth
// is one.
#pragma once

#include <compare>

#include "base/result.h"
#include "text/jinja/ast.h"
#include "text/jinja/heap.h"
#include "text/jinja/value.h"

namespace peregrine::jinja {

bool is_true(const Value& value);

Result<bool> equals(Heap& heap, const Value& a, const Value& b);
// For <, <=, >, >=. Errors: kInvalidArgument for values without an order between them.
Result<std::partial_ordering> order(Heap& heap, const Value& a, const Value& b);
Result<bool> contains(Heap& heap, const Value& container, const Value& item);
Result<bool> compare(Heap& heap, Comparison op, const Value& a, const Value& b);

// Arithmetic on numbers, and + * % on strings and sequences.
Result<Value> apply(Heap& heap, Arithmetic op, const Value& a, const Value& b);
Result<Value> apply_unary(UnaryOp op, const Value& operand);

// The items of anything iterable: of a string its characters, of a dict its keys; an iterator is used up.
// Lists and other sequences are returned as they are, not copied. Errors: kInvalidArgument when not iterable.
Result<Sequence*> iterate(Heap& heap, const Value& value);

// Values in the order of Python's sorted(): stable, by `keys`, one for each item.
// Errors: kInvalidArgument for keys without an order between them.
Result<std::vector<std::size_t>> sorted_order(Heap& heap, const std::vector<Value>& keys, bool reverse);

}  // namespace peregrine::jinja
