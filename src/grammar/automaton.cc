// States and steps; masks are in mask.cc.
#include "grammar/automaton.h"

#include <algorithm>
#include <utility>

#include "grammar/limits.h"

namespace peregrine::grammar {
namespace {

using Kind = GrammarNode::Kind;

std::uint64_t mix(std::uint64_t h, std::uint64_t value) {
  h = (h ^ value) * 0x9E3779B97F4A7C15ULL;
  return h ^ (h >> 31);
}

constexpr std::uint32_t kEnd = 0;  // the cell below every stack

}  // namespace

std::size_t Automaton::CellHash::operator()(const Cell& cell) const {
  std::uint64_t h = mix(static_cast<std::uint64_t>(cell.kind), cell.a);
  h = mix(h, static_cast<std::uint64_t>(cell.b) << 32 | cell.c);
  h = mix(h, static_cast<std::uint64_t>(cell.d) << 32 | cell.e);
  return mix(h, cell.next);
}

std::size_t Automaton::ThreadsHash::operator()(const std::vector<Thread>& threads) const {
  std::uint64_t h = threads.size();
  for (const Thread& t : threads) h = mix(h, static_cast<std::uint64_t>(t.expr) << 32 | t.cell);
  return h;
}

Automaton::Automaton(const Program& program, std::shared_ptr<const Vocabulary> vocabulary)
    : program_(program), vocabulary_(std::move(vocabulary)), pool_(program.pool), absorption_(pool_) {
  fresh_expressions_ = pool_.size();
  cells_.emplace_back();  // kEnd
  names_.emplace_back();
  states_.emplace_back();  // kDeadState
  state_ids_[0].emplace(std::vector<Thread>(), kDeadState);
}

bool Automaton::overgrown() const {
  return exhausted() || cells_.size() > kRenewCells || states_.size() > kRenewCells ||
         steps_.size() > 4 * kRenewCells || pool_.size() > fresh_expressions_ + kRenewExpressions;
}

std::uint32_t Automaton::intern(Cell cell, std::uint32_t next) {
  cell.next = next;
  cell.depth = cells_[next].depth + 1;
  const auto known = cell_ids_.find(cell);
  if (known != cell_ids_.end()) return known->second;
  if (cells_.size() >= kMaxCells || cell.depth > kMaxStackDepth) {
    exhausted_ = true;
    return kEnd;
  }
  const auto id = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back(cell);
  cell_ids_.emplace(cell, id);
  return id;
}

// What can be read next with this stack.
const Automaton::Closure& Automaton::closure(std::uint32_t cell) {
  const auto known = closures_.find(cell);
  if (known != closures_.end()) return *known->second;
  auto result = std::make_unique<Closure>();
  std::vector<std::uint32_t> pending = {cell};
  std::unordered_set<std::uint32_t> entered;
  while (!pending.empty()) {
    const std::uint32_t next = pending.back();
    pending.pop_back();
    if (!entered.insert(next).second) continue;
    if (entered.size() > kMaxClosureSteps || result->threads.size() > kMaxThreads) {
      exhausted_ = true;
      break;
    }
    enter(next, *result, pending);
  }
  std::sort(result->threads.begin(), result->threads.end());
  result->threads.erase(std::unique(result->threads.begin(), result->threads.end()), result->threads.end());
  for (const Thread& thread : result->threads) result->first = result->first | pool_.live(thread.expr);
  return *closures_.emplace(cell, std::move(result)).first->second;
}

void Automaton::enter(std::uint32_t id, Closure& out, std::vector<std::uint32_t>& pending) {
  if (id == kEnd) {
    out.accepts = true;
    return;
  }
  const Cell cell = cells_[id];
  switch (cell.kind) {
    case CellKind::kNode:
      return enter_node(cell.a, cell.next, out, pending);
    case CellKind::kSequence: {
      const GrammarNode& node = program_.nodes[cell.a];
      const std::uint32_t rest =
          cell.b + 1 < node.b ? intern({.kind = CellKind::kSequence, .a = cell.a, .b = cell.b + 1}, cell.next)
                              : cell.next;
      return enter_node(program_.children[node.a + cell.b], rest, out, pending);
    }
    case CellKind::kRepeat: {
      if (cell.b == 0) pending.push_back(cell.next);
      const NodeId body = program_.nodes[cell.a].a;
      if (cell.c == 0 || program_.productive[body] == 0) return;
      const std::uint32_t rest = intern({.kind = CellKind::kRepeat,
                                         .a = cell.a,
                                         .b = cell.b == 0 ? 0 : cell.b - 1,
                                         .c = cell.c == kUnbounded ? cell.c : cell.c - 1},
                                        cell.next);
      return enter_node(body, rest, out, pending);
    }
    case CellKind::kMembers:
      return enter_members(cell, out, pending);
    case CellKind::kFreeName: {
      const Expr name = free_name(program_.objects[cell.a], cell.b, cell.d);
      Cell end = cell;
      end.kind = CellKind::kNameEnd;
      return enter_terminal(name, intern(end, cell.next), out, pending);
    }
    case CellKind::kNameEnd: {
      const ObjectSpec& object = program_.objects[cell.a];
      const std::uint32_t rest = intern({.kind = CellKind::kMembers,
                                         .a = cell.a,
                                         .b = static_cast<std::uint32_t>(object.listed.size()),
                                         .c = cell.c + 1,
                                         .d = pool_.add_text(cell.d, name_text(cell.e))},
                                        cell.next);
      const std::uint32_t value = intern({.kind = CellKind::kNode, .a = object.free[cell.b].value}, rest);
      return enter_terminal(object.colon, value, out, pending);
    }
  }
}

void Automaton::enter_node(NodeId id, std::uint32_t next, Closure& out, std::vector<std::uint32_t>& pending) {
  const GrammarNode& node = program_.nodes[id];
  switch (node.kind) {
    case Kind::kTerminal:
      return enter_terminal(node.a, next, out, pending);
    case Kind::kSequence:
      if (node.b == 0) return pending.push_back(next);
      return pending.push_back(intern({.kind = CellKind::kSequence, .a = id}, next));
    case Kind::kChoice:
      for (std::uint32_t i = 0; i < node.b; ++i) {
        const NodeId child = program_.children[node.a + i];
        if (program_.productive[child] == 0) continue;
        pending.push_back(intern({.kind = CellKind::kNode, .a = child}, next));
      }
      return;
    case Kind::kRepeat:
      return pending.push_back(intern({.kind = CellKind::kRepeat, .a = id, .b = node.b, .c = node.c}, next));
    case Kind::kRule:
      return pending.push_back(intern({.kind = CellKind::kNode, .a = program_.rules[node.a]}, next));
    case Kind::kObject:
      return enter_terminal(program_.objects[node.a].open,
                            intern({.kind = CellKind::kMembers, .a = node.a}, next), out, pending);
  }
}

// After the opening brace or a property's value: one of the listed properties up to the next required one, an
// unlisted one when no required one is left, or the closing brace.
void Automaton::enter_members(const Cell& cell, Closure& out, std::vector<std::uint32_t>& pending) {
  const ObjectSpec& object = program_.objects[cell.a];
  const bool open = std::ranges::any_of(
      object.free, [&](const FreeProperties& free) { return program_.productive[free.value] != 0; });
  std::uint32_t still_required = 0;
  std::uint32_t still_possible = 0;
  for (std::size_t i = cell.b; i < object.listed.size(); ++i) {
    still_required += object.listed[i].required ? 1 : 0;
    still_possible += program_.productive[object.listed[i].value] != 0 ? 1 : 0;
  }
  bool required_ahead = false;
  for (std::size_t i = cell.b; i < object.listed.size() && !required_ahead && cell.c < object.max; ++i) {
    const ListedProperty& property = object.listed[i];
    required_ahead = property.required;
    if (program_.productive[property.value] == 0) continue;
    // Skipping must leave enough properties for the least number, taking enough room for the required ones.
    const bool enough = open || cell.c + still_possible >= object.min;
    --still_possible;
    if (!enough || (!property.required && object.max - cell.c <= still_required)) continue;
    const std::uint32_t rest = intern({.kind = CellKind::kMembers,
                                       .a = cell.a,
                                       .b = static_cast<std::uint32_t>(i) + 1,
                                       .c = cell.c + 1,
                                       .d = cell.d},
                                      cell.next);
    enter_terminal(cell.c == 0 ? property.first : property.later,
                   intern({.kind = CellKind::kNode, .a = property.value}, rest), out, pending);
  }
  if (required_ahead || still_required > 0) return;
  if (cell.c >= object.min) enter_terminal(object.close, cell.next, out, pending);
  const auto listed_taken = std::min<std::size_t>(cell.c, object.listed.size());
  if (cell.c >= object.max || cell.c - listed_taken >= kMaxFreeProperties) return;
  for (std::uint32_t i = 0; i < object.free.size(); ++i) {
    if (program_.productive[object.free[i].value] == 0) continue;
    if (!pool_.alive(free_name(object, i, cell.d))) continue;
    const std::uint32_t name =
        intern({.kind = CellKind::kFreeName, .a = cell.a, .b = i, .c = cell.c, .d = cell.d}, cell.next);
    if (cell.c == 0) {
      pending.push_back(name);
    } else {
      enter_terminal(object.comma, name, out, pending);
    }
  }
}

void Automaton::enter_terminal(Expr e, std::uint32_t follow, Closure& out,
                               std::vector<std::uint32_t>& pending) {
  if (!pool_.alive(e)) return;
  if (!pool_.live(e).empty()) out.threads.push_back({e, follow});
  if (pool_.nullable(e)) pending.push_back(follow);
}

Expr Automaton::free_name(const ObjectSpec& object, std::uint32_t index, Expr used) {
  return pool_.both({object.free[index].name, pool_.complement(used)});
}

std::uint32_t Automaton::extend_name(std::uint32_t id, std::uint8_t byte) {
  Cell cell = cells_[id];
  const std::uint64_t key = static_cast<std::uint64_t>(cell.e) << 8 | byte;
  const auto [it, fresh] = name_ids_.try_emplace(key, static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.emplace_back(cell.e, byte);
  cell.e = it->second;
  return intern(cell, cell.next);
}

std::string Automaton::name_text(std::uint32_t name) const {
  std::string text;
  for (; name != 0; name = names_[name].first) text += static_cast<char>(names_[name].second);
  std::reverse(text.begin(), text.end());
  return text;
}

StateId Automaton::intern_state(std::vector<Thread> threads, bool accepts) {
  std::sort(threads.begin(), threads.end());
  threads.erase(std::unique(threads.begin(), threads.end()), threads.end());
  if (threads.size() > kMaxThreads || states_.size() >= kMaxCells) {
    exhausted_ = true;
    return kDeadState;
  }
  const auto [it, fresh] =
      state_ids_[accepts ? 1 : 0].try_emplace(std::move(threads), static_cast<StateId>(states_.size()));
  if (fresh) states_.push_back({it->first, accepts});
  return it->second;
}

StateId Automaton::start() {
  const Closure& all = closure(intern({.kind = CellKind::kNode, .a = program_.root}, kEnd));
  return intern_state(all.threads, all.accepts);
}

StateId Automaton::step(StateId state, std::uint8_t byte) {
  const std::uint64_t key = static_cast<std::uint64_t>(state) << 8 | byte;
  const auto known = steps_.find(key);
  if (known != steps_.end()) return known->second;
  std::vector<Thread> threads;
  bool accepts = false;
  for (std::size_t i = 0; i < states_[state].threads.size() && !exhausted(); ++i) {
    const Thread thread = states_[state].threads[i];
    const Expr next = pool_.step(thread.expr, byte);
    if (next == kNothing) continue;
    const bool in_name = cells_[thread.cell].kind == CellKind::kNameEnd;
    const std::uint32_t cell = in_name ? extend_name(thread.cell, byte) : thread.cell;
    if (!pool_.live(next).empty()) threads.push_back({next, cell});
    if (pool_.nullable(next)) {
      const Closure& after = closure(cell);
      threads.insert(threads.end(), after.threads.begin(), after.threads.end());
      accepts = accepts || after.accepts;
    }
  }
  const StateId to = intern_state(std::move(threads), accepts);
  if (!exhausted()) steps_.emplace(key, to);
  return to;
}

ByteSet Automaton::live(StateId state) {
  ByteSet bytes;
  for (const Thread& thread : states_[state].threads) bytes = bytes | pool_.live(thread.expr);
  return bytes;
}

}  // namespace peregrine::grammar
