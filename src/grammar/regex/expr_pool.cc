// Building expressions in normal form; derivatives are in derivative.cc.
#include "grammar/regex/expr_pool.h"

#include <algorithm>
#include <string>
#include <utility>

#include "grammar/limits.h"

namespace peregrine::grammar {
namespace {

std::uint64_t mix(std::uint64_t h, std::uint64_t value) {
  h ^= value;
  h *= 0x9E3779B97F4A7C15ULL;
  return h ^ (h >> 29);
}

bool is_list(ExprKind kind) {
  return kind == ExprKind::kOr || kind == ExprKind::kAnd;
}

std::uint64_t hash_of(const ExprNode& node, std::span<const Expr> list) {
  std::uint64_t h = mix(static_cast<std::uint64_t>(node.kind) + 1, node.c);
  if (is_list(node.kind)) {
    for (const Expr member : list) h = mix(h, member);
    return h;
  }
  return mix(mix(h, node.a), node.b);
}

void sort_unique(std::vector<Expr>& members) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
}

}  // namespace

ExprPool::ExprPool() : table_(1024, 0) {
  nodes_.push_back({.kind = ExprKind::kVoid});
  nodes_.push_back({.kind = ExprKind::kUnit, .nullable = true});
  nodes_.push_back({.kind = ExprKind::kNot, .nullable = true, .a = kNothing});
  row_of_.resize(nodes_.size());
  life_ = {Life::kDead, Life::kAlive, Life::kAlive};
  rows_.emplace_back();
}

std::uint32_t ExprPool::intern_set(const ByteSet& set) {
  const auto [it, fresh] = set_ids_.try_emplace(set, static_cast<std::uint32_t>(sets_.size()));
  if (fresh) sets_.push_back(set);
  return it->second;
}

void ExprPool::grow_table() {
  std::vector<Expr> grown(table_.size() * 2, 0);
  const std::size_t mask = grown.size() - 1;
  for (const Expr e : table_) {
    if (e == 0) continue;
    std::size_t slot =
        hash_of(nodes_[e], is_list(nodes_[e].kind) ? members(e) : std::span<const Expr>()) & mask;
    while (grown[slot] != 0) slot = (slot + 1) & mask;
    grown[slot] = e;
  }
  table_ = std::move(grown);
}

Expr ExprPool::intern(const ExprNode& node, std::span<const Expr> list) {
  const std::size_t mask = table_.size() - 1;
  std::size_t slot = hash_of(node, list) & mask;
  for (; table_[slot] != 0; slot = (slot + 1) & mask) {
    const ExprNode& other = nodes_[table_[slot]];
    if (other.kind != node.kind || other.c != node.c) continue;
    if (is_list(node.kind) ? std::ranges::equal(list, members(table_[slot]))
                           : other.a == node.a && other.b == node.b) {
      return table_[slot];
    }
  }
  if (nodes_.size() >= kMaxExpressions || lists_.size() >= 4 * kMaxExpressions) {
    exhausted_ = true;
    return kNothing;
  }
  const Expr id = static_cast<Expr>(nodes_.size());
  nodes_.push_back(node);
  if (is_list(node.kind)) {
    nodes_.back().a = static_cast<std::uint32_t>(lists_.size());
    nodes_.back().b = static_cast<std::uint32_t>(list.size());
    lists_.insert(lists_.end(), list.begin(), list.end());
  }
  row_of_.push_back(0);
  life_.push_back(node.plain ? Life::kAlive : Life::kUnknown);
  table_[slot] = id;
  if (nodes_.size() * 2 > table_.size()) grow_table();
  return id;
}

Expr ExprPool::bytes(const ByteSet& set) {
  if (set.empty()) return kNothing;
  return intern({.kind = ExprKind::kBytes, .a = intern_set(set)});
}

Expr ExprPool::byte(unsigned value) {
  return bytes(ByteSet::range(value, value));
}

Expr ExprPool::literal(std::string_view text) {
  Expr e = kEpsilon;
  for (std::size_t i = text.size(); i-- > 0;) e = concat(byte(static_cast<unsigned char>(text[i])), e);
  return e;
}

Expr ExprPool::concat(Expr a, Expr b) {
  if (a == kNothing || b == kNothing) return kNothing;
  if (a == kEpsilon) return b;
  if (b == kEpsilon) return a;
  std::vector<Expr> firsts;
  while (nodes_[a].kind == ExprKind::kConcat) {
    firsts.push_back(nodes_[a].a);
    a = nodes_[a].b;
  }
  firsts.push_back(a);
  for (std::size_t i = firsts.size(); i-- > 0;) {
    const ExprNode& x = nodes_[firsts[i]];
    const ExprNode& y = nodes_[b];
    b = intern({.kind = ExprKind::kConcat,
                .nullable = x.nullable && y.nullable,
                .plain = x.plain && y.plain,
                .a = firsts[i],
                .b = b});
    if (b == kNothing) return kNothing;
  }
  return b;
}

