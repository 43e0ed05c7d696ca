#include "text/jinja/operators.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "text/jinja/format.h"
#include "text/jinja/object.h"

namespace peregrine::jinja {
namespace {

tl::unexpected<Error> unsupported_operands(std::string_view sign, const Value& a, const Value& b) {
  return type_error(
      fmt::format("unsupported operands for {}: '{}' and '{}'", sign, type_name(a), type_name(b)));
}

Status check_depth(Heap& heap, std::size_t depth) {
  if (depth > heap.limits().max_nesting) return limit_exceeded("max_nesting", heap.limits().max_nesting);
  return heap.step();
}

Result<bool> equals_at(Heap& heap, const Value& a, const Value& b, std::size_t depth);

bool same_sequence_type(const Sequence& a, const Sequence& b) {
  if (a.is_tuple() && b.is_tuple()) return true;
  return a.kind() == b.kind() && !a.is_iterator() && a.kind() != Sequence::Kind::kDictValues;
}

Result<bool> sequences_equal(Heap& heap, const Sequence& a, const Sequence& b, std::size_t depth) {
  if (!same_sequence_type(a, b) || a.items().size() != b.items().size()) return false;
  for (std::size_t i = 0; i < a.items().size(); ++i) {
    PEREGRINE_ASSIGN(const bool equal, equals_at(heap, a.items()[i], b.items()[i], depth + 1));
    if (!equal) return false;
  }
  return true;
}

Result<bool> dicts_equal(Heap& heap, const Dict& a, const Dict& b, std::size_t depth) {
  if (a.entries().size() != b.entries().size()) return false;
  for (const Dict::Entry& entry : a.entries()) {
    PEREGRINE_ASSIGN(const Value* other, b.find(heap, entry.key));
    if (other == nullptr) return false;
    PEREGRINE_ASSIGN(const bool equal, equals_at(heap, entry.value, *other, depth + 1));
    if (!equal) return false;
  }
  return true;
}

Result<bool> equals_at(Heap& heap, const Value& a, const Value& b, std::size_t depth) {
  PEREGRINE_TRY(check_depth(heap, depth));
  if (a.is_number() && b.is_number()) return compare_numbers(a, b) == 0;
  if (a.text() && b.text()) {
    if (a.text()->size() != b.text()->size()) return false;
    PEREGRINE_TRY(heap.touch(a.text()->size()));
    return *a.text() == *b.text();
  }
  if (a.sequence() && b.sequence()) {
    if (a.sequence() == b.sequence()) return true;
    return sequences_equal(heap, *a.sequence(), *b.sequence(), depth);
  }
  if (a.dict() && b.dict())
    return a.dict() == b.dict() ? true : dicts_equal(heap, *a.dict(), *b.dict(), depth);
  if (a.object() || b.object()) return a.object() == b.object();
  return (a.is_none() && b.is_none()) || (a.is_undefined() && b.is_undefined());
}

bool ordered_sequences(const Value& a, const Value& b) {
  if (!a.sequence() || !b.sequence()) return false;
  return (a.sequence()->is_tuple() && b.sequence()->is_tuple()) ||
         (a.sequence()->kind() == Sequence::Kind::kList && b.sequence()->kind() == Sequence::Kind::kList);
}

Result<std::partial_ordering> order_at(Heap& heap, const Value& a, const Value& b, std::size_t depth) {
  PEREGRINE_TRY(check_depth(heap, depth));
  if (const Undefined* undefined = a.undefined()) return undefined_error(*undefined);
  if (const Undefined* undefined = b.undefined()) return undefined_error(*undefined);
  if (a.is_number() && b.is_number()) return compare_numbers(a, b);
  if (a.text() && b.text()) {
    PEREGRINE_TRY(heap.touch(std::min(a.text()->size(), b.text()->size())));
    return std::partial_ordering(a.text()->view() <=>
                                 b.text()->view());  // UTF-8 keeps the order of code points
  }
  if (!ordered_sequences(a, b)) {
    return type_error(fmt::format("'{}' and '{}' have no order", type_name(a), type_name(b)));
  }
  const std::vector<Value>& left = a.sequence()->items();
  const std::vector<Value>& right = b.sequence()->items();
  for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    PEREGRINE_ASSIGN(const bool equal, equals_at(heap, left[i], right[i], depth + 1));
    if (!equal) return order_at(heap, left[i], right[i], depth + 1);
  }
  return std::partial_ordering(left.size() <=> right.size());
}

// Of a list or a tuple made from `sequence`.
Sequence::Kind plain_kind(const Sequence& sequence) {
  return sequence.is_tuple() ? Sequence::Kind::kTuple : Sequence::Kind::kList;
}

Result<Value> repeat(Heap& heap, const Value& value, std::int64_t times) {
  const auto count = static_cast<std::size_t>(std::max<std::int64_t>(times, 0));
  if (const Text* text = value.text()) {
    TextBuilder out(heap);
    if (text->trusted()) {
      out.append_repeated(text->view(), count, true);
    } else {
      for (std::size_t i = 0; i < count && out.status(); ++i) {
        if (text->empty()) break;
        out.append(*text);
      }
    }
    PEREGRINE_ASSIGN(Text repeated, out.finish());
    return Value(std::move(repeated));
  }
  const std::vector<Value>& items = value.sequence()->items();
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, plain_kind(*value.sequence())));
  for (std::size_t i = 0; i < count && !items.empty(); ++i) {
    PEREGRINE_TRY(heap.step(items.size()));
    for (const Value& item : items) PEREGRINE_TRY(out->append(heap, item));
  }
  return Value(out);
}

