#include "grammar/regex/pattern.h"

#include <string>
#include <vector>

#include "grammar/limits.h"
#include "grammar/regex/pattern_ast.h"

namespace peregrine::grammar {
namespace {

using Kind = PatternNode::Kind;

// Anchors are resolved on the way down: `before` and `after` say whether any text may stand there, which an
// anchor at that end takes away.
class Compiler {
 public:
  Compiler(ExprPool& pool, const Pattern& pattern, PatternScope scope, TextForm form)
      : pool_(pool), nodes_(pattern.nodes), form_(form) {
    CodePointSet every;
    every.add(0, kMaxCodePoint);
    every.normalize();
    anything_ = pool.repeat(one_of_set(pool, every, form), 0, kUnbounded);
    free_ = scope == PatternScope::kSearch;
  }

  Result<Expr> compile(std::uint32_t root) { return at_ends(root, true, true); }

 private:
  // A node that reaches the beginning (`first`) or the end (`last`) of the pattern.
  Result<Expr> at_ends(std::uint32_t id, bool first, bool last) {
    const PatternNode& node = nodes_[id];
    if (!node.anchored) return padded(plain(id), first, last);
    switch (node.kind) {
      case Kind::kBegin:
        if (!first) return inside();
        return padded(kEpsilon, false, last);
      case Kind::kEnd:
        if (!last) return inside();
        return padded(kEpsilon, first, false);
      case Kind::kAlternation: {
        std::vector<Expr> branches;
        branches.reserve(node.children.size());
        for (const std::uint32_t child : node.children) {
          PEREGRINE_ASSIGN(const Expr branch, at_ends(child, first, last));
          branches.push_back(branch);
        }
        return pool_.either(branches);
      }
      case Kind::kSequence:
        return sequence(node, first, last);
      default:
        return inside();
    }
  }

  Result<Expr> sequence(const PatternNode& node, bool first, bool last) {
    std::size_t begin = 0;
    std::size_t end = node.children.size();
    bool before = first;
    bool after = last;
    while (begin < end && first && nodes_[node.children[begin]].kind == Kind::kBegin) {
      before = false;
      ++begin;
    }
    while (begin < end && last && nodes_[node.children[end - 1]].kind == Kind::kEnd) {
      after = false;
      --end;
    }
    if (begin == end) return padded(kEpsilon, before, after);
    Expr e = kEpsilon;
    for (std::size_t i = end; i-- > begin;) {
      const std::uint32_t child = node.children[i];
      PEREGRINE_ASSIGN(const Expr part, at_ends(child, before && i == begin, after && i + 1 == end));
      e = pool_.concat(part, e);
    }
    return e;
  }

  Expr padded(Expr e, bool before, bool after) {
    if (free_ && before) e = pool_.concat(anything_, e);
    if (free_ && after) e = pool_.concat(e, anything_);
    return e;
  }

  Expr plain(std::uint32_t id) {
    const PatternNode& node = nodes_[id];
    switch (node.kind) {
      case Kind::kSet:
        return one_of_set(pool_, node.set, form_);
      case Kind::kSequence: {
        Expr e = kEpsilon;
        for (std::size_t i = node.children.size(); i-- > 0;) e = pool_.concat(plain(node.children[i]), e);
        return e;
      }
      case Kind::kAlternation: {
        std::vector<Expr> branches;
        branches.reserve(node.children.size());
        for (const std::uint32_t child : node.children) branches.push_back(plain(child));
        return pool_.either(branches);
      }
      case Kind::kRepeat:
        return pool_.repeat(plain(node.children[0]), node.min, node.max);
      default:
        return kEpsilon;
    }
  }

  static tl::unexpected<Error> inside() {
    return fail(
        ErrorCode::kUnsupported,
        "regular expression uses an anchor that is not at its beginning or end, which is not supported");
  }

  ExprPool& pool_;
  const std::vector<PatternNode>& nodes_;
  TextForm form_;
  Expr anything_ = kNothing;
  bool free_ = false;
};

}  // namespace

Result<Expr> compile_pattern(ExprPool& pool, std::string_view pattern, PatternScope scope, TextForm form) {
  PEREGRINE_ASSIGN(const Pattern parsed, parse_pattern(pattern));
  PEREGRINE_ASSIGN(const Expr e, Compiler(pool, parsed, scope, form).compile(parsed.root));
  if (pool.exhausted()) {
    return fail(ErrorCode::kResourceExhausted, "regular expression is too large");
  }
  return e;
}

}  // namespace peregrine::grammar
