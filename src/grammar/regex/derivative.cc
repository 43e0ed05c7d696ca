// Derivatives, transition tables and the search for empty languages.
#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <unordered_map>
#include <utility>

#include "grammar/limits.h"
#include "grammar/regex/expr_pool.h"

namespace peregrine::grammar {
namespace {

constexpr std::uint32_t less_one(std::uint32_t count) {
  return count == kUnbounded ? count : count - 1;
}

// The coarsest partition of all bytes in which every set of `sets` is a union of parts.
std::vector<ByteSet> partition(std::vector<ByteSet>& sets) {
  std::sort(sets.begin(), sets.end());
  sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
  std::vector<ByteSet> parts = {ByteSet::all()};
  for (const ByteSet& set : sets) {
    const std::size_t n = parts.size();
    for (std::size_t i = 0; i < n; ++i) {
      const ByteSet inside = parts[i] & set;
      if (inside.empty() || inside == parts[i]) continue;
      parts.push_back(parts[i] - set);
      parts[i] = inside;
    }
  }
  return parts;
}

std::uint64_t hash_map(const std::array<std::uint8_t, 256>& map) {
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < map.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, map.data() + i, 8);
    h = (std::rotl(h, 7) ^ word) * 0x9E3779B97F4A7C15ULL;
  }
  return h;
}

}  // namespace

// The sets that tell first bytes apart.
void ExprPool::first_sets(Expr e, std::vector<ByteSet>& sets) const {
  for (; nodes_[e].kind == ExprKind::kConcat; e = nodes_[e].b) {
    first_sets(nodes_[e].a, sets);
    if (!nodes_[nodes_[e].a].nullable) return;
  }
  const ExprNode& node = nodes_[e];
  switch (node.kind) {
    case ExprKind::kBytes:
      sets.push_back(set(e));
      return;
    case ExprKind::kOr:
    case ExprKind::kAnd:
      for (const Expr member : members(e)) first_sets(member, sets);
      return;
    case ExprKind::kNot:
    case ExprKind::kRepeat:
      first_sets(node.a, sets);
      return;
    case ExprKind::kMultiple:
      for (unsigned digit = '0'; digit <= '9'; ++digit) sets.push_back(ByteSet::range(digit, digit));
      return;
    default:
      return;
  }
}

Expr ExprPool::derivative(Expr e, unsigned byte) {
  if (++work_ > kMaxDerivativeWork) {
    exhausted_ = true;
    return kNothing;
  }
  const ExprNode node = nodes_[e];
  switch (node.kind) {
    case ExprKind::kVoid:
    case ExprKind::kUnit:
      return kNothing;
    case ExprKind::kBytes:
      return set(e).contains(byte) ? kEpsilon : kNothing;
    case ExprKind::kConcat: {
      const Expr through = concat(derivative(node.a, byte), node.b);
      return nodes_[node.a].nullable ? either({through, derivative(node.b, byte)}) : through;
    }
    case ExprKind::kOr:
    case ExprKind::kAnd: {
      std::vector<Expr> results;
      results.reserve(node.b);
      for (std::uint32_t i = 0; i < node.b; ++i) {
        const Expr d = derivative(lists_[node.a + i], byte);
        if (node.kind == ExprKind::kAnd && d == kNothing) return kNothing;
        if (node.kind == ExprKind::kAnd || d != kNothing) results.push_back(d);
      }
      return node.kind == ExprKind::kOr ? either(results) : both(results);
    }
    case ExprKind::kNot:
      return complement(derivative(node.a, byte));
    case ExprKind::kRepeat:
      return concat(derivative(node.a, byte), repeat(node.a, node.b == 0 ? 0 : node.b - 1, less_one(node.c)));
    case ExprKind::kMultiple:
      if (byte < '0' || byte > '9') return kNothing;
      return multiple(node.a, static_cast<std::uint32_t>((node.b * 10ULL + (byte - '0')) % node.a));
  }
  return kNothing;
}

