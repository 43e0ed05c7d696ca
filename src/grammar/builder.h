// Puts a grammar together from parts: "free text up to a marker, then a JSON value of this schema, then a
// literal, from n to m times".
//
// Nodes are values of the builder that made them and may be used any number of times. A rule may be referred
// to before it is defined, so grammars recurse; a rule must not begin with itself, nor may what is repeated
// be empty: build() refuses both.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "grammar/grammar.h"
#include "grammar/program.h"

namespace peregrine::grammar {

class GrammarBuilder {
 public:
  using Node = NodeId;
  struct Rule {
    std::uint32_t index = 0;
  };

  // Exactly these bytes. Errors: kResourceExhausted over kMaxLiteralBytes.
  Result<Node> literal(std::string_view text);
  // One of some texts; the empty list is refused. Errors: kInvalidArgument, kResourceExhausted.
  Result<Node> one_of(std::span<const std::string> texts);
  // Errors: those of compile_pattern().
  Result<Node> regex(std::string_view pattern);
  // UTF-8 text in which `marker` occurs once, at its end. Errors: as literal(), kInvalidArgument if empty.
  Result<Node> text_until(std::string_view marker);
  // UTF-8 text in which none of `markers` occurs, and that begins with none of `beginnings`, white space of
  // JSON before them left aside; may be empty.
  Result<Node> text_without(std::span<const std::string> markers,
                            std::span<const std::string> beginnings = {});
  // Errors: those of compile_json_schema().
  Result<Node> json_schema(const boost::json::value& schema, const JsonOptions& options = {});
  Result<Node> json_object(const JsonOptions& options = {});

  Node sequence(const std::vector<Node>& parts) { return program_.sequence(parts); }
  // The empty choice accepts nothing.
  Node choice(const std::vector<Node>& parts) { return program_.choice(parts); }
  // Errors: kInvalidArgument if min > max, kResourceExhausted over kMaxRepeat (kUnbounded is no count).
  Result<Node> repeat(Node body, std::uint32_t min, std::uint32_t max);

  Rule declare_rule();
  void define_rule(Rule rule, Node body) { program_.rules[rule.index] = body; }
  Node reference(Rule rule) { return program_.rule(rule.index); }

  // Errors: those of Grammar::create().
  GrammarResult build(Node root) &&;

 private:
  Result<Expr> containing(std::string_view marker);

  Program program_;
};

}  // namespace peregrine::grammar
