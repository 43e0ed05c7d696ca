#include "grammar/absorption.h"

#include <algorithm>
#include <array>
#include <bit>

namespace peregrine::grammar {
namespace {

constexpr int kMaxDepth = 8;  // of nested unions and intersections looked into; deeper ones absorb nothing

struct ByteRanges {
  int count;
  std::array<ByteSet, 4> ranges;
};

// RFC 3629, section 4: all characters beyond ASCII.
const std::array<ByteRanges, 8>& unicode_forms() {
  static const ByteSet kTail = ByteSet::range(0x80, 0xBF);
  static const std::array<ByteRanges, 8> kForms = {{
      {2, {ByteSet::range(0xC2, 0xDF), kTail}},
      {3, {ByteSet::range(0xE0, 0xE0), ByteSet::range(0xA0, 0xBF), kTail}},
      {3, {ByteSet::range(0xE1, 0xEC), kTail, kTail}},
      {3, {ByteSet::range(0xED, 0xED), ByteSet::range(0x80, 0x9F), kTail}},
      {3, {ByteSet::range(0xEE, 0xEF), kTail, kTail}},
      {4, {ByteSet::range(0xF0, 0xF0), ByteSet::range(0x90, 0xBF), kTail, kTail}},
      {4, {ByteSet::range(0xF1, 0xF3), kTail, kTail, kTail}},
      {4, {ByteSet::range(0xF4, 0xF4), ByteSet::range(0x80, 0x8F), kTail, kTail}},
  }};
  return kForms;
}

}  // namespace

Absorption AbsorptionTable::of(Expr state) {
  if (state < index_.size() && index_[state] != 0) return known_[index_[state]];
  Absorption found = find(state, 0);
  if (found.chars != kUnbounded) {
    const Categories loop = looping(state);
    if (std::popcount(loop) >= std::popcount(found.categories)) found = {loop, kUnbounded};
  }
  if (found.categories == 0) found.chars = 0;
  if (index_.size() <= state) index_.resize(pool_.size());
  index_[state] = static_cast<std::uint32_t>(known_.size());
  known_.push_back(found);
  return found;
}

Absorption AbsorptionTable::find(Expr state, int depth) {
  if (depth > kMaxDepth) return {};
  const ExprNode node = pool_.node(state);
  switch (node.kind) {
    case ExprKind::kConcat:
      // Enough that the first part goes on: the second is alive, or the state would not be.
      return node.plain || pool_.alive(node.b) ? find(node.a, depth + 1) : Absorption{};
    case ExprKind::kRepeat: {
      const auto [body, fresh] = bodies_.try_emplace(node.a, 0);
      if (fresh) body->second = steps(node.a, kEpsilon);
      return {body->second, node.c};
    }
    case ExprKind::kOr: {
      Absorption best;
      for (std::size_t i = 0; i < node.b; ++i) {
        const Absorption one = find(pool_.members(state)[i], depth + 1);
        const auto rank = [](const Absorption& a) { return std::pair(std::popcount(a.categories), a.chars); };
        if (one.categories != 0 && rank(one) > rank(best)) best = one;
      }
      return best;
    }
    case ExprKind::kAnd:
      return of_intersection(state, depth);
    default:
      return {};
  }
}

// Counted loops whose counts meet, or an endless loop less finitely many texts. Nothing else is plain to see.
Absorption AbsorptionTable::of_intersection(Expr state, int depth) {
  Absorption all{~Categories{0}, kUnbounded};
  std::uint32_t most = kUnbounded;
  std::uint32_t least = 0;
  bool excluded = false;
  std::size_t others = 0;
  for (std::size_t i = 0; i < pool_.node(state).b; ++i) {
    const Expr member = pool_.members(state)[i];
    const ExprNode node = pool_.node(member);
    if (node.kind == ExprKind::kNot) {
      if (!pool_.surely_finite(node.a)) return {};
      excluded = true;
      continue;
    }
    ++others;
    if (node.kind == ExprKind::kRepeat) {
      least = std::max(least, node.b);
      most = std::min(most, node.c);
    } else if (others > 1 || !node.plain) {
      return {};
    }
    const Absorption one = find(member, depth + 1);
    if (node.kind != ExprKind::kRepeat && one.chars != kUnbounded) return {};
    all.categories &= one.categories;
    all.chars = std::min(all.chars, one.chars);
  }
  const bool only_repeats = most != kUnbounded || others > 1;
  if (only_repeats) {
    // Every member must have been a repeat for the counts to say all there is.
    for (std::size_t i = 0; i < pool_.node(state).b; ++i) {
      const ExprKind kind = pool_.node(pool_.members(state)[i]).kind;
      if (kind != ExprKind::kRepeat && kind != ExprKind::kNot) return {};
    }
  }
  if (least > most || (excluded && all.chars != kUnbounded)) return {};
  return all;
}

bool AbsorptionTable::range_steps(Expr from, const ByteSet* ranges, int count, Expr to) {
  if (count == 0) return from == to;
  Expr last = kNothing;
  for (unsigned byte = ranges->first(); byte < 256 && ranges->contains(byte); ++byte) {
    const Expr next = pool_.step(from, byte);
    if (next == kNothing) return false;
    if (next == last) continue;
    if (!range_steps(next, ranges + 1, count - 1, to)) return false;
    last = next;
  }
  return true;
}

bool AbsorptionTable::unicode_steps(Expr from, Expr to) {
  return std::ranges::all_of(unicode_forms(), [&](const ByteRanges& form) {
    return range_steps(from, form.ranges.data(), form.count, to);
  });
}

Categories AbsorptionTable::steps(Expr from, Expr to) {
  Categories found = 0;
  for (int i = 0; i < kAsciiCategories; ++i) {
    const ByteSet& bytes = category_bytes(i);
    bool all = true;
    for (unsigned byte = bytes.first(); byte < 128 && all; ++byte) {
      if (bytes.contains(byte)) all = pool_.step(from, byte) == to;
    }
    if (all) found |= 1U << i;
  }
  if (unicode_steps(from, to)) found |= kUnicode;
  return found;
}

Categories AbsorptionTable::looping(Expr state) {
  return steps(state, state);
}

}  // namespace peregrine::grammar
