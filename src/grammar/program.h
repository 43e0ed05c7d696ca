// A compiled grammar: rules over terminals, immutable once built.
//
// Terminals are regular expressions; between them stand sequences, choices, counted repeats, rules (which may
// recurse, though never at their own beginning) and JSON objects, whose property names are a state of their
// own: listed properties in order, then unlisted ones, no name twice.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "grammar/regex/expr_pool.h"

namespace peregrine::grammar {

using NodeId = std::uint32_t;

struct GrammarNode {
  enum class Kind : std::uint8_t { kTerminal, kSequence, kChoice, kRepeat, kRule, kObject };
  Kind kind = Kind::kTerminal;
  std::uint32_t a = 0;  // expression; first child; first child; node; rule; object
  std::uint32_t b = 0;  // number of children (kSequence, kChoice); least times
  std::uint32_t c = 0;  // most times
};

struct ListedProperty {
  Expr first = kNothing;  // name and colon, as the object's first property
  Expr later = kNothing;  // the same after a comma
  NodeId value = 0;
  bool required = false;
};

// Properties whose names are not written out in the schema.
struct FreeProperties {
  Expr name = kNothing;  // in quotes, canonical; never a listed name
  NodeId value = 0;
};

struct ObjectSpec {
  std::vector<ListedProperty> listed;
  std::vector<FreeProperties> free;  // names are disjoint
  std::uint32_t min = 0;
  std::uint32_t max = kUnbounded;
  Expr open = kNothing;
  Expr comma = kNothing;
  Expr colon = kNothing;
  Expr close = kNothing;
};

struct Program {
  ExprPool pool;
  std::vector<GrammarNode> nodes;
  std::vector<NodeId> children;
  std::vector<NodeId> rules;  // their bodies
  std::vector<ObjectSpec> objects;
  NodeId root = 0;
  std::vector<char> productive;  // by node: derives some text
  std::vector<char> nullable;    // by node: derives the empty text

  NodeId terminal(Expr e) { return add({.kind = GrammarNode::Kind::kTerminal, .a = e}); }
  NodeId sequence(const std::vector<NodeId>& parts) { return add_list(GrammarNode::Kind::kSequence, parts); }
  NodeId choice(const std::vector<NodeId>& parts) { return add_list(GrammarNode::Kind::kChoice, parts); }
  NodeId repeat(NodeId body, std::uint32_t min, std::uint32_t max) {
    return add({.kind = GrammarNode::Kind::kRepeat, .a = body, .b = min, .c = max});
  }
  NodeId rule(std::uint32_t index) { return add({.kind = GrammarNode::Kind::kRule, .a = index}); }
  NodeId object(ObjectSpec spec) {
    objects.push_back(std::move(spec));
    return add({.kind = GrammarNode::Kind::kObject, .a = static_cast<std::uint32_t>(objects.size() - 1)});
  }

 private:
  NodeId add(const GrammarNode& node) {
    nodes.push_back(node);
    return static_cast<NodeId>(nodes.size() - 1);
  }
  NodeId add_list(GrammarNode::Kind kind, const std::vector<NodeId>& parts) {
    if (parts.size() == 1) return parts.front();
    const auto first = static_cast<std::uint32_t>(children.size());
    children.insert(children.end(), parts.begin(), parts.end());
    return add({.kind = kind, .a = first, .b = static_cast<std::uint32_t>(parts.size())});
  }
};

// Fills productive and nullable. Errors: kInvalidArgument when the root derives no text, when a rule begins
// with itself, or when what is repeated may be empty; kResourceExhausted.
Status analyse(Program& program);

}  // namespace peregrine::grammar