bool is_list_or_tuple(const Value& value) {
  return value.sequence() &&
         (value.sequence()->kind() == Sequence::Kind::kList || value.sequence()->is_tuple());
}

Result<Value> concatenate(Heap& heap, const Value& a, const Value& b) {
  if (a.text() && b.text()) {
    if (a.text()->empty()) return b;
    if (b.text()->empty()) return a;
    TextBuilder out(heap);
    out.append(*a.text());
    out.append(*b.text());
    PEREGRINE_ASSIGN(Text joined, out.finish());
    return Value(std::move(joined));
  }
  if (!is_list_or_tuple(a) || !is_list_or_tuple(b) || a.sequence()->is_tuple() != b.sequence()->is_tuple()) {
    return unsupported_operands("+", a, b);
  }
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, plain_kind(*a.sequence())));
  for (const Sequence* part : {a.sequence(), b.sequence()}) {
    PEREGRINE_TRY(heap.step(part->items().size()));
    for (const Value& item : part->items()) PEREGRINE_TRY(out->append(heap, item));
  }
  return Value(out);
}

Result<Sequence*> characters(Heap& heap, const Text& text) {
  PEREGRINE_ASSIGN(Sequence * out, make_sequence(heap, Sequence::Kind::kList));
  for (CodePoints points(text); points.next();) {
    PEREGRINE_TRY(heap.step());
    TextBuilder character(heap);
    character.append(points.bytes(), points.trusted());
    PEREGRINE_ASSIGN(Text one, character.finish());
    PEREGRINE_TRY(out->append(heap, Value(std::move(one))));
  }
  return out;
}

// Merges the sorted runs [begin, middle) and [middle, end) of `from` into `to`.
Status merge(Heap& heap, const std::vector<Value>& keys, bool reverse, const std::vector<std::size_t>& from,
             std::size_t begin, std::size_t middle, std::size_t end, std::vector<std::size_t>& to) {
  std::size_t left = begin;
  std::size_t right = middle;
  for (std::size_t i = begin; i < end; ++i) {
    bool take_right = left == middle;
    if (left < middle && right < end) {
      PEREGRINE_ASSIGN(const std::partial_ordering relation,
                       order(heap, keys[from[right]], keys[from[left]]));
      take_right = reverse ? relation > 0 : relation < 0;
    }
    to[i] = take_right ? from[right++] : from[left++];
  }
  return {};
}

}  // namespace

bool is_true(const Value& value) {
  if (value.is_none() || value.is_undefined()) return false;
  if (const double* real = value.real()) return *real != 0.0;
  if (const auto integer = value.as_int()) return *integer != 0;
  if (const Text* text = value.text()) return !text->empty();
  if (const Sequence* sequence = value.sequence())
    return sequence->is_iterator() || !sequence->items().empty();
  if (const Dict* dict = value.dict()) return !dict->entries().empty();
  return true;
}

Result<bool> equals(Heap& heap, const Value& a, const Value& b) {
  return equals_at(heap, a, b, 1);
}

Result<std::partial_ordering> order(Heap& heap, const Value& a, const Value& b) {
  return order_at(heap, a, b, 1);
}