// Transitions from those of a part, for the shapes that counted strings are made of: without it every count
// would pay for the derivatives of all its characters again. False for other shapes.
bool ExprPool::composed_row(Expr e, ByteMap& map, std::vector<Expr>& targets) {
  const ExprNode node = nodes_[e];
  Expr first = e;
  Expr rest = kEpsilon;
  if (node.kind == ExprKind::kConcat) {
    first = node.a;
    rest = node.b;
  } else if (node.kind != ExprKind::kRepeat) {
    return false;
  }
  const Expr next = nodes_[rest].kind == ExprKind::kConcat ? nodes_[rest].a : rest;
  const bool ends = nodes_[first].nullable;
  if (ends && rest != kEpsilon && nodes_[next].kind != ExprKind::kBytes) return false;
  Expr body = first;
  if (nodes_[first].kind == ExprKind::kRepeat) {
    const ExprNode repeated = nodes_[first];
    body = repeated.a;
    rest = concat(repeat(body, repeated.b == 0 ? 0 : repeated.b - 1, less_one(repeated.c)), rest);
  }
  const Expr after = node.kind == ExprKind::kConcat && ends ? node.b : kNothing;
  const Row inner = rows_[raw_row(body)];
  std::array<std::int16_t, 512> known;
  known.fill(-1);
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool past = after != kNothing && set(next).contains(byte);
    const std::size_t part = maps_[inner.map][byte] * 2U + (past ? 1U : 0U);
    if (known[part] < 0) {
      const Expr through = concat(targets_[inner.targets + part / 2], rest);
      const Expr target = past ? either({through, derivative(after, byte)}) : through;
      const auto same = std::find(targets.begin(), targets.end(), target);
      known[part] = static_cast<std::int16_t>(same - targets.begin());
      if (same == targets.end()) targets.push_back(target);
    }
    map[byte] = static_cast<std::uint8_t>(known[part]);
  }
  return true;
}

void ExprPool::derived_row(Expr e, ByteMap& map, std::vector<Expr>& targets) {
  std::vector<ByteSet> sets;
  first_sets(e, sets);
  for (const ByteSet& part : partition(sets)) {
    const Expr target = derivative(e, part.first());
    const auto known = std::find(targets.begin(), targets.end(), target);
    const auto index = static_cast<std::uint8_t>(known - targets.begin());
    if (known == targets.end()) targets.push_back(target);
    for (unsigned byte = part.first(); byte < 256; ++byte) {
      if (part.contains(byte)) map[byte] = index;
    }
  }
}

// Transitions as derivatives give them, dead ends included. The index into rows_.
std::uint32_t ExprPool::raw_row(Expr e) {
  if (row_of_[e] != 0) return row_of_[e];
  ByteMap map{};
  std::vector<Expr> targets;
  work_ = 0;
  if (!composed_row(e, map, targets)) derived_row(e, map, targets);
  Row row;
  const std::uint64_t hash = hash_map(map);
  const auto [first, last] = map_ids_.equal_range(hash);
  const auto same = std::find_if(first, last, [&](const auto& entry) { return maps_[entry.second] == map; });
  if (same != last) {
    row.map = same->second;
  } else {
    row.map = static_cast<std::uint32_t>(maps_.size());
    maps_.push_back(map);
    map_ids_.emplace(hash, row.map);
  }
  row.targets = static_cast<std::uint32_t>(targets_.size());
  row.count = static_cast<std::uint16_t>(targets.size());
  targets_.insert(targets_.end(), targets.begin(), targets.end());
  rows_.push_back(row);
  return row_of_[e] = static_cast<std::uint32_t>(rows_.size() - 1);
}

ExprPool::Row& ExprPool::row(Expr e) {
  const std::uint32_t index = raw_row(e);
  if (rows_[index].filtered) return rows_[index];
  for (std::uint32_t i = 0; i < rows_[index].count; ++i) {
    const std::uint32_t at = rows_[index].targets + i;
    if (!alive(targets_[at])) targets_[at] = kNothing;
  }
  Row& row = rows_[index];
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (targets_[row.targets + maps_[row.map][byte]] != kNothing) row.live.add(byte);
  }
  row.filtered = true;
  return row;
}

