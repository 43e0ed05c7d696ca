#include <algorithm>
#include <string>
#include <utility>

#include "grammar/limits.h"
#include "grammar/program.h"

namespace peregrine::grammar {
namespace {

using Kind = GrammarNode::Kind;

std::span<const NodeId> children_of(const Program& p, const GrammarNode& node) {
  return {p.children.data() + node.a, node.b};
}

bool object_productive(const Program& p, const ObjectSpec& object) {
  std::size_t possible = 0;
  for (const ListedProperty& property : object.listed) {
    if (p.productive[property.value] != 0) {
      ++possible;
    } else if (property.required) {
      return false;
    }
  }
  const bool open = std::ranges::any_of(
      object.free, [&](const FreeProperties& free) { return p.productive[free.value] != 0; });
  const auto required = static_cast<std::size_t>(
      std::ranges::count_if(object.listed, [](const ListedProperty& property) { return property.required; }));
  return required <= object.max && (open || possible >= object.min);
}

// One node's flags from those of the nodes it is made of.
std::pair<bool, bool> flags_of(Program& p, const GrammarNode& node) {
  const auto productive = [&](NodeId child) { return p.productive[child] != 0; };
  const auto nullable = [&](NodeId child) { return p.nullable[child] != 0; };
  switch (node.kind) {
    case Kind::kTerminal:
      return {p.pool.alive(node.a), p.pool.nullable(node.a)};
    case Kind::kSequence:
      return {std::ranges::all_of(children_of(p, node), productive),
              std::ranges::all_of(children_of(p, node), nullable)};
    case Kind::kChoice:
      return {std::ranges::any_of(children_of(p, node), productive),
              std::ranges::any_of(children_of(p, node), nullable)};
    case Kind::kRepeat:
      return {node.b == 0 || productive(node.a), node.b == 0 || nullable(node.a)};
    case Kind::kRule:
      return {productive(p.rules[node.a]), nullable(p.rules[node.a])};
    case Kind::kObject:
      return {object_productive(p, p.objects[node.a]), false};
  }
  return {false, false};
}

// Least fixed point. Children mostly come before parents, rules mostly after: passes alternate.
void find_flags(Program& p) {
  const std::size_t n = p.nodes.size();
  p.productive.assign(n, 0);
  p.nullable.assign(n, 0);
  bool changed = true;
  for (std::size_t pass = 0; changed; ++pass) {
    changed = false;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t id = pass % 2 == 0 ? i : n - 1 - i;
      if (p.productive[id] != 0 && p.nullable[id] != 0) continue;
      const auto [productive, nullable] = flags_of(p, p.nodes[id]);
      changed |= (productive && p.productive[id] == 0) || (nullable && p.nullable[id] == 0);
      p.productive[id] |= static_cast<char>(productive);
      p.nullable[id] |= static_cast<char>(nullable);
    }
  }
}

// Nodes that may be entered before a byte is read once `id` is.
void left_edges(const Program& p, NodeId id, std::vector<NodeId>& out) {
  const GrammarNode& node = p.nodes[id];
  switch (node.kind) {
    case Kind::kSequence:
      for (const NodeId child : children_of(p, node)) {
        out.push_back(child);
        if (p.nullable[child] == 0) return;
      }
      return;
    case Kind::kChoice:
      out.insert(out.end(), children_of(p, node).begin(), children_of(p, node).end());
      return;
    case Kind::kRepeat:
      out.push_back(node.a);
      return;
    case Kind::kRule:
      out.push_back(p.rules[node.a]);
      return;
    default:
      return;
  }
}

// Depth first over left edges; a way back to a node that is still open is a left recursion.
bool left_recursive(const Program& p) {
  enum : char { kNew, kOpen, kDone };
  std::vector<char> colour(p.nodes.size(), kNew);
  std::vector<std::pair<NodeId, bool>> stack;  // node, whether its edges were followed
  std::vector<NodeId> edges;
  for (NodeId root = 0; root < p.nodes.size(); ++root) {
    stack.emplace_back(root, false);
    while (!stack.empty()) {
      auto& [id, followed] = stack.back();
      if (followed || colour[id] == kDone) {
        colour[id] = kDone;
        stack.pop_back();
        continue;
      }
      followed = true;
      colour[id] = kOpen;
      edges.clear();
      left_edges(p, id, edges);
      for (const NodeId next : edges) {
        if (colour[next] == kOpen) return true;
        if (colour[next] == kNew) stack.emplace_back(next, false);
      }
    }
  }
  return false;
}

}  // namespace

Status analyse(Program& p) {
  if (p.nodes.size() > kMaxNodes) {
    return fail(ErrorCode::kResourceExhausted,
                "grammar has more than " + std::to_string(kMaxNodes) + " nodes");
  }
  find_flags(p);
  if (p.pool.exhausted()) return fail(ErrorCode::kResourceExhausted, "grammar is too large");
  if (p.productive[p.root] == 0) return fail(ErrorCode::kInvalidArgument, "no text satisfies the grammar");
  for (const GrammarNode& node : p.nodes) {
    if (node.kind == Kind::kRepeat && node.c > 1 && p.nullable[node.a] != 0) {
      return fail(ErrorCode::kInvalidArgument, "what is repeated may be empty");
    }
  }
  if (left_recursive(p)) return fail(ErrorCode::kInvalidArgument, "a rule begins with itself");
  return {};
}

}  // namespace peregrine::grammar