Result<bool> contains(Heap& heap, const Value& container, const Value& item) {
  if (const Text* text = container.text()) {
    const Text* needle = item.text();
    if (const Undefined* undefined = item.undefined()) return undefined_error(*undefined);
    if (!needle) return type_error(fmt::format("'in <string>' needs a string, not {}", type_name(item)));
    PEREGRINE_TRY(heap.search(text->size()));
    return find_bytes(text->view(), needle->view()) != std::string_view::npos;
  }
  if (const Dict* dict = container.dict()) {
    if (item.is_undefined()) return false;
    if (!is_hashable(item)) return type_error(fmt::format("unhashable type: '{}'", type_name(item)));
    PEREGRINE_ASSIGN(const Value* found, dict->find(heap, item));
    return found != nullptr;
  }
  PEREGRINE_ASSIGN(Sequence * sequence, iterate(heap, container));
  for (const Value& candidate : sequence->items()) {
    PEREGRINE_ASSIGN(const bool equal, equals(heap, candidate, item));
    if (equal) return true;
  }
  return false;
}

Result<bool> compare(Heap& heap, Comparison op, const Value& a, const Value& b) {
  switch (op) {
    case Comparison::kEqual:
      return equals(heap, a, b);
    case Comparison::kNotEqual: {
      PEREGRINE_ASSIGN(const bool equal, equals(heap, a, b));
      return !equal;
    }
    case Comparison::kIn:
      return contains(heap, b, a);
    case Comparison::kNotIn: {
      PEREGRINE_ASSIGN(const bool contained, contains(heap, b, a));
      return !contained;
    }
    default:
      break;
  }
  PEREGRINE_ASSIGN(const std::partial_ordering relation, order(heap, a, b));
  switch (op) {
    case Comparison::kLess:
      return relation < 0;
    case Comparison::kLessEqual:
      return relation <= 0;
    case Comparison::kGreater:
      return relation > 0;
    default:
      return relation >= 0;
  }
}

Result<Value> apply(Heap& heap, Arithmetic op, const Value& a, const Value& b) {
  if (const Undefined* undefined = a.undefined()) return undefined_error(*undefined);
  if (op == Arithmetic::kModulo && a.text()) {
    PEREGRINE_ASSIGN(Text formatted, format_percent(heap, *a.text(), b));
    return Value(std::move(formatted));
  }
  if (const Undefined* undefined = b.undefined()) return undefined_error(*undefined);
  if (a.is_number() && b.is_number()) return compute(op, a, b);
  if (op == Arithmetic::kAdd) return concatenate(heap, a, b);
  if (op == Arithmetic::kMultiply) {
    if ((a.text() || is_list_or_tuple(a)) && b.as_int()) return repeat(heap, a, *b.as_int());
    if ((b.text() || is_list_or_tuple(b)) && a.as_int()) return repeat(heap, b, *a.as_int());
  }
  return unsupported_operands(operator_sign(op), a, b);
}

Result<Value> apply_unary(UnaryOp op, const Value& operand) {
  if (op == UnaryOp::kNot) return Value(!is_true(operand));
  if (const Undefined* undefined = operand.undefined()) return undefined_error(*undefined);
  if (!operand.is_number()) {
    return type_error(fmt::format("unsupported operand for unary {}: '{}'", op == UnaryOp::kMinus ? "-" : "+",
                                  type_name(operand)));
  }
  if (op == UnaryOp::kMinus) return negate(operand);
  return operand.real() ? operand : Value(*operand.as_int());
}

Result<Sequence*> iterate(Heap& heap, const Value& value) {
  if (Sequence* sequence = value.sequence()) {
    if (!sequence->is_iterator()) return sequence;
    PEREGRINE_ASSIGN(Sequence * rest, make_sequence(heap, Sequence::Kind::kList));
    std::swap(rest->mutable_items(), sequence->mutable_items());
    return rest;
  }
  if (const Text* text = value.text()) return characters(heap, *text);
  if (!value.is_undefined() && !value.dict())
    return type_error(fmt::format("'{}' is not iterable", type_name(value)));
  PEREGRINE_ASSIGN(Sequence * keys, make_sequence(heap, Sequence::Kind::kList));
  if (const Dict* dict = value.dict()) {
    PEREGRINE_TRY(heap.step(dict->entries().size()));
    for (const Dict::Entry& entry : dict->entries()) PEREGRINE_TRY(keys->append(heap, entry.key));
  }
  return keys;
}

Result<std::vector<std::size_t>> sorted_order(Heap& heap, const std::vector<Value>& keys, bool reverse) {
  std::vector<std::size_t> sorted(keys.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::vector<std::size_t> merged(keys.size());
  for (std::size_t width = 1; width < keys.size(); width *= 2) {
    for (std::size_t begin = 0; begin < keys.size(); begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, keys.size());
      const std::size_t end = std::min(begin + 2 * width, keys.size());
      PEREGRINE_TRY(merge(heap, keys, reverse, sorted, begin, middle, end, merged));
    }
    std::swap(sorted, merged);
  }
  return sorted;
}

}  // namespace peregrine::jinja