Expr ExprPool::concat(std::initializer_list<Expr> parts) {
  Expr e = kEpsilon;
  for (std::size_t i = parts.size(); i-- > 0;) e = concat(parts.begin()[i], e);
  return e;
}

// Members of members of the same kind. False if some member decides the whole: kAnything in a union, kNothing
// in an intersection.
bool ExprPool::flatten(ExprKind kind, const std::vector<Expr>& members, std::vector<Expr>& out) const {
  const Expr absorbing = kind == ExprKind::kOr ? kAnything : kNothing;
  const Expr neutral = kind == ExprKind::kOr ? kNothing : kAnything;
  for (const Expr member : members) {
    if (member == absorbing) return false;
    if (member == neutral) continue;
    if (nodes_[member].kind == kind) {
      const auto inner = this->members(member);
      out.insert(out.end(), inner.begin(), inner.end());
    } else {
      out.push_back(member);
    }
  }
  sort_unique(out);
  return true;
}

// Takes the byte sets out of `members` and returns their union or intersection; kNothing also when none is
// there (the caller asks first).
Expr ExprPool::merged_bytes(std::vector<Expr>& members, bool unite) {
  ByteSet merged = unite ? ByteSet() : ByteSet::all();
  std::erase_if(members, [&](Expr member) {
    if (nodes_[member].kind != ExprKind::kBytes) return false;
    merged = unite ? (merged | set(member)) : (merged & set(member));
    return true;
  });
  return bytes(merged);
}

// X{a,b}R | X{c,d}R = X{min,max}R when the intervals touch: what keeps ambiguous counters from multiplying.
void ExprPool::merge_repeats(std::vector<Expr>& members) {
  struct Run {
    Expr body, tail;
    std::uint64_t min, max;
    auto operator<=>(const Run&) const = default;
  };
  std::vector<Run> runs;
  std::vector<Expr> others;
  for (const Expr member : members) {
    const ExprNode& node = nodes_[member];
    const Expr head = node.kind == ExprKind::kConcat ? node.a : member;
    const Expr tail = node.kind == ExprKind::kConcat ? node.b : kEpsilon;
    if (nodes_[head].kind == ExprKind::kRepeat) {
      runs.push_back({nodes_[head].a, tail, nodes_[head].b, nodes_[head].c});
    } else {
      others.push_back(member);
    }
  }
  if (runs.size() < 2) return;
  std::sort(runs.begin(), runs.end());
  std::vector<Expr> result = std::move(others);
  for (std::size_t i = 0; i < runs.size();) {
    Run run = runs[i++];
    while (i < runs.size() && runs[i].body == run.body && runs[i].tail == run.tail &&
           runs[i].min <= run.max + 1) {
      run.max = std::max(run.max, runs[i++].max);
    }
    result.push_back(
        concat(repeat(run.body, static_cast<std::uint32_t>(run.min), static_cast<std::uint32_t>(run.max)),
               run.tail));
  }
  members = std::move(result);
  sort_unique(members);
}

Expr ExprPool::either(const std::vector<Expr>& members) {
  std::vector<Expr> flat;
  if (!flatten(ExprKind::kOr, members, flat)) return kAnything;
  if (std::count_if(flat.begin(), flat.end(), [&](Expr e) { return nodes_[e].kind == ExprKind::kBytes; }) >
      1) {
    flat.push_back(merged_bytes(flat, true));
    sort_unique(flat);
  }
  if (flat.size() > 1) merge_repeats(flat);
  // The empty text is in already when another member accepts it.
  if (flat.size() > 1 && flat.front() == kEpsilon &&
      std::any_of(flat.begin() + 1, flat.end(), [&](Expr e) { return nodes_[e].nullable; })) {
    flat.erase(flat.begin());
  }
  if (flat.empty()) return kNothing;
  if (flat.size() == 1) return flat.front();
  ExprNode node{.kind = ExprKind::kOr, .plain = false};
  for (const Expr member : flat) {
    node.nullable = node.nullable || nodes_[member].nullable;
    node.plain = node.plain || nodes_[member].plain;
  }
  return intern(node, flat);
}