Expr ExprPool::step(Expr state, unsigned byte) {
  const Row& r = row(state);
  return targets_[r.targets + maps_[r.map][byte]];
}

Expr ExprPool::step(Expr state, std::string_view text) {
  for (const char c : text) {
    if (state == kNothing) break;
    state = step(state, static_cast<unsigned char>(c));
  }
  return state;
}

const ByteSet& ExprPool::live(Expr state) {
  return row(state).live;
}

bool ExprPool::matches(Expr e, std::string_view text) {
  return nullable(step(e, text));
}

std::uint64_t ExprPool::count_texts(Expr e, std::uint64_t enough) {
  if (!alive(e)) return 0;
  std::map<Expr, std::uint64_t> ends = {{e, 1}};  // states after one more byte, and how many texts lead there
  std::uint64_t found = 0;
  for (std::size_t steps = 0; !ends.empty() && found < enough && steps < kMaxEmptinessSearch;) {
    std::map<Expr, std::uint64_t> next;
    for (const auto& [state, ways] : ends) {
      if (nullable(state)) found = std::min(found + ways, enough);
      for (unsigned byte = 0; byte < 256; ++byte) {
        const Expr to = step(state, byte);
        if (to != kNothing) next[to] = std::min(next[to] + ways, enough);
      }
      ++steps;
    }
    ends = std::move(next);
  }
  return found;
}

bool ExprPool::alive(Expr e) {
  if (e == kNothing) return false;
  if (nodes_[e].nullable || life_[e] == Life::kAlive) return true;
  if (life_[e] == Life::kDead) return false;
  Life life = Life::kAlive;
  // A concatenation is empty when one part is, a union when all are; only an intersection must be searched.
  Expr rest = e;
  for (; nodes_[rest].kind == ExprKind::kConcat && life == Life::kAlive; rest = nodes_[rest].b) {
    if (!alive(nodes_[rest].a)) life = Life::kDead;
  }
  if (life == Life::kAlive) {
    switch (nodes_[rest].kind) {
      case ExprKind::kOr: {
        life = Life::kDead;
        for (std::uint32_t i = 0; i < nodes_[rest].b && life == Life::kDead; ++i) {
          if (alive(lists_[nodes_[rest].a + i])) life = Life::kAlive;
        }
        break;
      }
      case ExprKind::kRepeat:
        if (nodes_[rest].b > 0 && !alive(nodes_[rest].a)) life = Life::kDead;
        break;
      case ExprKind::kAnd:
      case ExprKind::kNot:
        if (!search_alive(rest)) life = Life::kDead;
        break;
      default:
        break;
    }
  }
  life_[e] = life;
  return life == Life::kAlive;
}

// Breadth first, so that the way to an accepting state is short; all states on it are known from then on.
bool ExprPool::search_alive(Expr e) {
  if (nodes_[e].nullable || life_[e] == Life::kAlive) return true;
  if (life_[e] == Life::kDead) return false;
  std::unordered_map<Expr, Expr> parent = {{e, kNothing}};
  std::vector<Expr> queue = {e};
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const Expr from = queue[head];
    const Row row = rows_[raw_row(from)];
    for (std::uint32_t i = 0; i < row.count; ++i) {
      const Expr to = targets_[row.targets + i];
      if (to == kNothing || life_[to] == Life::kDead) continue;
      if (nodes_[to].nullable || life_[to] == Life::kAlive) {
        life_[to] = Life::kAlive;
        for (Expr on_way = from; on_way != kNothing; on_way = parent[on_way]) life_[on_way] = Life::kAlive;
        return true;
      }
      if (parent.try_emplace(to, from).second) queue.push_back(to);
    }
    if (queue.size() > kMaxEmptinessSearch || exhausted_) {
      exhausted_ = true;
      return false;
    }
  }
  for (const Expr dead : queue) life_[dead] = Life::kDead;
  return false;
}

}  // namespace peregrine::grammar
