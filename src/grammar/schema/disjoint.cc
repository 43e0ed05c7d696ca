// Whether alternatives exclude each other, so that "exactly one of" is "one of".
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <string>

#include "grammar/schema/expand.h"

namespace peregrine::grammar {
namespace {

constexpr int kMaxDepth = 4;  // of properties compared within properties

bool ranges_apart(const NumberRange& a, const NumberRange& b) {
  const auto below = [](const NumberRange& x, const NumberRange& y) {
    if (!x.max || !y.min) return false;
    const auto order = compare(x.max->value, y.min->value);
    return order < 0 || (order == 0 && (x.max->exclusive || y.min->exclusive));
  };
  return below(a, b) || below(b, a);
}

bool counts_apart(const Count& a, const Count& b) {
  return a.max < b.min || b.max < a.min;
}

}  // namespace

Status Expander::check_exclusive(const std::vector<std::vector<Shape>>& branches, std::uint32_t place) {
  for (std::size_t j = 1; j < branches.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      for (const Shape& a : branches[i]) {
        for (const Shape& b : branches[j]) {
          PEREGRINE_ASSIGN(const bool apart, disjoint(a, b, 0));
          if (apart) continue;
          return document_.error(ErrorCode::kUnsupported,
                                 "alternatives " + std::to_string(i) + " and " + std::to_string(j) +
                                     " of \"oneOf\" may both be satisfied, which cannot be excluded while "
                                     "decoding; use \"anyOf\" or tell them apart by a constant property",
                                 place);
        }
      }
    }
  }
  return {};
}

// True only if no value satisfies both for sure.
Result<bool> Expander::disjoint(const Shape& a, const Shape& b, int depth) {
  const auto common = static_cast<TypeSet>(a.types & b.types);
  if (common == 0) return true;
  for (const auto& [x, y] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (!x->constants) continue;
    for (const boost::json::value* constant : *x->constants) {
      PEREGRINE_ASSIGN(const bool in_x, satisfies(*constant, *x, false));
      if (!in_x) continue;
      PEREGRINE_ASSIGN(const bool in_y, satisfies(*constant, *y, true));
      if (in_y) return false;
    }
    return true;
  }
  if ((common & (kNullType | kBooleanType)) != 0) return false;
  if ((common & kNumberType) != 0 && !ranges_apart(a.numbers, b.numbers)) return false;
  if ((common & kStringType) != 0 && !counts_apart(a.length, b.length)) {
    if (a.patterns.empty() || b.patterns.empty()) return false;
    if (pool_.alive(pool_.both({string_content(a), string_content(b)}))) return false;
  }
  if ((common & kArrayType) != 0 && !counts_apart(a.items, b.items)) {
    if (a.items.min == 0 || b.items.min == 0) return false;
    PEREGRINE_ASSIGN(const bool apart, disjoint_values(item_schemas(a, 0), item_schemas(b, 0), depth));
    if (!apart) return false;
  }
  if ((common & kObjectType) != 0) return disjoint_objects(a, b, depth);
  return true;
}

Result<bool> Expander::disjoint_objects(const Shape& a, const Shape& b, int depth) {
  if (counts_apart(a.properties, b.properties)) return true;
  for (const auto& [x, y] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    for (const std::string_view name : x->required) {
      const Conjunction other = property_schemas(*y, name);
      if (forbidden(other)) return true;
      // x's values have the property; in y too, required or not, its value would have to fit.
      PEREGRINE_ASSIGN(const bool apart, disjoint_values(property_schemas(*x, name), other, depth));
      if (apart) return true;
    }
  }
  return false;
}

Result<bool> Expander::disjoint_values(const Conjunction& a, const Conjunction& b, int depth) {
  if (depth >= kMaxDepth) return false;
  PEREGRINE_ASSIGN(const std::vector<Shape> left, expand(a));
  PEREGRINE_ASSIGN(const std::vector<Shape> right, expand(b));
  for (const Shape& x : left) {
    for (const Shape& y : right) {
      PEREGRINE_ASSIGN(const bool apart, disjoint(x, y, depth + 1));
      if (!apart) return false;
    }
  }
  return true;
}

}  // namespace peregrine::grammar