Expr ExprPool::both(const std::vector<Expr>& members) {
  std::vector<Expr> flat;
  if (!flatten(ExprKind::kAnd, members, flat)) return kNothing;
  if (flat.empty()) return kAnything;
  bool nullable = true;
  for (const Expr member : flat) {
    nullable = nullable && nodes_[member].nullable;
    if (nodes_[member].kind == ExprKind::kNot &&
        std::binary_search(flat.begin(), flat.end(), nodes_[member].a)) {
      return kNothing;
    }
  }
  if (flat.front() == kEpsilon) return nullable ? kEpsilon : kNothing;
  if (std::count_if(flat.begin(), flat.end(), [&](Expr e) { return nodes_[e].kind == ExprKind::kBytes; }) >
      1) {
    const Expr merged = merged_bytes(flat, false);
    if (merged == kNothing) return kNothing;
    flat.push_back(merged);
    sort_unique(flat);
  }
  if (flat.size() == 1) return flat.front();
  return intern({.kind = ExprKind::kAnd, .nullable = nullable, .plain = false}, flat);
}

Expr ExprPool::complement(Expr a) {
  if (a == kNothing) return kAnything;
  if (nodes_[a].kind == ExprKind::kNot) return nodes_[a].a;
  return intern({.kind = ExprKind::kNot, .nullable = !nodes_[a].nullable, .plain = false, .a = a});
}

Expr ExprPool::repeat(Expr a, std::uint32_t min, std::uint32_t max) {
  if (max == 0 || a == kEpsilon) return kEpsilon;
  if (a == kNothing) return min == 0 ? kEpsilon : kNothing;
  if (min == 1 && max == 1) return a;
  if (nodes_[a].nullable) min = 0;
  if (nodes_[a].kind == ExprKind::kRepeat && nodes_[a].b <= 1 && nodes_[a].c == kUnbounded) {
    return repeat(nodes_[a].a, std::min(min, nodes_[a].b), kUnbounded);
  }
  return intern({.kind = ExprKind::kRepeat,
                 .nullable = min == 0,
                 .plain = min == 0 || nodes_[a].plain,
                 .a = a,
                 .b = min,
                 .c = max});
}

Expr ExprPool::multiple(std::uint32_t modulus, std::uint32_t remainder) {
  return intern({.kind = ExprKind::kMultiple, .nullable = remainder == 0, .a = modulus, .b = remainder});
}

Expr ExprPool::one_of(std::span<const std::string> texts) {
  Expr tree = kNothing;
  for (const std::string& text : texts) tree = add_text(tree, text);
  return tree;
}

Expr ExprPool::add_text(Expr tree, std::string_view text) {
  // Down: remember at each level what the other branches are.
  std::vector<std::vector<Expr>> others;
  std::size_t i = 0;
  for (; i < text.size() && tree != kNothing && tree != kEpsilon; ++i) {
    const Expr head = byte(static_cast<unsigned char>(text[i]));
    const auto branches =
        nodes_[tree].kind == ExprKind::kOr ? members(tree) : std::span<const Expr>(&tree, 1);
    std::vector<Expr> rest;
    Expr next = kNothing;
    for (const Expr branch : branches) {
      const ExprNode& node = nodes_[branch];
      if (branch == head) {
        next = kEpsilon;
      } else if (node.kind == ExprKind::kConcat && node.a == head) {
        next = node.b;
      } else if (node.kind == ExprKind::kBytes && set(branch).contains(static_cast<unsigned char>(text[i]))) {
        ByteSet left = set(branch);
        left.remove(static_cast<unsigned char>(text[i]));
        next = kEpsilon;
        rest.push_back(bytes(left));
      } else {
        rest.push_back(branch);
      }
    }
    others.push_back(std::move(rest));
    tree = next;
  }
  Expr e = either({tree, literal(text.substr(i))});
  while (i-- > 0) {
    others[i].push_back(concat(byte(static_cast<unsigned char>(text[i])), e));
    e = either(others[i]);
  }
  return e;
}

bool ExprPool::surely_finite(Expr e) const {
  std::vector<Expr> pending = {e};
  for (std::size_t steps = 0; !pending.empty(); ++steps) {
    if (steps > kMaxLiteralBytes) return false;
    const Expr next = pending.back();
    pending.pop_back();
    const ExprNode& node = nodes_[next];
    switch (node.kind) {
      case ExprKind::kConcat:
        pending.push_back(node.a);
        pending.push_back(node.b);
        break;
      case ExprKind::kOr:
        pending.insert(pending.end(), members(next).begin(), members(next).end());
        break;
      case ExprKind::kRepeat:
        if (node.c == kUnbounded) return false;
        pending.push_back(node.a);
        break;
      case ExprKind::kVoid:
      case ExprKind::kUnit:
      case ExprKind::kBytes:
        break;
      default:
        return false;
    }
  }
  return true;
}

}  // namespace peregrine::grammar
